"""Merging sorted streams lazily, top-k by key with ties, stability, events simulated through a heap."""

import heapq
import itertools

def stream(name, items):
    for x in items:
        log.append(name)
        yield x, name
log = []
m = heapq.merge(stream("a", [1, 4, 7]), stream("b", [2, 4, 9]), stream("c", [0]))
print([next(m) for _ in range(4)], log, list(m), len(log))
words = "the quick brown fox jumps over the lazy dog again and again".split()
print(heapq.nlargest(4, words, key=len), sorted(words, key=len, reverse=True)[:4], heapq.nsmallest(4, words, key=len), heapq.nlargest(2, words), heapq.nlargest(3, range(10), key=lambda x: x % 4), heapq.nsmallest(5, [(1, "b"), (0, "z"), (1, "a")]))
class Sim:
    def __init__(self): self.q, self.seq, self.now, self.out = [], itertools.count(), 0, []
    def at(self, t, f, *a): heapq.heappush(self.q, (t, next(self.seq), f, a))
    def run(self, until):
        while self.q and self.q[0][0] <= until:
            self.now, _, f, a = heapq.heappop(self.q)
            f(*a)
s = Sim()
def arrive(n):
    s.out.append((s.now, "arrive", n))
    s.at(s.now + 3, leave, n)
    if n < 5: s.at(s.now + 2, arrive, n + 1)
def leave(n): s.out.append((s.now, "leave", n))
s.at(0, arrive, 1); s.at(4, leave, "tie?"); s.run(9)
print(*s.out, sep="\n")
def kth(rows, k):
    h = [(row[0], i, 0) for i, row in enumerate(rows)]
    heapq.heapify(h)
    for _ in range(k - 1):
        v, i, j = h[0]
        heapq.heapreplace(h, (rows[i][j + 1], i, j + 1)) if j + 1 < len(rows[i]) else heapq.heappop(h)
    return h[0][0]
rows = [[i * j for j in range(1, 10)] for i in range(1, 10)]
print([kth(rows, k) for k in (1, 10, 40, 81)], sorted(sum(rows, []))[39])
def skyline(bs):
    ev = sorted([(l, -h, r) for l, r, h in bs] + [(r, 0, 0) for _, r, _ in bs]); out, h = [(0, 0)], [(0, float("inf"))]
    for x, nh, r in ev:
        while x >= h[0][1]: heapq.heappop(h)
        if nh: heapq.heappush(h, (nh, r))
        if out[-1][1] != -h[0][0]: out.append((x, -h[0][0]))
    return out[1:]
print(skyline([(2, 9, 10), (3, 7, 15), (5, 12, 12), (15, 20, 10), (19, 24, 8)]))
def external_sort(items, chunk):
    parts = [sorted(items[i:i + chunk]) for i in range(0, len(items), chunk)]
    return heapq.merge(*parts)
data = [(i * 7919 + 17) % 2003 for i in range(1000)]
print(list(external_sort(data, 64)) == sorted(data), list(itertools.islice(external_sort(data, 100), 5)))
def prim(n):
    w = lambda a, b: (a * 31 + b * 17 + a * b) % 50 + 1
    seen, h, total = {0}, [(w(0, b), b) for b in range(1, n)], 0
    heapq.heapify(h)
    while len(seen) < n:
        c, v = heapq.heappop(h)
        if v in seen: continue
        seen.add(v); total += c
        for b in range(n):
            if b not in seen: heapq.heappush(h, (w(min(v, b), max(v, b)), b))
    return total
print(prim(30), prim(2))
