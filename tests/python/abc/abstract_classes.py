"""abc.ABC: abstract methods, properties, registration, subclass hooks, caching and errors."""

from abc import ABC, ABCMeta, abstractmethod, get_cache_token, update_abstractmethods
import abc

class Shape(ABC):
    @abstractmethod
    def area(self): "doc"
    @property
    @abstractmethod
    def name(self): ...
    @classmethod
    @abstractmethod
    def make(cls): ...
    @staticmethod
    @abstractmethod
    def unit(): ...
    def describe(self): return f"{self.name} {self.area()}{self.unit()}"

class Half(Shape):
    def area(self): return 1
class Full(Half):
    name = "full"
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def unit(): return "cm"
print(sorted(Shape.__abstractmethods__), sorted(Half.__abstractmethods__), Full.__abstractmethods__, Full.make().describe(), Shape.area.__isabstractmethod__, Shape.name.__isabstractmethod__)
for c in (Shape, Half, type("One", (ABC,), {"m": abstractmethod(lambda s: 0)})):
    try:
        c()
    except TypeError as e: print(e)
class Super(Shape):
    def area(self): return super().area()
    name, make, unit = "s", None, None
print(Super().area())
class Meta(metaclass=ABCMeta): pass
class Unrelated: pass
print(issubclass(Unrelated, Meta), isinstance(Unrelated(), Meta)); before = get_cache_token()
print(Meta.register(Unrelated) is Unrelated, issubclass(Unrelated, Meta), isinstance(Unrelated(), Meta), Unrelated.__mro__, get_cache_token() != before)
@Meta.register
class Decorated: pass
class SubOfRegistered(Unrelated): pass
print(isinstance(Decorated(), Meta), issubclass(SubOfRegistered, Meta), issubclass(int, Meta))
for bad in (lambda: Meta.register(5), lambda: type("S", (Meta,), {}).register(Meta), lambda: issubclass(5, Meta), lambda: abstractmethod()):
    try:
        print(bad())
    except (TypeError, RuntimeError) as e: print(type(e).__name__, e)
class HasQuack(ABC):
    @classmethod
    def __subclasshook__(cls, c):
        if cls is HasQuack: return any("quack" in b.__dict__ for b in c.__mro__) or NotImplemented
        return NotImplemented
class Duck:
    def quack(self): return "quack"
class Robot: pass
print(isinstance(Duck(), HasQuack), isinstance(Robot(), HasQuack)); Robot.quack = lambda s: 1; print(isinstance(Robot(), HasQuack)); HasQuack.register(Robot); print(isinstance(Robot(), HasQuack), issubclass(Duck, type("Sub", (HasQuack,), {})))
class BadHook(ABC):
    @classmethod
    def __subclasshook__(cls, c): return 5
try:
    issubclass(int, BadHook)
except AssertionError as e: print("AssertionError", e)
class Late(ABC):
    @abstractmethod
    def m(self): ...
class Impl(Late): pass
Impl.m = lambda self: "added"
try:
    Impl()
except TypeError as e: print(e)
update_abstractmethods(Impl); print(Impl().m())
class WithInit(ABC):
    def __init__(self, v): self.v = v
    @abstractmethod
    def go(self): return self.v
class Go(WithInit):
    def go(self): return super().go() * 2
print(Go(21).go(), ABC.__abstractmethods__, isinstance(Go(1), ABC), type(Go).__name__, abc.ABCMeta.__mro__[1])
class Mixed(dict, ABC):
    @abstractmethod
    def must(self): ...
print(Mixed(a=1) if False else "dict subclass", [c.__name__ for c in Mixed.__mro__])
try:
    Mixed(a=1)
    print("builtin base is not checked")
except TypeError as e: print(e)
class P(ABC):
    @property
    def v(self): return self._v
    @v.setter
    @abstractmethod
    def v(self, x): ...
class Q(P):
    @P.v.setter
    def v(self, x): self._v = x
q = Q(); q.v = 3; print(q.v, sorted(P.__abstractmethods__))
