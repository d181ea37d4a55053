"""Integers as dictionary keys and set members mixed with floats and bools; equality across types."""

d = {}
for k in (1, 1.0, True, 0, False, 0.0, -0.0, 2**62, float(2**62), 2**53 + 1, float(2**53 + 1), 10**400, -1, -1.0):
    d[k] = d.get(k, ()) + (repr(k),)
print(d)
print({0, 0.0, False, 1, True, 1.0}, len({2**64, float(2**64), 2**64 + 1}))
small = [n for n in range(-10, 300)]
again = [n + 0 for n in range(-10, 300)]
# -5 to 256: beyond these CPython makes an object each time, where weft's ints are their own identity.
print(small == again, all(a is b for a, b in zip(small[5:267], again[5:267])))
pairs = [(2**k + d, float(2**k)) for k in (52, 53, 54, 62, 63, 64, 100) for d in (-1, 0, 1)]
for i, f in pairs:
    print(i == f, i < f, i <= f, i > f, i >= f, i != f, hash(i) == hash(f))
inf, nan = float("inf"), float("nan")
for n in (0, 10**400, -(10**400), 2**62):
    print(n < inf, n > -inf, n == inf, n < nan, n > nan, n == nan, n != nan)
print(sorted([3, 1.5, True, 2**70, -2.5, 10**30, float(10**30)], key=lambda x: (x, str(x))))
print(max(1, 1.0), max(1.0, 1), min(True, 1), [1, 2, 3].index(2.0), [1, 2.0, True].count(1), 2.0 in range(5), 2.5 in range(5))
print(hash(0.5), hash(1e300) == hash(int(1e300)), hash(float(2**61)) == hash(2**61), hash(True), hash(-1.0), hash(inf), hash(-inf))
