"""os: mkdir, listdir, scandir, walk, rename, remove, links, stat, chmod, utime, access, getcwd, makedirs."""

import os

os.mkdir("d"); os.makedirs("a/b/c"); os.makedirs("a/b", exist_ok=True)
for p in ("d/x.txt", "a/1", "a/b/2", "a/b/c/3"):
    with open(p, "w") as f: f.write(p)
print(sorted(os.listdir()), sorted(os.listdir("a")), sorted(os.listdir(b".")), [(r, sorted(d), sorted(f)) for r, d, f in sorted(os.walk("a"))], [(r, d, f) for r, d, f in os.walk("a", topdown=False)][-1][0])
with os.scandir("a") as it: print(sorted((e.name, e.is_dir(), e.is_file(), e.path, e.stat().st_size if e.is_file() else 0, e.is_symlink()) for e in it))
os.rename("d/x.txt", "d/y.txt"); os.replace("d/y.txt", "z.txt"); os.symlink("z.txt", "link"); os.link("z.txt", "hard")
print(os.path.exists("d/x.txt"), os.readlink("link"), os.path.islink("link"), os.stat("hard").st_nlink, os.path.samefile("z.txt", "hard"), os.lstat("link").st_size, open("link").read())
os.chmod("z.txt", 0o400); print(oct(os.stat("z.txt").st_mode & 0o777), os.access("z.txt", os.R_OK), os.access("nope", os.F_OK)); os.utime("z.txt", (1000, 2000)); print(os.stat("z.txt").st_atime, os.path.getmtime("z.txt")); os.utime("z.txt", ns=(5, 7)); print(os.stat("z.txt").st_mtime_ns)
for bad in (lambda: os.mkdir("d"), lambda: os.rmdir("a"), lambda: os.remove("nope"), lambda: os.remove("a") if False else os.unlink("nope"), lambda: os.listdir("nope"), lambda: os.rename("nope", "x"), lambda: os.makedirs("a/b"), lambda: os.chdir("nope"), lambda: os.readlink("z.txt"), lambda: os.stat("nope"), lambda: os.mkdir("q/w/e"), lambda: os.link("nope", "x"), lambda: os.symlink("a", "d"), lambda: os.listdir(5.5), lambda: os.mkdir("a\0b"), lambda: os.rmdir("z.txt"), lambda: os.scandir("nope"), lambda: os.chmod("nope", 0), lambda: os.utime("z.txt", 5), lambda: os.truncate("d", 0), lambda: os.removedirs("nope"), lambda: os.rename("a", "d/q/w")):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
cwd = os.getcwd(); os.chdir("a"); print(os.getcwd() == cwd + "/a", sorted(os.listdir())); os.chdir(cwd); print(os.getcwdb() == cwd.encode())
for r, dirs, files in os.walk(".", topdown=False):
    for n in files: os.remove(os.path.join(r, n))
    for n in dirs: os.rmdir(os.path.join(r, n))
print(os.listdir()); os.makedirs("p/q/r"); os.removedirs("p/q/r"); print(os.listdir(), os.path.exists("p")); os.renames("made_by", "nope") if False else None
fd = os.open("raw", os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o644); print(os.write(fd, b"0123456789"), os.lseek(fd, 2, os.SEEK_SET), os.read(fd, 3), os.pread(fd, 2, 7), os.pwrite(fd, b"X", 0), os.fstat(fd).st_size, os.ftruncate(fd, 5), os.lseek(fd, 0, os.SEEK_END), os.isatty(fd), os.fsync(fd), os.dup(fd) > fd, os.get_inheritable(fd)); os.close(fd); print(open("raw", "rb").read())
class P:
    def __fspath__(self): return "raw"
class Bad:
    def __fspath__(self): return 5
print(os.fspath(P()), os.stat(P()).st_size, open(P()).read(), os.fspath(b"x"), os.fsencode("é"), os.fsdecode(b"\xff"[:0] + b"ok"), isinstance(P(), os.PathLike), os.path.join(P(), "x"))
for b in (lambda: os.fspath(5), lambda: os.fspath(Bad()), lambda: open(Bad())):
    try: b()
    except TypeError as e: print(e)
print(os.sep, os.linesep.encode(), os.curdir, os.pardir, os.extsep, os.pathsep, os.devnull, os.name, os.altsep, os.umask(0o022) >= 0)
