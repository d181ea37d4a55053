"""Weak references: order and errors of callbacks, resurrection, equality and hashing after death, subclasses, proxies' operations, what can't be referenced."""

import gc
import sys
import weakref

sys.unraisablehook = lambda u: print("unraisable", type(u.exc_value).__name__, u.exc_value)


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


class A:
    def __init__(self, name="a"):
        self.name = name

    def __repr__(self):
        return f"A({self.name})"

    def __eq__(self, other):
        return isinstance(other, A) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


a = A()
refs = [weakref.ref(a, lambda r, i=i: print("callback", i, r() is None)) for i in range(4)]
print(weakref.getweakrefcount(a), weakref.getweakrefs(a) == refs, weakref.ref(a) is weakref.ref(a), weakref.ref(a, None) is weakref.ref(a), weakref.ref(a, print) is weakref.ref(a, print))
del refs[1]
del a
a = A()
r1 = weakref.ref(a, lambda r: 1 / 0)
r2 = weakref.ref(a, 5)
r3 = weakref.ref(a, lambda: None)
r4 = weakref.ref(a, lambda r: print("still called"))
del a
a, b = A("same"), A("same")
ra, rb, rc = weakref.ref(a), weakref.ref(b), weakref.ref(A("gone"))
print(ra == rb, ra is rb, hash(ra) == hash(a), ra != rb, rc(), rc == rc)
attempt("hash of dead", lambda: hash(rc))
attempt("order", lambda: ra < rb)
attempt("mixed", lambda: (ra == a, ra == rc))
del a
print(ra == rb, hash(ra) == hash("same"), repr(ra)[:14] + repr(ra)[-6:], ra.__callback__, r4.__callback__)


class Unhashable(A):
    __hash__ = None


u = Unhashable()
attempt("unhashable", lambda: hash(weakref.ref(u)))


class Sub(weakref.ref):
    __slots__ = ("extra",)

    def __new__(cls, target, callback=None, extra=0):
        return super().__new__(cls, target, callback)

    def __init__(self, target, callback=None, extra=0):
        super().__init__(target, callback)
        self.extra = extra

    def __call__(self):
        return self.extra, super().__call__()


b = A("b")
s = Sub(b, extra=7)
print(s(), Sub(b) is Sub(b), s == weakref.ref(b), weakref.getweakrefcount(b), isinstance(s, weakref.ReferenceType))
attempt("arguments", lambda: weakref.ref())
attempt("three", lambda: weakref.ref(b, None, 1))
attempt("keyword", lambda: weakref.ref(b, callback=print))
for value in (5, "s", None, [], {}, (), object(), set(), frozenset(), len, [].append, int, A, lambda: 0, (i for i in ()), type(sys), sys, range(3), b"", slice(1), 1j, iter([]), Ellipsis, memoryview(b""), map(str, []), property(), type("S", (), {"__slots__": ()})(), type("W", (), {"__slots__": ("__weakref__",)})(), type("I", (int,), {})(1), type("T", (tuple,), {})(), type("L", (list,), {"__slots__": ()})(), A().__init__, staticmethod(len), re_ := __import__("re").compile("x"), ValueError(), (lambda: 0).__code__, sys._getframe()):
    attempt(type(value).__name__, lambda: type(weakref.ref(value)).__name__)


class Resurrects:
    kept = []

    def __del__(self):
        print("del, weak:", self.ref() is None)
        Resurrects.kept.append(self)


x = Resurrects()
x.ref = weakref.ref(x)
r = weakref.ref(x, lambda r: print("callback before or after del"))
del x
print(len(Resurrects.kept), r() is None)
Resurrects.kept.clear()


class Node:
    pass


def cycle():
    one, two = Node(), Node()
    one.other, two.other = two, one
    one.ref = weakref.ref(two, lambda r: print("inside garbage: never"))
    return weakref.ref(one, lambda r: print("outside garbage"))


kept = cycle()
gc.collect()
print(kept())
b = A("b")
p = weakref.proxy(b)
print(type(p).__name__, p.name, p == b, str(p), repr(p)[:8] == "<weakpro", isinstance(p, A), p.__class__ is A, type(weakref.proxy(len)).__name__, weakref.proxy(len)("abc"), weakref.proxy(b) is p)
p.name = "changed"
print(b.name)
attempt("hash", lambda: hash(p))
attempt("call", lambda: p())
attempt("len", lambda: len(p))
attempt("add", lambda: p + 1)
attempt("iter", lambda: list(p))
attempt("next", lambda: next(p))
attempt("contains", lambda: 1 in p)
attempt("bool", lambda: bool(p))
attempt("index", lambda: [1, 2][p])
attempt("delete", lambda: delattr(p, "nothing"))
del b
for source in ("p.name", "str(p)", "p == p", "p == 5", "bool(p)", "p + 1", "p()", "list(p)", "p[0]", "1 in p", "p.x", "isinstance(p, A)", "dir(p)", "hash(p)", "int(p)", "weakref.getweakrefcount(p)", "weakref.ref(p)() is p"):
    attempt(source, lambda: eval(source))


class Num:
    def __add__(self, other): return ("add", type(other).__name__)
    def __radd__(self, other): return ("radd", type(other).__name__)
    def __iadd__(self, other): return ("iadd", type(other).__name__)
    def __getitem__(self, key): return ("item", key)
    def __bytes__(self): return b"bytes"
    def __reversed__(self): return "reversed"
    def __index__(self): return 1
    def __matmul__(self, other): return "matmul"
    def __pow__(self, other, mod=None): return ("pow", mod)
    def __iter__(self): return iter("ab")
    def __lt__(self, other): return type(other).__name__


n = Num()
q = weakref.proxy(n)
print(q + 1, 1 + q, q + q, q[3], q[1:2], bytes(q), reversed(q), [5, 6][q], q @ q, pow(q, 2, 3), list(q), q < q, q < 1, -1 if q else 0)
attempt("sub", lambda: q - 1)
attempt("neg", lambda: -q)
f = weakref.finalize(n, print, "finalized", 1, sep="-")
print(f.alive, f.peek()[1:] == (print, ("finalized", 1), {"sep": "-"}), f.atexit)
del n
print(f.alive, f(), f.peek(), f.detach())
w = weakref.WeakMethod(A("gone").__init__)
held = A("held")
m = weakref.WeakMethod(held.__init__, lambda r: print("method died"))
print(w(), m() == held.__init__, m == weakref.WeakMethod(held.__init__))
attempt("weak method of function", lambda: weakref.WeakMethod(len))
del held
print(m())
