"""Counters shared by threads: with Lock, RLock, Condition, Semaphore; results that must come out exact."""

import threading

N, THREADS = 2000, 6
def run(body):
    threads = [threading.Thread(target=body, args=(k,)) for k in range(THREADS)]
    for t in threads: t.start()
    for t in threads: t.join()

class Counter:
    def __init__(self, lock):
        self.lock, self.value = lock, 0
    def add(self):
        with self.lock:
            v = self.value
            self.value = v + 1

for make in (threading.Lock, threading.RLock, threading.Condition, lambda: threading.Semaphore(1), lambda: threading.BoundedSemaphore(1), lambda: threading.Condition(threading.Lock())):
    c = Counter(make())
    run(lambda k: [c.add() for _ in range(N)])
    print(type(c.lock).__name__, c.value == N * THREADS)
d, lock = {}, threading.Lock()
def words(k):
    for i in range(N):
        w = "abcdefg"[(i * (k + 1)) % 7]
        with lock:
            d[w] = d.get(w, 0) + 1
run(words)
print(sorted(d.items()), sum(d.values()) == N * THREADS)
l = []
run(lambda k: [l.append((k, i)) for i in range(N)])
print(len(l), all([i for k2, i in l if k2 == k] == list(range(N)) for k in range(THREADS)))
q, out, done = list(range(N)), [], threading.Lock()
def consume(k):
    while True:
        with done:
            if not q: return
            out.append(q.pop())
run(consume)
print(sorted(out) == list(range(N)))
r = threading.RLock()
depth = []
def recurse(n):
    with r:
        depth.append(n)
        if n: recurse(n - 1)
run(lambda k: recurse(10))
print(depth == [n for _ in range(THREADS) for n in range(10, -1, -1)])
accounts, locks = [1000] * 10, [threading.Lock() for _ in range(10)]
def transfer(k):
    for i in range(N):
        a, b = (i * 7 + k) % 10, (i * 3 + k * 5 + 1) % 10
        if a == b: continue
        first, second = min(a, b), max(a, b)
        with locks[first], locks[second]:
            accounts[a] -= 1
            accounts[b] += 1
run(transfer)
print(sum(accounts), len(accounts))
flag, seen = threading.Event(), []
def wait(k):
    flag.wait()
    seen.append(k)
threads = [threading.Thread(target=wait, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
print(seen)
flag.set()
for t in threads: t.join()
print(sorted(seen))
class Cell:
    total = 0
    def __iadd__(self, n):
        with lock: Cell.total += n
        return self
cell = Cell()
def add(k):
    global cell
    for i in range(100): cell += i
run(add)
print(Cell.total == THREADS * sum(range(100)))
