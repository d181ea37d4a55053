"""Growth, shrinkage and many deletes: dictionaries used as queues, LRU caches, sparse arrays and joins."""

d = {}
for i in range(20000):
    d[i] = i * i
for i in range(0, 20000, 2):
    del d[i]
print(len(d), next(iter(d)), d[19999], sum(d) % 1000003)
for i in range(0, 20000, 4):
    d[i] = -i
print(len(d), list(d)[10000:10003], sum(d.values()) % 1000003)
queue = {}
for i in range(5000):
    queue[i] = None
    if len(queue) > 10:
        del queue[next(iter(queue))]
print(list(queue))

class LRU:
    def __init__(self, size):
        self.size, self.data, self.hits = size, {}, 0
    def get(self, key, make):
        if key in self.data:
            self.hits += 1
            self.data[key] = self.data.pop(key)
        else:
            self.data[key] = make(key)
            if len(self.data) > self.size:
                self.data.pop(next(iter(self.data)))
        return self.data[key]

lru, seed, total = LRU(50), 1, 0
for _ in range(5000):
    seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
    total += lru.get(seed // 65536 % 80, lambda k: k * k)
print(lru.hits, total, len(lru.data), sorted(lru.data)[:5])
users = [{"id": i, "name": f"u{i}", "group": i % 7} for i in range(200)]
groups = {g: f"group {g}" for g in range(7)}
index = {}
for u in users:
    index.setdefault(groups[u["group"]], []).append(u["name"])
print({k: (len(v), v[0], v[-1]) for k, v in sorted(index.items())})
sparse = {}
for x in range(-50, 50):
    sparse[x, x * x % 17] = sparse.get((x - 1, (x - 1) ** 2 % 17), 0) + x
print(len(sparse), sparse[49, 49 * 49 % 17], min(sparse), max(sparse.values()))
words = {}
for i in range(3000):
    words.setdefault("".join(chr(97 + i * k % 26) for k in (3, 7, 11)), []).append(i)
print(len(words), max(map(len, words.values())), words["aaa"][:3])
inverted = {}
for w, ids in words.items():
    for n in ids[:2]:
        inverted[n] = w
print(len(inverted), inverted[0], inverted[1], list(inverted.items())[:3])
merged = {}
for part in ({i: 1 for i in range(k, k + 100)} for k in range(0, 1000, 50)):
    for k, v in part.items():
        merged[k] = merged.get(k, 0) + v
print(len(merged), sum(merged.values()), {v: sum(1 for x in merged.values() if x == v) for v in set(merged.values())})
e = dict.fromkeys(range(1000))
while len(e) > 3:
    e.popitem()
print(e)
for k in list(e):
    e[k + 0.5] = e.pop(k)
print(e)
