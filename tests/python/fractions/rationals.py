# fractions: made from all kinds of numbers and texts, arithmetic with other types, rounding, limits, series, and the errors.
import copy
import math
import numbers
import operator
import pickle
from decimal import Decimal
from fractions import Fraction as F

for text in ("3/4", " -7/8 ", "1.25", "-.5", "1e3", "2.5E-2", "+6", "1_000/3", "0/5", "7.", "1/-2", "1/0", "", "1 /2", "nan", "1.2/3", "0x10", "½", "٣/٤", "1__0", "1e", "--1", "3/4/5", "inf", "1e-400"):
    try:
        print(repr(text), repr(F(text)) if len(text) < 6 else str(F(text))[:30])
    except (ValueError, ZeroDivisionError) as e:
        print(repr(text), type(e).__name__, e)
for value in (0.1, 2.5, -0.0, Decimal("1.1"), Decimal("-1e-3"), True, 10**30, F(2, 6)):
    print(repr(value), F(value), F(value).limit_denominator(100))
for args in ((float("nan"),), (float("inf"),), (Decimal("sNaN"),), (1, 0), (1.5, 2), ("1", 2), (1j,), (None,), (1, None), ([],), (1, 2, 3), (Decimal("-inf"),), (b"1",)):
    try:
        print(args, F(*args))
    except Exception as e:
        print(args, type(e).__name__, e)
print(F(), F(6, -4), F(F(1, 2), F(3, 4)), F(numerator=4), F(denominator=5), F.from_float(0.75), F.from_decimal(Decimal("0.75")), F(8, 12).numerator, F(8, 12).denominator, F(7, 2).as_integer_ratio(), F(3, 1), repr(F(3)))
a, b = F(7, 3), F(-2, 5)
for op in (operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, divmod, operator.pow, operator.lt, operator.eq, operator.ge):
    row = []
    for x, y in ((a, b), (a, 2), (2, b), (a, 0.5), (0.5, b), (a, 1j), (a, Decimal(1)), (a, "x"), (a, 0), (a, True)):
        try:
            row.append(str(op(x, y)))
        except Exception as e:
            row.append(f"{type(e).__name__}: {e}")
    print(op.__name__, row)
print(F(4, 9) ** F(1, 2), F(-8) ** F(1, 3), F(2, 3) ** -2, 2 ** F(3), 0 ** F(0), F(0) ** 5, F(1, 2) ** 0.5, (-1) ** F(1, 2), 2.0 ** F(2))
try:
    F(0) ** -1
except ZeroDivisionError as e:
    print(e)
for x in (F(5, 2), F(-5, 2), F(7, 3), F(-7, 3), F(12345, 100)):
    print(x, round(x), round(x, 1), round(x, -1), math.floor(x), math.ceil(x), math.trunc(x), int(x), float(x), abs(x), -x, +x, bool(x), complex(x), x.real, x.imag, x.conjugate())
print(hash(F(1, 2)) == hash(0.5), hash(F(3)) == hash(3), F(1, 2) == 0.5 == Decimal("0.5"), F(1, 3) == 1 / 3, F(1, 3) < float("inf"), F(1, 3) > float("nan"), F(1, 2) in {0.5}, len({F(1, 2), 0.5, F(2, 4)}), hash(F(1, 2**61 - 1)), hash(F(-1, 2**61 - 1)))
print(F(math.pi).limit_denominator(10), F(math.pi).limit_denominator(1000), F(math.e).limit_denominator(1), F(1, 3).limit_denominator(5), F(-311, 100).limit_denominator(7))
try:
    F(1, 3).limit_denominator(0)
except ValueError as e:
    print(e)
print(isinstance(a, numbers.Rational), isinstance(a, numbers.Integral), sum([F(1, i) for i in range(1, 20)]), max(a, b, 1), sorted([F(1, 2), 0.3, 1, F(1, 3)]), math.prod([F(1, 2)] * 5), math.gcd(F(6).numerator, 4), math.sqrt(F(9, 4)), math.isclose(F(1, 3), 1 / 3))


class Money(F):
    def __repr__(self):
        return f"Money({self})"


print(Money(1, 2), repr(Money(3, 4)), repr(Money(1) + 1), pickle.loads(pickle.dumps(a)) == a, copy.copy(a) is a, copy.deepcopy(a) is a, repr(copy.copy(Money(1, 3))), repr(pickle.loads(pickle.dumps(Money(5, 7)))))
try:
    a.numerator = 5
except AttributeError as e:
    print(e)


def egyptian(x):
    while x:
        unit = F(1, math.ceil(1 / x))
        yield str(unit)
        x -= unit


def continued(x, n):
    for _ in range(n):
        whole = math.floor(x)
        yield whole
        if x == whole:
            return
        x = 1 / (x - whole)


matrix = [[F(1, i + j + 1) for j in range(5)] for i in range(5)]
for k in range(5):
    for i in range(k + 1, 5):
        factor = matrix[i][k] / matrix[k][k]
        matrix[i] = [x - factor * y for x, y in zip(matrix[i], matrix[k])]
print(list(egyptian(F(5, 121)))[:3], list(continued(F(415, 93), 9)), "determinant", math.prod(matrix[i][i] for i in range(5)))
x = F(1)
for _ in range(6):
    x = (x + 2 / x) / 2
print(len(str(x)), float(x), f"{float(x):.10f}", "%d %s" % (F(7, 2), F(7, 2)))
for spec in ("", ">8", ".2f"):
    try:
        print(repr(format(F(1, 3), spec)))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
