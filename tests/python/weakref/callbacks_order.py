"""When callbacks run against __del__ and attributes; callbacks that raise, resurrect or make references; cycles."""

import gc
import sys
import weakref

log = []
class D:
    def __init__(self, name): self.name = name
    def __del__(self): log.append("del " + self.name)

def watch(o, tag): return weakref.ref(o, lambda r: log.append(f"callback {tag}"))
d = D("a")
d.attr = D("attr of a")
refs = [watch(d, 1), watch(d, 2), watch(d.attr, "attr")]
del d
print(log)
log.clear()
d = D("dropped ref")
watch(d, "never: the reference died first")
del d
print(log)
log.clear()
d = D("raises")
r = weakref.ref(d, lambda ref: 1 / 0)
del d
print(log, r())
log.clear()
class Phoenix:
    def __del__(self):
        log.append("rising")
        saved.append(self)
saved = []
p = Phoenix()
r = weakref.ref(p, lambda ref: log.append("callback of phoenix"))
del p
print(log, r() is None, len(saved))
r2 = weakref.ref(saved[0])
saved.clear()
print(log, r2() is None)
log.clear()
a, b = D("cycle a"), D("cycle b")
a.other, b.other = b, a
ra, rb = watch(a, "a"), watch(b, "b")
a.inside = weakref.ref(b, lambda r: log.append("never: inside garbage"))
del a, b
print(log)
gc.collect()
print(sorted(log), ra() is None, rb() is None)
log.clear()
class Makes:
    def __del__(self):
        new = D("made in del")
        self.r = weakref.ref(new, lambda r: log.append("callback of made"))
        del new
m = Makes()
del m
print(log)
log.clear()
l = [D(str(i)) for i in range(3)]
rs = [watch(x, i) for i, x in enumerate(l)]
l.clear()
print(log)
log.clear()
dct = {i: D(f"v{i}") for i in range(3)}
rs = [watch(x, i) for i, x in dct.items()]
dct.clear()
print(log)
log.clear()
def f():
    x, y = D("local x"), D("local y")
    rs.extend([watch(x, "x"), watch(y, "y")])
f()
print(log)
log.clear()
def g():
    z = D("in generator")
    rs.append(watch(z, "gen"))
    yield z.name
it = g()
next(it)
it.close()
print(log)
log.clear()
try:
    e = D("in frame")
    rs.append(watch(e, "frame"))
    raise ValueError(e)
except ValueError as err:
    del e
    print("alive", log)
    del err
print(log)
log.clear()
class Chain:
    def __init__(self, n): self.next = Chain(n - 1) if n else None; self.n = n
c = Chain(5)
order = []
node = c
refs2 = []
while node:
    refs2.append(weakref.ref(node, lambda r, n=node.n: order.append(n)))
    node = node.next
del c, node
print(order)
