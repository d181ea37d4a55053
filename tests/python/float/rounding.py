"""round, floor, ceil, trunc, is_integer, as_integer_ratio."""

import math

for v in (0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 2.675, 1e16 + 1, -2.5, 1e300, 0.05, 1.005):
    print(v, round(v), round(v, 1), round(v, 2), round(v, 0), math.floor(v), math.ceil(v), math.trunc(v), int(v), v.is_integer())
print([round(123456.789, n) for n in range(-7, 5)], [round(-0.00012345, n) for n in range(0, 9)])
print(round(1e308, -308), round(5e-324, 400), round(1.5, -400), round(12.5, None), round(1e22, 3))
for bad in (lambda: round(float("nan")), lambda: round(float("inf")), lambda: int(float("-inf")), lambda: math.floor(float("nan")), lambda: round(1.5, 1.5),
            lambda: float("nan").as_integer_ratio(), lambda: float("inf").as_integer_ratio(), lambda: round(1.7e308, -308)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print((0.75).as_integer_ratio(), (-1e-10).as_integer_ratio(), (1e20).as_integer_ratio(), (0.1).as_integer_ratio())
print(float("nan").is_integer(), (1e30).is_integer(), (3.0).real, (3.5).imag, (2.5).conjugate(), (7.9).__trunc__(), (7.1).__ceil__(), (-7.1).__floor__())

class R:
    def __round__(self, n=None):
        return ("rounded", n)
    def __floor__(self):
        return "floored"
    def __ceil__(self):
        return "ceiled"
    def __trunc__(self):
        return "truncated"

print(round(R()), round(R(), 2), math.floor(R()), math.ceil(R()), math.trunc(R()))

class MyFloat(float):
    def __repr__(self):
        return "MyFloat(" + float.__repr__(self) + ")"

m = MyFloat(2.5)
print(m, [m], m + 1, type(m + 1).__name__, round(m), type(m.real).__name__, f"{m:.1f}", m == 2.5, hash(m) == hash(2.5))
