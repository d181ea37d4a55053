"""Calls with * and **: which error for which mistake, names in the messages, order of evaluation, defaults, positional-only and keyword-only parameters."""


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def f0(): return "f0"
def f1(a): return a
def f2(a, b): return a, b
def f3(a, b, c): return a, b, c
def d1(a, b=2): return a, b
def d2(a=1, b=2): return a, b
def va(*args): return args
def kw(**kwargs): return kwargs
def both(a, *args, **kwargs): return a, args, kwargs
def po(a, b, /): return a, b
def po_kw(a, /, **kwargs): return a, kwargs
def po_default(a, b=5, /, c=6): return a, b, c
def ko(*, k): return k
def ko2(*, k, l): return k, l
def ko3(*, k, l, m=0): return k, l, m
def mixed(a, /, b, *, c): return a, b, c
def mixed_default(a, b=1, *args, c, d=4, **rest): return a, b, args, c, d, rest
def unicode(ä, ß=1): return ä, ß
lam = lambda x, y=1: (x, y)


class C:
    def m(self, a): return a
    def nothing(): return 1
    @classmethod
    def c(cls, a): return a
    @staticmethod
    def s(a): return a
    def __call__(self, a): return a


class I:
    def __init__(self, a, *, b): pass


class N:
    def __new__(cls, a): return object.__new__(cls)


class Iter:
    def __iter__(self): return iter((1, 2))


class BadIter:
    def __iter__(self): raise TypeError("own type error")


class BadIter2:
    def __iter__(self): return 5


class Mapping:
    def keys(self): return ["a", "b"]
    def __getitem__(self, key): return key.upper()


class BadKeys(Mapping):
    def keys(self): raise AttributeError("own attribute error")


class BadItem(Mapping):
    def __getitem__(self, key): raise KeyError(key)


class IntKeys(Mapping):
    def keys(self): return [1, 2]


class NoKeys:
    def __getitem__(self, key): return 1


def gen_fails():
    yield 1
    raise ValueError("from the generator")


c = C()
CALLS = """f0(1) f0(*[1]) f0(a=1) f0(**{'a': 1}) f0(1,2,b=3) f1() f1(1,2) f1(b=1) f1(1,a=1) f1(*[1],a=1) f1(**{'a':1},a=1) f1(1,**{'a':1}) f2() f2(1) f2(b=1) f2(1,2,3) f2(1,2,3,4,c=5) f2(1,b=2,c=3) f3() f3(1) f3(b=1) d1() d1(1,2,3) d1(b=1) d2(1,2,3) d2(c=1) d2(1,a=1)
va(*5) va(*None) va(*Iter()) va(*BadIter()) va(*BadIter2()) va(*gen_fails()) va(1,*'ab',2,*[3]) va(*{},*()) va(a=1) kw(1) kw(**5) kw(**None) kw(**[1]) kw(**Mapping()) kw(**BadKeys()) kw(**BadItem()) kw(**IntKeys()) kw(**NoKeys()) kw(**{1:2}) kw(**{'a':1},**{'a':2}) kw(a=1,**{'a':2}) kw(**{'a':1},b=2,**{'c':3}) kw(**{'a b':1,'':2}) kw(self=1,kwargs=2)
both() both(1,a=1) both(b=1) both(1,2,b=3) both(**{'a':1,'args':2}) po() po(1) po(a=1,b=2) po(1,b=2) po(1,2,3) po(1,2,c=3) po(**{'a':1,'b':2}) po_kw(a=1) po_kw(1,a=2) po_kw() po_default(1,b=2) po_default(1,2,3,4) po_default(b=1,c=2) ko() ko(1) ko(1,k=2) ko(1,2,k=3) ko(l=1) ko2() ko2(k=1) ko3() mixed() mixed(1) mixed(1,2) mixed(1,2,3) mixed(a=1,b=2,c=3) mixed(1,b=2) mixed(1,c=3) mixed(1,2,3,c=4) mixed_default() mixed_default(1) mixed_default(1,2,3,c=4,e=5) mixed_default(c=1) mixed_default(1,b=2,c=3,a=4)
unicode() unicode(1,2,3) unicode(ö=1) lam() lam(1,2,3) lam(z=1) c.m() c.m(1,2) c.m(self=1) C.m() C.m(1) C.m(c,1,2) c.nothing() C.c() C.c(1,2) c.s() c.s(1,2) c() c(1,2) c(b=1) I() I(1) I(1,2) I(1,b=2,c=3) N() N(1,2) C(1) C(a=1) object(1) object(a=1) len() len(1,2) len(obj=[]) len(*[[]]) abs(-1,x=2) print(1,sep=5) print(1,foo=2) int(1,2,3) int(foo=1) str(1,2,3,4) sorted() sorted(1,2) [].append() [].append(1,2) [].append(x=1) {}.get() {}.get(1,2,3) 'a'.join() 'a'.split(1,2,3) 'a'.split(foo=1) 'a'.encode(1) isinstance(1) getattr(1) getattr(1,2) getattr(1,2,3,4) range() range(1,2,3,4) range(stop=1) max() min(1) sum() sum(1) sum([1],start='a') sum([1],foo=1) zip(1) map() map(len) filter(None) enumerate() enumerate([],1,2) enumerate(foo=[]) reversed() slice() type() type(1,2) type(1,2,3,4) super(1,2,3) open() iter() iter(1,2) iter([],1) next() next([]) hash() id() id(1,2) ord('ab') ord() chr('a') chr(1.5) bool(1,2) bool(x=1) float(1,2) complex(1,2,3) bytes(1,2) tuple(1,2) list(x=1) dict(1) dict(1,2) dict([1]) set(1,2) object.__init__() object.__new__() object.__new__(1) None() 5() 'a'() (1)() [](1) c.missing() C.m.x() print.foo() (lambda:0)(1) (lambda *,a:a)() (lambda a,/:a)(a=1)"""
for source in CALLS.split():
    attempt(source, lambda: eval(source))
