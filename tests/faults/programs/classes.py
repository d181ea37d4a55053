# Classes, attributes, properties, slots, descriptors, inheritance, class bodies, bound methods, super.
from _step import step


class Base:
    kind = "base"

    def __init__(self, x):
        self.x = x

    def area(self):
        return self.x * 2

    @property
    def double(self):
        return self.x + self.x

    @classmethod
    def make(cls, x):
        return cls(x)

    @staticmethod
    def plain(a, b=2, *c, d=4, **e):
        return (a, b, c, d, sorted(e))


class Derived(Base):
    __slots__ = ("extra",)

    def area(self):
        return super().area() + 1


def instances():
    items = [Derived(n) for n in range(20)]
    for item in items:
        item.extra = item.area()
        item.note = "n"
        item.more = item.double
        del item.note
    return sum(item.extra + item.more for item in items)


def many_attributes():
    o = Base(1)
    for n in range(40):
        setattr(o, f"name{n}", n)
    o.__dict__["other"] = 5
    return sum(getattr(o, f"name{n}") for n in range(40)) + o.other + len(vars(o))


def new_classes():
    def __repr__(self):
        return "made"
    made = type("Made", (Base,), {"__repr__": __repr__, "__eq__": lambda a, b: True, "__hash__": None, "z": 3})
    made.later = 4
    Base.patch = 7
    result = repr(made(3)), made(1) == made(2), made.later, made.z, made(1).patch, made.__mro__[1].__name__
    del Base.patch
    return result


def calls():
    return [Base.plain(1), Base.plain(1, 2, 3, d=5, z=6, y=7), Base.make(4).area(), Base.plain(*[1, 2], **{"q": 1})]


def slots():
    class S:
        __slots__ = ("a", "b")
    s = S()
    s.a = 1
    try:
        s.b
    except AttributeError as e:
        return s.a, str(e)


def meta():
    class Meta(type):
        def __new__(mcs, name, bases, space, **kw):
            cls = super().__new__(mcs, name, bases, space)
            cls.kw = sorted(kw)
            return cls

        def __call__(cls, *args):
            return [cls.__name__, *args]

    class M(metaclass=Meta, flag=1, other=2):
        pass
    return M(1, 2), M.kw


def reflect():
    return isinstance(Derived(1), Base), issubclass(Derived, Base), callable(Base), hasattr(Base, "nothing"), len(dir(Derived)) > 20


for f in (instances, many_attributes, new_classes, calls, slots, meta, reflect):
    step(f)
