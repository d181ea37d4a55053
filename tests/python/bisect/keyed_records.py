"""insort and bisect over records with keys, reverse order through negation, time series lookup, quantiles."""

import bisect
import operator

class Rec:
    def __init__(self, t, v): self.t, self.v = t, v
    def __repr__(self): return f"({self.t},{self.v})"
series = []
for t, v in ((5, "e"), (1, "a"), (3, "c"), (3, "c2"), (9, "z"), (0, "first")):
    bisect.insort(series, Rec(t, v), key=operator.attrgetter("t"))
print(series)
def at(t):
    i = bisect.bisect_right(series, t, key=operator.attrgetter("t"))
    return series[i - 1].v if i else None
print([at(t) for t in (-1, 0, 2, 3, 4, 8.5, 100)], bisect.bisect_left(series, 3, key=lambda r: r.t), bisect.bisect_left(series, 3, 0, 2, key=lambda r: r.t))
desc = []
for x in (5, 1, 9, 3, 7): bisect.insort(desc, x, key=lambda v: -v)
print(desc, bisect.bisect_left(desc, -4, key=operator.neg), bisect.bisect_right(desc, -5, key=operator.neg))
names = sorted("delta alpha charlie bravo".split(), key=len); print(names, bisect.bisect(names, 5, key=len)); bisect.insort(names, "echo", key=len); print(names)
data = sorted((i * 271) % 1000 / 10 for i in range(200))
def quantile(q): return data[min(len(data) - 1, int(q * len(data)))]
def rank(x): return bisect.bisect_left(data, x) / len(data)
print([quantile(q) for q in (0, 0.25, 0.5, 0.9, 1)], [rank(x) for x in (0, 25, 50, 99.9, 1000)], bisect.bisect(data, 50) - bisect.bisect(data, 25))
calls = []
def key(r): calls.append(r); return r
print(bisect.bisect_left([1, 2, 3, 4, 5, 6, 7], 6, key=key), calls)
calls.clear(); l = [1, 3, 5]; bisect.insort(l, 4, key=key); print(l, calls)
histogram = [0] * 5
for x in data: histogram[bisect.bisect([20, 40, 60, 80], x)] += 1
print(histogram)
class Range:
    def __init__(self): self.starts, self.values = [], []
    def set(self, lo, v):
        i = bisect.bisect_left(self.starts, lo)
        if i < len(self.starts) and self.starts[i] == lo: self.values[i] = v
        else: self.starts.insert(i, lo); self.values.insert(i, v)
    def __getitem__(self, x):
        i = bisect.bisect_right(self.starts, x) - 1
        if i < 0: raise KeyError(x)
        return self.values[i]
r = Range()
for lo, v in ((10, "ten"), (0, "zero"), (100, "hundred"), (10, "TEN")): r.set(lo, v)
print([r[x] for x in (0, 9, 10, 50, 100, 10**9)])
try:
    r[-1]
except KeyError as e: print("KeyError", e)
def weighted(pairs):
    totals, acc = [], 0
    for _, w in pairs: acc += w; totals.append(acc)
    return lambda u: pairs[bisect.bisect(totals, u * acc)][0]
pick = weighted([("a", 1), ("b", 3), ("c", 6)]); print("".join(pick(i / 20) for i in range(20)))
def search_answer(f, lo, hi): return bisect.bisect_left(range(lo, hi), True, key=f) + lo
print(search_answer(lambda n: n * n >= 2000, 0, 100), search_answer(lambda d: sum(-(-p // d) for p in (3, 6, 7, 11)) <= 8, 1, 12))
