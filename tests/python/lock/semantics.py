"""Lock and RLock: with statements, release by others, errors, locked, reprs, use as condition locks, subclassing."""

import threading

l = threading.Lock()
print(l.locked(), l.acquire(), l.locked(), l.acquire(False), l.release(), l.locked(), bool(l.acquire(timeout=1)), l.release())
with l as v: print(v, l.locked())
try:
    with l: raise ValueError("inside")
except ValueError: print(l.locked())
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(l.release)
attempt(threading.RLock().release)
attempt(lambda: l.acquire(timeout=5, blocking=False))
attempt(lambda: l.acquire(1, 2, 3))
attempt(lambda: l.__exit__())
attempt(lambda: threading.Lock(1))
attempt(lambda: type("Sub", (type(l),), {}))
attempt(lambda: l.nothing)
attempt(lambda: setattr(l, "x", 1))
attempt(lambda: l < l)
attempt(lambda: threading.Condition("not a lock").acquire())
r = threading.RLock()
with r:
    with r:
        print(r.acquire(), r.acquire(blocking=False))
        r.release(); r.release()
result = []
def other():
    result.append(r.acquire(blocking=False))
    try:
        r.release()
    except RuntimeError as e: result.append(str(e))
with r:
    t = threading.Thread(target=other); t.start(); t.join()
print(result)
t = threading.Thread(target=other); t.start(); t.join()
print(result[2:])
l.acquire()
t = threading.Thread(target=l.release); t.start(); t.join()
print(l.locked())
print(repr(l).split(" object")[0], "unlocked" in repr(l), "locked" in repr(l), repr(r).split(" object")[0], "count=0" in repr(r))
c = threading.Condition(r)
with c:
    with c:
        print(c.wait(0.01), c._is_owned())
print(c._is_owned(), c.acquire(), c.release(), repr(c)[:12])
class Tracked:
    def __init__(self): self.lock, self.log = threading.Lock(), []
    def acquire(self, *a, **k):
        self.log.append("acquire")
        return self.lock.acquire(*a, **k)
    def release(self):
        self.log.append("release")
        self.lock.release()
tr = Tracked()
c = threading.Condition(tr)
c.acquire(); c.wait(0.01); c.notify(); c.release()
print(tr.log)
locks = [threading.Lock() for _ in range(1000)]
for x in locks: x.acquire()
for x in locks[::2]: x.release()
print(sum(x.locked() for x in locks))
order = []
def contend(k):
    for _ in range(100):
        with l:
            order.append(k)
ts = [threading.Thread(target=contend, args=(k,)) for k in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print({k: order.count(k) for k in range(4)}, l.locked())
