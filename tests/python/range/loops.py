"""Loops over ranges with changes, breaks, nesting and big steps; timing-free number crunching."""

def collatz_longest(limit):
    best = (0, 0)
    for n in range(1, limit):
        steps, x = 0, n
        while x != 1:
            x = x // 2 if x % 2 == 0 else 3 * x + 1
            steps += 1
        best = max(best, (steps, n))
    return best

print(collatz_longest(1000))
triples = [(a, b, c) for a in range(1, 40) for b in range(a, 40) for c in range(b, 57) if a * a + b * b == c * c]
print(len(triples), triples[:5], triples[-1])
n = 0
for i in range(0, 10**18, 10**16):
    n += i // 10**15
print(n)
n = 0
for i in range(2**62 - 5, 2**62 + 5):
    n ^= i
print(n)
for i in range(2**63 - 2, 2**63 + 2):
    print(i, end=" ")
print()
for i in range(-2**63 - 1, -2**63 + 2):
    print(i, end=" ")
print()
count = 0
for i in range(50):
    if i % 3:
        continue
    for j in range(i):
        if j > 20:
            break
        count += j
    else:
        count += 1000
print(count)
digits = [0] * 10
for i in range(10000):
    for c in str(i):
        digits[int(c)] += 1
print(digits)
perfect = [n for n in range(2, 1000) if n == sum(d for d in range(1, n // 2 + 1) if n % d == 0)]
print(perfect)
happy = []
for n in range(1, 60):
    seen, x = set(), n
    while x != 1 and x not in seen:
        seen.add(x)
        x = sum(int(d) ** 2 for d in str(x))
    if x == 1:
        happy.append(n)
print(happy)
diamond = [" " * abs(i) + "*" * (7 - 2 * abs(i)) for i in range(-3, 4)]
print("\n".join(diamond))
table = [[i * j for j in range(1, 6)] for i in range(1, 6)]
for row in table:
    print("".join(f"{v:4}" for v in row))
x = 0
for i in range(5):
    x += i
else:
    x *= 2
print(x, sum(range(101)), sum(range(0, 1001, 5)), sum(i for i in range(1000) if i % 3 == 0 or i % 5 == 0))
total = 0
for i in range(200):
    for j in range(200):
        total = (total * 31 + i * j) & 0xFFFFFFFF
print(total)
