"""Division: floor and true quotients, divmod signs, exactness of huge true division, zero division."""

for a in (7, -7, 0, 10**20, -(10**20)):
    for b in (2, -2, 3, 10**19, -(10**19) - 1):
        print(a, b, a // b, a % b, divmod(a, b), a / b)
print(10**400 / 10**399, 10**23 / 3, (2**1000 + 1) / 2**999, -(3**700) / 3**698, 1 / 2**1074, 1 / 2**1075, 3 / 2**1075)
for bad in (lambda: 1 // 0, lambda: 1 % 0, lambda: divmod(1, 0), lambda: 1 / 0, lambda: 10**400 / 1, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 10**400 / 3.0, lambda: 2**2000 % 0):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(7 // 2.0, -7 // 2.0, 7 % -2.0, -7 % 2.0, 0.0 / 5, divmod(7.5, 2), divmod(-7.5, 2), 5 // 0.3, 1e300 // 1e-300)
n = 10**50 + 12345678901234567890
for d in (1, 3, 97, 2**31, 2**62, 2**64 - 1, 10**25, 10**50, 10**51):
    q, r = divmod(n, d)
    print(d, q, r, q * d + r == n, divmod(-n, d), divmod(n, -d))
m = -17
m //= 5
print(m)
m %= 3
print(m)
m /= 4
print(m)
print((2**53 + 1) / 1, (2**53 + 1) / 2**53, (2**54 + 2) / 2, 9007199254740993 / 1, 9007199254740995 / 1)
print(True // 1, True % 2, True / 2, False // True)
print(sum(1 / k for k in range(1, 1001)), sum(10**9 // k for k in range(1, 1000)))
