# Every character and every code of two bytes in the codecs of mainland China, as digests: the tables of the East Asian codecs are those of python3.11.
import hashlib

NAMES = ["gb2312", "gbk", "gb18030", "hz"]


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]


characters = [chr(c) for c in range(0x30000) if not 0xD800 <= c < 0xE000]
pairs = ["%s%s" % (a, b) for a in "かセㇷæɔəʌɚ˩˥ÊêカＡ" for b in "\u0300\u0301\u0304\u030c\u309a˩˥かÊ\U00020001x"]
one = [bytes([a]) for a in range(256)]
two = [bytes([a, b]) for a in range(256) for b in range(0x20, 256)]
four = [bytes([a, b, c, d]) for a in (0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x90, 0x95, 0xE3, 0xE4, 0xFE, 0xFF) for b in range(0x30, 0x3A, 3)
        for c in range(0x80, 0x100, 3) for d in (0x30, 0x31, 0x39, 0x3A)]
shifted = [b"~{" + bytes([a, b]) + b"~}" for a in range(0x20, 0x80) for b in range(0x20, 0x80)]
EXTRA = {"gb18030": (four,), "hz": (shifted,)}

for name in NAMES:
    print(name)
    for first in range(0, len(characters), 0x4000):
        print("  characters", hex(first), digest("\n".join(characters[first:first + 0x4000]).encode(name, "ignore")))
    print("  pairs", digest("\n".join(pairs).encode(name, "replace")))
    for codes in (one, two) + EXTRA.get(name, ()):
        print("  codes", len(codes), digest(b"\n".join(codes).decode(name, "replace").encode("utf-8")))
    there = "\n".join(characters[0xA0:]).encode(name, "ignore")
    print("  and back", digest(there.decode(name, "replace").encode("utf-8")))
