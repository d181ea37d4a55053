"""super().method() in all its ways: direct, rebound, shadowed, through properties, with changed classes and first arguments."""
import builtins


class A:
    def f(self, x=0):
        return "A.f", x

    def __init__(self, n=1):
        self.n = n

    @property
    def p(self):
        return self._p

    @p.setter
    def p(self, value):
        self._p = value
        return object()


class B(A):
    def f(self, x=0):
        return ("B.f",) + super().f(x + 1)

    def __init__(self, n=2):
        super().__init__(n + 1)
        super().__setattr__("extra", n)

    def missing(self):
        return super().nothing(1)

    def deleted(self):
        del self
        return super().f()

    def replaced(self, other):
        self = other
        return super().f(5)

    def in_argument(self):
        return super().f(self := 3), self

    def in_cell(self):
        g = lambda: self.n
        return super().f(g())

    def nested(self):
        return [super(B, self).f(i) for i in range(2)]

    @classmethod
    def make(cls):
        return cls.__mro__[1].__name__

    def gen(self):
        for i in range(2):
            yield super().f(i)

    @staticmethod
    def without(self):
        return super().f(9)


class Mixin(A):
    def f(self, x=0):
        return ("Mixin.f",) + super().f(x + 10)


class C(B, Mixin):
    def f(self, x=0):
        return ("C.f",) + super().f(x + 100)


def attempt(fn, *args):
    try:
        print(fn(*args))
    except Exception as e:
        print(type(e).__name__, e)


for cls in (B, C):
    o = cls()
    print(o.n, o.extra, o.f())
    attempt(o.missing)
    attempt(o.deleted)
    attempt(o.replaced, C(7))
    attempt(o.replaced, A())
    attempt(o.replaced, 3)
    attempt(o.in_argument)
    attempt(o.in_cell)
    attempt(o.nested)
    attempt(cls.make)
    attempt(lambda: list(o.gen()))
    attempt(cls.without, o)
    o.p = [1, 2]
    print(o.p)
    o.p += [3]
    print(o.p)

# What the site has learnt does not outlive a change.
o = C()
for step in range(8):
    print(step, o.f(step))
    if step == 2:
        A.f = lambda self, x=0: ("new A.f", x)
    if step == 4:
        Mixin.f = staticmethod(lambda x=0: ("static", x))
    if step == 5:
        del Mixin.f
    if step == 6:
        C.__bases__ = (Mixin,)


class Instance(A):
    def f(self):
        return super().f(1)


i = Instance()
i.f.__func__
i.__dict__["f"] = 3
print(Instance.f(i))


# A global or a builtin of the name super is what is called.
def super():
    class Fake:
        def f(self, x):
            return "fake", x
    return Fake()


print(B().f())
del super
kept = builtins.super
builtins.super = lambda: type("Other", (), {"f": lambda self, x: ("other", x)})()
print(B().f())
builtins.super = kept
print(B().f())


# Properties met by one site in several classes; setters that raise, that need more arguments, that are no functions.
class D(A):
    @property
    def p(self):
        return "D.p"

    @p.setter
    def p(self, value):
        raise ValueError(value)


class E(A):
    p = property(lambda self, extra=4: ("E.p", extra), lambda self, value, extra=5: print("set", value, extra))


class F(A):
    p = property(len, print)

    def __len__(self):
        return 12

    def __repr__(self):
        return "F()"


class G(A):
    p = property(lambda self: self.nothing)

    def __getattr__(self, name):
        return "asked for " + name


class H(A):
    p = 5


class Noisy:
    def __del__(self):
        print("Noisy dies")


def put(o, value):
    o.p = value


def get(o):
    return o.p


for o in (A(), D(), E(), F(), G(), H(), A(), D()):
    for _ in range(3):
        attempt(put, o, 1)
        attempt(get, o)


class Drop:
    def set(self, value):
        print("setting")
        value = None
        print("set")

    p = property(None, set)


class Drop2(Drop):
    pass


for o in (Drop(), Drop2(), Drop()):
    o.p = Noisy()
    print("after")
    attempt(get, o)


# with: entered with the manager, exit bound before.
class Manager:
    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, *args):
        print("exit", args[0])
        return True


class Static:
    __enter__ = staticmethod(lambda: "static enter")
    __exit__ = staticmethod(lambda *args: print("static exit", len(args)))


class Wrong:
    def __enter__(self, more):
        pass

    def __exit__(self, *args):
        pass


for m in (Manager(), Static(), Wrong(), 3, Manager()):
    try:
        with m as value:
            print(type(value).__name__)
            if isinstance(m, Manager):
                raise KeyError
    except Exception as e:
        print(type(e).__name__, e)
with Manager():
    pass
