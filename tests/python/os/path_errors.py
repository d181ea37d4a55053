# What the errors of path functions name: the text that __fspath__ gave.
import os, pathlib
class P:
    def __init__(s, v): s.v = v
    def __fspath__(s): return s.v
for v in ("none/x", b"none/x"):
    for n in "listdir stat lstat unlink rmdir mkdir chmod chown open readlink scandir truncate utime access chdir rename link symlink statvfs mkfifo getxattr execv pathconf removedirs".split():
        f = getattr(os, n)
        args = {"chmod": (0,), "chown": (0,0), "open": (0,), "truncate": (0,), "access": (0,), "rename": (P(v),), "link": (P(v),), "symlink": (P(v),), "getxattr": ("user.x",), "execv": (["a"],), "pathconf": (1,)}.get(n, ())
        try: print(n, f(P(v), *args))
        except Exception as e: print(n, repr(e), repr(getattr(e, "filename", 0)), repr(getattr(e, "filename2", 0)))
