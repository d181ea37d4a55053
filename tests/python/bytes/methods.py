"""bytes methods: search, split, strip, case, translate, on bytes and bytearray alike."""

for kind in (bytes, bytearray):
    b = kind(b"Hello, World, hello")
    print(b.find(b"o"), b.rfind(b"o"), b.find(111), b.count(b"l"), b.count(108), b.index(b"W"), b.find(b""), b.startswith(b"He"), b.endswith((b"x", b"lo")), b"World" in b, 72 in b)
    print(b.split(b", "), b.rsplit(b", ", 1), b.split(), b.partition(b", "), b.rpartition(b"z"), b.splitlines(), kind(b"a\r\nb\n").splitlines(True))
    print(b.upper(), b.lower(), b.swapcase(), b.title(), b.capitalize(), kind(b" x ").strip(), kind(b"xxaxx").strip(b"x"), kind(b"abc").lstrip(b"ab"), kind(b"abc").rstrip(b"cb"))
    print(b.replace(b"l", b"L"), b.replace(b"l", b"", 1), kind(b"-").join([b"a", bytearray(b"b")]), kind(b"7").zfill(3), kind(b"x").center(5), kind(b"x").ljust(3, b"."), kind(b"x").rjust(3, b"."))
    print(b.translate(bytes.maketrans(b"lo", b"01")), b.translate(None, b"lo"), kind(b"a\tb").expandtabs(4), kind(b"preX").removeprefix(b"pre"), kind(b"Xsuf").removesuffix(b"suf"))
    print(kind(b"abc").isalpha(), kind(b"ab1").isalnum(), kind(b"12").isdigit(), kind(b" \t").isspace(), kind(b"AB").isupper(), kind(b"ab").islower(), kind(b"Ab").istitle(), kind(b"a\x80").isascii(), kind(b"").isalpha())
    print(kind(b"ab").hex(), kind(b"abcdef").hex(":", 2), kind(b"abcdef").hex("-", -4), kind.fromhex("61 62  63"), kind(b"\xe9").decode("latin-1"))
b = b"abc"
for bad in (lambda: b.find("a"), lambda: b.index(b"z"), lambda: b.split(b""), lambda: b.replace(b"a", "b"), lambda: b.join(["a"]), lambda: b.join([1]), lambda: b.find(256), lambda: b.center(5, b"ab"), lambda: b.center(5, "x"),
            lambda: bytes.fromhex("1"), lambda: bytes.fromhex("zz"), lambda: bytes.fromhex(5), lambda: b.translate(b"short"), lambda: bytes.maketrans(b"a", b"bc"), lambda: "a" in b, lambda: 300 in b, lambda: b.startswith("a"), lambda: b.hex("ab"), lambda: b.strip("a"), lambda: b + "c", lambda: b.nope, lambda: b < "a"):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(b == "abc", b != "abc", b == bytearray(b"abc"), b < bytearray(b"abd"), b"a" + bytearray(b"b"), type(bytearray(b"a") + b"b").__name__, type(b"a" + bytearray(b"b")).__name__)
