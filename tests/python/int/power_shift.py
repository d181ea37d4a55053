"""pow with two and three arguments, shifts and bit tricks, including their errors."""

print([pow(b, e) for b in (-2, 0, 1, 3) for e in (0, 1, 5)], pow(2, -2), pow(-2, -1), pow(0.5, 2), 0 ** 0)
print(pow(3, 1000, 7919), pow(-3, 5, 7), pow(3, 5, -7), pow(2, -1, 11), pow(5, 0, 1), pow(10, 10**18, 10**9 + 7))
print(pow(2**100 + 1, 2**50, 10**30 + 57), pow(7, -5, 10**20 + 39))
for bad in (lambda: pow(2, 3, 0), lambda: pow(2, -1, 4), lambda: pow(0, -1), lambda: pow(2.0, 3, 5), lambda: pow("a", 2), lambda: 1 << -1,
            lambda: 1 >> -1, lambda: 1 << 1.0, lambda: ~1.5, lambda: 1 << 10**30, lambda: "a" << 1, lambda: pow(1, 2, "x"), lambda: 1 & 1.0):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(0 << 10**30, 1 >> 10**30, -1 >> 10**30, 5 >> 1000, -5 >> 1000)
n = (1 << 150) | (1 << 75) | 1
print(n.bit_count(), n & -n, (n - 1) & n == n - 1, n >> 75, (n >> 75) & 1, n & ((1 << 76) - 1), ~n & 0xFF)

def isqrt(n):
    if n == 0:
        return 0
    x = 1 << (n.bit_length() + 1) // 2
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y

for k in (0, 1, 15, 16, 17, 10**18, 2**128 - 1, 10**61):
    r = isqrt(k)
    assert r * r <= k < (r + 1) ** 2
    print(k, r)

def lcg(seed):
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        yield seed

g = lcg(42)
acc = 0
for _ in range(1000):
    v = next(g)
    acc ^= (v >> 33) * (v & 0xFFFFFFFF)
    acc = ((acc << 7) | (acc >> 57)) & (2**64 - 1)
print(acc)
x = 1
for i in range(200):
    x = x * 3 + (x >> 5) - (x & 0xFFF)
print(x)
print(-7 & 3, -7 | 3, -7 ^ 3, -2**70 & 2**70 - 1, -2**70 | 1, -2**70 ^ -1, True & 1, True | False, True ^ True, type(True & 1).__name__)
