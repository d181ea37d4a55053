"""Forms of the import statement: aliases, inside functions and classes, conditional, star, dotted names, rebinding, del."""

import os.path
import os.path as osp
import collections.abc, math as m, sys
from os import (path, sep as separator,
                getcwd,)
from math import pi, e as euler
print(os.path is osp is path, separator, m.pi == pi, euler, collections.abc.Sized.__name__, getcwd is os.getcwd)
def f():
    import math
    from os.path import join as j, split
    return math.sqrt(4), j("a", "b"), sorted(locals())
print(f(), "math" in globals())
class C:
    import math as cm
    from math import floor
    v = floor(cm.e)
print(C.v, C.cm is m, C.floor(2.5))
def g():
    global imported_globally
    import math as imported_globally
g(); print(imported_globally is m)
def nl():
    x = None
    def inner():
        nonlocal x
        import math as x
    inner()
    return x is m
print(nl())
try:
    import missing_thing
except ImportError: missing_thing = "fallback"
print(missing_thing)
for name in ("math", "sys"):
    exec(f"import {name} as module"); print(module.__name__)
del m
try:
    m.pi
except NameError as err: print(err)
import math; math.custom = "patched"; import math as again; print(again.custom); del math.custom
for code in ("import", "import a.b as c.d", "from x import (a", "from x import a,", "from x import ()", "from . import *\ndef f():\n from os import *", "def f():\n from os import *", "class C:\n from math import *\n v = pi\nprint(C.v)", "import a as", "from import x", "from x import a as 5", "import *", "from __future__ import annotations\nprint('future fine')", "x = 1\nfrom __future__ import division", "from __future__ import braces", "from __future__ import nope", "from os import path as p, sep as s\nprint(s)", "import os, sys as s, math\nprint(s.__name__)", "from .5 import x", "from ... import y", "import os.path.join", "from os.path import join.x", "if 1: import sys; print(sys.__name__)", "from math import pi as π; print(π > 3)"):
    try:
        exec(code, {"__name__": "__main__"})
    except (SyntaxError, ImportError, KeyError) as err: print(repr(code), type(err).__name__, getattr(err, "msg", err))
print(__import__("os.path").__name__, __import__("os.path", fromlist=["join"]).__name__, __import__("math", {}, {}, [], 0).__name__)
for bad in (lambda: __import__(), lambda: __import__(5), lambda: __import__("a", level="x"), lambda: __import__("math", fromlist=5), lambda: __import__("", level=1), lambda: __import__("math", fromlist=[5])):
    try:
        print(bad().__name__)
    except Exception as err: print(type(err).__name__, err)
print(sys.modules["math"] is again, type(sys.modules).__name__, __name__, __spec__, __package__, __loader__ is not None, __doc__[:5], __file__.endswith("names_and_scopes.py"), __builtins__ is not None, "__annotations__" in globals(), __debug__)
