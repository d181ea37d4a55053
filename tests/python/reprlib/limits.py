"""reprlib: limited reprs, recursive_repr, subclasses with their own limits."""

import reprlib

r = reprlib.Repr()
for v in (list(range(20)), "x" * 100, {i: i for i in range(10)}, set(range(20)), tuple(range(10)), [[[[[[[[1]]]]]]]], 10**100, "short", [], {"k": [1] * 10}, frozenset(range(10)), b"y" * 50, [["a" * 50] * 10], ()): print(reprlib.repr(v))
r.maxlist, r.maxstring, r.maxlevel, r.maxlong, r.maxdict, r.maxother, r.maxtuple = 2, 10, 2, 10, 1, 12, 1
print(r.repr([1, 2, 3]), r.repr("abcdefghijklmnop"), r.repr([[[1]]]), r.repr(10**30), r.repr({1: 2, 3: 4}), r.repr(object)[:12], r.repr((1, 2)), r.repr({"a": {"b": {"c": 1}}}))
class Mine(reprlib.Repr):
    def repr_list(self, x, level): return f"<{len(x)} items at {level}>"
    def repr_C(self, x, level): return "special C"
class C: pass
class D:
    def __repr__(self): raise ValueError("bad")
m = Mine(); print(m.repr([1, 2]), m.repr({"k": [1]}), m.repr(C()), m.repr([C()]), m.repr((C(), [1])), reprlib.repr(D()).split(" at ")[0] + ">")
class Node:
    def __init__(self): self.kids = []
    @reprlib.recursive_repr("<...>")
    def __repr__(self): return f"Node({self.kids})"
    @reprlib.recursive_repr()
    def __str__(self): return f"str {[str(k) for k in self.kids]}"
n = Node(); n.kids += [n, Node()]; print(n, repr(n), Node.__repr__.__name__, Node.__repr__.__wrapped__ is not None if hasattr(Node.__repr__, "__wrapped__") else "no __wrapped__")
import collections
print(reprlib.repr(collections.deque(range(20))), reprlib.repr(collections.deque(range(20), 30)), reprlib.aRepr.maxlist, reprlib.repr(range(10**20)), reprlib.repr("a'b\n" * 20), reprlib.Repr().repr1([[1]], 1), reprlib.repr({3, 1, 2}), reprlib.repr({"b", "a"}))
