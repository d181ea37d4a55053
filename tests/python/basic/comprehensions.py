"""Comprehensions of every kind, their scopes and conditions."""

print([x * x for x in range(6)])
print([x for x in range(20) if x % 2 if x % 3 == 0])
print([(x, y) for x in range(3) for y in range(x)])
print([[y for y in range(x)] for x in range(4)])
print({x % 4 for x in range(10)} == {0, 1, 2, 3})
print({c: ord(c) for c in "abc"})
print({k: [v for v in range(k)] for k in range(3)})
x = "outer"
[x for x in range(3)]
print(x)
n = 3
print([n * i for i in range(n)], [(lambda: i * n)() for i in range(3)])
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])

def local():
    base = 10
    values = [base + i for i in range(3)]
    table = {i: base for i in values}
    return values, table, sum(base for _ in "abc")

print(local())

class Body:
    size = 3
    squares = [i * i for i in range(size)]

print(Body.squares)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], list(zip(*matrix)))
print([a + b for a, b in zip("xyz", "123")], [i for i, *rest in [(1, 2, 3), (4,)]])
print([y := 5, y ** 2], [last := v for v in range(4)], last)
print(any(v > 2 for v in range(4)), all(v < 2 for v in range(4)))
print(["even" if v % 2 == 0 else "odd" for v in range(3)])
words = "the quick brown fox jumps".split()
print({w: len(w) for w in words if len(w) > 3}, sorted({len(w) for w in words}))
print([c for w in words for c in w if c in "aeiou"])
print(list(map(lambda v: v + 1, [1, 2])), list(filter(None, [0, 1, "", "a"])))
