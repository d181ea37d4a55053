"""Sorting: stability, key and reverse, cmp via key classes, presorted runs, many sizes, errors in the middle."""

def lcg(seed):
    while True:
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed >> 8

rng = lcg(7)
for n in (0, 1, 2, 3, 10, 31, 32, 33, 63, 64, 65, 100, 500, 2000):
    data = [next(rng) % (n or 1) for _ in range(n)]
    tagged = [(v, i) for i, v in enumerate(data)]
    s = sorted(tagged, key=lambda p: p[0])
    r = sorted(tagged, key=lambda p: p[0], reverse=True)
    ok = all(a[0] < b[0] or a[0] == b[0] and a[1] < b[1] for a, b in zip(s, s[1:]))
    rok = all(a[0] > b[0] or a[0] == b[0] and a[1] < b[1] for a, b in zip(r, r[1:]))
    print(n, ok, rok, sorted(data) == [v for v, _ in s], hash(tuple(s)) == hash(tuple(sorted(tagged))))
shapes = {"ascending": list(range(300)), "descending": list(range(300, 0, -1)), "equal": [5] * 300, "sawtooth": [i % 17 for i in range(300)], "organ": list(range(150)) + list(range(150, 0, -1)), "runs": [x for k in range(10) for x in range(k, 300, 10)], "swapped": [i ^ 1 for i in range(300)]}
class Counted:
    compares = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        Counted.compares += 1
        return self.v < o.v
for name, data in shapes.items():
    Counted.compares = 0
    out = sorted(map(Counted, data))
    print(name, [c.v for c in out] == sorted(data), Counted.compares)
print(sorted(["b", "A", "a", "B"], key=str.lower), sorted(["10", "9", "1"], key=int), sorted([3, 1.5, True, 2**70]), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([[2], [1, 9], [1]]), sorted(["é", "e", "z", "ä"]), sorted([b"b", b"a"]), sorted([frozenset([1, 2]), frozenset([1])]), sorted("hello"), sorted({3: 0, 1: 0}))
print(sorted([-0.0, 0.0, -1.0, 1e-300]), sorted([1.0, 1, True]), sorted([float("inf"), -float("inf"), 0]), sorted([2**62, -2**62, 2**61, 0]))
l = [3, 1, 2]
print(l.sort(), l, l.sort(reverse=True), l, l.sort(key=lambda x: -x, reverse=True), l, l.sort(key=None))
for bad in (lambda: sorted([1, "a", 2]), lambda: sorted([1, None]), lambda: sorted([1j, 2j]), lambda: sorted([object(), object()]), lambda: sorted([1, 2], key=lambda x: [][x]), lambda: [3, 2].sort(key=len), lambda: sorted([1], lambda x: x), lambda: sorted([[1], ["a"]]), lambda: [1, 2].sort(None), lambda: sorted([1, 2], reverse="x"), lambda: sorted([1, 2], reverse=None)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
l = [5, 4, 3, 2, 1]
class Evil:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        evil.append(1)
        return self.v < o.v
evil = [Evil(i) for i in (3, 1, 2)]
try:
    evil.sort()
except ValueError as e:
    print(e, len(evil))
class Bad:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        if self.v == 2 or o.v == 2:
            raise KeyError("two")
        return self.v < o.v
bad = [Bad(i) for i in (5, 3, 4, 2, 1)]
try:
    bad.sort()
except KeyError as e:
    print(e, sorted(b.v for b in bad))
seen = []
def key(x):
    seen.append((x, len(l)))
    return -x
l.sort(key=key)
print(l, seen)
def cmp_to_key(f):
    class K:
        def __init__(self, v): self.v = v
        def __lt__(self, o): return f(self.v, o.v) < 0
    return K
print(sorted("pear fig apple kiwi".split(), key=cmp_to_key(lambda a, b: len(a) - len(b) or (a > b) - (a < b))), max([1, 5, 3], key=cmp_to_key(lambda a, b: b - a)))
people = [("Al", 30, "x"), ("Bo", 25, "y"), ("Cy", 30, "w"), ("Di", 25, "z")]
people.sort(key=lambda p: p[2])
people.sort(key=lambda p: p[1], reverse=True)
print(people, sorted(people, key=lambda p: (-p[1], p[0])))
