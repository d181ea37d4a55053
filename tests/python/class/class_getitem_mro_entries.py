"""__class_getitem__, __mro_entries__ and __orig_bases__: subscripting classes and bases that are no classes."""

import types


def attempt(action):
    try:
        print("ok", action())
    except Exception as error:
        print(type(error).__name__, error)


class Box:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item!r}]"


class SubBox(Box):
    pass


class MetaGet(type):
    def __getitem__(cls, item):
        return ("meta", item)


class Both(metaclass=MetaGet):
    def __class_getitem__(cls, item):
        return "never"


class Plain:
    pass


class NotCallable:
    __class_getitem__ = 5


class NoneItem:
    __class_getitem__ = None


class Static:
    @staticmethod
    def __class_getitem__(item):
        return ("static", item)


print(Box[int], Box[1, 2], SubBox[...], Box[1:2], Both[3], Static["k"])
attempt(lambda: Plain[int])
attempt(lambda: NotCallable[int])
attempt(lambda: NoneItem[int])
attempt(lambda: int[int])
attempt(lambda: Box()[1])
attempt(lambda: Box.__class_getitem__(1, 2))
attempt(lambda: type(Box.__dict__["__class_getitem__"]).__name__)


def set_item(target):
    target[0] = 1


def del_item(target):
    del target[0]


attempt(lambda: set_item(Box))
attempt(lambda: del_item(Plain))


class Entry:
    def __init__(self, *bases):
        self.bases = bases

    def __mro_entries__(self, bases):
        print("entries", len(bases), bases[0] is self)
        return self.bases


class One(Entry(Box)):
    pass


class Two(Plain, Entry(), Entry(Box, object)):
    pass


print(One.__bases__, len(One.__orig_bases__), Two.__mro__, "__orig_bases__" in vars(Two), "__orig_bases__" in vars(Box))


class Wrong:
    def __mro_entries__(self, bases):
        return [Box]


class Raising:
    def __mro_entries__(self, bases):
        raise LookupError("no bases here")


class Arity:
    def __mro_entries__(self):
        return ()


class Twice(Entry):
    def __mro_entries__(self, bases):
        return (Box, Box)


for base in (Wrong(), Raising(), Arity(), Twice(), 5, Entry(5), Entry(Entry(Box))):
    scope = {"base": base}
    attempt(lambda: exec("class X(base): pass", scope))
attempt(lambda: type("X", (Entry(Box),), {}))
print(types.resolve_bases((Plain, Entry(Box))))
made = types.new_class("Made", (Entry(Box),), {}, lambda ns: ns.update(x=1))
print(made.__bases__, made.x, made.__orig_bases__[0].__class__.__name__)
attempt(lambda: types.new_class("Bad", (Entry(5),)))
alias = list[int]


class Ints(alias):
    def total(self):
        return sum(self)


print(Ints([1, 2]).total(), Ints.__bases__, Ints.__orig_bases__, Ints.__mro__)


class Pair(tuple[int, str], dict[str, int] if False else object):
    pass


print(Pair.__orig_bases__, Pair.__bases__)
attempt(lambda: exec("class X(list[int], dict[int, int]): pass"))
attempt(lambda: exec("class X(int | str): pass"))
attempt(lambda: alias.__mro_entries__((alias,)))
attempt(lambda: isinstance([], alias))
attempt(lambda: issubclass(list, alias))
attempt(lambda: alias.__origin__ is list and alias() == [])
attempt(lambda: alias.append)
attempt(lambda: setattr(alias, "x", 1))


class Late:
    pass


attempt(lambda: Late[0])
Late.__class_getitem__ = classmethod(lambda cls, item: (cls.__name__, item))
attempt(lambda: Late[0])
Late.__class_getitem__ = lambda item: ("plain function", item)
attempt(lambda: Late[0])
del Late.__class_getitem__
attempt(lambda: Late[0])
