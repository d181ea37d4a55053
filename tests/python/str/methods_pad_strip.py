"""Padding, stripping, joining, translating, expandtabs, splitlines."""

print("[" + "ab".center(7) + "]", "[" + "abc".center(6, "*") + "]", "[" + "ab".center(5, "*") + "]", "x".ljust(3, "-"), "x".rjust(3, "\u20ac"), "long".center(2))
print("42".zfill(5), "-42".zfill(5), "+4".zfill(4), "".zfill(3), "--1".zfill(5), "abc".zfill(2))
print(repr("  a b \n".strip()), repr("\u2003x\u00a0".strip()), "xyxaxy".strip("xy"), "xyxaxy".lstrip("yx"), "xyxaxy".rstrip("y"), "aaa".strip("a") == "", "abc".strip(""), repr(" x ".strip(None)))
print(",".join("abc"), "".join(["a", "\u20ac", "\U0001F600"]), "-".join([]), "x".join(["only"]), ", ".join(str(i) for i in range(4)), "\u00e9".join("ab"))
for bad in (lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: ",".join(5), lambda: "a".center("x"), lambda: "a".center(5, "xy"), lambda: "a".ljust(3, 1), lambda: "a".strip(1),
            lambda: "a".zfill("x"), lambda: "a".translate(5), lambda: str.maketrans("ab", "c"), lambda: str.maketrans("a"), lambda: str.maketrans({"ab": 1}), lambda: "a".expandtabs("x")):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
table = str.maketrans("abc", "xyz", "d")
print("aabbccdd".translate(table), "hello".translate({ord("l"): None, ord("h"): "HH", ord("o"): 0x20AC}), "abc".translate({97: 98}), sorted(str.maketrans({"a": "1", 98: None}).items()))

class Lookup:
    def __getitem__(self, c):
        if c == ord("x"):
            raise LookupError
        return chr(c).upper() * 2

print("axb".translate(Lookup()))
print("a\tb\tc".expandtabs(), "a\tb".expandtabs(4), "\t|\t|".expandtabs(2), "abc\td\n\te".expandtabs(8), "a\tb".expandtabs(0))
for s in ("a\nb\r\nc\rd", "a\n\n", "\n", "", "x\x0by\x0cz\x1c1\x1d2\x1e3\x85é\u2028f\u2029g", "no end\n"):
    print(s.splitlines(), s.splitlines(True), s.splitlines(keepends=False) == s.splitlines())
print("TestCase".removeprefix("Test"), "TestCase".removesuffix("Case"), "abc".removeprefix("x"), "aa".removeprefix("aaa"), "x".removesuffix(""))
print("%s|%10s|%-10s|%.2s|%%" % ("a", "b", "c", "def"), "abc" "def", "a" * 0, "ab" * -1, 3 * "\u20ac")
