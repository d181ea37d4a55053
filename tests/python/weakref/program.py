"""An observer registry, an object pool and an event bus that must not keep their subscribers alive."""

import gc
import weakref

class Bus:
    def __init__(self): self.handlers = {}
    def on(self, event, method):
        self.handlers.setdefault(event, []).append(weakref.WeakMethod(method, self.gone))
    def gone(self, ref):
        for hs in self.handlers.values():
            while ref in hs: hs.remove(ref)
    def emit(self, event, *args):
        return [h()(*args) for h in list(self.handlers.get(event, ())) if h() is not None]

class Listener:
    def __init__(self, name): self.name, self.heard = name, []
    def hear(self, what):
        self.heard.append(what)
        return f"{self.name} heard {what}"

bus = Bus()
a, b = Listener("a"), Listener("b")
bus.on("x", a.hear)
bus.on("x", b.hear)
print(bus.emit("x", 1), bus.emit("y", 2))
del a
print(bus.emit("x", 3), len(bus.handlers["x"]), b.heard)

class Pool:
    def __init__(self): self.live, self.made = weakref.WeakSet(), 0
    def make(self):
        self.made += 1
        o = Listener(self.made)
        self.live.add(o)
        return o
pool = Pool()
kept = [pool.make() for _ in range(10)]
print(len(pool.live), pool.made)
kept = kept[::3]
gc.collect()
print(sorted(o.name for o in pool.live))

class Interned:
    table = weakref.WeakValueDictionary()
    def __new__(cls, *key):
        o = cls.table.get(key)
        if o is None:
            o = super().__new__(cls)
            o.key = key
            cls.table[key] = o
        return o
x, y, z = Interned(1, 2), Interned(1, 2), Interned(3)
print(x is y, x is z, len(Interned.table))
del x
print(len(Interned.table))
del y
print(len(Interned.table), Interned(1, 2).key)

class Meta:
    data = weakref.WeakKeyDictionary()
    def __get__(self, o, t): return self.data.get(o, "default") if o else self
    def __set__(self, o, v): self.data[o] = v
class Has: field = Meta()
h1, h2 = Has(), Has()
h1.field = "one"
print(h1.field, h2.field, len(Meta.data))
del h1
gc.collect()
print(len(Meta.data))

class Tree:
    def __init__(self, name, parent=None):
        self.name, self.kids = name, []
        self.parent = weakref.proxy(parent) if parent is not None else None
        if parent is not None: parent.kids.append(self)
    def path(self): return (self.parent.path() if self.parent is not None else ()) + (self.name,)
root = Tree("r")
leaf = Tree("leaf", Tree("mid", root))
print(leaf.path())
del root
gc.collect()
try:
    leaf.path()
except ReferenceError as e:
    print(e)

class Memo:
    def __init__(self, f): self.f, self.cache, self.hits = f, weakref.WeakKeyDictionary(), 0
    def __call__(self, o):
        if o in self.cache:
            self.hits += 1
        else:
            self.cache[o] = self.f(o)
        return self.cache[o]
size = Memo(lambda o: len(str(o.name)))
l = [Listener("x" * i) for i in range(4)]
print([size(o) for o in l + l], size.hits, len(size.cache))
l.clear()
gc.collect()
print(len(size.cache))
