"""int methods and attributes: to_bytes, from_bytes, bit_count, ratio, real/imag, conjugate."""

for n in (0, 1, -1, 127, 128, 255, 256, -128, -129, 2**63, -2**63, 2**70 + 5):
    print(n, n.bit_length(), n.bit_count(), n.real, n.imag, n.conjugate(), n.numerator, n.denominator, n.as_integer_ratio())
print((1000).to_bytes(2, "big"), (1000).to_bytes(4, "little"), (-5).to_bytes(2, "big", signed=True), (5).to_bytes(), (0).to_bytes(0, "big"))
print(int.from_bytes(b"\xff\x00", "big"), int.from_bytes(b"\xff\x00", "little", signed=True), int.from_bytes([1, 2, 3]), int.from_bytes(b""))
big = 2**200 + 12345
for order in ("big", "little"):
    raw = big.to_bytes(30, order)
    print(raw.hex(), int.from_bytes(raw, order) == big, int.from_bytes((-big).to_bytes(30, order, signed=True), order, signed=True) == -big)
for bad in (lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (128).to_bytes(1, "big", signed=True),
            lambda: (1).to_bytes(1, "middle"), lambda: (1).to_bytes(-1, "big"), lambda: int.from_bytes("x", "big"), lambda: int.from_bytes(5, "big"),
            lambda: (1).bit_length(2), lambda: (1).foo, lambda: int.bit_length(2.0)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print((5).__add__(3), (5).__add__(2.5), (5).__radd__(3), (5).__eq__("x"), (5).__lt__(6), (7).__floordiv__(2), (5).__bool__(), (0).__bool__())
print((5).__divmod__(3), (5).__rdivmod__(13), (2).__pow__(5), (2).__pow__(5, 7), (2).__rpow__(3), (3).__float__(), (5).__index__(), (5).__trunc__(), (5).__ceil__(), (5).__round__(-1))

class MyInt(int):
    def __repr__(self):
        return f"MyInt({int(self)})"

m = MyInt(5)
print(m, m + 1, type(m + 1).__name__, -m, [m], f"{m}", m == 5, {5: "x"}[m], type(+m).__name__, m.real, int(m), type(int(m)).__name__)
print(round(12345, -2), round(12355, -1), round(-15, -1), round(25, -1), round(5, 3), round(10**30, -29))
print(hash(2**61 - 1), hash(2**61), hash(-1), hash(-2), hash(2**61 - 2), hash(-(2**61)), hash(10**40), hash(-(10**40)))
