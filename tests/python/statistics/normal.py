"""NormalDist's inverse: all three approximations, both tails, agreement with the Python form, errors of the C form."""

import _statistics
import math
import statistics
from statistics import NormalDist

inverse = _statistics._normal_dist_inv_cdf
for p in (1e-300, 1e-20, 1e-11, 1e-5, 0.01, 0.0749, 0.0751, 0.2, 0.5, 0.7, 0.925, 0.9251, 0.99, 1 - 1e-9, 1 - 2**-53):
    print(p, inverse(p, 0, 1), inverse(p, 100.5, 15), inverse(p, -3, 1e-3))
iq = NormalDist(100, 15)
print(iq.inv_cdf(0.98), iq.quantiles(8), NormalDist.from_samples([1, 4, 4, 8]).inv_cdf(0.3))
print(max(abs(iq.cdf(iq.inv_cdf(i / 1000)) - i / 1000) for i in range(1, 1000)) < 1e-12)
class Real:
    def __float__(self): return 0.25
print(inverse(Real(), True, 2), math.isnan(inverse(math.nan, 0, 1)))
for wrong in ((0, 0, 1), (1, 0, 1), (-1, 0, 1), (0.5, 0, 0), (0.5, 0, -1), ("a", 0, 1), (0.5, None, 1), (1,), (1, 2, 3, 4)):
    try: print(inverse(*wrong))
    except Exception as e: print(type(e).__name__, e)
try: inverse(p=1, mu=2, sigma=3)
except TypeError as e: print(e)
try: iq.inv_cdf(1.5)
except statistics.StatisticsError as e: print(e)
print(inverse.__text_signature__)
