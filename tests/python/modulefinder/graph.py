# modulefinder and tabnanny: which modules a program would import, found without running it; then files checked for ambiguous tabs.
import contextlib
import io
import modulefinder
import os
import sys
import tabnanny
import tokenize

FILES = {
    "prog.py": "import helper, pack.one as p\nfrom pack import two, VALUE\nfrom pack.sub import *\nimport missing_thing\nfrom pack import nothing\ntry:\n    import optional_thing\nexcept ImportError:\n    pass\ndef later():\n    import lazily.inside\n    import helper\n",
    "helper.py": "import prog_other\nimport pack\nraise SystemExit('not run')\n",
    "prog_other.py": "import helper\nx = 1\n",
    "pack/__init__.py": "VALUE = 1\nfrom . import one\n",
    "pack/one.py": "from .sub import leaf\nfrom ..pack import two\n",
    "pack/two.py": "from .one import *\nimport pack.absent\n",
    "pack/sub/__init__.py": "__all__ = ['leaf']\n",
    "pack/sub/leaf.py": "import toofar\nname = 'leaf'\n",
    "lazily/__init__.py": "", "lazily/inside.py": "import sys, marshal\n",
    "broken.py": "import helper\ndef (:\n",
}
for name, text in FILES.items():
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w") as f:
        f.write(text)
finder = modulefinder.ModuleFinder(path=["."], excludes=["prog_other"])
finder.run_script("prog.py")
for name, module in sorted(finder.modules.items()):
    print(name, module.__file__ and os.path.relpath(module.__file__), module.__path__ and [os.path.relpath(p) for p in module.__path__], sorted(module.globalnames), sorted(module.starimports))
print(finder.any_missing(), finder.any_missing_maybe())
print({name: sorted(by) for name, by in sorted(finder.badmodules.items())})
out = io.StringIO()
with contextlib.redirect_stdout(out):
    finder.report()
print(out.getvalue().replace(os.getcwd(), ""))
print(repr(finder.modules["pack"]).replace(os.getcwd(), ""), "prog_other" in finder.modules)
replaced = modulefinder.ModuleFinder(path=["."], replace_paths=[("pack", "PACKED")])
replaced.run_script("prog.py")
print(replaced.modules["pack.one"].__code__.co_filename, replaced.modules["helper"].__code__.co_filename)
modulefinder.AddPackagePath("pack", "extra")
os.makedirs("extra")
with open("extra/added.py", "w") as f:
    f.write("")
again = modulefinder.ModuleFinder(path=["."])
again.import_hook("pack.added")
print(sorted(again.modules), again.msg(5, "quiet"))
for wrong in (lambda: finder.run_script("absent.py"), lambda: finder.run_script("broken.py"), lambda: finder.import_hook("not.there"), lambda: finder.load_file("helper.py") or "loaded"):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), ""))

CHECKED = {
    "fine.py": "if 1:\n    x = 1\n    if 2:\n\ty = 2\n", "spaces.py": "if 1:\n    a = 1\n    b = 2\n", "mixed.py": "if 1:\n        a = 1\n\tb = 2\n", "deeper.py": "if 1:\n\tif 2:\n\t    a\n            b\n",
    "open.py": "x = (1,\n", "string.py": "x = '''abc\n", "dedent.py": "if 1:\n        a\n    b\n", "continued.py": "x = [\n\t1,\n        2,\n]\nif x:\n\tpass\n",
}
os.mkdir("tabs")
for name, text in CHECKED.items():
    with open("tabs/" + name, "w") as f:
        f.write(text)
for verbose, only in ((0, 0), (1, 0), (2, 0), (0, 1)):
    tabnanny.verbose, tabnanny.filename_only = verbose, only
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        for name in sorted(CHECKED):
            tabnanny.check("tabs/" + name)
        tabnanny.check("tabs/absent.py")
    print(out.getvalue(), err.getvalue(), sep="--\n")
w = tabnanny.Whitespace("\t  \t x")
print(w.nt, w.n, w.norm, w.is_simple, w.longest_run_of_spaces(), w.indent_level(8), w.equal(tabnanny.Whitespace("        \t ")), w.not_equal_witness(tabnanny.Whitespace("    \t ")), w.less(tabnanny.Whitespace("\t\t\t\t")))
with open("tabs/mixed.py") as f:
    try:
        tabnanny.process_tokens(tokenize.generate_tokens(f.readline))
    except (tabnanny.NannyNag, tokenize.TokenError, IndentationError) as e:
        print(type(e).__name__, getattr(e, "get_lineno", int)(), getattr(e, "get_msg", str)(), repr(getattr(e, "get_line", str)()))
