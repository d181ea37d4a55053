"""Floats, big ints, conversions, rounding, complex."""

print(1.5 + 2, 7 / 2, 7.0 // 2, -7.5 % 2, 2.0 ** 0.5, 1e308 * 10, -1e308 * 10)
print(0.1 + 0.2, 1 / 3, 1e100, 1e-7, 123456789.123456789, 5e-324, 1.7976931348623157e308)
print(2 ** 64, 2 ** 100 - 1, -(2 ** 70), 10 ** 30 // 7, 10 ** 30 % 7, (10 ** 20) * (10 ** 20))
print(int(3.9), int(-3.9), int("42"), int(" -7 "), int("ff", 16), int("0b101", 0), int("1_000"))
print(float("1.5"), float("1e3"), float(" inf "), float("-inf"), float(7))
print(round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(-0.5), round(1.25, 1))
print(abs(-5), abs(-2.5), divmod(17, 5), divmod(-17, 5.0), pow(2, 10), pow(2, 10, 1000), pow(3, -1, 7))
print(bin(10), oct(64), hex(255), bin(-5), hex(-255))
nan = float("nan")
print(nan, nan == nan, nan != nan, nan < 1, nan is nan, [nan] == [nan], nan in [nan])
print(1 == 1.0, 2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53, 1 < 1.5 < 2, True == 1, True + True)
print((1 + 2j) * (3 - 1j), abs(3 + 4j), (1 + 2j).conjugate(), (1j) ** 2, complex(1, -1), 2j.imag)
print((5).bit_length(), (255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "big"), (1.5).is_integer(), (0.5).as_integer_ratio())
print(1_000_000, 0xFF, 0o17, 0b11, 1e3, .5, 5., 1_0.0_1)
for bad in (lambda: 1 / 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: int("x"), lambda: float("y"), lambda: 0 ** -1, lambda: int(nan), lambda: 10.0 ** 400, lambda: int(float("inf"))):
    try:
        bad()
    except (ZeroDivisionError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
n = 1
for i in range(1, 40):
    n *= i
print(n)
print(sum([0.1] * 10), max(1, 2.5), min(1, 1.0), 7 // 2.0, -7 // 2, -0.0, 0.0 == -0.0)
print(str(2 ** 200), len(str(3 ** 500)), hash(1) == hash(1.0) == hash(True))
