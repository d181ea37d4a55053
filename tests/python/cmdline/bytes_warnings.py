# command: -b $SCRIPT
# command: -bb $SCRIPT
# command: $SCRIPT
# command: -b -W ignore $SCRIPT
# command: -bb -c "{b'a': 1}.get('a'); {'a', b'a'}"
"""-b: bytes compared with text and numbers, and turned into text."""
import warnings


def check(name, f):
    with warnings.catch_warnings(record=True) as caught:
        try:
            result = f()
        except BytesWarning as e:
            result = f"BytesWarning {e}"
    print(name, repr(result), [(w.category.__name__, str(w.message), w.lineno > 0) for w in caught])


class S(str):
    pass


class B(bytes):
    pass


b, a, m = b"a", bytearray(b"a"), memoryview(b"a")
for op, f in {"==": lambda x, y: x == y, "!=": lambda x, y: x != y}.items():
    for left in (b, a, m, B(b"a")):
        for right in ("a", S("a"), 97, 97.0, True, None, b"a", [97]):
            check(f"{type(left).__name__} {op} {type(right).__name__}", lambda: f(left, right))
            check(f"{type(right).__name__} {op} {type(left).__name__}", lambda: f(right, left))
check("str(bytes)", lambda: str(b))
check("str(bytearray)", lambda: str(a))
check("str(subclass)", lambda: str(B(b"q")))
check("str(bytes, encoding)", lambda: str(b, "ascii"))
check("repr", lambda: repr(b))
check("format", lambda: format(b))
check("f-string", lambda: f"{b} {b!r}")
check("%s", lambda: "%s" % b)
check("%r", lambda: "%r" % b)
check("str.format", lambda: "{}".format(a))
check("join", lambda: ",".join(map(str, [b, a])))
check("in list", lambda: b in ["a"])
check("in tuple", lambda: "a" in (1, b))
check("in set", lambda: "a" in {b})
check("index", lambda: ["x", b"a"].index(b"a"))
check("count", lambda: [b, "a", "a"].count("a"))
check("dict get", lambda: {b: 1}.get("a"))
check("dict set", lambda: {b: 1, "a": 2})
check("dict int", lambda: {97: 1}.get(b))
check("set", lambda: len({"a", b}))
check("list ==", lambda: [b] == ["a"])
check("tuple ==", lambda: (b, 1) == ("a", 1))
check("dict ==", lambda: {1: b} == {1: "a"})
try:
    check("<", lambda: b < "a")
except TypeError as e:
    print(e)
