# decimal and fractions and statistics: contexts, signals, rounding, formats, conversions, errors.
import decimal
import fractions
import statistics
from decimal import *
from fractions import Fraction

D = Decimal
ctx = getcontext()
ctx.prec = 12
print(D("1.10") + D("2.205"), D(7) / D(3), D("1e400") * D("1e400"), -D("0.0"), D("NaN"), D("-Infinity"), D("sNaN"), D((1, (1, 2, 3), -2)), D(0.1), D("1_000.5"), D("  3 "), D(True))
print(D("123.456").quantize(D("0.01")), D("2.675").quantize(D(".01"), ROUND_HALF_EVEN), [D("2.5").to_integral_value(m) for m in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP)])
print(D(2).sqrt(), D(10).ln(), D(100).log10(), D(1).exp(), D("12.50").normalize(), D("1E+3").to_eng_string(), D(17) % D(5), D(-17) // D(5), divmod(D(-17), D(5)), D(3) ** 40, D(2) ** D("0.5"), pow(D(3), 4, 5), D(5).fma(2, 3), D("1.5").as_integer_ratio(), D("3.14").as_tuple(), hash(D("1.0")) == hash(1))
print(f"{D('1234567.891'):,.2f} {D('0.00001234'):e} {D('12'):>8} {D('-5'):+08.1f} {D('0.256'):.1%} {D('1e10'):g}", str(D("1E-10")), repr(D("0E+3")), D("Infinity") > 3, D("NaN") == D("NaN"), sorted([D(3), 2, 1.5, Fraction(5, 2)]), max(D(1), D("1.0")).as_tuple())
print(D(3) == 3.0, D("0.1") == 0.1, D(3) + 2, int(D("9.9")), float(D("1e-3")), round(D("2.5")), round(D("2.345"), 2), D("1.5").__floor__(), D("-1.5").__ceil__(), complex(D(2)), D(10).compare(D(9)), D("1e5").adjusted(), D(5).is_signed(), D("0").is_zero(), D(12).logical_and(D(10)) if False else "-", D("1.20").same_quantum(D("3.40")), D(4).next_plus(), D(6).number_class(), D("123").shift(2), D("123").rotate(1), D(7).remainder_near(D(4)), D("1.1").scaleb(3))
for bad in (lambda: D(1) / 0, lambda: D(0) / 0, lambda: D("x"), lambda: D(-1).sqrt(), lambda: D("1e999999") * D("1e999999"), lambda: D(1.5) + 1.5, lambda: D("sNaN") + 1, lambda: D(2) ** D("NaN") < 1, lambda: int(D("Infinity")), lambda: D("NaN").__int__(), lambda: D(0) ** 0, lambda: D([]), lambda: D((1, 2)), lambda: D("123456789012345").quantize(D("1e-5")), lambda: D(1) % 0, lambda: hash(D("sNaN")), lambda: setattr(ctx, "prec", 0), lambda: Context(rounding="x"), lambda: D("Infinity") - D("Infinity")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__)   # the messages of _decimal and of the pure form differ
with localcontext() as c:
    c.prec = 3
    c.traps[Inexact] = True
    try:
        D(1) / D(3)
    except Inexact as e:
        print("inexact", type(e).__mro__[1].__name__)
    c.traps[Inexact] = False
    print(D(1) / D(3), bool(c.flags[Inexact]), bool(c.flags[Rounded]), c.copy().prec, c.divide_int(7, 2))
print(getcontext().prec, Context(prec=5, rounding=ROUND_UP).create_decimal("1.234561"), ExtendedContext.divide(D(1), D(0)), BasicContext.prec, decimal.MAX_PREC > 10**8, sorted(s.__name__ for s, v in ctx.flags.items() if v))
print(Fraction(3, -6), Fraction("2.5"), Fraction("7/3") + 1, Fraction(1.25), Fraction(D("0.1")), Fraction(7, 3) // 2, Fraction(-7, 3) % 2, Fraction(1, 3) ** 2, Fraction(4, 9) ** 0.5, Fraction(3.14159).limit_denominator(100), round(Fraction(7, 2)), round(Fraction(22, 7), 2), float(Fraction(1, 3)), hash(Fraction(1, 2)) == hash(0.5), Fraction(1, 2) < 0.6, Fraction(5, 2).__floor__(), divmod(Fraction(7, 2), Fraction(1, 3)), Fraction(1, 3) + 0.5, Fraction(2) == 2, repr(Fraction(-1, 2)), str(Fraction(4, 2)))
for bad in (lambda: Fraction(1, 0), lambda: Fraction("x"), lambda: Fraction(1.5, 2), lambda: Fraction(float("nan")), lambda: Fraction(float("inf")), lambda: Fraction(1, 2) / 0, lambda: Fraction(1, 2) < 1j):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
data = [1, 2, 2, 3.5, 4, 10]
s = statistics
print(s.mean(data), s.fmean(data), s.median(data), s.median_low(data), s.median_high(data), s.median_grouped(data), s.mode(data), s.multimode([1, 1, 2, 2]), s.pstdev(data), s.stdev(data), s.variance(data), s.quantiles(data, n=4), s.harmonic_mean([40, 60]), s.geometric_mean([1, 2, 4]), s.correlation([1, 2, 3], [2, 4, 7]), s.linear_regression([1, 2, 3], [2, 4, 7]), s.covariance([1, 2, 3], [1, 5, 7]), s.mean([D(1), D(2)]), s.mean([Fraction(1, 2), Fraction(1, 3)]), s.NormalDist.from_samples(data), s.NormalDist(1, 2).inv_cdf(0.3), s.NormalDist() + 3)
for bad in (lambda: s.mean([]), lambda: s.mode([]), lambda: s.stdev([1]), lambda: s.quantiles([1]), lambda: s.correlation([1], [2]), lambda: s.mean(["a"]), lambda: s.harmonic_mean([-1])):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
