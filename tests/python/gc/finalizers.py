"""__del__ on cycles: each once, resurrection, errors printed, objects made by finalisers, at exit."""

import gc
import sys

log = []
class F:
    def __init__(self, name): self.name = name
    def __del__(self): log.append(self.name)

a, b = F("a"), F("b")
a.o, b.o = b, a
del a, b
print(len(log), gc.collect() > 0, sorted(log))
log.clear()
class Phoenix:
    def __init__(self): self.me, self.lives = self, 0
    def __del__(self):
        self.lives += 1
        log.append(self.lives)
        saved.append(self)
saved = []
Phoenix()
gc.collect()
print(log, len(saved), saved[0].me is saved[0])
saved.clear()
gc.collect()
print(log, len(saved))
log.clear()
p = Phoenix()
p.me = None
del p
print(log, len(saved))
saved.clear()
print(log, gc.collect(), len(saved))
log.clear()
class Raises:
    def __init__(self): self.me = self
    def __del__(self): raise ValueError("in cyclic del")
Raises()
gc.collect()
class Rescuer:
    def __init__(self, other): self.other, self.me = other, self
    def __del__(self): saved.append(self.other)
class Plain: pass
x = Plain()
x.r, x.data = Rescuer(x), [1, 2, 3]
del x
gc.collect()
print(saved[0].data, saved[0].r.me is saved[0].r)
saved.clear()
gc.collect()
print(len(saved))
class Makes:
    def __init__(self): self.me = self
    def __del__(self):
        cycle = []
        cycle.append(cycle)
        made.append(F("made by finaliser"))
made = []
Makes()
gc.collect()
print(len(made), log)
made.clear()
print(log)
log.clear()
class Order:
    def __init__(self, n, inner=None): self.n, self.inner = n, inner
    def __del__(self): log.append(self.n)
Order(1, Order(2, Order(3)))
print(log)
log.clear()
def f():
    a, b, c = Order("a"), Order("b"), Order("c")
    return None
f()
print(log)
log.clear()
l = [Order(i) for i in range(4)]
del l
print(log)
log.clear()
t = (Order("t0"), Order("t1"))
del t
d = {"x": Order("dx"), "y": Order("dy")}
del d
print(log)
log.clear()
o = Plain()
o.first, o.second = Order("first"), Order("second")
del o
print(log)
log.clear()
x = Order("old")
x = Order("new")
print(log)
class Sub(F):
    def __del__(self):
        super().__del__()
        log.append("sub")
Sub("base")
print(log)
log.clear()
class ClassDel(type):
    def __del__(cls): log.append("class gone " + cls.__name__)
def make():
    class Temp(metaclass=ClassDel): pass
make()
gc.collect()
print(log)
class Deleted:
    def __del__(self): print("at exit:", self.name)
# Of two that die in one collection it is not said which goes first.
end = Deleted()
end.name = "a global"
cyc = Deleted()
cyc.name, cyc.me = "a global", cyc
print("end of code")
