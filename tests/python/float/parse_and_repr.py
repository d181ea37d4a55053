"""float() of texts, repr's shortest digits, exponents' switch points, hex and fromhex at the edges, as_integer_ratio."""

import sys


def attempt(function, *arguments):
    try:
        print(function.__name__, *map(ascii, arguments), "->", repr(function(*arguments)))
    except Exception as error:
        print(function.__name__, *map(ascii, arguments), "->", type(error).__name__, ascii(str(error)))


for text in ("1", " 1 ", "1.", ".1", ".", "", "1e5", "1E+5", "1e", "e5", "1e+", "1_000.5", "1_.5", "1._5", "1__0", "_1", "1e1_0", "1e_1", "inf", "-Inf", "+INFINITY", "infinit", "nan", "-nan", "NaN(5)", "nan1", "0x1p3", "1,5", "１.５", "٣.٥", "1\x00", "1 2",
             "1e400", "-1e400", "1e-400", "4.9e-324", "2.4e-324", "2.5e-324", "1.7976931348623157e308", "1.7976931348623159e308", "179769313486231580793" + "0" * 288, "0" * 400 + "1", "1" + "0" * 400, "." + "0" * 400 + "1", "1e0000000000005",
             "1e99999999999999999999", "1e-99999999999999999999", "0e99999999999999999999", "9007199254740993", "9007199254740992.999999999999999999", "123456789012345678901234567890", "0.1000000000000000055511151231257827021181583404541015625",
             "2.2250738585072011e-308", "2.2250738585072012e-308", "1.00000000000000011102230246251565404236316680908203125", "1.00000000000000011102230246251565404236316680908203124", "+.5e-1", "-.e1", "\u00a01", "1d5", "1f", "--1", "½", "é", "\ud800", "5\x1f", "\x1c5", "5\x1f\xa0", "٣\x1f", "\x0b5\x0c", "5\x85"):
    attempt(float, text)
for data in (b"1.5", b" 2 ", b"1_0", b"\xff", bytearray(b"inf"), b"", b"1\x00"):
    attempt(float, data)
for value in (None, [], 1j, "x" * 60, object, 10 ** 400, -10 ** 308, 2 ** 1024, 2 ** 1024 - 2 ** 970, 2 ** 1024 - 2 ** 970 - 1, 2 ** 53 + 1, 2 ** 54 + 2, 2 ** 54 + 6):
    attempt(float, value)
print([repr(10.0 ** e) for e in range(-7, 24)])
print([repr(x) for x in (1e16, 9999999999999998.0, 1e15, 123456789012345680.0, 0.0001, 0.00001, 0.00012345, 1.5e-5, 1e22, 1e23, 5e-324, sys.float_info.max, sys.float_info.min, 0.1 + 0.2, 1 / 3, 2 / 3, 100.0, 1e2, 4.35, 4.349999999999999, -0.0, 1e5, 123456.0)])
for value in (0.0, -0.0, 1.0, -1.5, 0.1, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, float("inf"), float("-inf"), float("nan"), 3.141592653589793, 1e-310):
    print(repr(value), value.hex(), value.is_integer(), end=" ")
    try:
        print(value.as_integer_ratio() if abs(value) > 1e-300 or not value else len(str(value.as_integer_ratio())))
    except Exception as error:
        print(type(error).__name__, error)
for text in ("0x1p0", "1p0", "0x.8", "0x1.", "0x.", "0x", "1.8p1", "0x1p", "0x1p+", "0x1p-1074", "0x1p-1075", "0x1.0000000000001p-1075", "0x1.fffffffffffff8p1023", "0x1.fffffffffffff7p1023", "0x1p1024", "-0x1.8P+3", "inf", "-nan", "  0x1p2  ", "0x1_0p1", "0xg", "0x1p1.5",
             "0x1.8e5p2", "ff.8", "0x" + "f" * 300, "0x" + "0" * 300 + "1", "0x1p99999999999999999999", "0x0p99999999999999999999", "0x1p-99999999999999999999", "", "\u0661", "0x1.00000000000008p0", "0x1.000000000000081p0", "0x1.00000000000018p0", "+0X.Ap4"):
    attempt(float.fromhex, text)
attempt(float.fromhex, b"0x1")
attempt(float.fromhex, 5)


class F(float):
    def __repr__(self):
        return f"F({super().__repr__()})"


print(F("1.5"), F.fromhex("0x1p1"), type(F.fromhex("0x1p1")).__name__, float(F(2)), type(F(1) + 1).__name__, type(+F(1)).__name__, type(F(1).conjugate()).__name__, F(2.5).real)


class Has:
    def __init__(self, result):
        self.result = result

    def __float__(self):
        return self.result


class Index:
    def __index__(self):
        return 7


for value in (Has(1.5), Has(1), Has("x"), Has(None), Index()):
    attempt(lambda: float(value))
attempt(float, 1, 2)
print(float(), float.__getformat__("double"), float.__getformat__("float"))
attempt(float.__getformat__, "int")
attempt(float.__setformat__, "double", "unknown") if hasattr(float, "__setformat__") else None
for n in range(-3, 4):
    print(round(1234.5678, n), round(-0.5, n), round(2.5, n), round(2.675, n), end="; ")
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(1e300, -300), round(1e-300, 300), round(5e-324, 400), round(1e308, -308), round(12345.0, -400), type(round(1.0)), type(round(1.0, None)), type(round(1.0, 0)))
for arguments in ((float("nan"),), (float("inf"),), (1.5, "x"), (1.5, 1.5), (1.7976931348623157e308, -308)):
    attempt(round, *arguments)
