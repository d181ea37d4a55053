"""os.path: join, split, splitext, normpath, relpath, abspath, commonpath, expand, is* on real files."""

import os
import os.path as p

for a in ("", "/", "a", "a/b", "/a/b/", "a//b", "./a/../b", "/..", "a/.b.c", ".bashrc", "a.tar.gz", "..", "/a/b/../../..", "//x", "///x", "a/./b/.", "~/x", "é/ü"):
    print(repr(a), p.split(a), p.splitext(a), p.normpath(a), p.basename(a), p.dirname(a), p.isabs(a), p.splitdrive(a), p.normcase(a))
print(p.join("a", "b"), p.join("a/", "b"), p.join("a", "/b"), p.join("", "b"), p.join("a", ""), p.join("a", "b", "..", "c"), p.join(b"a", b"b"), p.relpath("/a/b/c", "/a/d"), p.relpath("/a", "/a"), p.relpath("x/y", "x"), p.commonpath(["/a/b/c", "/a/b/d"]), p.commonpath(["a/b", "a"]), p.commonprefix(["/abc", "/abd"]), p.commonprefix([]), p.commonprefix([[1, 2], [1, 3]]), p.abspath("x") == os.getcwd() + "/x", p.abspath("/a/../b"), p.sep, p.realpath("/usr/../usr/lib") == p.realpath("/usr/lib"), p.expanduser("x"), p.expandvars("$NOPE/x"))
open("f", "w").close(); os.mkdir("d"); os.symlink("f", "l"); os.symlink("missing", "broken"); os.symlink("d", "dl")
for n in ("f", "d", "l", "broken", "dl", "missing", "/dev/null", ".", "", "f/x"): print(n, p.exists(n), p.lexists(n), p.isfile(n), p.isdir(n), p.islink(n), p.ismount(n))
print(p.getsize("f"), p.samefile("f", "l"), p.realpath("l") == p.realpath("f"), p.basename(p.realpath("broken")), p.samestat(os.stat("f"), os.stat("l")), p.getmtime("f") > 0, p.sameopenfile(os.open("f", 0), os.open("f", 0)))
os.symlink("loop", "loop"); print(p.exists("loop"), p.basename(p.realpath("loop")))
for bad in (lambda: p.join("a", b"b"), lambda: p.join(5), lambda: p.join(), lambda: p.commonpath([]), lambda: p.commonpath(["/a", "b"]), lambda: p.relpath(""), lambda: p.getsize("missing"), lambda: p.samefile("f", "missing"), lambda: p.split(5), lambda: p.realpath("missing/x", strict=True), lambda: p.splitext(None), lambda: p.normpath(3), lambda: p.abspath(None), lambda: p.realpath("loop", strict=True), lambda: p.expanduser(5), lambda: p.basename([]), lambda: p.isabs(5)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, str(e).replace(os.getcwd(), "<cwd>"))
print(p.exists(5000), p.exists("a\0b"), p.isdir(b"d"), p.exists(0) in (True, False))
