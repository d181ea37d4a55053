# Corners of classes that random programs found: super() after `self = None`, MROs without object, metaclasses without a hash, slots whose names
# are gone, wrappers without a function.
import collections
import copy
import datetime
import io


def attempt(function, *args, **kw):
    try:
        print(function(*args, **kw))
    except BaseException as error:
        print(type(error).__name__, error)


class A:
    def m(self):
        return "A.m"


class B(A):
    def none(self):
        self = None
        return super().m()

    def number(self):
        self = 5
        return super().m()

    def other(self):
        self = B()
        return super().m()

    def cell(self):
        def inner():
            nonlocal self
            self = None
        inner()
        return super()


for name in ("none", "number", "other", "cell"):
    attempt(getattr(B(), name))


class Super(super):
    pass


for call in (super, Super, Super.__new__(Super).__init__):
    attempt(call, 1, 2, 3)


class Alone(type):
    def mro(cls):
        return [cls]


class WithoutHash(type):
    __hash__ = None


class Base:
    pass


def keywords_nobody_takes():
    class C(Base, metaclass=Alone):
        pass

    class D(C, y=2):
        pass


def no_keywords():
    class C(Base, metaclass=Alone):
        pass

    class D(C):
        pass
    return "made"


Unhashable = WithoutHash("Unhashable", (), {})
attempt(keywords_nobody_takes)
attempt(no_keywords)
attempt(type, "S", (object, Unhashable), {})
attempt(type, "S", (object, A), {})


class Gone:
    __slots__ = iter("ab")


class Kept:
    __slots__ = ("a", "b")


class Below(Gone):
    __slots__ = ["c"]


for cls in (Gone, Kept, Below):
    attempt(lambda: type(copy.copy(cls())).__name__)
    attempt(lambda: type(cls().__reduce_ex__(2)).__name__)
    attempt(lambda: cls().__getstate__())

class Raw(io.RawIOBase):
    pass


class Text(io.TextIOBase):
    __slots__ = ("a",)


for cls in (Raw, Text, io.IOBase, io.BytesIO, io.FileIO):
    attempt(lambda: len(cls.__new__(cls).__reduce_ex__(2)))

for kind in (classmethod, staticmethod):
    empty = kind.__new__(kind)
    attempt(lambda: empty)
    attempt(lambda: kind(None))
    attempt(lambda: (empty.__func__, empty.__isabstractmethod__))
    attempt(lambda: empty.__get__(None, int))


class Enumeration(enumerate):
    def __del__(self):
        print("del")


class Date(datetime.date):
    pass


class Moment(datetime.datetime):
    pass


attempt(Enumeration)
attempt(Enumeration, 5)
attempt(Enumeration, [], "s")
attempt(Enumeration, unknown=1)
attempt(Enumeration, [], unknown=1)
attempt(enumerate, unknown=1)
for cls in (Date, datetime.date, Moment, datetime.datetime):
    attempt(cls, unknown=1)
    attempt(cls, 1, unknown=1)
    attempt(cls, 1, 2, 3, unknown=1)
    attempt(cls, day=1, unknown=1)
    attempt(cls, 1, 2, day=3)
    attempt(cls, 1, 2, 3, year=3)


class Loud(io.StringIO):
    def __setattr__(self, name, value):
        print("setattr", name)


attempt(lambda: io.StringIO.__new__(io.StringIO).closed)
attempt(Loud, 1, 2, 3)
attempt(Loud, {})
Loud("a")
attempt(bytes, 2**63 - 1)
attempt(bytes, 2**63 - 33)


def doubled(**keywords):
    return keywords


attempt(lambda: doubled(b=1, **{"b": 1}))
try:
    1 / 0
except ZeroDivisionError:
    attempt(lambda: doubled(b=1, **{"b": 1}))
    attempt(lambda: (5)(b=1, **{"b": 1}))


class Name(str):
    pass


class Watching:
    def __setattr__(self, name, value):
        print("set", type(name).__name__, name)

    def __delattr__(self, name):
        print("del", type(name).__name__, name)


watching = Watching()
for name in ("a", Name("a")):
    setattr(watching, name, 1)
    delattr(watching, name)


class Index:
    def __index__(self):
        return 2**70


class Frozen(frozenset):
    pass


attempt(bytes, Index())
attempt(bytearray, Index())
attempt(Frozen, 1, 2, 3)
attempt(frozenset, 1, 2, 3)
