"""property objects: inheritance, overriding single accessors, dynamic properties, cached values, errors, fget and friends."""

class Base:
    def __init__(self): self._v = 0
    @property
    def v(self):
        "value"
        return self._v
    @v.setter
    def v(self, x): self._v = x
    def plain(self): return "plain"

class Derived(Base):
    @Base.v.setter
    def v(self, x): self._v = x * 10

class GetOnly(Base):
    @property
    def v(self): return "getter only"

d = Derived()
d.v = 5
print(d.v, Base.v.fget is Derived.v.fget, Base.v.fset is Derived.v.fset, Derived.v.fdel, Base.v.__doc__, Derived.v.__doc__)
for f in (lambda: setattr(GetOnly(), "v", 1), lambda: delattr(Base(), "v"), lambda: property().__get__(1), lambda: property(lambda s: 1).__set__(1, 2), lambda: setattr(property(), "fget", 1), lambda: property(1, 2, 3, 4, 5), lambda: property(5).__get__(1)):
    try:
        print(f())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)

class Lazy:
    def __init__(self, f): self.f, self.name = f, f.__name__
    def __get__(self, obj, cls):
        if obj is None:
            return self
        obj.__dict__[self.name] = value = self.f(obj)
        return value

class Circle:
    def __init__(self, r): self.r = r
    @Lazy
    def area(self):
        print("computing", end=" ")
        return 3 * self.r ** 2

c = Circle(2)
print(c.area, c.area, vars(c))
c.area = 99
print(c.area)
del c.area
print(c.area, isinstance(Circle.area, Lazy))

class Validated:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, obj, cls): return self if obj is None else getattr(obj, self.name)
    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name[1:]} must be {self.kind.__name__}, not {type(value).__name__}")
        setattr(obj, self.name, value)

class Person:
    name, age = Validated(str), Validated(int)
    def __init__(self, name, age): self.name, self.age = name, age

p = Person("Al", 5)
p.age += 1
print(p.name, p.age, vars(p))
for f in (lambda: Person(1, 2), lambda: Person("x", "y"), lambda: setattr(p, "age", None)):
    try:
        f()
    except TypeError as error:
        print(error)
for i, name in enumerate(["a", "b"]):
    setattr(Person, name, property(lambda self, i=i: i * 100, doc=f"doc {i}"))
print(p.a, p.b, Person.b.__doc__)
Person.a = "now plain"
print(p.a)
class Raises:
    @property
    def broken(self): raise AttributeError("inner attribute error")
    @property
    def other(self): raise KeyError("other error")
class WithGetattr(Raises):
    def __getattr__(self, n): return "fallback for " + n
for f in (lambda: Raises().broken, lambda: Raises().other, lambda: WithGetattr().broken, lambda: hasattr(Raises(), "broken"), lambda: getattr(Raises(), "broken", "default"), lambda: hasattr(Raises(), "other")):
    try:
        print(f())
    except (AttributeError, KeyError) as error:
        print(type(error).__name__, error)
x = property(lambda s: "got", lambda s, v: print("set", v), lambda s: print("deleted"), "docs")
T = type("T", (), {"x": x})
t = T()
t.x = 1
del t.x
print(t.x, T.x is x, x.getter(lambda s: "new getter").__get__(t), x.__isabstractmethod__, t.__class__.x.__doc__)
class Cls:
    @classmethod
    @property
    def both(cls): return "class property of " + cls.__name__
print(Cls.both, Cls().both)
