"""inf, nan and signed zero through math and builtins: comparison, formatting, min, max, sorting, rounding."""

import math

inf, nan = float("inf"), float("nan")
print([math.isinf(v) for v in (inf, -inf, nan, 1e308 * 10, 0)], [math.isnan(v) for v in (nan, inf - inf, inf * 0, 0.0)], [math.isfinite(v) for v in (1, inf, nan, 10**300)])
print(inf + inf, inf - 1, inf * -1, 1 / inf, -1 / inf, inf == inf, inf > 10**400, nan == nan, inf // 1 if False else "-", inf ** 0, nan ** 0, 1 ** nan, 0 * -1.0, -0.0 + 0, 0.0 == -0.0, math.copysign(1, 0.0 * -1), str(-0.0), repr(0.0 * -1), abs(-0.0), math.copysign(nan, -1) != 0)
print(min(nan, 1), min(1, nan), max(nan, 1), max(1, nan), sorted([3, nan, 1])[0], [nan, 1, nan].count(nan), nan in {nan}, {nan: 1}[nan], len({nan, float("nan")}), (nan,) == (nan,), [nan] == [float("nan")], max([inf, 1, -inf]), min([0.0, -0.0]), min([-0.0, 0.0]), sum([inf, -inf]), hash(inf), hash(-inf), hash(0.0) == hash(-0.0))
for f in (lambda: math.sqrt(-0.0), lambda: math.atan2(0.0, -0.0), lambda: math.atan2(-0.0, 0.0), lambda: math.atan2(-0.0, -0.0), lambda: math.pow(-0.0, 3), lambda: math.pow(inf, 0), lambda: math.pow(nan, 0), lambda: math.pow(1, nan), lambda: math.hypot(inf, nan), lambda: math.fmod(5, inf), lambda: math.fmod(inf, 5), lambda: math.remainder(5, inf), lambda: math.ldexp(inf, 5), lambda: math.ldexp(1, -2000), lambda: math.frexp(inf), lambda: math.frexp(nan), lambda: math.modf(inf), lambda: math.modf(-inf), lambda: math.log(inf), lambda: math.exp(-inf), lambda: math.tanh(inf), lambda: math.gamma(inf), lambda: math.gamma(-inf), lambda: math.lgamma(-inf), lambda: math.erf(inf), lambda: math.sin(inf), lambda: math.nextafter(0, 1), lambda: math.nextafter(inf, 0), lambda: math.ulp(inf), lambda: math.ulp(0), lambda: math.fsum([inf, 1]), lambda: math.fsum([nan]), lambda: math.dist([inf], [0]), lambda: math.isclose(inf, inf), lambda: math.isclose(nan, nan), lambda: math.isclose(inf, 1e308), lambda: round(inf), lambda: round(nan, 2), lambda: round(inf, 2), lambda: int(nan), lambda: divmod(1.0, inf), lambda: divmod(-1.0, inf), lambda: inf % 2, lambda: inf // 2, lambda: -7.0 % inf, lambda: 5.0 // -inf, lambda: complex(inf, nan), lambda: abs(complex(inf, nan)), lambda: 1e308 + 1e308, lambda: 5e-324 / 2, lambda: -5e-324 / 2, lambda: 2.0 ** 1024, lambda: (-2.0) ** 0.5, lambda: 0.0 ** 0, lambda: 0.0 ** -1, lambda: (-inf) ** 3, lambda: (-inf) ** -3, lambda: inf.as_integer_ratio(), lambda: inf.hex(), lambda: nan.hex(), lambda: float.fromhex("nan"), lambda: inf.is_integer(), lambda: f"{inf:f} {nan:.3e} {-inf:10.2f}| {nan:+} {inf:%} {inf:e}", lambda: "%f %d" % (inf, 1), lambda: "%d" % inf):
    try:
        print(f(), end="; ")
    except (ValueError, OverflowError, ZeroDivisionError, TypeError) as e: print(type(e).__name__, e, end="; ")
print()
class Acc:
    def __init__(self): self.n, self.m, self.s = 0, 0.0, 0.0
    def add(self, x): self.n += 1; d = x - self.m; self.m += d / self.n; self.s += d * (x - self.m)
a = Acc()
for i in range(1000): a.add(math.sin(i) * 1e8 + 1e16 * (i % 2))
print(a.m, a.s, math.fsum([1e16, 1.0, -1e16]), sum([1e16, 1.0, -1e16]), math.fsum(0.1 for _ in range(1000)), sum(0.1 for _ in range(1000)))
total, c = 0.0, 0.0
for i in range(1, 100001):
    y = 1 / i - c; t = total + y; c = (t - total) - y; total = t
print(total, sum(1 / i for i in range(1, 100001)), math.fsum(1 / i for i in range(1, 100001)))
