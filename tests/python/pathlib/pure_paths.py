# pathlib's pure paths: parts, joins, comparisons and matching on both systems, and every refusal.
import os
import pathlib
import pickle
from pathlib import PurePath, PurePosixPath as P, PureWindowsPath as W

for cls, texts in ((P, ("/usr/lib/python3.11/x.tar.gz", "a/./b//c/../d", ".", "", "/", "//net/share", "///a", "..", ".hidden", "a.b.", "file.", "/a/b/", "~/x", "trail/", "a:b")), (W, ("C:\\Users\\me\\f.txt", "c:/x/./y", "C:rel", "\\\\host\\share\\f", "\\root", "//h/s", "NUL", "com1.txt", "a\\b/c", "C:", "?:", "\\\\?\\C:\\x", "x:y:z"))):
    for text in texts:
        p = cls(text)
        print(repr(p), str(p), p.parts, (p.drive, p.root, p.anchor), (p.name, p.stem, p.suffix, p.suffixes), str(p.parent), len(p.parents), p.is_absolute(), p.is_reserved(), p.as_posix(), bytes(p))
print(P("a", "b", "/c", "d"), W("C:/a", "D:b"), W("C:/a", "C:b"), W("C:/a", "/b"), P("a") / "b" / P("c"), "x" / P("y"), P(), P("a", "", "b"), W("a") / "C:", P("a").joinpath("b", "../c"))
print(P("a") == P("a/"), P("a") == W("a"), W("A/B") == W("a\\b"), hash(W("A")) == hash(W("a")), P("a") < P("a/b") < P("b"), sorted([P("b"), P("a/c"), P("a")]), W("b") > W("A"), P("A") < P("a"))
for pattern in ("*.py", "b/*.py", "/a/b/*.py", "*/b/c.py", "**/*.py", "a/**/c.py", "C.PY", "?.py", "[a-c].p[xy]", "/a/*", "c.py/"):
    print(pattern, P("/a/b/c.py").match(pattern), W("C:/a/b/c.py").match(pattern))
print(P("/a/b/c").relative_to("/a"), P("a/b").relative_to("a", "b"), W("C:/A/b").relative_to("c:/a"), P("/a").is_relative_to("/"), P("a").is_relative_to("b"), W("c:/x").is_relative_to("C:"))
print(P("d/f.tar.gz").with_name("g"), P("f.tar.gz").with_suffix(".zip"), P("f").with_suffix(".x"), P("f.x").with_suffix(""), P("d/f.x").with_stem("g"), P("/a/é b").as_uri(), W("C:/a b").as_uri(), W("//h/s/x").as_uri())
print(P("/a/b/c").parents[0], list(P("a/b/c").parents), P("/a/b/c").parents[-1], P("/a/b/c/d").parents[1:3], repr(P("/a/b").parents))
print(os.fspath(P("q")), pickle.loads(pickle.dumps(W("C:/x"))) == W("c:\\X"), type(PurePath("x")).__name__, {P("a"): 1}[P("./a")], P(b"x".decode()), P("a\x00b") == P("a\x00b"), isinstance(pathlib.Path("x"), P), issubclass(W, PurePath))


class Mine(P):
    def shout(self):
        return str(self).upper()


print((Mine("a") / "b").shout(), type(Mine("a/b").parent).__name__, repr(Mine("x").with_suffix(".y")))
for wrong in (lambda: P("a").relative_to("b"), lambda: P("a").relative_to(), lambda: P("").with_name("x"), lambda: P("a").with_name("b/c"), lambda: P("a").with_name(""), lambda: P("a").with_suffix("x"), lambda: P("a").with_suffix("."), lambda: P("a").with_suffix(".x/y"), lambda: P("").with_suffix(".x"), lambda: P("a").as_uri(),
              lambda: P(5), lambda: P(b"x"), lambda: P("a") / 5, lambda: 5 / P("a"), lambda: P("a") < "a", lambda: P("a") < W("a"), lambda: P("a").match(""), lambda: P("a/b").parents[5], lambda: P("a").name.x, lambda: setattr(P("a"), "name", "b"), lambda: P("/a").relative_to("a"), lambda: W("C:x").relative_to("D:x"), lambda: P("a").match("."),
              lambda: P("a").with_stem(""), lambda: pathlib.WindowsPath("x"), lambda: W("c:/a").relative_to("c:/b"), lambda: W("c:").as_uri(), lambda: P("a").parents["x"], lambda: P(None), lambda: P("x", 1)):
    try:
        print(repr(wrong()))
    except Exception as e:
        print(type(e).__name__, e)
