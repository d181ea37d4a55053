"""copy and deepcopy: builtins, instances, hooks, cycles, shared parts, slots, errors."""

import copy

class C:
    def __init__(self, v): self.v = v
    def __repr__(self): return f"C({self.v})"
l = [1, [2, 3], {"k": (4, [5])}]
a, b = copy.copy(l), copy.deepcopy(l)
l[1].append("new"); l[2]["k"][1].append("deep")
print(l, a, b, a[1] is l[1], b[1] is l[1])
for v in (5, "s", None, 1.5, (1, 2), frozenset([1]), b"b", range(3), len, C, type, ..., 10**50, True, slice(1, 2) if False else (), lambda: 0): print(copy.copy(v) is v, copy.deepcopy(v) is v, end="; ")
print()
t = (1, [2]); print(copy.copy(t) is t, copy.deepcopy(t) is t, copy.deepcopy(t) == t, copy.deepcopy(((1,), 2)) == ((1,), 2))
rec = [1]; rec.append(rec); r = copy.deepcopy(rec); print(r, r[1] is r, r is not rec)
d = {}; d["me"] = d; e = copy.deepcopy(d); print(e["me"] is e)
shared = [0]; pair = [shared, shared]; p = copy.deepcopy(pair); print(p[0] is p[1], p[0] is shared)
o = C([1]); o.other = C(o); q = copy.deepcopy(o); print(q.v, q.v is o.v, q.other.v is q, copy.copy(o).v is o.v, vars(copy.copy(o)).keys())
class Hooks:
    def __init__(self, n): self.n = n
    def __copy__(self): return Hooks(self.n + 1)
    def __deepcopy__(self, memo): memo["seen"] = True; return Hooks(self.n + 100)
print(copy.copy(Hooks(1)).n, copy.deepcopy(Hooks(1)).n, [h.n for h in copy.deepcopy([Hooks(2)])])
class Reduce:
    def __init__(self, a, b=0): self.a, self.b = a, b
    def __reduce__(self): return (Reduce, (self.a,), {"b": 7})
print(vars(copy.copy(Reduce(1, 2))), vars(copy.deepcopy(Reduce([1]))))
class State:
    def __init__(self): self.x, self.secret = 1, 2
    def __getstate__(self): return {"x": self.x}
    def __setstate__(self, s): self.__dict__.update(s, restored=True)
print(vars(copy.copy(State())), vars(copy.deepcopy(State())))
class Slots:
    __slots__ = ("a", "b")
s = Slots(); s.a = [1]; s2 = copy.copy(s); s3 = copy.deepcopy(s); print(s2.a is s.a, s3.a, s3.a is s.a, hasattr(s2, "b"))
class New:
    def __new__(cls, *a): o = super().__new__(cls); o.args = a; return o
    def __getnewargs__(self): return ("from getnewargs",)
n = copy.copy(New(1, 2)); print(n.args)
class NewEx(New):
    def __getnewargs_ex__(self): return ("ex",), {}
print(copy.copy(NewEx(1)).args)
class L(list): pass
class D(dict): pass
x = L([1, [2]]); x.tag = [3]; y = copy.deepcopy(x); z = copy.copy(x); print(y, y.tag, type(y).__name__, y.tag is x.tag, z.tag is x.tag, z[1] is x[1]); m = D(k=[1]); m.attr = 1; print(copy.deepcopy(m), vars(copy.copy(m)))
import collections
for v in (collections.deque([1, [2]], 5), collections.OrderedDict(a=[1]), collections.defaultdict(list, {"k": [1]}), collections.Counter("ab"), {1, 2}, bytearray(b"x"), {"a": {1: [2]}}, [[]] * 2): c = copy.deepcopy(v); print(c, c == v, c is v, type(copy.copy(v)) is type(v), end="; ")
print()
def gen(): yield
for bad in (gen(), memoryview(b"x"), type("NoCopy", (), {"__reduce_ex__": lambda s, p: 5})(), type("Err", (), {"__deepcopy__": lambda s, m: 1 / 0})(), type("R", (), {"__reduce__": lambda s: (1,)})()):
    for f in (copy.copy, copy.deepcopy):
        try:
            f(bad); print("copied", end="; ")
        except Exception as ex: print(type(ex).__name__, ex, end="; ")
print(copy.Error, copy.replace if hasattr(copy, "replace") else "no replace")
class Node:
    def __init__(self, v, *kids):
        self.v, self.kids, self.parent = v, list(kids), None
        for k in kids: k.parent = self
    def show(self): return f"{self.v}({','.join(k.show() for k in self.kids)})"
tree = Node(1, Node(2, Node(3)), Node(4)); c = copy.deepcopy(tree); c.kids[0].v = 20; c.kids[1].kids.append(Node(5))
print(tree.show(), c.show(), c.kids[0].parent is c, c.kids[0].kids[0].parent.v)
big = list(range(1000)); deep = big; 
for _ in range(100): deep = [deep]
print(copy.deepcopy(deep) == deep); e = ValueError("a", [1]); e.note = [2]; f = copy.copy(e); print(repr(f), f.note is e.note, repr(copy.deepcopy(e)))
