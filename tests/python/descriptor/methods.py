"""Function, method, classmethod and staticmethod objects as descriptors; binding by hand; reprs; comparison."""

class C:
    def m(self, a=0): return (type(self).__name__, a)
    @classmethod
    def c(cls, a=0): return (cls.__name__, a)
    @staticmethod
    def s(a=0): return a

class D(C): pass
x, y = C(), D()
f = C.__dict__["m"]
print(f is C.m, x.m.__func__ is f, x.m == x.m, x.m is x.m, x.m == C().m, hash(x.m) == hash(x.m), f.__get__(x)(1), f.__get__(x, C)(2), f.__get__(None, C) is f, C.m(x, 3))
cm, sm = C.__dict__["c"], C.__dict__["s"]
print(type(cm).__name__, type(sm).__name__, cm.__get__(x)(1), cm.__get__(None, D)(2), sm.__get__(x)(3), cm.__func__.__name__, sm.__func__(4), sm(5), D.c(6), y.c(7), C.c.__self__ is C, y.c.__self__ is D, sm.__wrapped__(8), cm.__wrapped__.__name__)
print(repr(x.m).startswith("<bound method C.m of <__main__.C object at"), repr(D.c), repr(C.m).startswith("<function C.m at"), repr(sm)[:24], repr(cm)[:23])
for bad in (lambda: cm(), lambda: f.__get__(), lambda: f.__get__(None), lambda: f.__get__(None, None), lambda: setattr(x.m, "attr", 1), lambda: x.m.nope, lambda: type(x.m)(5, x), lambda: type(x.m)(f, None), lambda: classmethod(), lambda: staticmethod(1, 2), lambda: classmethod(5).__get__(x)(), lambda: C.m(), lambda: x.m(1, 2), lambda: x.c(1, 2), lambda: x.m.__func__(), lambda: sm.__get__()):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
M = type(x.m)
bound = M(lambda self, *a: (self, a), "any object")
print(bound(1, 2), bound.__self__, M(len, [1, 2])(), M(f, y)(9), bound.__func__.__name__)
x.m.__func__.tag = "tagged"
print(x.m.tag, C.m.tag, y.m.tag, x.m.__name__, x.m.__qualname__, x.m.__doc__, x.m.__module__)
C.added = lambda self: ("lambda method", type(self).__name__)
C.builtin = len
C.cls_attr = int
C.inst = x
C.bound = x.m
print(y.added(), y.builtin([1, 2]), y.cls_attr("5"), y.inst is x, y.bound(4))
x.own = lambda a: ("instance function", a)
print(x.own(1))
class Callable:
    def __call__(self, *a): return a
class Desc(Callable):
    def __get__(self, obj, cls): return lambda *a: ("bound by desc", obj is not None, a)
C.plain_callable, C.desc = Callable(), Desc()
print(x.plain_callable(1), x.desc(2), C.desc(3))
class Partial:
    def __init__(self, f, *args): self.f, self.args = f, args
    def __get__(self, obj, cls=None): return self if obj is None else lambda *more: self.f(obj, *self.args, *more)
C.p = Partial(lambda self, a, b: (type(self).__name__, a, b), "fixed")
print(x.p("more"), y.p("again"), type(C.p).__name__)
print([].append.__self__, str.upper.__get__("abc")(), int.__add__.__get__(5)(6), type([].append).__name__, type(str.upper).__name__, type(int.__add__).__name__, type((5).__add__).__name__, str.upper.__objclass__, list.append.__name__, dict.__dict__["fromkeys"].__get__(None, dict)("a"))
class K:
    @classmethod
    def alt(cls, *a): return cls, a
    @staticmethod
    @classmethod
    def weird(*a): return a
print(K.alt(1)[1], K().alt(2)[0] is K)
try:
    K.weird()
except TypeError as error:
    print(error)
