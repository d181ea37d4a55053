# Strings: formatting, methods, codecs, joins, bytes.
from _step import step


def formats():
    x, y, z = 3.14159, 255, "text"
    return [f"{x:.2f} {y:#x} {z!r:>10} {y:,} {x!s}", "%5.1f|%-8s|%+d|%r|%%" % (x, z, y, [1]), "{0:>{1}} {name[0]}".format(z, 10, name=[7]),
            format(12345678.9, ",.3f"), format(y, "b"), f"{y:>10}", "%s %s" % ("é", "ü"), f"{'ж'}{x}", format(2 ** 80, "x"), f"{1e300:g}"]


def methods():
    s = "The quick brown fox"
    return [s.upper(), s.swapcase(), s.split(), s.partition("quick"), s.replace("o", "00"), s.title().center(30, "*"), s.encode(), s[::-1], s * 2,
            s.translate({111: "0"}), s.find("fox"), "\t1".expandtabs(4), "a,b,,c".rsplit(",", 1), " x ".strip(), "ß".upper(), "İ".lower(), s.casefold(),
            "one\ntwo\r\nthree".splitlines(True), "x".join(["a", "b", "é"]), "42".zfill(5), s.startswith(("The", "x")), "é".isalpha()]


def codecs():
    text = "naïve café \U0001f600"
    return [text.encode(c, "replace").decode(c) for c in ("utf-8", "latin-1", "ascii", "utf-16", "utf-32-be", "cp1252", "unicode_escape")], \
        text.encode("ascii", "xmlcharrefreplace"), b"\xff\xfe".decode("utf-8", "surrogateescape"), ascii(text)


def bytes_methods():
    b = b"some bytes here"
    a = bytearray(b)
    a += b"more" * 10
    a[2:4] = b"XYZ"
    a.extend([1, 2, 3])
    m = memoryview(a)[3:9]
    return b.split(), bytes(a), m.tobytes().hex("-"), b.replace(b"e", b"EE"), bytes.fromhex("deadbeef"), b"%d %s" % (5, b"x"), m.tolist(), bytes(5), b.find(b"by")


def building():
    parts = []
    s = ""
    for n in range(60):
        s += chr(65 + n)
        parts.append(s[-3:])
    return len(s), "".join(parts)[-20:], s.count("A"), repr(s)


def numbers():
    return [int("123"), int("-0x1f", 16), float("1e10"), repr(0.1), str(1e22), complex("1+2j"), int("１２３"), (255).to_bytes(2, "big"), str(10 ** 30), int("9" * 40)]


for f in (formats, methods, codecs, bytes_methods, building, numbers):
    step(f)
