"""Text beyond the BMP and lone surrogates: lengths, slices, searches, case, splitting, encodings, printing and formatting."""

import unicodedata


def attempt(action):
    try:
        print("ok", ascii(action()))
    except Exception as error:
        print(type(error).__name__, ascii(str(error)), *(map(ascii, error.args[2:]) if isinstance(error, UnicodeError) else ()))


t = "a😀é日\U0010ffffz"
print(len(t), [hex(ord(c)) for c in t], ascii(t[::-1]), ascii(t[1:4]), ascii(t[-2]), t.find("日"), t.rfind("😀"), t.index("\U0010ffff"), t.count("😀"), "😀é" in t, "\ud83d" in t)
print(ascii(t.replace("😀", "xy")), ascii(t.replace("a", "😀")), ascii("é".join("😀z")), ascii(t.split("é")), ascii(t.partition("日")), ascii(t.rpartition("q")), t.startswith("a😀"), t.endswith(("x", "z")), ascii(t * 2)[:30])
print(ascii(t.center(12, "😀")), ascii(t.ljust(8, "é")), ascii("😀".zfill(4)), ascii("-😀".zfill(5)), ascii(t.strip("az")), ascii("😀😀x😀".strip("😀")), ascii("😀\u2028b\x85c\x1cd".splitlines()), ascii("😀\u3000x".split()))
for c in ("𐐀", "𐐨", "𞤀", "ß", "ﬁ", "ŉ", "ǰ", "ΐ", "İ", "ı", "ſ", "Σ", "ΑΣ", "ΑΣ Σ", "ΑΣΑ", "'Σ", "ǅ", "ჾ", "Ꭰ", "ꭰ", "ᾳ", "ᾼ", "𝔄", "Ⓐ", "ⅷ", "µ", "ẞ"):
    print(ascii([c.upper(), c.lower(), c.title(), c.capitalize(), c.swapcase(), c.casefold()]), c.isupper(), c.islower(), c.istitle(), c.isalpha(), c.isdigit(), c.isnumeric(), c.isdecimal(), c.isidentifier(), c.isprintable())
for c in ("𝟘", "५", "²", "½", "Ⅷ", "一", "\u200b", "\u00ad", "\ue000", "\U000e0001", "\ud800", "\udfff", "\U0010ffff", "\u0378", "ª", "ʰ", "ⓐ", "·", "℘", "\u309b", "゛", "℮", "\x7f", "\xa0", "\u2028", ""):
    print(ascii(c), c.isalpha(), c.isdigit(), c.isnumeric(), c.isdecimal(), c.isalnum(), c.isspace(), c.isidentifier(), ("a" + c).isidentifier(), c.isprintable(), c.islower(), c.isupper(), ascii(repr(c)), unicodedata.category(c) if c else "")
lone, pair = "\ud83d", "\ud83d\ude00"
print(len(pair), pair == "😀", ascii(pair + "😀"), ascii(lone + "\ude00"), lone < "😀", pair < "\uffff", sorted(["😀", "\uffff", "\ud83d", "z"]) == ["z", "\ud83d", "\uffff", "😀"], hash(pair) == hash("😀"))
for codec in ("utf-8", "utf-16-le", "utf-32-be", "ascii", "latin-1", "utf-7", "unicode_escape", "raw_unicode_escape", "cp1252", "idna", "punycode"):
    for errors in ("strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace", "surrogateescape", "surrogatepass"):
        try:
            print(codec, errors, ascii("x\ud83dé😀".encode(codec, errors)))
        except Exception as error:
            print(codec, errors, type(error).__name__, ascii(str(error)))
for data in (b"\xf0\x9f\x98\x80", b"\xed\xa0\xbd", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xf0\x9f\x98", b"\xf0\x9f\x98x", b"a\x80b", b"\xe2\x82", b"\xff\xfe", b"\xe0\x80\x80", b"\xf8\x88\x80\x80\x80"):
    for errors in ("strict", "replace", "surrogateescape", "surrogatepass", "backslashreplace"):
        try:
            print(data, errors, ascii(data.decode("utf-8", errors)))
        except UnicodeDecodeError as error:
            print(data, errors, error.start, error.end, error.reason)
attempt(lambda: b"\x3d\xd8\x00\xde\x3d\xd8".decode("utf-16-le"))
attempt(lambda: b"\x00\xde\x3d\xd8".decode("utf-16-le", "replace"))
attempt(lambda: b"\xff\xff\x11\x00".decode("utf-32-le"))
attempt(lambda: b"\x00\x00\x11\x00\x41\x00\x00\x00".decode("utf-32-le", "ignore"))
attempt(lambda: "😀".encode("utf-16"))
attempt(lambda: chr(0x110000))
attempt(lambda: chr(-1))
attempt(lambda: chr(0xd800))
attempt(lambda: ord("😀x"))
attempt(lambda: ord(pair))
attempt(lambda: f"{t:>10.3}|{t!a:.9}|{'😀':é^5}|{'é':😀<3}")
attempt(lambda: "%5.2s|%c|%c|%r" % (t, 0x1f600, "😀", "😀\ud800"))
attempt(lambda: "%c" % 0x110000)
attempt(lambda: "{:c}".format(0x1f600))
attempt(lambda: "{:c}".format(0x110000))
attempt(lambda: t.translate({0x1f600: "smile", ord("日"): None, ord("a"): 0x1f601, ord("z"): "\ud800"}))
attempt(lambda: t.translate({0x1f600: 0x110000}))
attempt(lambda: str.maketrans("a😀", "😀a"))
attempt(lambda: str.maketrans({"😀": 1, 0x1f601: "x"}))
attempt(lambda: "é😀".encode().decode("ascii", "backslashreplace"))
attempt(lambda: eval("'\\U0001f600\\ud83d\\N{GRINNING FACE}'"))
attempt(lambda: eval("'\\U00110000'"))
attempt(lambda: compile("x😀 = 1", "<s>", "exec"))
attempt(lambda: compile("𝔵 = 1\ny = x", "<s>", "exec").co_names)
attempt(lambda: int("𝟙𝟚") + float("𝟙.𝟝"))
attempt(lambda: "😀" * 3 == "😀😀😀" and "😀"[:0] == "" and "😀x"[1:] == "x")
attempt(lambda: max("a😀\uffff", key=ord) + min(t))
attempt(lambda: t.expandtabs() + "😀\tx".expandtabs(4))
attempt(lambda: "ﬃ".casefold() == "FFI".casefold() and "ﬃ".upper())
attempt(lambda: [unicodedata.normalize(f, "é😀ﬁ한") for f in ("NFC", "NFD", "NFKC", "NFKD")])
attempt(lambda: print("\ud800"))
