"""Assigning to __class__: which layouts agree, what is refused and how, and what follows the object afterwards."""

import types


def attempt(action):
    try:
        print("ok", action())
    except Exception as error:
        print(type(error).__name__, error)


class Plain:
    def who(self):
        return "plain"


class Other:
    def who(self):
        return "other"


class Slotted:
    __slots__ = ("a", "b")


class SameSlots:
    __slots__ = ("a", "b")

    def total(self):
        return self.a + self.b


class OtherOrder:
    __slots__ = ("b", "a")


class MoreSlots:
    __slots__ = ("a", "b", "c")


class NoSlots:
    __slots__ = ()


class Weak:
    __slots__ = ("a", "b", "__weakref__")


class Dicted:
    __slots__ = ("a", "b", "__dict__")


class SubInt(int):
    pass


class SubIntTwo(int):
    def double(self):
        return self * 2


class SubStr(str):
    pass


class SubList(list):
    pass


class SubListSlots(list):
    __slots__ = ()


class Child(Plain):
    pass


def change(value, cls):
    value.__class__ = cls
    return type(value).__name__


x = Plain()
x.mark = 1
x.__class__ = Other
print(x.who(), x.mark, type(x).__name__, isinstance(x, Plain), x.__class__ is Other)
attempt(lambda: change(Plain(), Child))
attempt(lambda: change(Child(), Plain))
for start, ends in ((Plain, (Slotted, NoSlots, Weak, Dicted, SubInt, object, int, 5, None, "x")), (Slotted, (SameSlots, OtherOrder, MoreSlots, NoSlots, Weak, Dicted, Plain)),
                    (NoSlots, (object, Plain, Slotted)), (Weak, (Slotted, Dicted)), (Dicted, (Slotted, Plain))):
    for end in ends:
        print(start.__name__, getattr(end, "__name__", end), end=": ")
        attempt(lambda: change(start(), end))
s = Slotted()
s.a, s.b = 3, 4
s.__class__ = SameSlots
print(s.total())
attempt(lambda: change(SubInt(21), SubIntTwo))      # the dict of an int's heir lies at no fixed place
for base, value in ((int, 5), (tuple, (1,)), (bytes, b"a"), (str, "s"), (float, 1.5), (list, [1]), (dict, {}), (frozenset, ()), (complex, 1j), (bytearray, b""), (Exception, 1)):
    for first, second in (({}, {}), ({"__slots__": ()}, {"__slots__": ()}), ({}, {"__slots__": ()})):
        one, two = type("One", (base,), first), type("Two", (base,), second)
        print(base.__name__, len(first), len(second), end=" ")
        attempt(lambda: change(one(value), two))
        attempt(lambda: change(type("Heir", (one,), {})(value), one))
attempt(lambda: change(SubInt(1), int))
attempt(lambda: change(5, SubInt))
attempt(lambda: change(SubInt(1), bool))
attempt(lambda: change(SubStr("x"), SubInt))
attempt(lambda: change(SubList(), SubListSlots))
attempt(lambda: change([], SubList))
attempt(lambda: change(None, Plain))
attempt(lambda: change(print, Plain))
attempt(lambda: change(Plain, Other))
attempt(lambda: delattr(Plain(), "__class__"))
attempt(lambda: object.__dict__["__class__"].__get__(5))


class Meta(type):
    pass


class OtherMeta(type):
    def __len__(cls):
        return 7


class Made(metaclass=Meta):
    pass


Made.__class__ = OtherMeta
print(type(Made).__name__, len(Made))
attempt(lambda: change(Made, type))
attempt(lambda: change(Plain, OtherMeta))
attempt(lambda: change(Made, int))


class Module(types.ModuleType):
    @property
    def answer(self):
        return 42


m = types.ModuleType("m")
m.__class__ = Module
print(m.answer, type(m).__name__)
attempt(lambda: change(m, Plain))
attempt(lambda: change(m, types.ModuleType))


class Liar:
    @property
    def __class__(self):
        return int


liar = Liar()
print(isinstance(liar, int), isinstance(liar, Liar), type(liar) is Liar, liar.__class__)
attempt(lambda: change(liar, Plain))


class Cell:
    def name(self):
        return __class__.__name__


class Cell2(Cell):
    def name(self):
        return super().name() + "!"


c = Cell2()
name = c.name
c.__class__ = Cell
attempt(c.name)
attempt(name)
