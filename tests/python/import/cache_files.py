"""The bytecode cache: written, reused, rebuilt when stale, ignored when damaged; -B, read-only folders, sourceless modules."""

import importlib
import importlib.util
import os
import sys

sys.path.insert(0, os.getcwd())
def write(path, text, when=None):
    with open(path, "w") as f: f.write(text)
    if when: os.utime(path, (when, when))
def fresh(name):
    sys.modules.pop(name, None); importlib.invalidate_caches()
    return importlib.import_module(name)
write("m.py", "v = 1\n", 1000)
print(fresh("m").v); cache = fresh("m").__cached__
print(os.path.exists(cache), os.path.basename(os.path.dirname(cache)), os.path.basename(cache).startswith("m."), cache.endswith(".pyc"), cache == importlib.util.cache_from_source(os.path.abspath("m.py")), importlib.util.source_from_cache(cache) == os.path.abspath("m.py"))
data = open(cache, "rb").read(); print(data[:4] == importlib.util.MAGIC_NUMBER, len(data) > 16, int.from_bytes(data[8:12], "little"), int.from_bytes(data[12:16], "little"))
write("m.py", "v = 2\n", 2000); print(fresh("m").v); write("m.py", "v = 3\n", 2000); print(fresh("m").v, "same time and size: the cache is believed"); write("m.py", "v = 44\n", 2000); print(fresh("m").v)
good = open(cache, "rb").read()
for bad in (b"", b"xx", good[:10], good[:20], good[:-5], b"\0\0\0\0" + good[4:], good[:16] + b"\xff" * 20, good[:4] + b"\x09\0\0\0" + good[8:], b"garbage" * 100):
    with open(cache, "wb") as f: f.write(bad)
    try:
        print(fresh("m").v, end=" ")
    except (EOFError, ValueError, TypeError, ImportError) as e: print(type(e).__name__, end=" "); os.remove(cache)
print()
os.remove(cache); sys.dont_write_bytecode = True; write("n.py", "v = 5\n"); print(fresh("n").v, os.path.exists(importlib.util.cache_from_source("n.py"))); sys.dont_write_bytecode = False
write("p.py", "v = 6\n"); import py_compile; c = py_compile.compile("p.py"); print(os.path.exists(c), fresh("p").v)
src = open(py_compile.compile("p.py", cfile="legacy.pyc"), "rb").read(); print(fresh("legacy").v, fresh("legacy").__file__.endswith("legacy.pyc"))
with open("badmagic.pyc", "wb") as f: f.write(b"\xa7\x0d\x0d\x0a" [:2] + b"\xff\xff" + src[4:])
with open("short.pyc", "wb") as f: f.write(src[:10])
for n in ("badmagic", "short"):
    try:
        fresh(n)
    except (ImportError, EOFError) as e: print(type(e).__name__, str(e).split(":")[0].split(" in '")[0])
write("h.py", "v = 7\n"); c = py_compile.compile("h.py", invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH); print(fresh("h").v, int.from_bytes(open(c, "rb").read()[4:8], "little")); write("h.py", "v = 8\n"); print(fresh("h").v)
c = py_compile.compile("h.py", invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH); write("h.py", "v = 9\n"); print(fresh("h").v)
try:
    write("s.py", "x = = 1\n"); py_compile.compile("s.py", doraise=True)
except py_compile.PyCompileError as e: print(type(e).__name__, e.exc_type_name)
for opt in ("", 1, 2): print(importlib.util.cache_from_source("x.py", optimization=opt).split(".", 2)[2][-11:])
os.mkdir("ro"); write("ro/r.py", "v = 'read-only folder'\n"); os.makedirs("ro/__pycache__"); write("ro/__pycache__/blocker", ""); sys.path.insert(0, "ro"); print(fresh("r").v)
