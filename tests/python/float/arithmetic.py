"""float arithmetic: special values, floor division and modulo, power, comparisons."""

inf, nan = float("inf"), float("nan")
values = [0.0, -0.0, 1.0, -1.5, 2.5, inf, -inf, nan, 1e308, 5e-324]
for a in values:
    row = []
    for b in values:
        row.append((a + b, a - b, a * b))
        try:
            row.append((a / b, a // b, a % b))
        except ZeroDivisionError as error:
            row.append(str(error))
    print(a, row)
for b in values:
    for e in (0, 1, -1, 0.5, -2, inf, nan):
        try:
            print(b ** e, end=" ")
        except (ZeroDivisionError, OverflowError) as error:
            print(type(error).__name__, error, end=" ")
    print()
print((-8.0) ** (1 / 3), (-1.0) ** 0.5, 2.0 ** 1023 * 2, 10.0 ** -400)
for bad in (lambda: 10.0 ** 400, lambda: 0.0 ** -1, lambda: 1.5 % 0, lambda: divmod(1.0, 0.0), lambda: 2.0 ** 5000):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print([a < b for a in values for b in values].count(True), [a == b for a in values for b in values].count(True))
print(5.5 // 2, -5.5 // 2, 5.5 % -2, -5.5 % 2, divmod(-0.0, 2), 1e20 % 3, 0.3 % 0.1, 1 % inf, -1 % inf, 1 // inf, -1 // inf)
total = 0.0
for i in range(1, 10001):
    total += 1.0 / (i * i)
print(total)
x, y = 0.5, 0.25
for _ in range(50):
    x, y = y - x * x + 0.3, x * 0.9
print(x, y)
print(bool(0.0), bool(-0.0), bool(nan), not 0.1, abs(-0.0), -(-0.0), +nan, abs(-inf))
