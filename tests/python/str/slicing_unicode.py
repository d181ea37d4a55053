"""Indexing and slicing over 1-, 2- and 4-byte text; iteration; comparison; surrogates; ascii and repr."""

texts = ["plain ascii", "lat\u00efn-\u00f1", "greek \u03b1\u03b2\u03b3", "emoji \U0001F600\U0001F601", "mixed a\u00e9\u20ac\U00010000z"]
for t in texts:
    print(len(t), ascii(t[0]), ascii(t[-1]), ascii(t[2:6]), ascii(t[::-1]), ascii(t[::3]), ascii(t[-4:]), ascii(t[5:2]), ascii(t[:100]), [ord(c) for c in t[-3:]])
    print(ascii(t), repr(t), max(t) == sorted(t)[-1], t == "".join(t), t[:] is not None, t + t[::-1] == t + "".join(reversed(t)), hash(t) == hash("".join(list(t))))
for s in ("\n\t\r\\'\"", "\x00\x1f\x7f\x80\xa0\xad", "\u0300\u200b\u2028\ufeff\uffff", "\ud800\udfff", "\U0001F600\U000E0001\U0010FFFF", "it's", 'say "hi"', "'\""):
    print(ascii(repr(s)), ascii(s))
for bad in (lambda: "abc"[3], lambda: "abc"[-4], lambda: ""[0], lambda: "abc"["a"], lambda: "abc"[1.0], lambda: "abc"[::0], lambda: "abc"[None], lambda: "abc".__getitem__("x"), lambda: "a"[10**30], lambda: "\ud800".encode()):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
pairs = [("a", "b"), ("a", "aa"), ("", "a"), ("\u00e9", "z"), ("\uffff", "\U00010000"), ("\ud800", "\U00010000"), ("Z", "a"), ("abc", "abc")]
print([(a < b, a <= b, a == b, a > b) for a, b in pairs])
print(sorted(["\u00e9", "e", "z", "Z", "\u03b1", "\U0001F600", ""]) == ["", "Z", "e", "z", "\u00e9", "\u03b1", "\U0001F600"])
s = "abcdefghij"
print([s[i:j:k] for i in (None, 2, -3) for j in (None, 7, -2) for k in (1, 2, -1)])
print(s[10**30:], s[-(10**30):3], s[slice(1, 4)], s[slice(None, None, -2)], "x" "y"[0], "é"[0].encode())
print("".join(chr(i) for i in range(32, 127)), [chr(i).isprintable() for i in (0, 32, 127, 160, 173, 0x378, 0xE000, 0x10FFFF)])
print(list("a\u0301"), len("a\u0301"), "\N{GREEK SMALL LETTER ALPHA}", "\N{EURO SIGN}", "\u00e9" == "e\u0301")
big = "x" * 100000 + "\u20ac"
print(len(big), big[-1], big[:5], big.count("x"), (big * 2).index("\u20ac", 100001))
