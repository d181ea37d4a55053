"""Numeric programs: integration, root finding, statistics, FFT, primes with isqrt, continued fractions, geometry."""

import math

def simpson(f, a, b, n=200):
    h = (b - a) / n
    return h / 3 * math.fsum(f(a + i * h) * (1 if i in (0, n) else 4 if i % 2 else 2) for i in range(n + 1))
print(f"{simpson(math.sin, 0, math.pi):.10f} {simpson(lambda x: math.exp(-x * x), -5, 5):.10f} {math.sqrt(math.pi):.10f}")
def newton(f, df, x):
    for _ in range(60): x -= f(x) / df(x)
    return x
print(f"{newton(lambda x: x * x - 2, lambda x: 2 * x, 1):.12f} {newton(lambda x: math.cos(x) - x, lambda x: -math.sin(x) - 1, 1):.12f}")
def bisect(f, a, b):
    while b - a > 1e-12:
        m = (a + b) / 2
        a, b = (a, m) if f(a) * f(m) <= 0 else (m, b)
    return a
print(f"{bisect(lambda x: x ** 3 - x - 2, 1, 2):.10f}")
data = [math.sin(i) * 10 + i % 7 for i in range(500)]
mean = math.fsum(data) / len(data); sd = math.sqrt(math.fsum((x - mean) ** 2 for x in data) / (len(data) - 1))
print(f"{mean:.10f} {sd:.10f} {min(data):.6f} {max(data):.6f} {sorted(data)[250]:.6f}")
def fft(xs):
    n = len(xs)
    if n == 1: return xs
    e, o = fft(xs[::2]), fft(xs[1::2])
    t = [complex(math.cos(-2 * math.pi * k / n), math.sin(-2 * math.pi * k / n)) * o[k] for k in range(n // 2)]
    return [e[k] + t[k] for k in range(n // 2)] + [e[k] - t[k] for k in range(n // 2)]
spec = fft([math.sin(2 * math.pi * 3 * i / 32) + 0.5 * math.cos(2 * math.pi * 7 * i / 32) for i in range(32)])
print([k for k, z in enumerate(spec) if abs(z) > 1], f"{abs(spec[3]):.6f} {abs(spec[7]):.6f}")
def primes(n): return [p for p in range(2, n) if all(p % d for d in range(2, math.isqrt(p) + 1))]
print(len(primes(2000)), math.prod(primes(60)), math.log(math.prod(primes(100))))
def cf(x, n):
    out = []
    for _ in range(n):
        out.append(math.floor(x)); x -= math.floor(x)
        if x < 1e-9: break
        x = 1 / x
    return out
print(cf(math.pi, 6), cf(math.sqrt(2), 8), cf(math.e, 10), cf(0.75, 5))
def haversine(a, b):
    la, oa, lb, ob = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((ob - oa) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))
print(f"{haversine((52.5, 13.4), (48.85, 2.35)):.3f} {math.degrees(math.atan2(1, -1)):.1f}")
def machin(digits):
    one = 10 ** (digits + 10)
    def arctan_inv(x):
        total = term = one // x; n, sign = 3, -1
        while term: term //= x * x; total += sign * (term // n); n, sign = n + 2, -sign
        return total
    return (4 * (4 * arctan_inv(5) - arctan_inv(239))) // 10 ** 10
print(machin(60), str(machin(300))[-10:])
poly = [(math.cos(2 * math.pi * k / 5), math.sin(2 * math.pi * k / 5)) for k in range(5)]
print(f"{sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(poly, poly[1:] + poly[:1])) / 2:.10f} {math.dist(poly[0], poly[1]):.10f}")
x, y, t = 1.0, 0.0, 0.0
for _ in range(1000): x, y = x - y * 0.01, y + x * 0.01
print(f"{x:.10f} {y:.10f} {math.hypot(x, y):.10f}", sum(1 / math.factorial(k) for k in range(18)), math.gcd(math.factorial(20), 2 ** 30), [math.isqrt(n) for n in (0, 1, 99, 100, 10**30 - 1)])
s = [0.0]
for k in range(1, 2000): s.append(s[-1] + (-1) ** (k + 1) / k)
print(f"{s[-1]:.12f} {math.log(2):.12f}", math.comb(100, 50) % 1000007, math.perm(20, 5), sum(math.comb(20, k) for k in range(21)) == 2 ** 20, [math.ceil(math.log2(n)) for n in (1, 2, 3, 1000)])
