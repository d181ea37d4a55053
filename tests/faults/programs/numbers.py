# Big integers, floats, complex numbers, fractions of work that run in GMP.
from _step import step


def big():
    a = 3 ** 200
    b = 7 ** 150
    return [a * b % (10 ** 9 + 7), a // b, divmod(a, b)[1] % 1000, a - b > 0, a & b | 5, a ^ b & 0xffff, a >> 100, b << 33, -a // b, ~a % 97, pow(3, 10 ** 20, 10 ** 9 + 7),
            pow(3, -1, 7), a.bit_length(), (a + 1) ** 2 % 12345, abs(-a) == a, hash(a) == hash(a + 0), int.from_bytes(a.to_bytes(50, "little"), "little") == a]


def texts():
    a = 2 ** 1000
    s = str(a)
    return len(s), int(s) == a, hex(a)[:10], oct(a)[-5:], bin(a).count("0"), int("1" * 200, 3) % 1000, f"{a:,}"[:12], int(hex(a), 16) == a


def factorial(n):
    r = 1
    for i in range(2, n):
        r *= i
    return r


def loops():
    f = factorial(80)
    return f % 10 ** 15, sum(int(c) for c in str(f)), f // factorial(78)


def floats():
    import math
    values = [x / 7 for x in range(20)]
    return math.fsum(values), math.sqrt(2), math.gcd(2 ** 100, 6 ** 50), math.comb(100, 50), math.factorial(30), math.isqrt(10 ** 40), \
        round(2.675, 2), 10 ** 20 / 3, 2 ** 0.5, (0.1).as_integer_ratio(), float.fromhex("0x1.8p3"), (1.5).hex(), 1e308 * 10, -7 // 2, divmod(-7.5, 2)


def complexes():
    return (1 + 2j) * (3 - 4j), abs(3 + 4j), (1 + 1j) ** 3, complex(1, 2).conjugate(), repr(1j)


def mixed():
    return [1 + True, 2 ** 62 + 2 ** 62, (2 ** 61 - 1) + 1, -(2 ** 61) - 1, 5 // 2, -5 % 3, 1 < 2.5 < 2 ** 70, 2 ** 70 == float(2 ** 70), sum([2 ** 60] * 5), max(2 ** 65, 1.0)]


def huge():
    import math
    import sys
    sys.set_int_max_str_digits(0)
    a, b = 3 ** 100000, 7 ** 40000 + 1
    s = str(a)
    return a * b % 1000003, a // b % 1000003, len(s), int(s) == a, math.gcd(a, b), pow(2, 65537, b) % 1000003, math.isqrt(a) % 1000003, \
        math.factorial(5000) % 1000003, math.comb(9000, 4000) % 1000003, math.perm(9000, 900) % 1000003


for f in (huge, big, texts, loops, floats, complexes, mixed):
    step(f)
