# glob and fnmatch: recursive patterns, hidden files, folders of the root, bytes, escapes; and patterns translated and filtered.
import fnmatch
import glob
import os
import re

for name in ("a.py", "b.py", "B.TXT", "[x].py", ".hid", ".hdir/in.py", "d1/a.py", "d1/e/f/g.py", "d1/.h/z.py", "d2/a.txt", "sp ace/é.py", "d1/star*.py"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    open(name, "w").close()
os.symlink("d1", "ln")
os.symlink("nowhere", "dang.py")
for pattern in ("*.py", "*", ".*", "**", "**/*.py", "d?/*", "d[12]/*.*", "[!a]*.py", "[[]x].py", "*/", "**/", "d1/**", "d1/**/*.py", "ln/**/g.py", "*/*/*", "nothing/*", "a.py", "absent.py", "./*.py", "dang*", "**/e/**", "sp*/*", "d1/star[*].py", "", "/", "d1//*.py", "*.PY", "d1/../b.py"):
    print(pattern, "|", sorted(glob.glob(pattern)), "|", sorted(glob.glob(pattern, recursive=True)))
print(sorted(glob.glob("**/*.py", recursive=True, include_hidden=True)), sorted(glob.glob("*", include_hidden=True))[:2])
print(sorted(glob.glob("*.py", root_dir="d1")), sorted(glob.glob("**", root_dir="d1", recursive=True)), glob.glob("*", root_dir="absent"), sorted(glob.glob(b"d1/*", recursive=True)), sorted(glob.glob(os.path.join(glob.escape("d1"), "*"))))
fd = os.open("d1", os.O_RDONLY)
print(sorted(glob.glob("**/*.py", dir_fd=fd, recursive=True)))
os.close(fd)
print([glob.escape(x) for x in ("a*b?[c]", "[[", "plain", b"by*te")], glob.has_magic("a[b"), glob.has_magic("ab"), glob.glob(glob.escape("[x].py")), list(glob.iglob("a.py")), type(glob.iglob("*")).__name__, next(glob.iglob("absent"), None))
CASES = ["*.py", "a?c", "[abc]x", "[!abc]x", "[a-c-]x", "[]x]y", "[!]x]y", "[", "[a", "a[b-a]c", "*a*b*c*", "**", "a\\*", "[^a]b", "é*", "[a-\u00ff]z", "?", "", "a\nb", "[[:alpha:]]", "{a,b}", "[--0]", "a[!-z]b", "[z-a]", "[a-z--0]", "x[!]"]
NAMES = ["a.py", "abc", "ax", "dx", "-x", "]y", "xy", "[", "[a", "aXbYc", "", "a*", "^b", "écrit", "\u00e9z", "a\nb", "b", "a-b", "A.PY", "x[!]", "zz", ".py"]
for pattern in CASES:
    print(repr(pattern), fnmatch.translate(pattern), [n for n in NAMES if fnmatch.fnmatchcase(n, pattern)], fnmatch.filter(NAMES, pattern) == [n for n in NAMES if fnmatch.fnmatch(n, pattern)])
print(fnmatch.filter([b"a.py", b"b.c"], b"*.py"), fnmatch.fnmatch(b"x\xff", b"x?"), re.match(fnmatch.translate("a*a*a*a*b"), "a" * 200), fnmatch.fnmatch("a" * 100 + "b", "a*" * 50 + "b"))
for wrong in (lambda: fnmatch.fnmatch("a", b"a"), lambda: fnmatch.filter(["a"], b"a"), lambda: fnmatch.fnmatch(5, "a"), lambda: glob.glob(5), lambda: glob.glob("*", root_dir=b"d1"), lambda: glob.glob("*", dir_fd=-5), lambda: fnmatch.translate(5), lambda: glob.escape(5), lambda: list(glob.iglob("*", recursive=True, what=1))):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
