# Every character and every code of two bytes in the ISO 2022 codecs, by each of their sets, as digests: the tables of the East Asian codecs are those of python3.11.
import hashlib

NAMES = ["iso2022_kr", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext"]


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]


characters = [chr(c) for c in range(0x30000) if not 0xD800 <= c < 0xE000]
pairs = ["%s%s" % (a, b) for a in "かセㇷæɔəʌɚ˩˥ÊêカＡ" for b in "\u0300\u0301\u0304\u030c\u309a˩˥かÊ\U00020001x"]
one = [bytes([a]) for a in range(256)]
two = [bytes([a, b]) for a in range(256) for b in range(0x20, 256)]
SETS = [b"$B", b"$@", b"$(D", b"$)C\x0e", b"$(C", b"$A", b"(J", b"(I", b"(A", b"$(O", b"$(P", b"$(Q"]
within = tuple([b"\x1b" + s + bytes([a, b]) + b"\x1b(B" for a in range(0x20, 0x80) for b in range(0x20 + a % 5, 0x80, 5)] for s in SETS)
within += tuple([b"\x1b" + s + b"\x1bN" + bytes([a]) for a in range(256)] for s in (b".A", b".B", b".F"))
EXTRA = {name: within for name in NAMES}

for name in NAMES:
    print(name)
    for first in range(0, len(characters), 0x4000):
        print("  characters", hex(first), digest("\n".join(characters[first:first + 0x4000]).encode(name, "ignore")))
    print("  pairs", digest("\n".join(pairs).encode(name, "replace")))
    for codes in (one, two) + EXTRA.get(name, ()):
        print("  codes", len(codes), digest(b"\n".join(codes).decode(name, "replace").encode("utf-8")))
    there = "\n".join(characters[0xA0:]).encode(name, "ignore")
    print("  and back", digest(there.decode(name, "replace").encode("utf-8")))
