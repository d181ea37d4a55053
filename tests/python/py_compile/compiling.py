# py_compile and compileall: files compiled, invalidated by time, checksum or never, errors shown, folders walked and filtered.
import compileall
import contextlib
import importlib.util
import io
import os
import py_compile
import struct
import subprocess
import sys

SOURCES = {"good.py": "value = 1\ndef f():\n    '''doc'''\n    assert value, 'no'\n", "bad.py": "def f(:\n    pass\n", "tabs.py": "if 1:\n\tx = 1\n        y = 2\n", "nul.py": "x = 'a\\x00b'\n", "latin.py": "# coding: latin-1\ns = 'é'\n", "pkg/__init__.py": "", "pkg/one.py": "one = 1\n", "pkg/deep/two.py": "two = 2\n",
           "pkg/deep/three.txt": "not python"}
for name, text in SOURCES.items():
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w", encoding="latin-1" if name == "latin.py" else "utf-8") as f:
        f.write(text)


def flags(path):
    with open(path, "rb") as f:
        head = f.read(16)
    return struct.unpack("<4xI8x", head)[0], len(head), head[:4] == importlib.util.MAGIC_NUMBER


print(os.path.dirname(py_compile.compile("good.py")), os.path.exists(importlib.util.cache_from_source("good.py")))
for mode in py_compile.PycInvalidationMode:
    print(mode, py_compile.compile("good.py", cfile="out.pyc", invalidation_mode=mode), flags("out.pyc"))
r = subprocess.run([sys.executable, "out.pyc"], capture_output=True, text=True)
print(r.returncode, r.stdout, r.stderr)
for name in ("bad.py", "tabs.py", "latin.py", "nul.py"):
    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        print(name, bool(py_compile.compile(name)), err.getvalue())
    try:
        print(py_compile.compile(name, doraise=True, dfile="shown.py") is not None)
    except py_compile.PyCompileError as e:
        print(e.exc_type_name, e.file, e.msg, isinstance(e.exc_value, SyntaxError))
with contextlib.redirect_stderr(io.StringIO()) as err:
    print(py_compile.compile("bad.py", quiet=2), repr(err.getvalue()))
os.symlink("good.py", "link.pyc")
os.mkdir("folder.pyc")
for wrong in (lambda: py_compile.compile("absent.py"), lambda: py_compile.compile("good.py", cfile="link.pyc"), lambda: py_compile.compile("good.py", cfile="folder.pyc")):
    try:
        wrong()
    except OSError as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), ""))


def walk(*args, **kw):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        result = compileall.compile_dir(*args, **kw)
    print(result, sorted(out.getvalue().splitlines()))
    return result


import re
walk("pkg", quiet=0)
walk("pkg", quiet=0)
walk("pkg", force=True, maxlevels=0)
walk("pkg", force=True, rx=re.compile("two"), legacy=True)
print(sorted(n for n in os.listdir("pkg")), os.listdir("pkg/deep/__pycache__") != [])
walk("pkg", force=True, optimize=[0, 2], ddir="elsewhere", quiet=1)
print(len(os.listdir("pkg/__pycache__")))
walk("pkg", force=True, stripdir="pkg", prependdir="/new", legacy=True, quiet=1)
import marshal
with open("pkg/one.pyc", "rb") as f:
    f.seek(16)
    print(marshal.load(f).co_filename)
print(compileall.compile_file("bad.py", quiet=2), compileall.compile_file("absent.py", quiet=2), compileall.compile_file("pkg/deep/three.txt"))
for wrong in (lambda: compileall.compile_dir("pkg", workers=-1), lambda: compileall.compile_dir("pkg", ddir="x", stripdir="y"), lambda: compileall.compile_dir("pkg", optimize=[0], hardlink_dupes=True)):
    try:
        wrong()
    except ValueError as e:
        print(e)


def run(*args):
    r = subprocess.run([sys.executable, "-m", *args], capture_output=True, text=True)
    print(args, r.returncode, sorted(r.stdout.splitlines()), r.stderr.splitlines()[-3:])


run("compileall", "-q", "pkg")
run("compileall", "-f", "bad.py")
run("compileall", "-b", "-f", "-d", "zz", "good.py")
run("py_compile", "good.py", "bad.py")
run("compileall", "--invalidation-mode", "nope", "pkg")
