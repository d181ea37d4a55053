"""Garbage cycles whose objects have __del__: each runs once, sees the others whole, may resurrect some, raise, make new garbage or look at weak references."""

import gc
import sys
import weakref

gc.disable()
gc.collect()
log = []
sys.unraisablehook = lambda u: log.append(("unraisable", [repr(u.exc_value), str(u.object is not None)]))


class Node:
    def __init__(self, name):
        self.name, self.links = name, []

    def __del__(self):
        log.append((self.name, sorted(n.name for n in self.links)))


def ring(cls, *names):
    nodes = [cls(n) for n in names]
    for a, b in zip(nodes, nodes[1:] + nodes[:1]):
        a.links.append(b)
    return nodes


def report(label):
    gc.collect()
    print(label, sorted(log, key=str))
    log.clear()


ring(Node, "a", "b", "c")
report("ring")
x = Node("self")
x.links.append(x)
del x
report("self loop")
report("nothing left")


class Saves(Node):
    saved = []

    def __del__(self):
        super().__del__()
        if self.name == "lazarus":
            Saves.saved.append(self)


ring(Saves, "lazarus", "friend")
report("resurrection")
print([n.name for n in Saves.saved], [n.name for n in Saves.saved[0].links], gc.is_finalized(Saves.saved[0]), gc.is_finalized(Saves.saved[0].links[0]))
Saves.saved.clear()
report("second death is silent")


class Fails(Node):
    def __del__(self):
        super().__del__()
        raise ValueError(self.name)


ring(Fails, "one", "two")
report("failing finalizers")


class Makes(Node):
    def __del__(self):
        super().__del__()
        if self.name == "first":
            ring(Node, "new1", "new2")


ring(Makes, "first", "second")
report("makes garbage")
report("which is found next")


class Breaks(Node):
    def __del__(self):
        super().__del__()
        self.links.clear()


ring(Breaks, "x", "y", "z")
report("breaks the ring")
nodes = ring(Node, "weak1", "weak2")
refs = [weakref.ref(n, lambda r: log.append("callback")) for n in nodes]
del nodes
report("weak references from outside")
print([r() for r in refs])


class Watches(Node):
    def __del__(self):
        log.append((self.name, self.ref() is None))


nodes = ring(Watches, "w1", "w2")
for n in nodes:
    n.ref = weakref.ref(n)
del nodes, n
report("weak references from inside")


class Slotted:
    __slots__ = ("other", "name")

    def __del__(self):
        log.append(self.name)


a, b = Slotted(), Slotted()
a.other, b.other, a.name, b.name = b, a, "slot a", "slot b"
del a, b
report("slots")


def generator(log):
    me = yield
    try:
        yield
    finally:
        log.append("generator closed")


g = generator(log)
next(g)
g.send(g)
del g
report("generator in a cycle")


def closure():
    def inner():
        return inner
    inner.node = Node("in function")
    inner.node.links.append(Node("leaf"))
    return None


closure()
report("function cycle")


class Meta(type):
    def __del__(cls):
        log.append(cls.__name__)


Meta("Dying", (), {"f": lambda self: None})
report("class with a metaclass")
try:
    raise ValueError(Node("in exception"))
except ValueError as error:
    kept = error
    kept.loop = kept
del kept
report("exception and traceback")
d = {"node": Node("in dict")}
d["self"] = d
l = [Node("in list")]
l.append(l)
t = ([], Node("in tuple"))
t[0].append(t)
del d, l, t
report("containers")
outer = Node("outside")
ring(Node, "in1", "in2")[0].links.append(outer)
report("referred from garbage")
print(outer.name, len(gc.get_referrers(outer)) >= 1)
del outer
print(log)
log.clear()


class Late:
    def __del__(self):
        log.append(hasattr(self, "x"))
        self.x = 1


late = Late()
late.me = late
del late
report("sets an attribute")
gc.enable()
print(gc.isenabled(), gc.garbage)
