"""Normal forms, aliases and sequences, folding accents, widths of a table, international domain names, and every refusal."""

import threading
import unicodedata
from unicodedata import category, east_asian_width, lookup, name, normalize

old = unicodedata.ucd_3_2_0

def show(f, *args, **kwargs):
    try: return f(*args, **kwargs)
    except Exception as e: return f"{type(e).__name__}: {e}"

def plain(s): return "".join(c for c in normalize("NFKD", s) if not unicodedata.combining(c)).casefold()
words = ["Ångström", "A\u030angstro\u0308m", "ﬁancée", "İstanbul", "Ⅷ", "①②③", "ｆｕｌｌ", "한글", "\u1112\u1161\u11ab\u1100\u1173\u11af", "ẛ̣", "e\u0301\u0323", "Ω", "\ud800x", "가각힣"]
for w in words: print(ascii(w), [ascii(normalize(f, w)) for f in ("NFC", "NFD", "NFKC", "NFKD")], ascii(plain(w)), [unicodedata.is_normalized(f, w) for f in ("NFC", "NFD", "NFKC", "NFKD")])
print(ascii(sorted(words, key=lambda w: normalize("NFC", plain(w)))))

def columns(s): return sum(0 if unicodedata.combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in s)
for s in ("plain", "日本語", "e\u0301", "ﾊﾝｶｸ", "한국"): print(s + " " * (12 - columns(s)) + "|", columns(s))

for n in ("LATIN SMALL LETTER A", "latin small letter a", "BEL", "BELL", "NUL", "LATIN CAPITAL LETTER GHA", "KEYCAP DIGIT ONE", "keycap digit one", "LATIN SMALL LETTER R WITH TILDE", "TAMIL SYLLABLE KAU",
          "CJK UNIFIED IDEOGRAPH-4E00", "cjk unified ideograph-4e00", "HANGUL SYLLABLE GAG", "HANGUL SYLLABLE gag", "GRINNING FACE", "VARIATION SELECTOR-17", "VS17", "nothing", "", "x" * 256, "x" * 257, "LATIN  SMALL LETTER A", "a\0b", b"SPACE", 5, None, "é"):
    print(ascii(n)[:40], ascii(show(lookup, n))[:80], ascii(show(old.lookup, n))[:80])
print("\N{LATIN SMALL LETTER A WITH RING ABOVE}\N{latin capital letter gha}\N{BULLET}\N{CJK UNIFIED IDEOGRAPH-5B57}", show(eval, r"'\N{KEYCAP DIGIT ONE}'"), show(eval, r"'\N{no such}'"))
print([show(name, c) for c in "a\0\x7f\uffff가字\U0001F600"], name("\0", None), show(old.name, "\U0001F600"), old.name("\U0001F600", "new"))

for f in ("category", "decimal", "digit", "numeric", "name", "lookup", "normalize", "is_normalized", "combining", "mirrored", "decomposition", "bidirectional", "east_asian_width"):
    function = getattr(unicodedata, f)
    print(f, function.__text_signature__, [show(function, *a) for a in ((), (1,), ("ab",), ("",), (b"a",), (None,), ("x", "y", "z"), ("NFC", 5), ("XXX", "a"), ("XXX", ""), (5, "a"), ("5", "d"))])
print(show(category, chr="a"), show(type(old)), show(setattr, old, "unidata_version", 1), old.unidata_version, unicodedata.unidata_version, sorted(n for n in dir(unicodedata) if n[0] != "_"))
for c in "½¾²5٣Ⅻ一万۵𝟘a": print(ascii(c), [show(f, c) for f in (unicodedata.decimal, unicodedata.digit, unicodedata.numeric)], old.decimal(c, None))

for domain in ("bücher.example", "faß.de", "ΑΒΓ.gr", "日本語。ＪＰ", "xn--bcher-kva.example", "a\u200bb.c", "\u0221.x", "x" * 64):
    print(ascii(domain)[:30], show(domain.encode, "idna"), ascii(show(lambda: domain.encode("idna").decode("idna"))))

results, long = {}, "é\u0323ä한글ﬁ" * 3000
def work(k): results[k] = hash(normalize(("NFC", "NFD", "NFKC", "NFKD")[k % 4], long))
threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print([results[k] == results[k + 4] for k in range(4)], len({*results.values()}))
