"""Unicode properties through str: categories by predicate counts, case mapping totals, identifiers, numeric values."""

ranges = {"latin": range(0x250), "greek": range(0x370, 0x400), "cyrillic": range(0x400, 0x530), "cjk": range(0x4E00, 0x4F00), "arabic": range(0x600, 0x700), "devanagari": range(0x900, 0x980), "emoji": range(0x1F600, 0x1F650), "math": range(0x1D400, 0x1D500), "misc": range(0x2000, 0x2400), "deseret": range(0x10400, 0x10450), "hangul": range(0xAC00, 0xAD00), "private": range(0xE000, 0xE010), "georgian": range(0x10A0, 0x1100), "cherokee": range(0x13A0, 0x1400), "full": range(0xFF00, 0xFFF0)}
tests = ("isalpha", "isalnum", "isdigit", "isdecimal", "isnumeric", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable")
for name, r in ranges.items():
    cs = [chr(c) for c in r]
    print(name, *(sum(getattr(c, t)() for c in cs) for t in tests), sum(c.upper() != c for c in cs), sum(c.lower() != c for c in cs), sum(c.title() != c.upper() for c in cs), sum(len(c.casefold()) > 1 for c in cs))
def h(s):
    v = 0
    for c in s: v = (v * 1000003 + ord(c)) % (2**61 - 1)
    return v
every = [chr(c) for c in range(0x11000) if not 0xD800 <= c < 0xE000]
print(h("".join(c.upper() for c in every)), h("".join(c.lower() for c in every)), h("".join(c.title() for c in every)), h("".join(c.casefold() for c in every)), h("".join(c.swapcase() for c in every)))
print(*(f"{t}:{sum(getattr(c, t)() for c in every)}" for t in tests))
print([c for c in every if len(c.upper()) == 3][:5], [c for c in every if len(c.lower()) == 2], [int(c) for c in "٠١٢३４"], sum(int(c) for c in every if c.isdecimal()), [ascii(c) for c in every if c.isspace()], [ascii(c) for c in map(chr, range(256)) if not c.isprintable()][-5:])
print("ῼ".lower(), "ᾳ".upper(), "ᾳ".title(), "ŉ".title(), "ΐ".upper(), "ﬀ".casefold(), "ẞ".lower(), "ß".title(), "ΑΣ ΑΣ.".lower(), "ǰ".upper(), "İ".casefold() == "i̇", "K".lower(), "Å".lower(), "Ⅷ".lower(), "ⓐ".upper(), "ꭰ".upper(), "Ꭰ".lower(), "ა".upper(), "Ა".lower())
print("é" == "é", len("é"), sorted(["é", "é", "e", "f"]), "👨‍👩‍👧"[0], len("👨‍👩‍👧"), "한글"[::-1], "नमस्ते"[1:3], "\N{LATIN SMALL LETTER E WITH ACUTE}\N{SNOWMAN}\N{CJK UNIFIED IDEOGRAPH-4E00}\N{HANGUL SYLLABLE GA}\N{latin small letter a}", "\U0010ffff".isprintable(), ascii("\N{NBSP}\N{BOM}\N{LF}"))
ª, µ, ℌ, ﬁ = 1, 2, 3, 4
print(sorted(k for k in globals() if k in ("a", "μ", "H", "fi", "ª", "µ")), fi, H)
