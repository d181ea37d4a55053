"""__new__, __init__ argument passing, __init_subclass__, __set_name__ failures, __prepare__, class keywords, __class_getitem__."""

class New:
    def __new__(cls, *args, **kw):
        print("new", cls.__name__, args, kw)
        return super().__new__(cls)
    def __init__(self, *args, **kw):
        print("init", args, kw)

New(1, a=2)
class OnlyNew:
    def __new__(cls, x): return super().__new__(cls)
class OnlyInit:
    def __init__(self, x): pass
class Neither: pass
for f in (lambda: OnlyNew(), lambda: OnlyNew(1), lambda: OnlyInit(), lambda: OnlyInit(1, 2), lambda: Neither(1), lambda: Neither(a=1), lambda: object.__new__(Neither, 1), lambda: object.__new__(OnlyInit, 1), lambda: object().__init__(1), lambda: Neither().__init__(1), lambda: object.__new__(5), lambda: object.__new__(), lambda: int.__new__(Neither)):
    try:
        print(type(f()).__name__)
    except TypeError as error:
        print(error)

class Other:
    def __new__(cls): return New.__new__(New)
    def __init__(self): print("never: not an instance")

print(type(Other()).__name__)

class Base:
    subs = []
    def __init_subclass__(cls, /, prefix="", **kw):
        super().__init_subclass__(**kw)
        cls.subs.append(prefix + cls.__name__)

class X(Base, prefix="x:"): pass
class Y(X): pass
print(Base.subs)
class BadName:
    def __set_name__(self, owner, name): raise ValueError(f"cannot be named {name}")
try:
    class Z:
        attr = BadName()
except RuntimeError as error:
    print(error, repr(error.__cause__))

class Prepared(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        class NS(dict):
            def __setitem__(self, k, v):
                if not k.startswith("__"):
                    order.append(k)
                super().__setitem__(k, v)
        return NS()
    def __new__(mcs, name, bases, ns, **kw):
        return super().__new__(mcs, name, bases, dict(ns), **kw)

order = []
class Ordered(metaclass=Prepared):
    b = 1
    a = 2
    def m(self): pass
    b = 3
print(order, Ordered.b)
for code in ("class Q(metaclass=5): pass", "class Q(5): pass", "class Q(object, unknown=1): pass", "class Q(int, str): pass", "class Q(type(None)): pass", "class Q(*[Base], **{'prefix': 'p'}): pass", "class Q(lambda: 0): pass", "class Q(metaclass=lambda n, b, d: (n, b)): pass\nprint(Q)", "class Q(Base, object): pass", "class Q(object, Base): pass", "class Q(range): pass", "class Q(type(Ellipsis)): pass", "class Q(slice): pass", "class Q('str'): pass", "class Q(None): pass"):
    try:
        exec(code)
        print("fine")
    except TypeError as error:
        print(error)
class G:
    def __class_getitem__(cls, k): return (cls.__name__, k)
class H(G): pass
print(G[int], H[1, 2], Base.subs)
class MroEntries:
    def __mro_entries__(self, bases): return (Base,)
class W(MroEntries()): pass
print(W.__bases__, W.__orig_bases__[0].__class__.__name__, Base.subs[-1])
class Cached:
    cache = {}
    def __new__(cls, k):
        if k not in cls.cache:
            cls.cache[k] = super().__new__(cls)
        return cls.cache[k]
print(Cached(1) is Cached(1), Cached(1) is Cached(2))
def body(): return [n for n in ("a",)]
class Scope:
    n = 3
    lst = [n for _ in range(2)] if False else [i for i in range(n)]
    try:
        bad = [n for _ in range(2)]
    except NameError as error:
        bad = str(error)
    def f(self): return [self.n for _ in range(2)]
print(Scope.lst, Scope.bad, Scope().f())
