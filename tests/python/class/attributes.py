"""Attribute lookup: instance, class, base, deletion, re-adding order, shadowing, dict replacement."""

class A:
    shared = []
    n = 1
    def __init__(self):
        self.x = 1
        self.y = 2

a, b = A(), A()
a.shared.append("via a")
b.n += 10
print(A.shared, a.n, b.n, A.n, vars(a), vars(b))
a.z = 3
del a.x
a.x = "readded"
print(vars(a), list(a.__dict__), a.x, "x" in a.__dict__)
for name in ("nope", "__nope__"):
    try:
        getattr(a, name)
    except AttributeError as error:
        print(error)
for bad in (lambda: delattr(a, "n"), lambda: delattr(a, "nope"), lambda: A.nope, lambda: delattr(A, "nope"), lambda: setattr(5, "x", 1), lambda: setattr("s", "x", 1), lambda: object().x, lambda: setattr(object(), "x", 1), lambda: setattr(int, "x", 1), lambda: delattr(int, "real"), lambda: setattr(a, "__dict__", 5), lambda: setattr(a, "__class__", int), lambda: None.x, lambda: (1).x, lambda: [].x, lambda: getattr(a, "p" + "q"), lambda: setattr(None, "a", 1), lambda: setattr(len, "a", 1), lambda: A.__dict__.clear()):
    try:
        print(bad())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
a.__dict__ = {"fresh": 1}
print(a.fresh, hasattr(a, "x"), vars(a))
a.__dict__["y"] = "through dict"
a.__dict__["not an identifier"] = 2
a.__dict__[5] = "int key"
print(a.y, getattr(a, "not an identifier"), vars(a))
d = a.__dict__
a.w = "seen"
print(d["w"], d is a.__dict__, d is vars(a))
A.n = 100
A.added = lambda self: "added method"
print(a.n, b.n, a.added(), b.added())
b.added = lambda: "instance function"
print(b.added(), a.added())
del A.added
print(b.added(), hasattr(a, "added"))

class B(A):
    n = 5

c = B()
print(c.n, c.shared is A.shared, [k for k in vars(B) if not k.startswith("__")], B.__dict__["n"])
del B.n
print(c.n, A.__name__, B.__bases__, c.__class__ is B, type(c) is B, isinstance(c, A), B.__module__, B.__qualname__, B.__doc__, c.__module__)
items = []
for i in range(200):
    o = A()
    setattr(o, f"attr{i % 17}", i)
    o.total = sum(v for v in vars(o).values())
    items.append(o)
print(sum(o.total for o in items), sorted(vars(items[18]).items()), len({tuple(vars(o)) for o in items}))
many = A()
for i in range(300):
    setattr(many, f"a{i}", i)
print(sum(getattr(many, f"a{i}") for i in range(300)), len(vars(many)))
for i in range(0, 300, 2):
    delattr(many, f"a{i}")
print(len(vars(many)), list(vars(many))[:4], many.a299)
