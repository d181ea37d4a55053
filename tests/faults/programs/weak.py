# Weak references, finalisers, the collector, copying.
import copy
import gc
import weakref
from _step import step


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None


def cycles():
    died = []
    for n in range(10):
        a, b = Node(n), Node(-n)
        a.other, b.other = b, a
        weakref.finalize(a, died.append, n)
    del a, b
    gc.collect()
    return sorted(died)


def references():
    seen = []
    a = Node("a")
    r = weakref.ref(a, lambda _: seen.append("gone"))
    d = weakref.WeakValueDictionary(x=a)
    k = weakref.WeakKeyDictionary({a: 1})
    s = weakref.WeakSet([a])
    p = weakref.proxy(a)
    before = r() is a, p.name, len(d), len(k), len(s)
    del a
    return before, r(), len(d), len(k), len(s), seen


class Final:
    def __del__(self):
        log.append("del")


log = []


def finalisers():
    log.clear()
    f = Final()
    del f
    Final()
    return log[:]


def copies():
    a = {"x": [1, (2, [3])], "n": Node("q")}
    b = copy.deepcopy(a)
    c = copy.copy(a)
    return b["x"] == a["x"], b["x"] is a["x"], c["x"] is a["x"], b["n"].name


for f in (cycles, references, finalisers, copies):
    step(f)
