# Subclasses of str, int and float in format(); classmethod over callables; numbers from buffers; set's keywords; odd slots and flags.
import enum
import re
import types
from collections.abc import Collection, Mapping, Sequence


class Name(enum.StrEnum):
    def __str__(self):
        return self.name.upper()
    first = enum.auto()


class S(str):
    def __str__(self):
        return "X" + super().__str__()


class I(int):
    def __str__(self):
        return "I"


class F(float):
    def __str__(self):
        return "F"


for v in (Name.first, S("a"), I(4), F(4)):
    print(v, str(v), format(v), f"{v}", "%s" % v, "{}".format(v), "{!s}".format(v), "{:5}|".format(v), format(v, ""), f"{v!r}")


class A:
    def foo(self, *args):
        return args


class D:
    def __get__(self, obj, cls):
        return obj, cls


class B:
    bound = classmethod(A().foo)
    length = classmethod(len)
    prop = classmethod(property(lambda cls: cls.__name__))
    static = classmethod(staticmethod(lambda *args: args))
    twice = classmethod(classmethod(lambda *args: args))
    custom = classmethod(D())


print(B.bound(), B().bound(1), B.prop, B().prop, B.static(2), B.twice(), B.custom, B().custom, hasattr(types.MethodType, "__get__"), "__get__" in vars(types.MethodType))

for make, data in ((int, b"12"), (int, b" -7 "), (int, b"x"), (float, b"1.5"), (float, b"?"), (int, b""), (complex, b"1")):
    for wrap in (bytes, bytearray, memoryview):
        try:
            print(make(wrap(data)), end=" ")
        except (ValueError, TypeError) as error:
            print(re.sub("0x[0-9a-f]+", "0x", str(error)), end=" ")
print()


class WithNew(set):
    def __new__(cls, arg, newarg=None):
        return super().__new__(cls, arg)


class WithInit(set):
    def __init__(self, arg, newarg=None):
        super().__init__(arg)


print(WithInit([1], newarg=3))
for make in (WithNew, set, frozenset):
    try:
        print(make([1, 2], newarg=3))
    except TypeError as error:
        print(error)


class Meta(type):
    def __new__(cls, name, bases, namespace, attr):
        assert attr in namespace
        return super().__new__(cls, name, bases, namespace)


class C1:
    def __init__(self):
        self.b = 42


class C2(C1, metaclass=Meta, attr="__classcell__"):
    __slots__ = ["__classcell__"]

    def __init__(self):
        super().__init__()


print(type(C2.__dict__["__classcell__"]).__name__, C2().b, hasattr(C2(), "__classcell__"))
try:
    class C3:
        __classcell__ = 42
        __slots__ = ["__classcell__"]
except TypeError as error:
    print(error)
try:
    class Both(Collection):
        __abc_tpflags__ = Sequence.__flags__ | Mapping.__flags__
except TypeError as error:
    print(error)
print(re.sub(b"y", bytearray(b"a"), b"xyz"), re.sub(b"y", memoryview(b"-"), bytearray(b"xyz")), re.match("\ufb05", "\ufb06", re.I) is not None)
