"""Programs that need care with locks: lock ordering, try-lock with back-off, a monitor, read-copy-update, once-only start."""

import threading

def run(n, f):
    ts = [threading.Thread(target=f, args=(k,)) for k in range(n)]
    for t in ts: t.start()
    for t in ts: t.join()

a, b, n = threading.Lock(), threading.Lock(), [0]
def backoff(k):
    first, second = (a, b) if k % 2 else (b, a)
    done = 0
    while done < 50:
        with first:
            if second.acquire(timeout=0.001):
                try:
                    n[0] += 1
                    done += 1
                finally:
                    second.release()
run(4, backoff)
print(n)

class Monitor:
    def __init__(self): self._lock, self._log = threading.RLock(), []
    def synchronized(f):
        def wrapper(self, *args):
            with self._lock: return f(self, *args)
        return wrapper
    @synchronized
    def add(self, x):
        self._log.append(x)
        return self.size()
    @synchronized
    def size(self): return len(self._log)
    @synchronized
    def swap(self): self._log, old = [], self._log; return old
m = Monitor()
run(4, lambda k: [m.add((k, i)) for i in range(100)])
print(m.size(), len(m.swap()), m.size())

class Once:
    def __init__(self, f): self.f, self.lock, self.done = f, threading.Lock(), False
    def __call__(self):
        if not self.done:
            with self.lock:
                if not self.done:
                    self.value, self.done = self.f(), True
        return self.value
calls = []
once = Once(lambda: calls.append(1) or "made once")
got = []
run(8, lambda k: got.append(once()))
print(calls, set(got), len(got))

class Snapshot:
    def __init__(self): self.data, self.lock = {}, threading.Lock()
    def update(self, **kw):
        with self.lock:
            new = dict(self.data)
            new.update(kw)
            self.data = new
    def get(self): return self.data
s = Snapshot()
bad = []
def rcu(k):
    for i in range(100):
        if k == 0:
            s.update(a=i, b=-i)
        else:
            d = s.get()
            if d.get("a", 0) + d.get("b", 0): bad.append(d)
run(4, rcu)
print(bad, s.get())

class Striped:
    def __init__(self, n): self.locks, self.maps = [threading.Lock() for _ in range(n)], [{} for _ in range(n)]
    def bump(self, key):
        i = hash(key) % len(self.locks)
        with self.locks[i]: self.maps[i][key] = self.maps[i].get(key, 0) + 1
    def total(self): return sum(sum(m.values()) for m in self.maps)
st = Striped(4)
run(4, lambda k: [st.bump(i % 17) for i in range(500)])
print(st.total(), sorted(x for m in st.maps for x in m.values())[:3])

class CountDown:
    def __init__(self, n): self.n, self.c = n, threading.Condition()
    def down(self):
        with self.c:
            self.n -= 1
            if self.n == 0: self.c.notify_all()
    def wait(self):
        with self.c: self.c.wait_for(lambda: self.n == 0)
latch, log = CountDown(5), []
def phase(k):
    log.append("before")
    latch.down()
    latch.wait()
    log.append("after")
run(5, phase)
print(log == ["before"] * 5 + ["after"] * 5)
class Future:
    def __init__(self, f, *args):
        self.ready = threading.Event()
        self.t = threading.Thread(target=self.run, args=(f, args)); self.t.start()
    def run(self, f, args):
        try: self.value, self.error = f(*args), None
        except Exception as e: self.value, self.error = None, e
        self.ready.set()
    def result(self):
        self.ready.wait()
        if self.error: raise self.error
        return self.value
fs = [Future(lambda x: 10 // x, i) for i in range(4)]
for f in fs:
    try: print(f.result(), end=" ")
    except ZeroDivisionError as e: print(e, end=" ")
    f.t.join()
print()
def psort(xs, depth=2):
    if depth == 0 or len(xs) < 2: return sorted(xs)
    mid = len(xs) // 2
    out = [None, None]
    ts = [threading.Thread(target=lambda i=i, p=p: out.__setitem__(i, psort(p, depth - 1))) for i, p in enumerate((xs[:mid], xs[mid:]))]
    for t in ts: t.start()
    for t in ts: t.join()
    merged, (l, r) = [], out
    while l and r: merged.append((l if l[0] <= r[0] else r).pop(0))
    return merged + l + r
data = [i * 7919 % 1009 for i in range(500)]
print(psort(data) == sorted(data))
