"""int from and to text: bases, prefixes, underscores, whitespace, limits, errors."""

for text, base in (("10", 2), ("0x1F", 16), ("0x1F", 0), ("0o17", 0), ("0b11", 0), ("zz", 36), ("-ff", 16), ("+7", 10), (" 12\n", 10),
                   ("1_000_000", 10), ("0_0", 0), ("00", 0), ("\u0661\u0662", 10), ("0B1", 2), ("1" * 50, 3)):
    print(repr(text), base, int(text, base))
for bad, base in (("", 10), ("1__0", 10), ("_1", 10), ("1_", 10), ("12", 2), ("0x", 16), ("012", 0), ("1.5", 10), ("--1", 10),
                  ("1 2", 10), ("\x00", 10), ("5", 1), ("5", 37), ("a\ud800", 10)):
    try:
        print(int(bad, base))
    except ValueError as error:
        print(ascii(str(error)))
for call in (lambda: int(5, 10), lambda: int(None), lambda: int([]), lambda: int("1", "x"), lambda: int(base=10), lambda: int(b"12", 10), lambda: int(b" 7 ")):
    try:
        print(call())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
n = 3**150
print(n, -n, hex(n), oct(n), bin(3**30), format(n, "X"), format(-n, "_x"))
print(f"{n:,}", f"{n:_}", f"{n:>80}", f"{-n:+d}", f"{n:#o}"[:20], f"{7:c}" == "\x07")
s = str(7**1000)
print(len(s), s[:20], s[-20:], int(s) == 7**1000)
try:
    int("1" * 5000)
except ValueError as error:
    print(error)
try:
    str(10**5000)
except ValueError as error:
    print(error)
print(int("1" * 4300) % 97, len(hex(10**5000)), int("f" * 6000, 16).bit_length())

class Index:
    def __index__(self):
        return 42

class Trunc:
    def __int__(self):
        return 7

print(int(Index()), int(Trunc()), hex(Index()), bin(Index()), [0] * 3 == [0] * 3, range(50)[Index()])
try:
    hex(Trunc())
except TypeError as error:
    print(error)
print(repr(True), int(True), int("0", 0), -0, int(-0.9))
