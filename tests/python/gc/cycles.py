"""Cycles of every container kind are found; counts from gc.collect; nothing reachable is lost."""

import gc
import weakref

gc.collect()
class Node:
    def __init__(self, n): self.n = n
class Slots: __slots__ = ("a", "__weakref__")
alive = weakref.WeakSet()
def track(o):
    alive.add(o)
    return o

def self_attr(): o = track(Node(1)); o.me = o
def pair(): a, b = track(Node(1)), track(Node(2)); a.o, b.o = b, a
def ring(n=50):
    nodes = [track(Node(i)) for i in range(n)]
    for i, x in enumerate(nodes): x.next = nodes[i - 1]
def through_list(): o = track(Node(1)); o.l = [[[o]]]
def through_dict(): o = track(Node(1)); o.d = {"k": {"k": o}}
def through_key(): o = track(Node(1)); o.d = {o: 1}
def through_tuple(): o = track(Node(1)); o.t = ((o,),)
def through_set(): o = track(Node(1)); o.s = {o, frozenset([o])}
def through_closure():
    o = track(Node(1))
    o.f = lambda: o
def through_method(): o = track(Node(1)); o.m = o.__init__
def through_generator():
    def g():
        me = track(Node(1)); me.g = yield me
    it = g(); o = next(it)
    o.it = it
def through_class():
    class Local: pass
    o = track(Local()); Local.inst = o
def through_slot(): o = track(Slots()); o.a = [o]
def through_exception():
    o = track(Node(1))
    try: raise ValueError(o)
    except ValueError as e: o.e = e
def through_iterator(): o = track(Node(1)); o.it = iter([o])
def through_partial():
    import functools
    o = track(Node(1)); o.p = functools.partial(print, o)
def through_property():
    class P:
        p = property(lambda s: 1)
    P.cls = track(P()); P.cls.c = P
def through_default():
    o = track(Node(1))
    def f(x=o): pass
    o.f = f
def through_map(): o = track(Node(1)); o.m = map(lambda v: v, [o]); o.z = zip([o], [o]); o.e = enumerate([o]); o.r = reversed([o]); o.s = slice(o, o)
def through_deque():
    import collections
    o = track(Node(1)); o.d = collections.deque([o]); o.dd = collections.defaultdict(list, {1: o}); o.od = collections.OrderedDict({1: o})
def through_subclass():
    class L(list): pass
    class D(dict): pass
    o = track(Node(1)); o.l = L([o]); o.d = D(k=o); o.l.attr = o.d
def through_frame():
    import sys
    o = track(Node(1)); o.f = sys._getframe()
def through_coroutine():
    async def c(x): return x
    o = track(Node(1)); o.c = c(o); o.c.close(); o.bm = o.__class__.__init__.__get__(o)
for f in (self_attr, pair, ring, through_list, through_dict, through_key, through_tuple, through_set, through_closure, through_method, through_generator, through_class, through_slot, through_exception, through_iterator, through_partial, through_property, through_default, through_map, through_deque, through_subclass, through_frame, through_coroutine):
    gc.collect()
    gc.disable()
    f()
    before = len(alive)
    found = gc.collect()
    gc.enable()
    print(f.__name__, before > 0, found > 0, len(alive))
print(gc.collect(), gc.garbage, gc.isenabled())
kept = []
for i in range(3000):
    a, b = [i], {"i": i}
    a.append(b); b["a"] = a
    if i % 100 == 0: kept.append(a)
gc.collect()
print(len(kept), all(a[1]["a"] is a and a[0] == i * 100 for i, a in enumerate(kept)))
deep = None
for i in range(100000): deep = [deep]
del deep
deep = {}
deep["x"] = deep
for i in range(50000): deep = {"d": deep}
del deep
print("deep structures freed", gc.collect() >= 0)
