"""stat: predicates, filemode strings, constants, on real files and on numbers."""

import os
import stat

for m in (0o100644, 0o040755, 0o120777, 0o010600, 0o140000, 0o020666, 0o060660, 0o104755, 0o102755, 0o041777, 0, 0o100000 | 0o7777): print(oct(m), stat.filemode(m), [n for n in ("ISREG", "ISDIR", "ISLNK", "ISFIFO", "ISSOCK", "ISCHR", "ISBLK", "ISDOOR") if getattr(stat, "S_" + n)(m)], oct(stat.S_IMODE(m)), oct(stat.S_IFMT(m)))
with open("f.txt", "w") as f: f.write("12345")
os.chmod("f.txt", 0o640); os.mkdir("d", 0o700); os.symlink("f.txt", "l"); os.mkfifo("p", 0o600)
for n in ("f.txt", "d", "l", "p", "/dev/null"): s = os.lstat(n); print(n, stat.filemode(s.st_mode), s.st_size if n in ("f.txt", "l") else "-", stat.S_ISLNK(s.st_mode), stat.S_ISDIR(s.st_mode))
s = os.stat("l"); print(s.st_size, s[stat.ST_SIZE], s[stat.ST_MODE] == s.st_mode, stat.S_ISREG(s.st_mode), bool(s.st_mode & stat.S_IWUSR), bool(s.st_mode & stat.S_IROTH), stat.S_IRWXU, stat.S_ISUID, stat.S_IFREG, stat.ST_MTIME, len(s), s.st_nlink, isinstance(s.st_mtime, float), isinstance(s.st_mtime_ns, int), s.st_mtime_ns // 10**9 == s[8], type(s).__name__, repr(s)[:24])
for bad in (lambda: stat.S_ISDIR("x"), lambda: stat.filemode(None), lambda: stat.S_IMODE(-1), lambda: os.stat("missing"), lambda: os.stat(5.5), lambda: os.stat("x\0y"), lambda: os.stat(99999), lambda: stat.S_ISREG(2**70)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
