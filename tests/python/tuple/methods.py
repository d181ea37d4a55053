"""tuple: construction, concatenation, comparison, hashing, subclass with __new__, named access by property."""

t = (3, 1, 2)
print(t + (4, 5), t * 2, 0 * t, -1 * t, t[1:], t[::-1], t[-2], sorted(t), t.index(1), t.count(3), len(t), t == (3, 1, 2), t != [3, 1, 2], (1,) < (1, 2), () < (0,), (1, "a") < (2, 0))
for bad in (lambda: t[5], lambda: t["x"], lambda: t.index(9), lambda: t + [1], lambda: t * "a", lambda: t.append(1), lambda: t.__setitem__, lambda: hash((1, [])), lambda: tuple(5), lambda: (1, "a") < (1, 2), lambda: tuple(1, 2), lambda: tuple(x=1), lambda: t.index(), lambda: t.count(), lambda: t(), lambda: t.index(3, 1, 2)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(tuple(), tuple([]) is tuple(), tuple(t) is t, t[:] is t, tuple({"a": 1}), tuple(x * x for x in range(4)), (1,), (1, 2,), 1, )
print(hash(()) == hash(tuple([])), hash((1, 2)) == hash((1.0, 2.0)), hash((1, 2)) != hash((2, 1)), {(1, "a"): 1}[1.0, "a"], hash((0,)), hash((1, 2, 3)), hash(((), (1,))))
nested = ((1, [2]), {"k": (3,)})
nested[0][1].append(4)
print(nested, repr(((),)), str((None, ...)), ((1, 2), 3)[0][1])

class Point(tuple):
    __slots__ = ()
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))
    @property
    def x(self):
        return self[0]
    def __add__(self, other):
        return Point(*(a + b for a, b in zip(self, other)))
    def __repr__(self):
        return "Point" + super().__repr__()

p = Point(1, 2)
print(p, p.x, p + (10, 20), p == (1, 2), hash(p) == hash((1, 2)), len(p), list(p), p[0:1], type(p[0:1]).__name__, type(p * 2).__name__, {p: "v"}[1, 2], isinstance(p, tuple))
x, y = p
print(x, y, max(Point(0, 5), p), sorted([Point(2, 1), p]), (1).__class__, p.__getnewargs__())
try:
    Point(1)
except TypeError as error:
    print(error)

class Recursive:
    def __init__(self):
        self.t = (1, self)
    def __repr__(self):
        return "R" + ("..." if depth.pop() == 0 else repr(self.t))

depth = [0, 1, 1]
print(Recursive())
l = []
loop = (1, l)
l.append(loop)
print(loop, l)
