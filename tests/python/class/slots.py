"""__slots__: inheritance, __dict__ slot, weakref slot, conflicts, defaults, descriptors, deletion."""

class A:
    __slots__ = ("x", "_y", "__private")
    def __init__(self): self.__private = "mangled"
    def get(self): return self.__private

a = A()
a.x = 1
print(a.x, a.get(), sorted(n for n in dir(A) if not n.startswith("__")), A.__slots__, type(A.x).__name__, A.x.__name__, A.x.__get__(a), A.x.__get__(None, A) is A.x)
for f in (lambda: a._y, lambda: setattr(a, "z", 1), lambda: delattr(a, "_y"), lambda: a.__dict__, lambda: a.nope, lambda: vars(a), lambda: A.x.__get__(5), lambda: A.x.__set__(5, 1)):
    try:
        print(f())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)

class B(A):
    __slots__ = ("z",)

class C(A):
    pass

class D(A):
    __slots__ = ("__dict__", "q")

b, c, d = B(), C(), D()
b.z = b.x = 1
c.anything = c.x = 2
d.anything = d.q = d.x = 3
print(b.z, b.x, vars(c), c.x, vars(d), d.q, hasattr(b, "__dict__"), hasattr(c, "__dict__"))
try:
    b.other = 1
except AttributeError as error:
    print(error)

class S1: __slots__ = "single"
class Empty: __slots__ = ()
class Dict: __slots__ = {"doc": "the documentation"}
s = S1()
s.single = 5
print(s.single, S1.__slots__, Dict.doc.__doc__)
for code in ("class X:\n  __slots__ = ('a',)\n  a = 1", "class X:\n  __slots__ = 'not valid'", "class X:\n  __slots__ = (1,)", "class X:\n  __slots__ = ('a b',)", "class X(int):\n  __slots__ = ('a',)", "class X(str):\n  __slots__ = ('a',)\nX('q').a = 1", "class X(A, S1): pass", "class X(Empty, A): pass\nX().x = 1", "class X:\n  __slots__ = ('__dict__', '__dict__')", "class X(C):\n  __slots__ = ('__dict__',)", "class X(tuple):\n  __slots__ = ('a',)", "class X(list):\n  __slots__ = ('a',)\nX().a = 1", "class X:\n  __slots__ = ('__weakref__',)"):
    try:
        exec(code)
        print("fine")
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)

class P:
    __slots__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b
    def __eq__(self, o): return (self.a, self.b) == (o.a, o.b)
    def __repr__(self): return f"P({self.a}, {self.b})"

points = [P(i, i * i) for i in range(100)]
for p in points:
    p.a, p.b = p.b, p.a
print(points[5], points[7] == P(49, 7), sum(p.a for p in points))
del points[5].a
try:
    print(points[5])
except AttributeError as error:
    print(error)
points[5].a = "again"
print(points[5])

class Order:
    __slots__ = ("z", "a", "m")
print(Order.__slots__, [n for n in vars(Order) if n in "zam"], Order.__basicsize__ > object.__basicsize__)
o1 = Order()
class Same:
    __slots__ = ("z", "a", "m")
o1.z = 9
o1.__class__ = Same
print(type(o1).__name__, o1.z)
try:
    o1.__class__ = B
except TypeError as error:
    print(error)
