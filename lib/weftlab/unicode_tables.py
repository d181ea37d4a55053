"""Writes src/modules/unicodedata_tables.inc: what the module unicodedata needs and libunistring does not have.

    /usr/bin/python3.11 lib/weftlab/unicode_tables.py > src/modules/unicodedata_tables.inc

The properties come from the Python that runs this (Unicode 14, and 3.2 for unicodedata.ucd_3_2_0), the names of sequences from
Perl's copy of the database, each looked up in that Python before it is believed. Characters that are unassigned in Unicode 14 are
left out of account: the module asks for the category first.
"""

import glob
import re
import sys
import unicodedata

OLD = unicodedata.ucd_3_2_0
ASSIGNED = [c for c in range(0x110000) if unicodedata.category(chr(c)) != "Cn"]
WIDTHS = ["F", "H", "W", "Na", "A", "N"]


def steps(value):
    """(first, value) for each run of assigned characters with the same value."""
    result, last = [], object()
    for c in ASSIGNED:
        v = value(chr(c))
        if v != last:
            result.append((c, v))
            last = v
    return result


def changes(new, old):
    """(first, last, old value) for each run of characters of 3.2 whose property was another then."""
    result = []
    for c in ASSIGNED:
        ch = chr(c)
        if OLD.category(ch) == "Cn" or new(ch) == old(ch):
            continue
        if result and result[-1][1] == c - 1 and result[-1][2] == old(ch):
            result[-1][1] = c
        else:
            result.append([c, c, old(ch)])
    return result


def table(declaration, items, per_line, comment=None):
    print(f"\n// {comment}" if comment else "")
    print(f"{declaration} = {{")
    for i in range(0, len(items), per_line):
        print("    " + ", ".join(items[i:i + per_line]) + ",")
    print("};")


def sequences():
    with open(glob.glob("/usr/share/perl/5.*/unicore/Name.pl")[0], encoding="utf-8") as stream:
        text = stream.read()
    for codes, name in re.findall(r"^([0-9A-F]{4,6}(?: [0-9A-F]{4,6})+)\n(.+)$", text, re.M):
        characters = "".join(chr(int(code, 16)) for code in codes.split())
        try:
            known = unicodedata.lookup(name) == characters
        except KeyError:
            known = False
        if known:
            yield name, characters
        else:
            print(f"left out: {name}", file=sys.stderr)


def main():
    print("// Properties that libunistring does not have, and what was different in Unicode 3.2. Written by lib/weftlab/unicode_tables.py.")
    table("static const uint32_t widths[]",
          [hex(c << 3 | WIDTHS.index(w)) for c, w in steps(unicodedata.east_asian_width)], 14,
          "Runs of equal width: the first character << 3 | the class.")
    table("static const uint32_t mirrored[]", [hex(c) for c, m in steps(unicodedata.mirrored)[1:]], 16,
          "Where runs of mirrored characters begin and end, in turn.")
    table("static const uint32_t later[]", [hex(c) for c, new in steps(lambda c: OLD.category(c) == "Cn")[1:]], 16,
          "Where runs of characters that 3.2 did not have begin and end, in turn.")
    for name in ("category", "bidirectional", "east_asian_width"):
        items = [f'{{{first:#x}, {last:#x}, "{value}"}}' for first, last, value in changes(getattr(unicodedata, name), getattr(OLD, name))]
        table(f"static const Change old_{name}[]", items, 6, f"Characters whose {name.replace('_', ' ')} was another in 3.2.")
    items = [f"{first:#x}" for first, last, _ in changes(unicodedata.mirrored, OLD.mirrored) for first in range(first, last + 1)]
    table("static const uint32_t old_mirrored[]", items, 14)
    items = [f"{{{first:#x}, {value}}}" for first, last, value in
             changes(lambda c: unicodedata.decimal(c, None), lambda c: OLD.decimal(c, None)) for first in range(first, last + 1)]
    table("static const struct { uint32_t c; int value; } old_decimal[]", items, 10)
    table("static const UnicodeSequence sequences[]",
          [f'{{"{name}", {{{", ".join(hex(ord(c)) for c in characters)}}}}}' for name, characters in sorted(sequences())], 3)


if __name__ == "__main__":
    main()
