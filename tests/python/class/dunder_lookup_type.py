"""Special methods are looked up on the type, not the instance; patched classes take effect; metaclass dunders."""

class C: pass
c = C()
c.__len__ = lambda: 5
c.__getitem__ = lambda i: i
c.__call__ = lambda: "called"
c.__str__ = lambda: "instance str"
c.__bool__ = lambda: False
c.__enter__ = c.__exit__ = lambda *a: None
for f in (lambda: len(c), lambda: c[0], lambda: c(), lambda: iter(c)):
    try:
        print(f())
    except TypeError as error:
        print(error)
print(bool(c), str(c) == "instance str")
try:
    with c: pass
except TypeError as error:
    print(error)
C.__len__ = lambda self: 5
C.__getitem__ = lambda self, i: i * 2
C.__call__ = lambda self, *a: ("called", a)
C.__str__ = lambda self: "class str"
C.__eq__ = lambda self, o: "eq"
C.__iter__ = lambda self: iter("it")
C.__add__ = lambda self, o: "add"
C.__contains__ = lambda self, o: o == 1
C.__enter__, C.__exit__ = (lambda self: "entered"), (lambda self, *a: None)
C.__getattr__ = lambda self, n: "getattr " + n
print(len(c), c[4], c(1), str(c), c == 1, list(c), c + 1, 1 in c, c.unknown, f"{c}")
with c as v:
    print(v)
del C.__len__, C.__getitem__, C.__add__
for f in (lambda: len(c), lambda: c[0], lambda: c + 1):
    try:
        print(f())
    except TypeError as error:
        print(error)

class D(C): pass
d = D()
print(d(2), d == 2)
D.__call__ = lambda self: "D's own"
print(d())
del D.__call__
print(d())
C.__call__ = lambda self: "C's new"
print(d())
del C.__call__
try:
    d()
except TypeError as error:
    print(error)

class Meta(type):
    def __len__(cls): return 42
    def __getitem__(cls, k): return (cls.__name__, k)
    def __iter__(cls): return iter([cls.__name__])
    def __contains__(cls, x): return True
    def __call__(cls, *a): return super().__call__(*a) if a else "no args"
    def __str__(cls): return "meta str"
    def __add__(cls, o): return "meta add"
    def __getattr__(cls, n): return "meta getattr " + n
    def __eq__(cls, o): return "meta eq"
    __hash__ = type.__hash__
    def __instancecheck__(cls, o): return o == "magic"
    def __subclasscheck__(cls, o): return o is int
    def __bool__(cls): return False
    @property
    def prop(cls): return "meta prop"

class M(metaclass=Meta):
    def __init__(self, *a): self.a = a
    def __len__(self): return 1

print(len(M), M[5], list(M), 3 in M, M(), M(1).a, str(M), M + 1, M.zzz, M == 1, isinstance("magic", M), isinstance(1, M), issubclass(int, M), bool(M), M.prop, len(M(1)))
try:
    M(1).prop
except AttributeError as error:
    print(error)
C.__setattr__ = lambda self, n, v: print("setattr", n, v)
c.x = 1
c.x = 2
del C.__setattr__
c.x = 3
print(c.x)
C.__getattribute__ = lambda self, n: "intercepted " + n
print(c.x, c.anything)
del C.__getattribute__
print(c.x)
C.__hash__ = lambda self: 7
print(hash(c), {c: "v"} is not None)
