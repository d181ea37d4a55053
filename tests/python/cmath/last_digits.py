"""The functions of cmath to the last digit: branch cuts, signs of zeros, numbers near the ends of the range, infinities and NaNs, and a base of logarithms."""
import cmath
import random

r = random.Random(1)
PARTS = [0.0, -0.0, 1.0, -1.0, 0.5, 1e-7, 1e-200, -1e-310, 1e300, -1e308, 5e-324, 710.0, -745.5, float("inf"), float("nan"), -float("inf"), *[r.uniform(-10, 10) for _ in range(8)], r.gauss(0, 1e-3)]


def show(*call):
    name, *args = call
    try:
        result = getattr(cmath, name)(*args)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(name, *args, result)


for name in "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh".split():
    for real in PARTS:
        for imag in PARTS:
            show(name, complex(real, imag))
for z in (0.0, 1j, 2.5, -1e300j):
    for base in (0.0, 1.0, -1e300j, 2j, 10):
        show("log", z, base)


class Loud(float):
    def __float__(self):
        return 7


class Both(Loud):
    def __complex__(self):
        return 1j


for value in (Loud(2.5), Both(2.5)):
    for name in ("exp", "phase", "sqrt"):
        show(name, value)
    try:
        print(complex(value))
    except TypeError as error:
        print(error)
