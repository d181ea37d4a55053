"""weakref.ref and proxy: life and death, callbacks and their order, equality, hashing, which types allow them."""

import weakref

class C:
    def __init__(self, n=0): self.n = n
    def __repr__(self): return f"C{self.n}"
    def __eq__(self, o): return isinstance(o, C) and self.n == o.n
    def __hash__(self): return hash(self.n)
    def __add__(self, k): return self.n + k
    def __len__(self): return 7
    def __call__(self, x): return x * 2
    def __iter__(self): return iter([1, 2])
    def __getitem__(self, k): return k
    def __contains__(self, k): return k == 5

c = C(1)
r, s = weakref.ref(c), weakref.ref(c)
print(r() is c, r is s, weakref.getweakrefcount(c), weakref.getweakrefs(c) == [r], r == s, hash(r) == hash(c), repr(r).split(" at ")[0], type(r).__name__)
log = []
cb = [weakref.ref(c, lambda ref, i=i: log.append((i, ref() is None))) for i in range(3)]
print(weakref.getweakrefcount(c), cb[0] is cb[1], cb[0] == r, cb[0].__callback__ is not None, r.__callback__)
d = C(1)
rd = weakref.ref(d)
print(rd == r, rd is r, rd != r)
h = hash(r)
del c
print(r(), log, hash(r) == h, rd == r, r == r, "dead" in repr(r))
x = C(2)
rx = weakref.ref(x)
del x
try:
    hash(rx)
except TypeError as e:
    print(e)
c = C(3)
p = weakref.proxy(c)
print(p.n, p + 4, len(p), p(21), list(p), p["k"], 5 in p, p == c, repr(type(p)), isinstance(p, C), str(p), bool(p), weakref.getweakrefcount(c))
p.new = "set through proxy"
print(c.new, p.__class__.__name__)
del p.new
try:
    hash(p)
except TypeError as e:
    print(e)
del c
for f in (lambda: p.n, lambda: p + 1, lambda: len(p), lambda: str(p), lambda: p(1), lambda: bool(p)):
    try:
        print(f())
    except ReferenceError as e:
        print(e)
class Slots: __slots__ = ("a",)
class SlotsWeak: __slots__ = ("a", "__weakref__")
def gen(): yield
for name, v in (("set", set()), ("frozenset", frozenset([1])), ("function", gen), ("builtin", len), ("class", C), ("generator", gen()), ("module", weakref), ("method", C().__len__), ("int", 5), ("str", "s"), ("bytes", b"b"), ("list", []), ("dict", {}), ("tuple", ()), ("range", range(3)), ("slice", slice(1)), ("property", property()), ("exception", ValueError()), ("object", object()), ("None", None), ("slots", Slots()), ("slotsweak", SlotsWeak()), ("list subclass", type("L", (list,), {})()), ("int subclass", type("I", (int,), {})()), ("memoryview", memoryview(b"x")), ("code", gen.__code__), ("type", type), ("bound builtin", [].append), ("classmethod", classmethod(gen)), ("keys", {}.keys())):
    try:
        weakref.ref(v)
        print(name, "yes", end="; ")
    except TypeError as e:
        print(name, e, end="; ")
print()
for bad in (lambda: weakref.ref(), lambda: weakref.ref(C(), 1, 2), lambda: weakref.ref(C(), callback=1), lambda: weakref.proxy(5), lambda: weakref.ref(5), lambda: rd(1), lambda: rd < r, lambda: weakref.getweakrefs()):
    try:
        print(bad())
    except TypeError as e:
        print(e)
print(weakref.getweakrefcount(5), weakref.getweakrefs("x"))
class Ref(weakref.ref):
    def __init__(self, o, cb=None, tag=None):
        super().__init__(o, cb)
        self.tag = tag
    def __call__(self): return ("sub", super().__call__())
    def __new__(cls, o, cb=None, tag=None): return super().__new__(cls, o, cb)
c = C(9)
q = Ref(c, tag="t")
print(q(), q.tag, q is Ref(c), q == weakref.ref(c), len(weakref.getweakrefs(c)))
