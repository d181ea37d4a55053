"""A prototype registry and an undo history made with copy; memo sharing across calls; copying bound methods and enums."""

import copy
import enum

class Shape:
    def __init__(self, kind, points, style): self.kind, self.points, self.style = kind, points, style
    def clone(self, **changes):
        c = copy.copy(self); c.points = copy.deepcopy(self.points)
        for k, v in changes.items(): setattr(c, k, v)
        return c
    def __repr__(self): return f"{self.kind}{self.points}{self.style}"
style = {"color": "red"}
base = Shape("box", [[0, 0], [1, 1]], style)
a = base.clone(kind="big box"); a.points[1][0] = 99; style["color"] = "blue"
print(base, a, a.style is base.style)
class History:
    def __init__(self, state): self.state, self.past, self.future = state, [], []
    def change(self, f): self.past.append(copy.deepcopy(self.state)); self.future.clear(); f(self.state)
    def undo(self): self.future.append(self.state); self.state = self.past.pop()
    def redo(self): self.past.append(self.state); self.state = self.future.pop()
h = History({"items": [1], "meta": {"n": 0}})
h.change(lambda s: s["items"].append(2)); h.change(lambda s: s["meta"].update(n=5)); h.change(lambda s: s.pop("items"))
print(h.state); h.undo(); print(h.state); h.undo(); print(h.state); h.redo(); print(h.state, len(h.past), len(h.future))
class Color(enum.Enum): RED = 1
print(copy.copy(Color.RED) is Color.RED, copy.deepcopy([Color.RED])[0] is Color.RED)
class M:
    def __init__(self): self.v = [1]
    def m(self): return self.v
m = M(); f = copy.deepcopy(m.m); print(f() == m.v, f() is m.v, f.__self__ is m, copy.copy(m.m)() is m.v)
memo = {}; x = [1]; first, second = copy.deepcopy(x, memo), copy.deepcopy([x], memo); print(second[0] is first, id(x) in memo)
class Graph:
    def __init__(self): self.nodes = {}
    def edge(self, p, q): self.nodes.setdefault(p, []).append(q); self.nodes.setdefault(q, [])
g = Graph()
for p, q in ("ab", "bc", "ca"): g.edge(p, q)
k = copy.deepcopy(g); k.edge("a", "z"); print(g.nodes, k.nodes)
class Singleton:
    def __copy__(self): return self
    def __deepcopy__(self, memo): return self
s = Singleton(); print(copy.deepcopy({"s": [s]})["s"][0] is s)
class Lazy:
    def __getattr__(self, n):
        if n.startswith("__"): raise AttributeError(n)
        return n
print(copy.copy(Lazy()).anything, copy.deepcopy(Lazy()).other)
class Counted:
    made = 0
    def __init__(self): Counted.made += 1
copy.copy(Counted()); copy.deepcopy([Counted(), Counted()]); print(Counted.made)
class Prop:
    def __init__(self, v): self._v = v
    @property
    def v(self): return self._v
    def __eq__(self, o): return self._v == o._v
p = Prop([1]); print(copy.deepcopy(p) == p, copy.deepcopy(p).v is p.v, copy.deepcopy({(1, 2): p})[1, 2].v)
matrix = [[0] * 3] * 2; d = copy.deepcopy(matrix); d[0][0] = 1; print(d, matrix); e = [r[:] for r in matrix]; e[0][0] = 2; print(e)
fs = copy.deepcopy([lambda: 1, len, str.upper, [].append, M.m, print]); print([callable(q) for q in fs], fs[0]())
print(copy.deepcopy((1, (2, [3]))), copy.deepcopy({frozenset([1]): {2}}), copy.copy({1: [2]}), copy.deepcopy(range(5)), copy.copy(iter([1, 2, 3])).__next__(), list(copy.deepcopy(iter([[1], 2]))))
