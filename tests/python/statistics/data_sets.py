# statistics: every function over ints, floats, Fractions, Decimals and mixtures; grouped data, quantiles, regressions, and the errors.
import collections
import datetime
import decimal
import itertools
import math
import random
import statistics as st
from decimal import Decimal as D
from fractions import Fraction as F

SETS = {
    "ints": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5], "even": [1, 2, 3, 4], "floats": [0.1] * 10 + [2.75, -1.5], "fractions": [F(1, 3), F(5, 7), F(1, 3), F(-2, 9)], "decimals": [D("1.10"), D("2.25"), D("-3.5"), D("1.10")], "one": [7], "bools": [True, False, True], "big": [10**20, 10**20 + 1, 10**20 + 3], "huge": [1e300, 1e300, -1e300], "tiny": [1e-300, 2e-300], "strings": ["b", "a", "b"], "mixed": [1, F(1, 2), 2.5], "nan": [1.0, float("nan"), 3.0], "inf": [1.0, math.inf], "empty": [],
}
FUNCTIONS = ["mean", "fmean", "geometric_mean", "harmonic_mean", "median", "median_low", "median_high", "median_grouped", "mode", "multimode", "pstdev", "pvariance", "stdev", "variance", "quantiles"]
for label, data in SETS.items():
    for name in FUNCTIONS:
        try:
            result = repr(getattr(st, name)(data))
            again = repr(getattr(st, name)(iter(data)))
            print(label, name, result, "" if again == result or "nan" in result else again)
        except Exception as e:
            print(label, name, type(e).__name__, e)
data = SETS["ints"]
for n in (1, 2, 4, 10):
    print(n, st.quantiles(data, n=n), st.quantiles(data, n=n, method="inclusive"), st.quantiles([F(x, 3) for x in data], n=n)[:2])
print(st.fmean([1, 2, 3], weights=[3, 2, 1]), st.fmean(iter([1, 2]), iter([F(1, 2), 1])), st.harmonic_mean([40, 60], weights=[5, 30]), st.harmonic_mean([1, 0]), st.variance(data, xbar=4), st.pvariance(data, mu=F(4)), st.stdev([F(1, 2), F(3, 2)]), st.pstdev([D(1), D(2)]), st.median_grouped([1, 2, 2, 3, 4, 4, 4, 4, 4, 5], interval=2), st.median_grouped([52, 52, 53, 54]), st.mean([datetime.timedelta(1)] * 0 or [5]), st.mode("abracadabra"), st.multimode("mississippi"), st.multimode([]), st.mean(range(101)), st.mean(collections.Counter("aab").values()))
x, y = [1, 2, 3, 4, 5], [2.1, 3.9, 6.2, 7.8, 10.1]
print(st.covariance(x, y), st.correlation(x, y), st.linear_regression(x, y), st.linear_regression(x, y, proportional=True), st.linear_regression(x, y).slope, st.correlation(x, [-v for v in x]), st.covariance([F(1), F(2)], [F(3), F(5)]))
for wrong in (lambda: st.covariance([1], [2]), lambda: st.covariance([1, 2], [1]), lambda: st.correlation([1, 1], [1, 2]), lambda: st.linear_regression([1, 1], [1, 2]), lambda: st.linear_regression([1], [1, 2]), lambda: st.quantiles([1], n=4), lambda: st.quantiles([1, 2], n=0), lambda: st.quantiles([1, 2], method="x"), lambda: st.fmean([1, 2], [0, 0]), lambda: st.fmean([1], [1, 2]), lambda: st.harmonic_mean([-1]), lambda: st.harmonic_mean([1], weights=[1, 2]), lambda: st.harmonic_mean([1, 2], weights=[0, 0]), lambda: st.geometric_mean([0, 1]), lambda: st.geometric_mean([-1]), lambda: st.mean(["a"]), lambda: st.mean(5), lambda: st.median([1, "a"]), lambda: st.variance([1]), lambda: st.mean([1, None]), lambda: st.stdev([D("NaN"), D(1)]), lambda: st.mode([[1]]), lambda: st.median_grouped(["a", "b"]), lambda: st.fmean(["a"]), lambda: st.mean([1j])):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
rng = random.Random(8)
samples = [rng.gauss(100, 15) for _ in range(500)]
print(st.mean(samples), st.stdev(samples), st.median(samples), st.quantiles(samples, n=4), st.correlation(samples, sorted(samples)))
runs = [list(g) for _, g in itertools.groupby(sorted(round(s, -1) for s in samples))]
print([(r[0], len(r)) for r in runs], st.mode(round(s, -1) for s in samples))
with decimal.localcontext() as c:
    c.prec = 50
    print(st.mean([D(1), D(2), D(2)]), st.pstdev([D(1), D(2), D(4)]), st.stdev([D("0.1"), D("0.3")]))
print(issubclass(st.StatisticsError, ValueError), st.variance([1e8 + i for i in (4, 7, 13, 16)]), st.pvariance([0.1, 0.2, 0.3]), st.stdev(range(10**6, 10**6 + 5)), st.variance([F(1, 3), 0.5]))
