# runpy: modules, packages, folders, archives and files run as programs; what they see of sys and their globals, and what goes wrong.
import contextlib
import io
import os
import runpy
import sys
import zipfile

BODY = "import sys\nseen = (__name__, __spec__ and __spec__.name, __package__, str(sys.argv[0]).split('/')[-1], __cached__ is None, __loader__ is not None, sys.modules.get(__name__) is not None and sys.modules[__name__].__dict__ is globals())\nvalue = globals().get('given', 'none')\nif __name__ == '__main__':\n    main = True\n"
for name, text in {"one.py": BODY, "pkg/__init__.py": "loaded = 1\n", "pkg/__main__.py": BODY, "pkg/sub.py": BODY + "from . import loaded\n", "plain/__init__.py": "", "raises.py": "def f():\n    raise LookupError('inside')\nf()\n", "exits.py": "raise SystemExit(3)\n", "bad.py": "def (\n", "folder/__main__.py": BODY + "import beside\n", "folder/beside.py": "b = 1\n", "nomain/x.py": "", "importing.py": "import nothing_such\n", "pkg2/__init__.py": "import pkg2.late\n", "pkg2/late.py": "x = 1\n", "broken/__init__.py": "1/0\n", "broken/m.py": ""}.items():
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w") as f:
        f.write(text)
with zipfile.ZipFile("app.zip", "w") as z:
    z.writestr("__main__.py", BODY)
sys.path.insert(0, os.getcwd())
argv, mods = list(sys.argv), set(sys.modules)
for call in (lambda: runpy.run_module("one"), lambda: runpy.run_module("one", run_name="other", init_globals={"given": 5}), lambda: runpy.run_module("one", run_name="__main__", alter_sys=True), lambda: runpy.run_module("pkg"), lambda: runpy.run_module("pkg.sub"), lambda: runpy.run_module("pkg.sub", {"given": 1}, "__main__", True), lambda: runpy.run_path("one.py"), lambda: runpy.run_path("one.py", {"given": 2}, "named"), lambda: runpy.run_path("folder"), lambda: runpy.run_path("app.zip", run_name="zipped"), lambda: runpy.run_path(__import__("pathlib").Path("one.py"))):
    result = call()
    print(result["seen"], result["value"], result.get("main"), result["__name__"], sys.argv == argv, os.path.basename(result["__file__"] or ""))
print(sorted(m for m in set(sys.modules) - mods if m.split(".")[0] in ("one", "pkg", "beside", "named", "other")))
for call in (lambda: runpy.run_module("plain"), lambda: runpy.run_module("none_such"), lambda: runpy.run_module("none.sub"), lambda: runpy.run_module("one.sub"), lambda: runpy.run_module("pkg.__main__.x"), lambda: runpy.run_module(".rel"), lambda: runpy.run_module("raises"), lambda: runpy.run_module("exits"), lambda: runpy.run_module("bad"), lambda: runpy.run_path("nomain"), lambda: runpy.run_path("absent.py"), lambda: runpy.run_module("importing"), lambda: runpy.run_path("bad.py"), lambda: runpy.run_module("broken.m"), lambda: runpy.run_module("sys"), lambda: runpy.run_module(5)):
    try:
        print(sorted(call())[:3])
    except BaseException as e:
        tb, depth = e.__traceback__, 0
        while tb:
            tb, last, depth = tb.tb_next, tb, depth + 1
        print(type(e).__name__, str(e).replace(os.getcwd(), ""), os.path.basename(last.tb_frame.f_code.co_filename), last.tb_lineno)
import warnings
import pkg2.late
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    print(runpy.run_module("pkg2.late")["x"], [(w.category.__name__, str(w.message)) for w in seen])
with open("compiled.py", "w") as f:
    f.write("answer = 42\n")
import py_compile
py_compile.compile("compiled.py", cfile="direct.pyc")
print(runpy.run_path("direct.pyc")["answer"])
old = sys.argv
sys.argv = ["replaced", "x"]
with contextlib.redirect_stdout(io.StringIO()) as out:
    runpy.run_module("this", alter_sys=True)
sys.argv = old
print(out.getvalue().splitlines()[0], "__main__" in sys.modules, sys.modules["__main__"].__dict__ is globals())
