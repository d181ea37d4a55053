"""Packages in a folder made by the test: submodules, relative imports, __init__, __all__, from * and import cycles."""

import os
import sys

def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as f: f.write(text)
write("lib/pkg/__init__.py", "print('init', __name__, __package__, __path__ != [])\nfrom . import a\nversion = '1'\n__all__ = ['a', 'version', 'late']\n")
write("lib/pkg/a.py", "from .b import value, up\nfrom .sub.deep import name as deep_name\nfrom . import sub\nprint('a', __name__, value, deep_name)\n")
write("lib/pkg/b.py", "import pkg\nvalue = 5\nup = pkg.__name__\n")
write("lib/pkg/late.py", "x = 'late loaded'\n")
write("lib/pkg/sub/__init__.py", ""); write("lib/pkg/sub/deep.py", "from ..b import value\nfrom ... import nothing\n" if False else "from ..b import value\nname = __name__ + str(value)\n")
write("lib/cyc1.py", "import cyc2\nx = 1\ny = cyc2.z\n"); write("lib/cyc2.py", "import cyc1\nz = hasattr(cyc1, 'x')\n"); write("lib/cyc3.py", "from cyc4 import w\nv = 1\n"); write("lib/cyc4.py", "from cyc3 import v\nw = 2\n")
write("lib/bad.py", "x = 1\nraise ValueError('while importing')\n"); write("lib/syntax.py", "x = = 1\n"); write("lib/stars.py", "_private = 1\npublic = 2\nimport os as _os\n"); write("lib/badall.py", "__all__ = ['nope']\n"); write("lib/badall2.py", "__all__ = [5]\n"); write("lib/ns/part.py", "p = 'namespace part'\n"); write("lib2/ns/other.py", "o = 'other part'\n")
sys.path[:0] = [os.path.abspath("lib"), os.path.abspath("lib2")]
import pkg, pkg.sub.deep as d
print(pkg.a.value, pkg.b.up, d.name, pkg.sub.deep is d, sorted(m for m in sys.modules if m.startswith("pkg")), pkg.__file__.endswith("lib/pkg/__init__.py"), pkg.a.__package__, pkg.__spec__.name, pkg.a.__spec__.parent, pkg.__name__, repr(pkg.a)[:19])
ns = {}; exec("from pkg import *", ns); print(sorted(k for k in ns if k != "__builtins__"), ns["late"].x); exec("from stars import *", ns); print("public" in ns, "_private" in ns, "_os" in ns)
import cyc1; print(cyc1.y, sys.modules["cyc2"].z)
import ns.part, ns.other; print(ns.part.p, ns.other.o, type(ns.__path__).__name__, hasattr(ns, "__file__"), ns.__spec__.origin)
for code in ("import cyc3", "import bad", "import bad", "import syntax", "import nope", "import pkg.nope", "from pkg import nope", "from pkg.a import nope", "import pkg.a.nope", "from . import x", "from .. import y", "import badall\nfrom badall import *", "from badall2 import *", "from pkg.nope import x", "import os.nope", "from os import nope, path", "__import__('pkg', level=5)", "__import__('x', level=-1)", "import pkg.sub.nope.more", "from nope import *", "import sys.nope"):
    try:
        exec(code, {"__name__": "test", "__package__": ""}); print(code, "fine")
    except Exception as e: print(repr(code), type(e).__name__, str(e).replace(os.getcwd(), "<cwd>"), getattr(e, "name", None))
print("bad" in sys.modules, "cyc3" in sys.modules, __import__("pkg.sub.deep") is pkg, __import__("pkg.sub", fromlist=["deep"]).__name__, __import__("a", globals={"__package__": "pkg", "__name__": "pkg.x"}, level=1).__name__)
import importlib.util; write("lib/reload_me.py", "n = 1\n"); import reload_me; write("lib/reload_me.py", "n = 222\nnew = 1\n"); importlib.reload(reload_me); print(reload_me.n, reload_me.new, importlib.import_module("pkg.late").x, importlib.import_module(".b", "pkg").value, importlib.import_module("..b", "pkg.sub").value)
del sys.modules["pkg.late"]; import pkg.late as again; print(again is pkg.late, again.x); print(importlib.util.find_spec("pkg.b").origin.endswith("b.py"), importlib.util.find_spec("nope"), importlib.util.find_spec("sys").origin)
