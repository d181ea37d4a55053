"""meta_path finders, loaders, path hooks, lazy attributes, import of generated modules, __path__ changes, blockers."""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types

class Source(importlib.abc.Loader):
    def __init__(self, text): self.text = text
    def create_module(self, spec): log.append("create " + spec.name); return None
    def exec_module(self, m): log.append("exec " + m.__name__); exec(compile(self.text, f"<{m.__name__}>", "exec"), m.__dict__)
class Finder(importlib.abc.MetaPathFinder):
    table = {"gen": "x = 1\nfrom gen.sub import y\n", "gen.sub": "y = 'sub'\nz = __package__\n", "broken": "raise LookupError('broken')", "other": "import gen\nw = gen.x + 1"}
    def find_spec(self, name, path, target=None):
        log.append(f"find {name} {path}")
        if name in self.table: return importlib.machinery.ModuleSpec(name, Source(self.table[name]), is_package=name == "gen")
log = []; sys.meta_path.insert(0, Finder())
import gen, other
print(gen.x, gen.y, gen.sub.z, other.w, [l for l in log if "gen" in l or "other" in l], gen.__loader__.__class__.__name__, gen.__path__, gen.__spec__.has_location, repr(gen).startswith("<module 'gen' (<"))
try:
    import broken
except LookupError as e: print(e, "broken" in sys.modules)
class Block:
    def find_spec(self, name, path=None, target=None):
        if name == "forbidden": raise ImportError(f"{name} is forbidden", name=name)
sys.meta_path.insert(0, Block())
try:
    import forbidden
except ImportError as e: print(e, e.name)
class NoMethod: pass
sys.meta_path.insert(0, NoMethod())
try:
    import something_absent
except (ImportError, AttributeError) as e: print(type(e).__name__, str(e)[:40])
del sys.meta_path[:3]
spec = importlib.util.spec_from_loader("made", Source("a = __name__")); m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m); print(m.a, "made" in sys.modules)
with open("file_mod.py", "w") as f: f.write("q = __file__.split('/')[-1], __name__")
spec = importlib.util.spec_from_file_location("renamed", "file_mod.py"); m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m); print(m.q, spec.origin.split("/")[-1], spec.loader.get_source("renamed"), spec.loader.is_package("renamed"), type(spec.loader).__name__)
class PathEntry:
    def __init__(self, p): self.p = p
    def find_spec(self, name, target=None): return importlib.util.spec_from_loader(name, Source(f"where = {self.p!r}")) if name == "hooked" else None
def hook(p):
    if p.startswith("virtual:"): return PathEntry(p)
    raise ImportError
sys.path_hooks.insert(0, hook); sys.path.append("virtual:here"); import hooked; print(hooked.where, "virtual:here" in sys.path_importer_cache); sys.path.remove("virtual:here"); sys.path_hooks.remove(hook)
mod = types.ModuleType("lazy"); exec("def __getattr__(n):\n    if n == 'dyn': return 'computed'\n    raise AttributeError(f'no {n}')\ndef __dir__(): return ['dyn']\n", mod.__dict__); sys.modules["lazy"] = mod
from lazy import dyn; import lazy; print(dyn, lazy.dyn, dir(lazy))
try:
    from lazy import nope
except ImportError as e: print(e)
class Weird(types.ModuleType):
    @property
    def prop(self): return "module property"
sys.modules["weird"] = Weird("weird"); import weird; print(weird.prop, type(weird).__name__); lazy.__class__ = Weird; print(lazy.prop)
sys.modules["notmodule"] = {"k": 1}; import notmodule; print(notmodule["k"])
import builtins; real = builtins.__import__; seen = []
def spy(name, *a, **k): seen.append((name, a[2] if len(a) > 2 else None, a[3] if len(a) > 3 else 0)); return real(name, *a, **k)
builtins.__import__ = spy; exec("import os.path as p\nfrom os import sep, path\nfrom sys import *"); builtins.__import__ = real; print([s for s in seen if s[0] in ("os", "os.path", "sys")])
with open("late_mod.py", "w") as f: f.write("import sys\nsys.modules[__name__] = 'replaced itself'")
sys.path.insert(0, "."); import late_mod; print(late_mod); print(importlib.util.resolve_name(".x", "pkg"), importlib.machinery.all_suffixes()[0], importlib.machinery.SOURCE_SUFFIXES, importlib.machinery.PathFinder in sys.meta_path, importlib.util.find_spec("os") is not None)
try:
    importlib.util.resolve_name("..x", "pkg")
except ImportError as e: print(e)
