# Every character and every code of two bytes in the Japanese codecs, as digests: the tables of the East Asian codecs are those of python3.11.
import hashlib

NAMES = ["shift_jis", "cp932", "euc_jp", "shift_jis_2004", "euc_jis_2004", "euc_jisx0213", "shift_jisx0213"]


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]


characters = [chr(c) for c in range(0x30000) if not 0xD800 <= c < 0xE000]
pairs = ["%s%s" % (a, b) for a in "かセㇷæɔəʌɚ˩˥ÊêカＡ" for b in "\u0300\u0301\u0304\u030c\u309a˩˥かÊ\U00020001x"]
one = [bytes([a]) for a in range(256)]
two = [bytes([a, b]) for a in range(256) for b in range(0x20, 256)]
three = [bytes([0x8F, a, b]) for a in range(0xA0, 0x100) for b in range(0xA0, 0x100)]
EXTRA = {name: (three,) for name in NAMES if name.startswith("euc")}

for name in NAMES:
    print(name)
    for first in range(0, len(characters), 0x4000):
        print("  characters", hex(first), digest("\n".join(characters[first:first + 0x4000]).encode(name, "ignore")))
    print("  pairs", digest("\n".join(pairs).encode(name, "replace")))
    for codes in (one, two) + EXTRA.get(name, ()):
        print("  codes", len(codes), digest(b"\n".join(codes).decode(name, "replace").encode("utf-8")))
    there = "\n".join(characters[0xA0:]).encode(name, "ignore")
    print("  and back", digest(there.decode(name, "replace").encode("utf-8")))
