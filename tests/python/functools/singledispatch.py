"""singledispatch and singledispatchmethod: registration by decorator, annotation, unions, ABCs; dispatch on subclasses."""

import functools as ft
from collections import abc

@ft.singledispatch
def show(x, *a): return f"object {x!r}"
@show.register(int)
def _(x, *a): return f"int {x}"
@show.register
def _(x: str): return f"str {x}"
@show.register(list)
@show.register(tuple)
def seq(x): return f"{type(x).__name__} of {[show(y) for y in x]}"
@show.register
def _(x: float | complex): return f"number {x}"
show.register(type(None), lambda x: "nothing")
@show.register(abc.Mapping)
def _(x): return f"mapping {sorted(x)}"
@show.register(abc.Set)
def _(x): return f"set of {len(x)}"
class MyInt(int): pass
class MyMap(abc.Mapping):
    def __getitem__(self, k): return 1
    def __iter__(self): return iter("ab")
    def __len__(self): return 2
for v in (1, True, "s", [1, "a", None], (2.5, 1j), None, {"k": 1}, {1}, frozenset(), MyInt(5), MyMap(), b"bytes", range(2), object):
    print(show(v))
print(show.dispatch(bool).__name__, show.dispatch(dict)({}), show.registry[int](3), sorted(t.__name__ for t in show.registry), show(1, 2, 3))
for bad in (lambda: show(), lambda: show.register(5), lambda: show.register("x"), lambda: show.register(lambda x: x), lambda: show.register(list[int], lambda x: x)):
    try:
        print(bad())
    except TypeError as e: print(str(e)[:60])
class F:
    @ft.singledispatchmethod
    def neg(self, x): raise NotImplementedError(f"cannot negate {type(x).__name__}")
    @neg.register
    def _(self, x: int): return -x
    @neg.register
    def _(self, x: bool): return not x
    @neg.register(str)
    def _(self, x): return x[::-1]
    @ft.singledispatchmethod
    @classmethod
    def make(cls, x): return (cls.__name__, "any", x)
    @make.register
    @classmethod
    def _(cls, x: int): return (cls.__name__, "int", x)
f = F()
print(f.neg(5), f.neg(True), f.neg("abc"), F.make(1), F().make("s"))
try:
    f.neg([])
except NotImplementedError as e: print(e)
class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
@ft.singledispatch
def g(x): return "base"
g.register(A, lambda x: "A"); g.register(C, lambda x: "C")
print(g(B()), g(D()), g(C()), g(1)); g.register(B, lambda x: "B"); print(g(D()), g(B()))
class Late(abc.Sized):
    def __len__(self): return 3
g.register(abc.Sized, lambda x: "sized"); print(g(Late()), g([]), g(5)); g.register(abc.Iterable, lambda x: "iterable")
try:
    g([])
except RuntimeError as e: print(str(e)[:19])
@ft.singledispatch
def area(s): raise TypeError(type(s).__name__)
class Sq:
    def __init__(self, a): self.a = a
class Ci(Sq): pass
@area.register
def _(s: Sq): return s.a ** 2
@area.register
def _(s: Ci): return 3 * s.a ** 2
print([area(s) for s in (Sq(2), Ci(2))])
