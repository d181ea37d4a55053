# shutil: trees copied with filters and links, moved, removed with errors handled; archives of each format; sizes, owners, look-ups.
import io
import os
import shutil
import stat
import sys
import tarfile


def make(base, names):
    for name in names:
        path = os.path.join(base, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(name * 3)


def tree(base):
    return sorted(os.path.relpath(os.path.join(d, n), base) + ("@" if os.path.islink(os.path.join(d, n)) else "/" if os.path.isdir(os.path.join(d, n)) else "") for d, ds, fs in os.walk(base) for n in ds + fs)


make("src", ["a.py", "a.pyc", "sub/b.txt", "sub/deep/c.txt", "skip/x.txt"])
os.symlink("a.py", "src/link")
os.symlink("absent", "src/dangling")
os.chmod("src/a.py", 0o754)
os.utime("src/a.py", (100, 200))
try:
    shutil.copytree("src", "one")
except shutil.Error as e:
    print([(os.path.basename(a), b, c) for a, b, c in e.args[0]])
print(tree("one"))
print(shutil.copytree("src", "two", symlinks=True, ignore=shutil.ignore_patterns("*.pyc", "skip")), tree("two"), os.stat("two/a.py").st_mtime, oct(os.stat("two/a.py").st_mode))
calls = []
shutil.copytree("src", "three", ignore_dangling_symlinks=True, copy_function=lambda s, d: calls.append(os.path.basename(s)) or shutil.copyfile(s, d), ignore=lambda d, names: [n for n in names if n.startswith("s")])
print(sorted(calls), tree("three"))
try:
    shutil.copytree("src", "two")
except FileExistsError as e:
    print(e.errno, e.filename)
print(shutil.copy("src/a.py", "two/sub"), shutil.copy2("src/a.py", "copy.py"), os.stat("copy.py").st_mtime, shutil.copyfile("src/link", "l2", follow_symlinks=False), os.path.islink("l2"))
shutil.copymode("src/a.py", "one/a.pyc")
shutil.copystat("src/a.py", "one/a.pyc")
print(oct(os.stat("one/a.pyc").st_mode), os.stat("one/a.pyc").st_mtime)
a, b = io.BytesIO(b"x" * 1000), io.BytesIO()
print(shutil.copyfileobj(a, b, 7), len(b.getvalue()))
os.mkfifo("fifo")
for wrong in (lambda: shutil.copyfile("src/a.py", "src/a.py"), lambda: shutil.copyfile("src/a.py", "src/link"), lambda: shutil.copy("absent", "x"), lambda: shutil.copyfile("src", "x"), lambda: shutil.copyfile("fifo", "x"), lambda: shutil.move("absent", "y"), lambda: shutil.move("one", "one/sub"), lambda: shutil.rmtree("absent"), lambda: shutil.rmtree("src/link"), lambda: shutil.copyfile("src/a.py", "none/x"),
              lambda: shutil.make_archive("z", "nope"), lambda: shutil.unpack_archive("copy.py"), lambda: shutil.unpack_archive("copy.py", format="zip"), lambda: shutil.unpack_archive("x.tar", format="odd"), lambda: shutil.chown("copy.py"), lambda: shutil.chown("copy.py", user="no such user"), lambda: shutil.register_archive_format("f", 5), lambda: shutil.register_archive_format("f", len, [1]),
              lambda: shutil.register_unpack_format("f", [".zip"], len), lambda: shutil.disk_usage("absent"), lambda: shutil.move("copy.py", "two"), lambda: shutil.move("one/a.py", "two")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), ""))
print(shutil.move("two", "moved"), os.path.exists("two"), shutil.move("moved", "three"), tree("three")[:4])
os.rename("three", "t3")
for format, extension in (("zip", ".zip"), ("tar", ".tar"), ("gztar", ".tar.gz"), ("bztar", ".tar.bz2"), ("xztar", ".tar.xz")):
    path = shutil.make_archive("arch", format, "src", "sub")
    shutil.unpack_archive(path, "out_" + format, **({"filter": "data"} if format != "zip" and "filter" in shutil.unpack_archive.__code__.co_varnames else {}))
    print(os.path.basename(path), tree("out_" + format))
print(sorted(n for n, _ in shutil.get_archive_formats()), sorted((n, e) for n, e, _ in shutil.get_unpack_formats()))
shutil.register_archive_format("list", lambda base, root, owner=None, group=None, dry_run=0, logger=None, **k: open(base + ".list", "w").write("\n".join(tree(root))) and base + ".list", [], "a listing")
print(open(shutil.make_archive("names", "list", "src")).read())
shutil.unregister_archive_format("list")
errors = []
os.makedirs("ro/inner")
make("ro/inner", ["f"])


def note(function, path, info):
    errors.append((function.__name__, os.path.basename(path), info[0].__name__))


shutil.rmtree("absent", onerror=note)
shutil.rmtree("copy.py", onerror=note)
shutil.rmtree("absent", ignore_errors=True)
print(errors)
shutil.rmtree("ro")
shutil.rmtree(b"t3")
print(sorted(os.listdir()), shutil.rmtree.avoids_symlink_attacks)
usage = shutil.disk_usage(".")
print(usage.total >= usage.used, usage._fields, shutil.get_terminal_size((70, 20)) if "COLUMNS" not in os.environ else "", shutil.which("sh") is not None, shutil.which("no such thing"), shutil.which("a.py", path="src"), shutil.which("a.pyc", path="src"), shutil.which("src/a.py"), shutil.which("a.py", mode=os.F_OK, path=b"src".decode()))
os.environ["COLUMNS"], os.environ["LINES"] = "33", "x"
print(shutil.get_terminal_size((1, 9)).columns, issubclass(shutil.SameFileError, shutil.Error), issubclass(shutil.SpecialFileError, OSError))