order = []


def note(value):
    order.append(value)
    return value


def record(*args, **kwargs):
    return args, kwargs


record(note(1), *note([2]), a=note(3), *note([4]), **note({"b": 5}), c=note(6), **note({"d": 7}))
print(order)
order.clear()
attempt("fails in the middle", lambda: record(note(1), *note(5), a=note(3)))
print(order)
order.clear()
attempt("fails in keywords", lambda: record(note(1), a=note(2), **note(5), b=note(3)))
print(order)
order.clear()
attempt("not callable at last", lambda: note(None)(note(1), *note([2])))
print(order)


def renamed(): pass


renamed.__name__ = "other"
renamed.__qualname__ = "Other.path"
attempt("renamed", lambda: renamed(1))
attempt("renamed keyword", lambda: renamed(**{"x": 1}))
attempt("renamed spread", lambda: renamed(*5))
renamed.__defaults__ = (1, 2)
attempt("too many defaults", lambda: renamed())
f2.__defaults__ = ("given",)
attempt("given default", lambda: f2(1))
f2.__defaults__ = None
attempt("taken default", lambda: f2(1))
ko.__kwdefaults__ = {"k": "kwdefault", "other": 1}
attempt("kwdefault", lambda: ko())
ko.__kwdefaults__ = None
attempt("no kwdefault", lambda: ko())
attempt("bad defaults", lambda: setattr(f2, "__defaults__", [1]))
attempt("bad kwdefaults", lambda: setattr(f2, "__kwdefaults__", (1,)))


def many(a, b, c, d, e, f, g, *, h, i, j): pass


for call in ("many()", "many(1,2,3,4,5,6)", "many(1,2,3,4,5,6,7)", "many(1,2,3,4,5,6,7,8,9)", "many(1,2,3,4,5,6,7,h=1)", "many(1,2,3,4,5,6,7,8,h=1,i=2,j=3)", "many(1,g=2,z=3)", "many(**{'haa': 1})", "many(*range(300))", "many(**{str(i): i for i in range(300)})"):
    attempt(call, lambda: eval(call))
attempt("big spread", lambda: len(va(*range(100000))))
attempt("big keywords", lambda: len(kw(**{f"k{i}": i for i in range(5000)})))
