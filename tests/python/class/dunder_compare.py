"""Rich comparison: reflection, NotImplemented, non-bool results, chains, identity default, hash interplay, sorting."""

class V:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"V{self.n}"
    def __eq__(self, o): return self.n == o.n if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return self.n < o.n if isinstance(o, V) else NotImplemented
    def __le__(self, o): return self.n <= o.n if isinstance(o, V) else NotImplemented

a, b = V(1), V(2)
print(a < b, a > b, a <= b, a >= b, a == b, a != b, a == V(1), a != V(1), a == 1, a != 1, sorted([b, a]), max(a, b), min([b, a]), a < b < V(3), a < b > a)
for f in (lambda: a < 1, lambda: 1 < a, lambda: a >= "x", lambda: sorted([a, 1]), lambda: hash(a), lambda: {a}, lambda: object() < object(), lambda: None < None, lambda: [a] < [1], lambda: max([1, a])):
    try:
        print(f())
    except TypeError as error:
        print(error)

class Log:
    def __init__(self, name, result): self.name, self.result = name, result
    def __getattr__(self, name): raise AttributeError(name)
    for op in ("eq", "ne", "lt", "le", "gt", "ge"):
        exec(f"def __{op}__(self, o):\n    print(self.name, {op!r}, end='; ')\n    return self.result")
    __hash__ = object.__hash__

x, y, z = Log("x", NotImplemented), Log("y", "result of y"), Log("z", [])
print(x == y, x < y, x >= y, y != x, z == x, z < x)
print(bool(z < y), z < y < x, (y < z) and "and", not (z == y))
try:
    x < x
except TypeError as error:
    print(error)
print(x == x, x != x, x is x)

class Sub(Log):
    pass

class SubLog(Log):
    def __lt__(self, o):
        print("sub lt", end="; ")
        return "sub"
    def __gt__(self, o):
        print("sub gt", end="; ")
        return "sub"

print(Log("base", "b") < SubLog("s", "s"), Log("base", "b") < Sub("s", "s"), SubLog("s", "s") < Log("b", "b"))

class OnlyNe:
    def __ne__(self, o): return "ne"

class OnlyEq:
    def __eq__(self, o): return False

print(OnlyNe() != 1, OnlyNe() == 1, OnlyEq() != 1, OnlyEq() == OnlyEq(), OnlyEq() in [OnlyEq()], (o := OnlyEq()) in [o], [o] == [o], OnlyEq.__hash__)

class Raises:
    def __eq__(self, o): raise ValueError("eq")
    def __bool__(self): raise ValueError("bool")
    def __lt__(self, o): return self

for f in (lambda: Raises() == 1, lambda: 1 == Raises(), lambda: Raises() != 1, lambda: 1 in [Raises()], lambda: sorted([Raises(), Raises()]), lambda: Raises() < 1 < 2, lambda: not Raises(), lambda: [Raises()] == [1]):
    try:
        print(f())
    except ValueError as error:
        print(error)

class Total:
    def __init__(self, *k): self.k = k
    def __eq__(self, o): return self.k == o.k
    def __lt__(self, o): return self.k < o.k
    def __hash__(self): return hash(self.k)
    def __repr__(self): return "".join(map(str, self.k))

items = [Total(i % 3, i % 5) for i in range(15)]
print(sorted(items), sorted(items, reverse=True)[:4], len(set(items)), min(items), items.index(Total(2, 1)), items.count(Total(0, 0)))
