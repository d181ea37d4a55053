"""gcd, lcm, isqrt, comb, perm, factorial, floor, ceil, trunc on big and strange integers; protocols __floor__, __ceil__, __trunc__, __index__."""

import math

values = [0, 1, -1, 2, 12, 18, 97, 2**61 - 1, 2**62, 2**64, 10**30, -(10**25), 3**100]
print(sum(math.gcd(a, b) * (i + 1) for i, a in enumerate(values) for b in values) % (10**40), sum(math.lcm(a, b) for a in values for b in values) % (10**40 + 7), math.gcd(2**200 * 15, 2**190 * 21), math.lcm(0, 5), math.lcm(), math.lcm(-4, 6), math.gcd(0, -7), math.gcd(True, 4))
bad = [n for n in [k**2 + d for k in (3, 10**9, 10**18 + 1, 2**100) for d in (-1, 0, 1)] if not math.isqrt(n) ** 2 <= n < (math.isqrt(n) + 1) ** 2]; print(bad, [math.isqrt(10**k) for k in range(0, 41, 5)])
print([math.comb(n, k) for n in (0, 5, 10, 60) for k in (0, 1, 2, 30)], math.comb(1000, 3), math.comb(10**10, 2), math.perm(5, 0), math.perm(0), math.perm(30, 20), math.comb(3, 5), math.perm(3, 5), sum(math.comb(200, k) for k in range(201)) == 2**200)
print([math.factorial(n) for n in (0, 1, 5, 12, 20, 21, 25)], len(str(math.factorial(1000))), math.factorial(200) % (10**9 + 7), math.factorial(True))
class N:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
    def __float__(self): return self.v + 0.5
print(math.gcd(N(12), 18), math.isqrt(N(50)), math.factorial(N(5)), math.comb(N(5), N(2)), math.floor(N(1)), math.ceil(N(1)), math.trunc(N(1)), math.sqrt(N(2)), math.lcm(N(4), 6), math.perm(N(4)), math.fabs(N(-3)), math.pow(N(1), 2))
class F:
    def __float__(self): return 2.7
print(math.floor(F()), math.ceil(F()), math.sqrt(F()), math.isclose(F(), 2.7))
for call in (lambda: math.trunc(F()), lambda: math.gcd(F()), lambda: math.factorial(F()), lambda: math.isqrt(F()), lambda: math.comb(1.0, 1), lambda: math.floor("x"), lambda: math.floor([]), lambda: math.sqrt([]), lambda: math.isqrt(10.0), lambda: math.perm("a"), lambda: math.comb(10**20, 10**19) if False else math.comb(5), lambda: math.prod(["a", "b"]), lambda: math.prod([[1], 2]), lambda: math.sumprod if hasattr(math, "sumprod") else math.sqrt(-4)):
    try:
        print(call())
    except Exception as e: print(type(e).__name__, e)
def phi(n): return sum(math.gcd(n, k) == 1 for k in range(1, n + 1))
def divisors(n): return sorted({d for i in range(1, math.isqrt(n) + 1) if n % i == 0 for d in (i, n // i)})
print([phi(n) for n in range(1, 20)], divisors(360), sum(divisors(496)) - 496, [n for n in range(1, 100) if math.isqrt(n) ** 2 == n])
def crt(rs, ms):
    x, m = 0, 1
    for r, n in zip(rs, ms):
        x += m * ((r - x) * pow(m, -1, n) % n); m *= n
    return x % m
print(crt([2, 3, 2], [3, 5, 7]), crt([1, 2, 3, 4], [5, 7, 9, 11]), math.lcm(*range(1, 31)), math.gcd(*[math.factorial(k) for k in (6, 8, 10)]))
catalan = [math.comb(2 * n, n) // (n + 1) for n in range(12)]; stirling = [[1 if k == n else 0 for k in range(7)] for n in range(7)]
for n in range(1, 7):
    for k in range(1, n): stirling[n][k] = k * stirling[n - 1][k] + stirling[n - 1][k - 1]
print(catalan, stirling[6], [math.trunc(v) for v in (2.9, -2.9, 1e20)], [math.floor(v) for v in (-0.5, 1e300)][0], math.ceil(-0.5), math.floor(10**40), math.prod(range(1, 21)), math.prod([2] * 100), math.prod([0.5, 4]), math.prod((1, 2), start=1j))
