"""Iteration order of sets of integers and of strings under a fixed hash seed: growth, deletion, operations."""

for n in (3, 5, 8, 20, 50, 100):
    s = set()
    for i in range(n):
        s.add(i * 37 % 101)
    print(n, list(s))
print({10, 3, 8, 1}, {100, 33, 65, 1, 64, 0}, {-1, -2, -3}, {2**61 - 1, 2**61, 5}, {0.5, 1.5, 2.0, 3}, {2**40, 2**41, 1})
s = set(range(20))
for i in range(0, 20, 3):
    s.discard(i)
s.add(99)
s.add(0)
print(list(s), s.pop(), s.pop(), list(s))
print(list({"apple", "banana", "cherry", "date", "elderberry", "fig", "grape"}))
print(list({"a", "b", "c", 1, 2, None, (1, 2), frozenset([1]), 1.5, b"x"} - {None, frozenset([1])}))
a, b = set(range(0, 40, 3)), set(range(0, 40, 4))
print(list(a | b), list(a & b), list(a - b), list(a ^ b), list(b | a), list(b & a))
c = a.copy()
c |= b
c -= {0, 12}
c ^= {1, 2, 3}
print(list(c), list(frozenset(c)), list(set(list(c)[::-1])))
words = "the quick brown fox jumps over the lazy dog and runs away from the angry bear".split()
w = set(words)
print(list(w))
w.update(["zebra", "apple"])
w.difference_update(["the", "fox"])
print(list(w), [w.pop() for _ in range(3)], len(w))
big = set()
for i in range(3000):
    big.add(i * i % 9973)
    if i % 5 == 0:
        big.discard(i)
print(len(big), list(big)[:12], list(big)[-12:])
h = 0
for x in big:
    h = (h * 31 + x) % (2**61 - 1)
print(h)
t = {chr(c) * 3 for c in range(97, 123)}
print(list(t)[:10], list({x.upper() for x in t})[:5], list({hash(x) % 64 for x in t})[:10])
it = iter({1, 2, 3})
print(next(it), it.__length_hint__(), list(it))
for bad in ("s.add(1000)", "s.clear()", "s.discard(s2)"):
    s = {1, 2, 3}
    try:
        for s2 in s:
            exec(bad)
        print("finished")
    except RuntimeError as error:
        print(bad, error)
print({(i, j) for i in range(3) for j in range(3)} == {(j, i) for i in range(3) for j in range(3)}, list({(i, i + 1) for i in range(6)}))
