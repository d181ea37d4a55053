"""__del__ that raises, resurrects, deletes itself, runs during exceptions, is added later or set on instances."""

import sys

class Raises:
    def __init__(self, n): self.n = n
    def __del__(self): raise ValueError(f"del of {self.n}")

def hook(u): print("unraisable:", type(u.exc_value).__name__, u.exc_value, u.object.__qualname__)
sys.unraisablehook = hook
Raises(1)
def f():
    r = Raises("local")
    return "value unaffected"
print(f())
try:
    r = Raises("during handling")
    raise KeyError("k")
except KeyError as e:
    del r
    print("still handling", repr(e), repr(sys.exception()))
[Raises(i) for i in range(2)]
saved = []
class Phoenix:
    deaths = 0
    def __del__(self):
        Phoenix.deaths += 1
        saved.append(self)
p = Phoenix(); p.data = [1]
del p
print(Phoenix.deaths, saved[0].data)
saved.pop()
print(Phoenix.deaths, saved)
class Later: pass
l = Later()
Later.__del__ = lambda self: print("added later")
del l
del Later.__del__
Later()
i = Later()
i.__del__ = lambda: print("never: on the instance")
del i
class Sets:
    def __del__(self):
        self.new = "attribute set in del"
        print(self.new, sorted(vars(self)))
s = Sets(); s.old = 1
del s
class BadArgs:
    def __del__(self, extra): pass
BadArgs()
class NotCallable: __del__ = 5
NotCallable()
class Exits:
    def __del__(self): sys.exit(3)
Exits()
class Recursive:
    def __init__(self, n): self.n = n
    def __del__(self):
        if self.n: Recursive(self.n - 1)
        else: print("deepest")
Recursive(20)
class Base:
    def __del__(self): print("Base del", type(self).__name__)
class Child(Base):
    def __del__(self):
        print("Child del", end=" ")
        super().__del__()
class NoDel(Base): pass
Child(); NoDel()
class Swap:
    def __del__(self): print("Swap del")
class Other:
    def __del__(self): print("Other del")
x = Swap()
x.__class__ = Other
del x
class Yields:
    def __del__(self): yield "generator del does nothing"
Yields()
class Fails:
    def __init__(self): raise ValueError("init failed")
    def __del__(self): print("del after failed init")
try:
    Fails()
except ValueError as e:
    print(e)
    del e
class Slots:
    __slots__ = ("a",)
    def __del__(self): print("slots del", self.a)
q = Slots(); q.a = 5
del q
q = Slots()
del q
print(object().__init__() if not hasattr(object, "__del__") else "object has __del__")
Phoenix.__del__ = lambda self: print("replaced del")
saved.append(Phoenix())
saved.clear()
def g():
    try:
        yield
    finally:
        raise ValueError("generator finally")
it = g(); next(it)
del it
print("end")
