"""What the decoders of binascii refuse, skip or repair, over damaged inputs, wrong types and wrong calls."""

import base64
import binascii

def show(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"

for s in ("", "=", "====", "a", "ab", "abc", "ab=", "ab==", "ab===", "abc=", "abc=d", "ab=c=", "a=bc", "a b c d", "abcd=", "abcd====", "ab-_", "abc\n=", "ab=\n=", "YWJj\nZGVm", "YWJjZA==YWJj", "\x80abc"):
    raw = s.encode("latin-1")
    print(repr(s), show(binascii.a2b_base64, raw), show(binascii.a2b_base64, raw, strict_mode=True), show(binascii.a2b_base64, s), show(base64.b64decode, raw, validate=True))
for s in (b"", b"0", b"0g", b"g0", b"0aF", b"DEADbeef", b" 00", "ff00", "fé"):
    print(s, show(binascii.unhexlify, s), show(binascii.a2b_hex, s))
for s in (b"", b" ", b"`", b"!", b"#", b"#86)C", b"#86)C\n", b"#86)C  ``\r\n", b"#86)Cx", b"#\x1f6)C", b"#8\n", b"#8 6)C", b"~" * 5, b"M", b"a" * 3):
    print(s, show(binascii.a2b_uu, s))
print(show(binascii.b2a_uu, b"x" * 45), show(binascii.b2a_uu, b"x" * 46), binascii.b2a_uu(b"\0a\0\0", backtick=True), binascii.b2a_uu(b"\0a\0\0"), binascii.b2a_uu(b"", backtick=True))
for s in (b"=", b"a=", b"==", b"=3D", b"=3d=g", b"=\n", b"=\rx\ny", b"=\r", b"=4", b"=4 ", b"a_b=5f", b"===41"):
    print(s, show(binascii.a2b_qp, s), show(binascii.a2b_qp, s, header=True), show(binascii.a2b_qp, s.decode()))

for f in (binascii.a2b_base64, binascii.a2b_hex, binascii.a2b_qp, binascii.a2b_uu, binascii.b2a_base64, binascii.hexlify, binascii.b2a_qp, binascii.b2a_uu, binascii.crc32, binascii.crc_hqx):
    print(f.__name__, f.__text_signature__)
    for args in ((), ("é",), ("a",), (1,), (None,), (b"",) * 5, (memoryview(b"abcdef")[::2],), (b"ab", ""), (b"ab", "xy"), (b"ab", 1.5), (b"ab", 1, "x"), (b"ab", -1), (b"ab", 1 << 70), (b"ab", b"\xe9")):
        print("  ", len(args), show(f, *args))
    print("  ", show(f, b"", foo=1), show(f, foo=1), show(f, b"", newline="x"), show(f, b"", backtick=None), show(f, data=b""), show(f, b"", data=b""))
for sep, per in (("-", 1), (":", 2), (b".", -3), ("-", 0), ("-", 100), ("é", 2), ("", 1), ("ab", 1), (5, 1), (None, 1), ("-", "x")):
    print(sep, per, show(binascii.hexlify, b"abcdefg", sep, per), show(b"abcdefg".hex, sep, per))
print(binascii.Error.__mro__, binascii.Incomplete.__bases__, binascii.Error.__module__)
