"""namedtuple: construction, access, _replace, _asdict, defaults, rename, subclassing, errors."""

from collections import namedtuple

P = namedtuple("P", "x y")
p = P(1, y=2)
print(p, p.x, p[1], p == (1, 2), p + (3,), P._fields, p._asdict(), p._replace(x=5), P._make([7, 8]), len(p), hash(p) == hash((1, 2)), isinstance(p, tuple), P.__name__, P.__doc__, P.x.__doc__, repr(P(1, "a")))
x, y = p; print(x, y, *p, max(P(1, 5), P(1, 3)), sorted([P(2, 1), P(1, 2)]), p < (1, 3), {p: 1}[1, 2], P.__match_args__)
match p:
    case P(x=a, y=2): print("matched", a)
D = namedtuple("D", ["a", "b", "c"], defaults=[10, 20])
print(D(1), D(1, 2), D._field_defaults, namedtuple("E", "")(), namedtuple("R", "a class a 1x _u ok", rename=True)._fields, namedtuple("C", "x,y, z")._fields, namedtuple("M", "x", module="mod").__module__)
for bad in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, x=1), lambda: P(1, z=1), lambda: p._replace(z=1), lambda: P._make([1]), lambda: setattr(p, "x", 1), lambda: setattr(p, "new", 1), lambda: p.z, lambda: p[5], lambda: namedtuple("1bad", "x"), lambda: namedtuple("B", "x x"), lambda: namedtuple("B", "class"), lambda: namedtuple("B", "_x"), lambda: namedtuple("B", "a", defaults=[1, 2]), lambda: namedtuple("B", 5), lambda: delattr(p, "x"), lambda: namedtuple("def", "x")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
class Point(P):
    __slots__ = ()
    @property
    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __add__(self, o): return Point(self.x + o.x, self.y + o.y)
    def __str__(self): return f"<{self.x}, {self.y}>"
q = Point(3, 4)
print(q, repr(q), q.norm, q + Point(1, 1), q._replace(x=0), type(q._replace(x=0)).__name__, hasattr(q, "__dict__"), q._asdict(), Point._make("ab"), type(q[:]).__name__)
from typing import NamedTuple
class T(NamedTuple):
    name: str
    size: int = 5
    def big(self): return self.size > 3
t = T("n")
print(t, t.big(), T.__annotations__, T._field_defaults, T("a", 1), t._replace(size=1))
rows = [P(i, i * i) for i in range(4)]
print(list(zip(*rows)), sum(r.y for r in rows), [r._asdict()["y"] for r in rows], P(*"ab"), P(**{"x": 1, "y": 2}), P.__new__.__defaults__, P.__getnewargs__(p), p.count(1), p.index(2), p.__class__ is P)
