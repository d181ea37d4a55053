# filecmp and linecache: trees compared file by file and as wholes, caches, reports; lines fetched from files, loaders and stale caches.
import contextlib
import filecmp
import io
import linecache
import os
import sys

LEFT = {"same.txt": "equal", "differs.txt": "left", "only.l": "1", "sub/x": "x", "sub/y": "left!", "sub/deep/z": "z", "kind": "file", ".hidden": "h", "skip.tmp": "t"}
RIGHT = {"same.txt": "equal", "differs.txt": "right", "only.r": "2", "sub/x": "x", "sub/y": "right", "sub/deep/q": "q", "kind/in": "folder", ".hidden": "i", "skip.tmp": "u"}
for base, files in (("l", LEFT), ("r", RIGHT)):
    for name, text in files.items():
        path = os.path.join(base, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
        os.utime(path, (1000, 1000))
d = filecmp.dircmp("l", "r", ignore=["skip.tmp"])
print(d.left_list, d.right_list, d.common, d.left_only, d.right_only, d.common_dirs, d.common_files, d.common_funny, d.same_files, d.diff_files, d.funny_files, list(d.subdirs), sep="\n")
for method in ("report", "report_partial_closure", "report_full_closure"):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        getattr(d, method)()
    print(method, out.getvalue())
try:
    d.nothing
except AttributeError as e:
    print(e)
hidden = filecmp.dircmp("l", "r", hide=[], ignore=[])
print(hidden.common_files, hidden.subdirs["sub"].left_only, filecmp.dircmp("l", "l").diff_files, filecmp.DEFAULT_IGNORES)
print(filecmp.cmp("l/same.txt", "r/same.txt"), filecmp.cmp("l/sub/y", "r/sub/y"), filecmp.cmp("l/sub/y", "r/sub/y", shallow=False), filecmp.cmp("l/same.txt", "l/differs.txt"), filecmp.cmp("l", "r"))
os.utime("l/sub/y", (2000, 2000))
print(filecmp.cmp("l/sub/y", "r/sub/y"), filecmp.cmpfiles("l", "r", ["same.txt", "differs.txt", "absent", "kind", "sub/y"]), filecmp.cmpfiles("l", "r", ["sub/y"], shallow=False), filecmp.clear_cache())
for wrong in (lambda: filecmp.cmp("l/absent", "r"), lambda: filecmp.dircmp("l", "absent").left_only, lambda: filecmp.cmp("l"), lambda: filecmp.cmpfiles("l", "r", 5)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)

with open("text.py", "w") as f:
    f.write("# coding: latin-1\nfirst = 1\nlast = 'no newline'")
print([linecache.getline("text.py", n) for n in (0, 1, 2, 3, 4, -1)], linecache.getlines("absent.py"), linecache.getline("absent.py", 1) == "", "text.py" in linecache.cache)
with open("text.py", "w") as f:
    f.write("changed = 'and longer than before'\n")
print(linecache.getline("text.py", 1), linecache.checkcache("text.py"), linecache.getline("text.py", 1), len(linecache.getlines("text.py")))
os.unlink("text.py")
linecache.checkcache()
print("text.py" in linecache.cache, linecache.updatecache("<string>"), linecache.getlines("<x>"), linecache.updatecache(""))


class Loader:
    def get_source(self, name):
        return {"virtual": "line one\nline two\n"}.get(name)


print(linecache.lazycache("virtual.py", {"__name__": "virtual", "__loader__": Loader()}), linecache.getline("virtual.py", 2), linecache.lazycache("<no>", {"__name__": "virtual", "__loader__": Loader()}), linecache.lazycache("v2.py", {}), linecache.getline("other.py", 1, {"__name__": "virtual", "__loader__": Loader()}))
with open("bad.py", "wb") as f:
    f.write(b"x = '\xff'\n")
print(linecache.getlines("bad.py"), linecache.clearcache(), len(linecache.cache))
os.mkdir("lib")
with open("lib/found.py", "w") as f:
    f.write("here = True\n")
sys.path.append("lib")
print(linecache.getline("found.py", 1))
for wrong in (lambda: linecache.getline(5, 1), lambda: linecache.getline("found.py", "1"), lambda: linecache.getline()):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
