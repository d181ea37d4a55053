"""heapq: push, pop, heapify, pushpop, replace, merge, nlargest, nsmallest; a scheduler and Huffman codes."""

import heapq

h = []
for x in (5, 1, 8, 3, 9, 2): heapq.heappush(h, x)
print(h, [heapq.heappop(h) for _ in range(6)], h)
h = [9, 7, 5, 3, 1]; heapq.heapify(h); print(h, heapq.heappushpop(h, 0), heapq.heappushpop(h, 6), heapq.heapreplace(h, 100), h)
print(heapq.nlargest(3, [4, 1, 7, 3]), heapq.nsmallest(2, "hello"), heapq.nlargest(2, ["a", "bbb", "cc"], key=len), heapq.nsmallest(10, [2, 1]), heapq.nlargest(0, [1]), heapq.nsmallest(1, [3, 1]), heapq.nlargest(1, [], key=len), list(heapq.merge([1, 4], [2, 3], [])), list(heapq.merge("ad", "bc", reverse=False)), list(heapq.merge([4, 1], [3, 2], reverse=True)), list(heapq.merge(["bb", "a"][::-1], ["cc"], key=len)))
for bad in (lambda: heapq.heappop([]), lambda: heapq.heapify(5), lambda: heapq.heappush((), 1), lambda: heapq.heapreplace([], 1), lambda: heapq.heappush([1], "a"), lambda: heapq.heapify([1, "a"]), lambda: heapq.nlargest("x", [1]), lambda: list(heapq.merge([1], ["a"])), lambda: heapq.heappushpop(5, 1)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
data = [(i * 7919) % 1009 for i in range(500)]
h = data[:]; heapq.heapify(h); print(all(h[i] <= h[2 * i + j] for i in range(500) for j in (1, 2) if 2 * i + j < 500), [heapq.heappop(h) for _ in range(500)] == sorted(data))
class Task:
    def __init__(self, p, n): self.p, self.n = p, n
    def __lt__(self, o): return self.p < o.p
    def __repr__(self): return f"{self.n}:{self.p}"
tasks = []
for i, n in enumerate("write test run sleep".split()): heapq.heappush(tasks, Task(i * 3 % 4, n))
print([heapq.heappop(tasks) for _ in range(4)])
def huffman(text):
    freq = {}
    for c in text: freq[c] = freq.get(c, 0) + 1
    heap = [(n, c, {c: ""}) for c, n in freq.items()]
    heapq.heapify(heap)
    while len(heap) > 1:
        (a, ca, da), (b, cb, db) = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (a + b, min(ca, cb), {**{k: "0" + v for k, v in da.items()}, **{k: "1" + v for k, v in db.items()}}))
    return heap[0][2]
codes = huffman("abracadabra"); print(codes, "".join(codes[c] for c in "cab"), sum(len(codes[c]) for c in "abracadabra"))
graph = {"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8}, "d": {}}
def dijkstra(s):
    dist, heap = {}, [(0, s)]
    while heap:
        d, n = heapq.heappop(heap)
        if n in dist: continue
        dist[n] = d
        for m, w in graph[n].items(): heapq.heappush(heap, (d + w, m))
    return dist
print(dijkstra("a"))
low, high, medians = [], [], []
for x in data[:20]:
    heapq.heappush(low, -heapq.heappushpop(high, x))
    if len(low) > len(high): heapq.heappush(high, -heapq.heappop(low))
    medians.append(high[0] if len(high) > len(low) else (high[0] - low[0]) / 2)
print(medians)
def hamming(n):
    h, seen, out = [1], {1}, []
    while len(out) < n:
        x = heapq.heappop(h); out.append(x)
        for p in (2, 3, 5):
            if x * p not in seen: seen.add(x * p); heapq.heappush(h, x * p)
    return out
print(hamming(20), heapq._heappop_max([3, 1]) if hasattr(heapq, "_heappop_max") else 3, heapq.nsmallest(3, enumerate("zyx"), key=lambda p: p[1]))
