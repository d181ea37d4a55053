"""threading.local: per-thread values, subclasses with __init__, dict access, deletion, independence of objects."""

import threading

data = threading.local()
data.x = "main"
seen = {}
def work(k):
    seen[k, "before"] = hasattr(data, "x")
    data.x = k
    data.l = [k]
    for i in range(50):
        data.l.append(i)
        assert data.x == k
    seen[k, "after"] = (data.x, len(data.l), sorted(data.__dict__))
ts = [threading.Thread(target=work, args=(k,)) for k in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(seen.items(), key=str), data.x, data.__dict__)
class Sub(threading.local):
    default = "class attribute"
    def __init__(self, start, step=1):
        self.n, self.step = start, step
        inits.append(threading.current_thread().name)
    def bump(self):
        self.n += self.step
        return self.n
    @property
    def twice(self): return self.n * 2
inits = []
s = Sub(10, step=5)
out = []
def use():
    out.append((s.bump(), s.bump(), s.twice, s.default))
for i in range(2):
    t = threading.Thread(target=use, name=f"t{i}")
    t.start(); t.join()
print(s.bump(), out, inits)
for f in (lambda: data.nothing, lambda: threading.local(1), lambda: threading.local(a=1), lambda: delattr(data, "nope"), lambda: setattr(data, "__dict__", {}), lambda: Sub()):
    try:
        print(f())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
del data.x
print(hasattr(data, "x"))
class Slots(threading.local):
    __slots__ = ("shared",)
sl = Slots()
sl.shared = "slots are shared"
def slot():
    out2.append(sl.shared)
    sl.own = 1
out2 = []
t = threading.Thread(target=slot); t.start(); t.join()
print(out2, hasattr(sl, "own"))
class Dies:
    def __init__(self, n): self.n = n
    def __del__(self): gone.append(self.n)
gone = []
def holds(): data.d = Dies("thread value")
t = threading.Thread(target=holds); t.start(); t.join()
print(gone)
l = threading.local()
l.v = Dies("with the local")
del l
print(gone)
a, b = threading.local(), threading.local()
a.x, b.x = 1, 2
print(a.x, b.x)
def many(k):
    locals_ = [threading.local() for _ in range(20)]
    for i, lo in enumerate(locals_): lo.v = (k, i)
    totals.append(sum(lo.v[1] for lo in locals_))
totals = []
ts = [threading.Thread(target=many, args=(k,)) for k in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(totals)
def nested():
    data.level = 1
    def inner():
        r.append(hasattr(data, "level"))
    t = threading.Thread(target=inner); t.start(); t.join()
    r.append(data.level)
r = []
t = threading.Thread(target=nested); t.start(); t.join()
print(r)
