# timeout: 240
"""Every property and normal form of every character, in Unicode 14 and 3.2, as checksums a block; names and back."""

import unicodedata
import zlib

old = unicodedata.ucd_3_2_0

def describe(db, ch):
    return (db.category(ch), db.bidirectional(ch), db.combining(ch), db.mirrored(ch), db.east_asian_width(ch), db.decimal(ch, ""), db.digit(ch, ""),
            db.numeric(ch, ""), db.decomposition(ch), db.name(ch, ""))

STEP = 0x800
for first in [*range(0, 0x20000, STEP), *range(0x2F800, 0x30000, STEP), 0xE0000, 0x10F800]:
    facts, forms = [], []
    for c in range(first, first + STEP):
        ch = chr(c)
        for db in (unicodedata, old):
            facts.append(describe(db, ch))
        if facts[-2][0] == "Cn": continue
        name = facts[-2][-1]
        if name: assert unicodedata.lookup(name) == ch, name
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            forms.append((unicodedata.normalize(form, ch + "\u0323\u0307"), old.normalize(form, ch), unicodedata.is_normalized(form, ch)))
    print(f"{first:06x}", zlib.crc32(repr(facts).encode()), zlib.crc32(ascii(forms).encode()))
