# Every character and every code of two bytes in the Korean codecs, as digests: the tables of the East Asian codecs are those of python3.11.
import hashlib

NAMES = ["euc_kr", "cp949", "johab"]


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]


characters = [chr(c) for c in range(0x30000) if not 0xD800 <= c < 0xE000]
pairs = ["%s%s" % (a, b) for a in "かセㇷæɔəʌɚ˩˥ÊêカＡ" for b in "\u0300\u0301\u0304\u030c\u309a˩˥かÊ\U00020001x"]
one = [bytes([a]) for a in range(256)]
two = [bytes([a, b]) for a in range(256) for b in range(0x20, 256)]
made_up = [b"\xa4\xd4\xa4%c\xa4%c\xa4%c" % (a, b, c) for a in range(0xA0, 0xC0, 2) for b in range(0xBE, 0xD5, 2) for c in range(0xA0, 0xD6, 3)]
EXTRA = {"euc_kr": (made_up,)}

for name in NAMES:
    print(name)
    for first in range(0, len(characters), 0x4000):
        print("  characters", hex(first), digest("\n".join(characters[first:first + 0x4000]).encode(name, "ignore")))
    print("  pairs", digest("\n".join(pairs).encode(name, "replace")))
    for codes in (one, two) + EXTRA.get(name, ()):
        print("  codes", len(codes), digest(b"\n".join(codes).decode(name, "replace").encode("utf-8")))
    there = "\n".join(characters[0xA0:]).encode(name, "ignore")
    print("  and back", digest(there.decode(name, "replace").encode("utf-8")))
