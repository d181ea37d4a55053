"""Imports that go wrong: beyond the top, circular, names missing from partly made modules, __all__, modules' __getattr__ and __dir__, odd sys.modules."""

import importlib
import os
import sys
import types

sys.dont_write_bytecode = True
ROOT = os.path.abspath("made")


def write(path, text):
    path = os.path.join(ROOT, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as stream:
        stream.write(text)


def attempt(source, scope=None):
    scope = {"__name__": "asking"} if scope is None else scope
    try:
        exec(source, scope)
        print(repr(source), "->", {k: v for k, v in scope.items() if not k.startswith("__") and not isinstance(v, types.ModuleType)})
    except BaseException as error:
        print(repr(source), "->", type(error).__name__, str(error).replace(ROOT, "ROOT"), getattr(error, "name", None), (getattr(error, "path", None) or "").replace(ROOT, "ROOT"))


write("pkg/__init__.py", "x = 1\n__all__ = ['sub', 'x', 'missing']\n")
write("pkg/sub.py", "from . import x\nfrom .. import nothing\n")
write("pkg/good.py", "from . import x, deep\nfrom .deep import inner\nfrom .deep.inner import value as v\n")
write("pkg/deep/__init__.py", "")
write("pkg/deep/inner.py", "value = 5\nfrom ... import too_far\n")
write("pkg/fine.py", "from .deep import other\nfrom . import fine\nme = fine\n")
write("pkg/deep/other.py", "from .. import x\nfrom ..fine import me\n")
write("circ_a.py", "import circ_b\nname_a = 1\n")
write("circ_b.py", "import circ_a\nfrom circ_a import name_a\n")
write("circ_c.py", "import circ_d\nvalue = 'c'\n")
write("circ_d.py", "import circ_c\ntry:\n    circ_c.value\nexcept AttributeError as e:\n    message = str(e)\n")
write("lazy.py", "def __getattr__(name):\n    if name.startswith('auto'):\n        return name.upper()\n    raise AttributeError(f'no {name} here')\ndef __dir__():\n    return ['z', 'a']\n__all__ = ['auto_one', 'real']\nreal = 3\n")
write("lazy_bad.py", "__getattr__ = 5\n")
write("all_bad.py", "__all__ = ['a', 5]\na = 1\n")
write("all_str.py", "__all__ = 'ab'\na = 1\nb = 2\nc = 3\n")
write("all_none.py", "__all__ = None\na = 1\n")
write("all_missing.py", "__all__ = ['nope']\n")
write("under.py", "_a = 1\n__b = 2\nc = 3\nd_ = 4\n")
write("raises.py", "half = 1\n1 / 0\n")
write("broken.py", "x = = 1\n")
write("replaces.py", "import sys\nsys.modules[__name__] = 'a string'\n")
write("removes.py", "import sys\ndel sys.modules[__name__]\n")
write("renames.py", "__name__ = 'other'\nx = 1\n")
write("nopath.py", "__path__ = 5\n")
write("is_module.py", "value = 1\n")
write("bad_encoding.py", "# coding: nonsense\n")
write("space/inside.py", "value = 'namespace'\n")
sys.path.insert(0, ROOT)
for source in ("import pkg.sub", "import pkg.good", "import pkg.deep.inner", "import pkg.fine", "from pkg import *", "from pkg import nope", "from pkg import deep as d, x", "import pkg.nope", "import pkg.x", "from pkg.x import y", "import pkg.deep.nope.more", "import circ_a", "import circ_c; from circ_d import message", "import lazy; a = lazy.auto_x; b = dir(lazy)", "from lazy import auto_q, nope",
               "from lazy import *", "import lazy; lazy.missing", "import lazy_bad; lazy_bad.x", "from all_bad import *", "from all_str import *", "from all_none import *", "from all_missing import *", "from under import *", "import raises", "import raises", "import broken", "import replaces; r = replaces", "import removes", "import renames; n = renames.x", "import nopath.sub", "import is_module.sub", "import is_module.sub.more",
               "import bad_encoding", "import space; p = type(space.__path__).__name__; f = space.__file__", "import space.inside as i; v = i.value", "import space.nope", "import nothing_at_all", "import nothing.at.all", "import pkg..deep", "from . import x", "from .pkg import x", "from .. import x", "from pkg import (x as y, x as z)", "import pkg as q, pkg.deep as r; same = q.deep is r", "from os import path as p, nope2", "from sys import nope3",
               "from builtins import nope4", "import sys.nope5", "from __future__ import annotations, nope6", "import ''"):
    attempt(source)
for package in ("pkg", "pkg.deep", "nope", "", 5, None):
    for spec in (None, "pkg.deep.x"):
        scope = {"__name__": "asking", "__package__": package}
        attempt("from . import x as y", scope)
attempt("from . import x as y", {"__name__": "pkg.deep.inner"})
attempt("from .. import x as y", {"__name__": "pkg.deep.inner"})
attempt("from ... import x as y", {"__name__": "pkg.deep.inner"})
attempt("from . import x as y", {"__name__": "pkg", "__path__": []})
attempt("from . import x as y", {})
for value in (None, 5, "text", types.SimpleNamespace(a=1)):
    sys.modules["faked"] = value
    attempt("import faked")
    attempt("from faked import a")
    attempt("import faked.sub")
sys.modules["faked"] = types.ModuleType("faked")
attempt("from faked import gone")
sys.modules["faked"].__file__ = "somewhere"
attempt("from faked import gone")
sys.modules["faked"].__spec__ = None
del sys.modules["faked"].__name__
attempt("from faked import gone")
for arguments in (("pkg", 5), ("", ), ("pkg", None, None, (), -1), ("pkg", None, None, (), 1), ("pkg.deep",), ("pkg.deep", None, None, ("inner2",)), ("pkg.deep", None, None, ["other", 5]), (5,), ("pkg", {}, {}, ("*",)), ("deep", {"__package__": "pkg", "__name__": "pkg.m"}, None, ("other",), 1), ("nope", {"__package__": "pkg"}, None, (), 1), ("pkg", {}, {}, (), "x"), ("pkg", {}, {}, (), 10 ** 30)):
    try:
        print(arguments, "->", __import__(*arguments).__name__)
    except BaseException as error:
        print(arguments, "->", type(error).__name__, str(error).replace(ROOT, "ROOT"))
for arguments in (("pkg",), (".deep", "pkg"), ("..x", "pkg"), (".deep",), ("", "pkg"), (".", "pkg"), ("...x", "pkg.deep"), (5,), ("pkg.nope",)):
    try:
        print(arguments, "->", importlib.import_module(*arguments).__name__)
    except BaseException as error:
        print(arguments, "->", type(error).__name__, error)
for module in (5, "pkg", types.ModuleType("unknown"), sys.modules["pkg"]):
    try:
        print(importlib.reload(module).__name__)
    except BaseException as error:
        print("reload", type(error).__name__, error)
