"""RecursionError in every corner: Python recursion, repr, comparison, getattr, generators, sort keys, nested data; recovery."""

import sys

def depth(n): return n if n == 0 else 1 + depth(n - 1)
print(sys.getrecursionlimit(), depth(900))
def forever(): return forever()
def mutual_a(): return mutual_b()
def mutual_b(): return mutual_a()
class Attr:
    def __getattr__(self, n): return getattr(self, n + "x")
class Repr:
    def __repr__(self): return f"<{self!r}>"
class Eq:
    def __eq__(self, o): return self == o
class Call: pass
Call.__call__ = lambda self: self()
class Add:
    def __add__(self, o): return self + o
class Str:
    def __str__(self): return str(self)
class Iter:
    def __iter__(self): return iter(self)
class Hash:
    def __hash__(self): return hash(self)
class Prop:
    @property
    def p(self): return self.p
class New:
    def __new__(cls): return cls()
class Init:
    def __init__(self): Init()
class Desc:
    def __get__(self, o, t): return o.d
class HasDesc: d = Desc()
class Enter:
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
class Index:
    def __getitem__(self, i): return self[i]
def gen(): yield from gen()
def lam(): return (lambda: lam())()
def comp(): return [comp() for _ in (1,)]
def sort(): return sorted([2, 1], key=lambda x: sort())
def mapped(): return list(map(lambda x: mapped(), [1]))
def with_try():
    try: return with_try()
    finally: pass
def star(*a): return star(*a, 1) if len(a) < 10 else star(*a)
def evald(): return eval("evald()")
def execd(): exec("execd()")
def defaulted(d={}): return defaulted(**d)
def tree():
    a = []; a.append(a); b = []; b.append(b)
    return a == b
for f in (forever, mutual_a, lambda: Attr().x, lambda: repr(Repr()), lambda: Eq() == 1, lambda: Call()(), lambda: Add() + 1, lambda: str(Str()), lambda: list(Iter()), lambda: hash(Hash()), lambda: Prop().p, New, Init, lambda: HasDesc().d, lambda: Enter().__enter__(), lambda: Index()[0], lambda: list(gen()), lam, comp, sort, mapped, with_try, star, evald, execd, defaulted, tree):
    try:
        f()
        print("no error")
    except RecursionError as e:
        # Which step of eval() meets the limit depends in CPython on how many of its calls are specialised by then.
        print(type(e).__name__, str(e).split(" while")[0].removesuffix(" during compilation"))
print(depth(900))
nested = []
for _ in range(100000): nested = [nested]
for f in (repr, lambda n: n == [n, 1], str, lambda n: [n] == [nested]):
    try:
        print(len(str(f(nested))) < 100)
    except RecursionError as e:
        print(str(e).split(" while")[0])
def catch(n):
    try:
        return catch(n + 1)
    except RecursionError:
        return n > 900
print(catch(0))
def safe():
    try:
        return forever()
    except RecursionError:
        return depth(100)
print(safe(), safe())
