# pkgutil: walking a tree of packages, namespace packages extended, data read, names resolved.
import os
import pkgutil
import sys
import types

TREE = {
    "one/top/__init__.py": "from pkgutil import extend_path\n__path__ = extend_path(__path__, __name__)\n",
    "one/top/alpha.py": "class Thing:\n    size = 3\n    class Inner:\n        def method(self): return 'm'\n",
    "one/top/broken/__init__.py": "raise ImportError('cannot be used')\n",
    "one/top/odd/__init__.py": "1/0\n",
    "one/top/sub/__init__.py": "LOADED = True\n",
    "one/top/sub/leaf.py": "value = 'leaf'\n",
    "one/top/sub/deep/__init__.py": "",
    "one/top/sub/deep/end.py": "print('end imported')\n",
    "one/top/data.txt": "some data\n",
    "one/single.py": "import top\n",
    "one/not-a-name.py": "",
    "one/plain/readme": "",
    "two/top/__init__.py": "",
    "two/top/beta.py": "where = __file__\n",
    "two/top.pkg": "# comment\nextra/top\n",
    "space/a.py": "", "space/b/c.py": "",
}
for name, text in TREE.items():
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w") as f:
        f.write(text)
sys.path[:0] = ["one", "two", "space"]
sys.dont_write_bytecode = True
print([(m.name, m.ispkg, type(m.module_finder).__name__) for m in pkgutil.iter_modules(["one", "two", "space"], prefix="p.")])
errors = []
for info in pkgutil.walk_packages(["one/top"], "top.", onerror=errors.append):
    print(info.name, info.ispkg)
print("errors", errors)
try:
    list(pkgutil.walk_packages(["one/top"], "top."))
except ZeroDivisionError as e:
    print("without onerror:", e)
import top
import top.beta
print([os.path.relpath(p) for p in top.__path__], top.beta.where.endswith("two/top/beta.py"))
print(pkgutil.get_data("top", "data.txt"), pkgutil.get_data("top.sub", "leaf.py"))
for package, resource in (("top", "absent.txt"), ("nowhere", "x"), ("builtins", "x")):
    try:
        print(pkgutil.get_data(package, resource))
    except Exception as e:
        print(type(e).__name__, getattr(e, "errno", e))
for name in ("top.alpha:Thing.Inner.method", "top.alpha.Thing.size", "top.sub.leaf:value", "os.path:join", "os.path.join", "top.alpha:", "top.alpha:Nope", "nope", "top..x", "1a", "top.alpha:Thing:size", "json.decoder.JSONDecoder.decode", "os:path:x", ""):
    try:
        result = pkgutil.resolve_name(name)
        print(name, "->", getattr(result, "__qualname__", None) or getattr(result, "__name__", result))
    except Exception as e:
        print(name, "->", type(e).__name__, e)
print(type(pkgutil.find_loader("top.sub.leaf")).__name__, pkgutil.find_loader("top.none"), type(pkgutil.get_loader(top)).__name__, type(pkgutil.get_loader("sys")).__name__)
print(type(pkgutil.get_importer("one")).__name__, pkgutil.get_importer("one/single.py"), [type(i).__name__ if not isinstance(i, type) else i.__name__ for i in pkgutil.iter_importers()][:3])
print([m.name for m in pkgutil.iter_modules(top.__path__, "top.")])
for bad in ("text", 5):
    try:
        list(pkgutil.iter_modules(bad))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(pkgutil.extend_path("not a list", "x"), pkgutil.ModuleInfo("f", "n", True))


class Finder:
    def iter_modules(self, prefix=""):
        yield prefix + "from_the_hook", False


sys.path_hooks.insert(0, lambda path: Finder() if path == "hooked" else (_ for _ in ()).throw(ImportError))
print([(m.name, m.ispkg) for m in pkgutil.iter_modules(["hooked"], "q.")])
spaces = types.ModuleType("made")
print(hasattr(spaces, "__path__"), "top.broken" in sys.modules, "top.sub.deep" in sys.modules)
