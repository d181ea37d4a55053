"""WeakValueDictionary, WeakKeyDictionary, WeakSet, WeakMethod and finalize."""

import gc
import weakref

class C:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"C{self.n}"
    def method(self, x=0): return self.n + x

objs = [C(i) for i in range(5)]
v = weakref.WeakValueDictionary({i: o for i, o in enumerate(objs)})
print(sorted(v), v[2], v.get(9, "none"), len(v), 3 in v, sorted(v.items(), key=lambda p: p[0]), [o.n for o in v.values()] == [0, 1, 2, 3, 4])
del objs[2]
gc.collect()
print(sorted(v), 2 in v, v.get(2))
v["new"] = C("temporary")
print("new" in v, len(v), v.pop(0).n, v.setdefault(7, objs[0]) is objs[0], sorted(map(str, v)))
for k in list(v): v.pop(k)
print(len(v), dict(v))
k = weakref.WeakKeyDictionary()
for o in objs: k[o] = o.n * 10
print(sorted(k.values()), k[objs[0]], objs[1] in k, len(k), k.pop(objs[0]), len(k))
objs.pop()
gc.collect()
print(sorted(k.values()), len(list(k.keyrefs())))
s = weakref.WeakSet(objs)
extra = C("x")
s.add(extra)
s.add(extra)
print(len(s), extra in s, sorted(o.n for o in s if isinstance(o.n, int)), len(s | {extra}), len(s & {extra}), s.isdisjoint([C(1)]))
del extra, o
gc.collect()
print(len(s), sorted(o.n for o in s))
s.discard(objs[0])
s.remove(objs[1])
try:
    s.remove(objs[1])
except KeyError:
    print("KeyError")
m = weakref.WeakMethod(objs[0].method)
print(m()(5), m == weakref.WeakMethod(objs[0].method))
objs.clear()
gc.collect()
print(m(), len(v), len(k), len(s))
log = []
c = C("fin")
f = weakref.finalize(c, log.append, "finalised")
g = weakref.finalize(c, lambda *a, **kw: log.append((a, kw)), 1, k=2)
print(f.alive, f.peek()[1:3], g.detach() is not None, g.alive, f.atexit)
del c
gc.collect()
print(log, f.alive, f(), f.peek())
c = C("called")
f = weakref.finalize(c, lambda x: x * 2, 21)
print(f(), f(), f.alive)
class Node:
    def __init__(self, value, parent=None):
        self.value, self._parent, self.children = value, parent and weakref.ref(parent), []
        if parent: parent.children.append(self)
    @property
    def parent(self): return self._parent and self._parent()
root = Node("root")
child = Node("child", root)
print(child.parent.value, child.parent.children[0] is child)
del root
print(child.parent)
class Cache:
    made = 0
    def __init__(self): self.data = weakref.WeakValueDictionary()
    def get(self, n):
        o = self.data.get(n)
        if o is None:
            Cache.made += 1
            o = self.data[n] = C(n)
        return o
cache = Cache()
a, b = cache.get(1), cache.get(1)
print(a is b, Cache.made)
del a, b
print(cache.get(1).n, Cache.made)
w = weakref.WeakValueDictionary(a=(held := C("kw")))
w.update({"b": held})
print(sorted(w), w.copy()["a"] is held, list(w.valuerefs())[0]() is held)
atexit_object = C("kept till exit")
weakref.finalize(atexit_object, print, "finalize at exit")
