"""bytes and bytearray constructors with every kind of argument; __bytes__; iteration."""

class HasBytes:
    def __bytes__(self):
        return b"custom"

class BadBytes:
    def __bytes__(self):
        return "text"

class Idx:
    def __index__(self):
        return 3

for kind in (bytes, bytearray):
    print(kind(), kind(3), kind(b"x"), kind([1, 2]), kind((65, 66)), kind(range(3)), kind("h\u00e9", "utf-8"), kind("x", "ascii", "strict"), kind(x + 1 for x in range(3)), kind(bytearray(b"ba")), kind(memoryview(b"mv")), kind(Idx()), kind({1}))
    for bad in (lambda: kind(-1), lambda: kind([256]), lambda: kind([-1]), lambda: kind(["a"]), lambda: kind("text"), lambda: kind(1.5), lambda: kind(None), lambda: kind(5, "ascii"), lambda: kind(b"x", "ascii"), lambda: kind("\u20ac", "ascii"), lambda: kind("x", 5), lambda: kind(1, 2, 3, 4), lambda: kind([1, 2.0]), lambda: kind(object()), lambda: kind([10**30]), lambda: kind(errors="strict")):
        try:
            print(bad())
        except Exception as error:
            print(type(error).__name__, error)
print(bytes(HasBytes()))
try:
    bytes(BadBytes())
except TypeError as error:
    print(error)
b = bytes(range(256))
print(b, len(b), sum(b), b[::-50], list(b[10:13]), max(b), b[-1])
print(repr(bytearray(b"it's")), str(b"x"), repr(b'"'), b"'\"", bytes(b) is b, b[0:0], bytes([0]) * 3, list(b"ab"), tuple(b"ab"), [*b"xy"])

class B(bytes):
    def __new__(cls, *args):
        return super().__new__(cls, *args)

x = B(b"abc")
print(x, type(x).__name__, type(x[0:2]).__name__, x == b"abc", {b"abc": 1}[x], type(x + b"d").__name__, x.upper(), hash(x) == hash(b"abc"))
print(int.from_bytes(b"\x01\x02", "little"), b"\x00" < b"\x01", b"" < b"\x00", sorted([b"b", b"", b"a"]), bytes(5)[1:3], b"abc"[1], b"abc"[1:2])
for i, c in enumerate(b"hi"):
    print(i, c, chr(c), end=";")
print(b"a" b"b", b"""multi
line""", rb"\x41", bR"\n", b"\x41\101\n")
