"""bisect: left, right, insort, bounds, keys, errors; grades, intervals, longest increasing subsequence."""

import bisect

a = [1, 3, 3, 3, 5, 9]
print([(bisect.bisect_left(a, x), bisect.bisect_right(a, x), bisect.bisect(a, x)) for x in (0, 1, 2, 3, 4, 9, 10, 2.5)], bisect.bisect_left(a, 3, 2), bisect.bisect_right(a, 3, 0, 2), bisect.bisect_left([], 5), bisect.bisect(a, 3, hi=3))
bisect.insort(a, 4); bisect.insort_left(a, 3); bisect.insort_right(a, 3.0); bisect.insort(a, 100, 0, 2); print(a)
rows = [("a", 1), ("b", 5), ("c", 9)]
print(bisect.bisect_left(rows, 5, key=lambda r: r[1]), bisect.bisect_right(rows, 5, key=lambda r: r[1]), bisect.bisect("abcd", "c")); bisect.insort(rows, ("x", 6), key=lambda r: r[1]); print(rows)
for bad in (lambda: bisect.bisect([1], "a"), lambda: bisect.bisect(5, 1), lambda: bisect.bisect([1], 1, -1), lambda: bisect.insort((1,), 2), lambda: bisect.bisect([1, 2]), lambda: bisect.bisect([None], 1), lambda: bisect.bisect([1], 2, key=5), lambda: bisect.bisect({1: 2}, 1)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
def grade(s, cuts=(60, 70, 80, 90), letters="FDCBA"): return letters[bisect.bisect(cuts, s)]
print([grade(s) for s in (33, 99, 77, 70, 89, 90, 100, 60)])
class Sorted:
    def __init__(self, it=()): self.d = sorted(it)
    def add(self, x): bisect.insort(self.d, x)
    def __contains__(self, x):
        i = bisect.bisect_left(self.d, x)
        return i < len(self.d) and self.d[i] == x
    def between(self, lo, hi): return self.d[bisect.bisect_left(self.d, lo):bisect.bisect_right(self.d, hi)]
s = Sorted("hello")
for c in "world": s.add(c)
print("".join(s.d), "w" in s, "q" in s, s.between("f", "o"))
def lis(xs):
    t = []
    for x in xs:
        i = bisect.bisect_left(t, x)
        t[i:i + 1] = [x]
    return len(t)
data = [i * 7919 % 1009 for i in range(400)]; print(lis(data), lis([5, 4, 3]), lis(range(10)))
b = []
for x in data: bisect.insort(b, x)
print(b == sorted(data), [bisect.bisect_left(b, v) == b.index(v) for v in data[:5]])
class Lt:
    def __init__(self, v): self.v = v
    def __lt__(self, o): log.append((self.v, o.v)); return self.v < o.v
log = []; l = [Lt(i) for i in (1, 3, 5, 7)]
print(bisect.bisect_left(l, Lt(4)), log); log.clear(); print(bisect.bisect_right(l, Lt(4)), log)
class Seq:
    def __len__(self): return 10**6
    def __getitem__(self, i): return i * i
print(bisect.bisect_left(Seq(), 123456789), bisect.bisect(range(0, 1000, 7), 500), bisect.bisect([(1, 2), (3, 4)], (3,)))
intervals = [(1, 3), (5, 8), (10, 12)]
def find(x):
    i = bisect.bisect(intervals, (x, float("inf"))) - 1
    return i if i >= 0 and intervals[i][0] <= x <= intervals[i][1] else None
print([find(x) for x in (0, 1, 2, 4, 8, 9, 11, 13)])
