"""getattr, setattr, hasattr, delattr, vars, dir, callable, id, hash, type and isinstance on odd inputs."""

class C:
    x = 1
    def __init__(self): self.y = 2
    def m(self): pass
    @property
    def p(self): raise AttributeError("hidden")
    @property
    def q(self): raise KeyError("loud")

c = C()
print(getattr(c, "x"), getattr(c, "zz", "default"), getattr(c, "p", "swallowed"), hasattr(c, "y"), hasattr(c, "p"), hasattr(C, "y"), hasattr(c, "m"), callable(c.m), callable(c), callable(C), callable(len), callable(None), callable(lambda: 0))
for bad in (lambda: getattr(c, "q", "d"), lambda: hasattr(c, "q"), lambda: getattr(c, 5), lambda: getattr(c), lambda: getattr(c, "a", 1, 2), lambda: hasattr(c, 5), lambda: hasattr(c), lambda: setattr(c, "a"), lambda: setattr(c, 5, 1), lambda: delattr(c, "nope"), lambda: delattr(c, 5), lambda: vars(5), lambda: vars(object()), lambda: vars(1, 2), lambda: dir(1, 2), lambda: callable(), lambda: id(), lambda: hash([]), lambda: type(), lambda: type(1, 2), lambda: isinstance(1), lambda: issubclass(5, int), lambda: isinstance(1, "x"), lambda: type("X", (), {}, 5), lambda: type("X", (), {}, k=5), lambda: type(5, (), {}), lambda: type("X", [], {}), lambda: type("X", (), []), lambda: type("X\0", (), {}), lambda: object(5), lambda: object.__new__(C, 1)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
setattr(c, "new attr", 5)
setattr(C, "late", 6)
delattr(c, "y")
print(vars(c), c.late, "late" in vars(C), [n for n in dir(c) if not n.startswith("_")], [n for n in dir(C) if not n.startswith("_")])
print(type(c) is C, type(C) is type, type(None), type(...), type(print), type([].append), type(c.m), type(C.m), type(int.__add__), type((1).__add__), type(C.__dict__), type(range(1)), type(NotImplemented), type(type(c.m)), type(lambda: 0), type(x for x in []))
print(isinstance(True, int), isinstance(1, (str, (float, (int,)))), isinstance(c, object), issubclass(C, object), issubclass(C, (int, C)), isinstance(C, type), isinstance(type, object), isinstance(object, type), issubclass(type, object), isinstance(1, int | str), isinstance(None, int | None), isinstance(None, type(None)))
print(hash(1) == hash(1.0), hash("a") == hash("a"), hash((1, "a")) == hash((1, "a")), hash(None) == hash(None), hash(C) == hash(C), hash(c) == hash(c), hash(c.m) == hash(c.m), hash(-1), hash(0.5), hash(2**61), hash(float("inf")), id(c) == id(c), id(1) == id(1))
def f():
    b, a = 1, 2
    return dir(), sorted(vars()), locals() is not globals()
print(f(), "f" in dir(), "print" in dir(__builtins__), len(dir(int)) > 60, sorted(set(dir(int)) - set(dir(object)))[:5], "__add__" in dir(5), dir(type("E", (), {}))[0], sorted(dir(c)) == dir(c))
class Slots: __slots__ = ("a",)
class WithDir:
    def __dir__(self): return ("b", "a")
class Both(C): y = 5
print(dir(WithDir()), "a" in dir(Slots()), "__dict__" in dir(Slots()), Both().x, [n for n in vars(Both) if n[0] != "_"], "__dict__" in vars(C), "__weakref__" in vars(C), vars(Both).get("x"))
T = type("T", (C,), {"__doc__": "made", "z": property(lambda s: 9), "__module__": "elsewhere"})
print(T, T.__doc__, T().z, T.__mro__[1] is C, T.__module__, T.__qualname__, T.__bases__)
print(format(5, "03"), format("s", ">3"), format(1.5), repr(type), ascii("\u20ac"), bin(5), oct(8), hex(255), ord("a"), chr(8364), abs(-1), round(1.5), divmod(7, 2), pow(2, 3, 5), len({1: 2}), bool([]), any([]), all([]), __import__("sys").__name__)
