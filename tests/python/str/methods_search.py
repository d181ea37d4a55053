"""Searching and counting: find, index, count, startswith with bounds, replace, partition on all three kinds of storage."""

texts = ["hello world hello", "h\u00e9llo w\u00f6rld h\u00e9llo", "\u03b1\u03b2\u03b3 \u03b1\u03b2 \u03b1", "\U0001F600a\U0001F600b\U0001F600", ""]
needles = ["hello", "h\u00e9llo", "\u03b1\u03b2", "\U0001F600", "o", "", "zz", "l"]
for t in texts:
    for n in needles:
        print(t.find(n), t.rfind(n), t.count(n), n in t, t.startswith(n), t.endswith(n), t.find(n, 2), t.rfind(n, 0, 5), t.count(n, 1, -1), end=" | ")
    print()
s = "abcabcabc"
print(s.find("c", -3), s.find("a", 10), s.find("", 9), s.find("", 10), s.rfind("", 3, 5), s.index("b", 2), s.count("", 2), s.count("abc", 1), "aaaa".count("aa"))
print(s.startswith("bc", 1), s.startswith(("x", "ab")), s.endswith("bc", 0, 6), s.startswith("", 9), s.startswith("", 10), s.endswith(()))
for bad in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.find(5), lambda: s.startswith(5), lambda: s.startswith(["a"]), lambda: s.startswith((1,)),
            lambda: 5 in s, lambda: s.count(), lambda: s.find("a", "b"), lambda: s.replace("a"), lambda: s.split(""), lambda: s.partition(""), lambda: s.split(1), lambda: s.replace("a", "b", "c")):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(s.replace("abc", "X"), s.replace("", "-"), s.replace("b", "", 2), s.replace("a", "a\u20ac"), s.replace("q", "z"), "".replace("", "x"), s.replace("abc", "X", 0), s.replace("c", "\U0001F600", -1))
print("a-b-c".partition("-"), "a-b-c".rpartition("-"), "abc".partition("-"), "abc".rpartition("-"), "a--b".partition("--"))
print("a,b,,c,".split(","), ",a".split(",", 1), " a  b ".split(), " a  b c ".split(None, 1), " a b  c ".rsplit(None, 1), "".split(), "".split(","), "a\u3000b\u2003c".split())
long = "ab" * 5000 + "needle" + "ba" * 5000
print(long.find("needle"), long.rfind("needle"), long.count("ab"), long.find("needles"), ("x" * 10000 + "y").find("x" * 50 + "y"))
