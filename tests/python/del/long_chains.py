"""Long chains of objects are freed without overflowing any stack: lists, tuples, dicts, instances, closures, generators."""

N = 60000
class Node:
    __slots__ = ("next",)
class Obj: pass
class Del:
    count = 0
    def __init__(self, nxt): self.next = nxt
    def __del__(self): Del.count += 1

def chain(wrap):
    x = None
    for _ in range(N): x = wrap(x)
    return x

def node(x): n = Node(); n.next = x; return n
def obj(x): o = Obj(); o.next = x; return o
for name, wrap in (("list", lambda x: [x]), ("tuple", lambda x: (x,)), ("dict", lambda x: {"k": x}), ("slots", node), ("instance", obj), ("closure", lambda x: (lambda: x)), ("two items", lambda x: [1, x]), ("mixed", lambda x: ({"v": [x]},)), ("iterator", lambda x: iter([x])), ("slice", lambda x: slice(x)), ("method", lambda x: [].__class__.append.__get__([x])), ("exception", lambda x: ValueError(x)), ("__del__", Del), ("set", lambda x: frozenset([(x,)]) if False else [x, x])):
    c = chain(wrap)
    del c
    print(name, end=" ")
print(Del.count)
l = []
for i in range(1000): l = [l, l]
print(len(l))
del l
g = iter(())
def wrapped(it): yield from it
for _ in range(300): g = wrapped(g)
print(list(g))
e = None
for i in range(2000):
    try:
        raise ValueError(i) from e
    except ValueError as err:
        e = err
n = 0
while e is not None: e, n = e.__cause__, n + 1
print(n)
head = tail = [None]
for _ in range(N):
    new = [None]
    tail[0] = new
    tail = new
tail[0] = head
del head, tail, new
import gc
print(gc.collect() >= N)
