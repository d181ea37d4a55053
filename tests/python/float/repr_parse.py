"""float repr is the shortest that reads back; parsing of every form."""

for v in (0.1, 0.2, 0.3, 1 / 3, 2 / 3, 1e22, 1e23, 123456789012345680.0, 1e16, 9999999999999998.0, 1e-4, 1e-5, 1.5e-7, 5e-324, 2.2250738585072014e-308,
          1.7976931348623157e308, 4.35, 0.1 + 0.2, 100.0, 1e5, 123.456, 2**0.5, -0.0, 1e100, 1.0000000000000002, 0.9999999999999999, 3.0e-310):
    print(repr(v), str(v), float(repr(v)) == v)
for text in ("1", "1.", ".5", "1e5", "1E5", "+1.5", "-1.5e-3", " 2.5\t", "1_0.5_0", "inf", "Infinity", "-INF", "nan", "1e400", "-1e400", "1e-400", "0x10", "1e", "",
             ".", "1_", "1__0", "1e1_0", "infx", "\u0663.\u0665", "1.5.2", "- 1", "1e+", "nan1", "1\x00"):
    try:
        print(ascii(text), float(text))
    except ValueError as error:
        print(ascii(str(error)))
for call in (lambda: float(None), lambda: float([]), lambda: float("1", "2"), lambda: float(b"2.5"), lambda: float(b"x"), lambda: float(x=1), lambda: float(10**400)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(float.fromhex("0x1.8p3"), float.fromhex("-0x.8"), float.fromhex("inf"), (3.75).hex(), (-0.1).hex(), (5e-324).hex(), (0.0).hex(), float.fromhex("0x1p-1074"))
for bad in ("0x", "0x1p99999", "1.5q"):
    try:
        print(float.fromhex(bad))
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
x = 1.0
for _ in range(30):
    x = x * 1.1 + 0.001
    print(x, end=" ")
print()
