"""Recursion: hanoi, permutations, ackermann, mutual recursion, RecursionError, deep calls."""

def hanoi(n, a="A", b="B", c="C"):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)

print([hanoi(n) for n in range(8)])

def permutations(items):
    if len(items) <= 1:
        yield items
        return
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [x] + rest

print(["".join(p) for p in permutations(list("abc"))])

def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))

print(ackermann(2, 3), ackermann(3, 3))

def even(n):
    return True if n == 0 else odd(n - 1)

def odd(n):
    return False if n == 0 else even(n - 1)

print(even(100), odd(51), even(7))

def forever(n):
    return forever(n + 1)

try:
    forever(0)
except RecursionError as error:
    print(error)

def down(n):
    return n if n == 0 else down(n - 1)

print(down(900))

class R:
    def __repr__(self):
        return repr(self)

try:
    repr(R())
except RecursionError as error:
    print("RecursionError", str(error)[:32])

class Attr:
    def __getattr__(self, name):
        return getattr(self, name)

try:
    Attr().x
except RecursionError as error:
    print("RecursionError", str(error)[:32])
subsets = lambda s: [[]] if not s else [r + x for r in subsets(s[1:]) for x in ([], [s[0]])]
print(sorted(subsets([1, 2, 3])))

def combos(n, k):
    if k == 0 or k == n:
        return 1
    return combos(n - 1, k - 1) + combos(n - 1, k)

print([[combos(n, k) for k in range(n + 1)] for n in range(6)])
nested = []
for _ in range(50):
    nested = [nested]
depth = lambda l: 0 if not l else 1 + depth(l[0])
print(depth(nested))
a = [1]
a.append(a)
d = {}
d["self"] = d
print(a, d, len(repr(nested)))

def partitions(n, largest=None):
    if n == 0:
        return 1
    return sum(partitions(n - k, k) for k in range(1, min(n, largest or n) + 1))

print([partitions(n) for n in range(1, 16)])
