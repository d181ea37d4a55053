"""Assigning to classes' own attributes: __name__, __qualname__, __bases__, __doc__, __module__, __mro__, __abstractmethods__, __annotations__, on own and builtin types."""


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


class Base:
    """base doc"""
    shared = "base"


class Other:
    shared = "other"


class A(Base):
    x: int = 1


class Slotted:
    __slots__ = ("s",)


def assign(cls, name, value):
    setattr(cls, name, value)
    return getattr(cls, name)


for name, values in (("__name__", ["B", "a b", "", "é", "\0", "x\0y", 5, None, b"x", "\ud800"]), ("__qualname__", ["Q.R", "", 5, None]), ("__module__", ["mod", 5, None]), ("__doc__", ["new", None, 5]), ("__bases__", [(Other,), (Base, Other), (), [Base], 5, None, (5,), (object,), (int,), (A,), (Slotted,), (Base, Base), (type,), (Exception,), (Base,)]), ("__mro__", [(), (A,)]), ("__base__", [Base]), ("__dict__", [{}, 5]), ("__abstractmethods__", [frozenset(), {"f"}, [], 5, "text"]),
                     ("__annotations__", [{}, {"y": str}, 5, None]), ("__class__", [type, 5, int]), ("__flags__", [0]), ("__basicsize__", [5]), ("__weakrefoffset__", [0]), ("__text_signature__", ["x"]), ("__subclasses__", [5]), ("__mro_entries__", [5]), ("mro", [5]), ("__slots__", [("a",)]), ("__hash__", [None, 5]), ("__eq__", [None]), ("__len__", [5, None]), ("__call__", [None]), ("__init__", [None, 5]), ("__new__", [None, 5]), ("__getattribute__", [5]), ("__set_name__", [5]), ("__init_subclass__", [5]), ("__class_getitem__", [5])):
    for value in values:
        class Fresh(Base):
            """fresh doc"""
            x: int = 1
        attempt(f"{name} = {ascii(value)}", lambda: ascii(assign(Fresh, name, value))[:90])
        attempt("   use", lambda: ascii([Fresh.__name__, Fresh.__qualname__, Fresh.shared, [b.__name__ for b in Fresh.__mro__], isinstance(Fresh(), Base)])[:160])
    attempt(f"del {name}", lambda: delattr(Fresh, name))
for cls in (int, object, type, Exception, type(None), list, dict, type(len), type(lambda: 0)):
    for name, value in (("__name__", "x"), ("new_attribute", 1), ("__doc__", "x"), ("__bases__", (object,)), ("__module__", "m"), ("__qualname__", "q"), ("__abstractmethods__", ()), ("__annotations__", {}), ("__add__", None), ("mro", None)):
        attempt(f"{cls.__name__}.{name}", lambda: setattr(cls, name, value))
    attempt(f"del {cls.__name__}", lambda: delattr(cls, "__doc__"))
    attempt("annotations", lambda: cls.__annotations__)
    attempt("abstract", lambda: cls.__abstractmethods__)
    attempt("missing", lambda: cls.nothing_here)
attempt("A annotations", lambda: (A.__annotations__, Base.__annotations__, "__annotations__" in vars(Base)))


def heirs(cls):
    return sorted({c.__name__ for c in cls.__subclasses__()} & {"A", "Left", "Right", "Both", "B"} - {"B"})


class Abstract:
    pass


Abstract.__abstractmethods__ = frozenset(["one"])
attempt("abstract one", lambda: Abstract())
Abstract.__abstractmethods__ = ["b", "a"]
attempt("abstract two", lambda: Abstract())
Abstract.__abstractmethods__ = ()
attempt("abstract none", lambda: type(Abstract()).__name__)
attempt("abstract deleted", lambda: delattr(Abstract, "__abstractmethods__"))
attempt("abstract deleted again", lambda: delattr(Abstract, "__abstractmethods__"))


class Left(Base):
    def who(self): return "left"


class Right(Base):
    def who(self): return "right"


class Both(Left, Right):
    def who(self): return "both", super().who()


b = Both()
print(b.who())
Both.__bases__ = (Right, Left)
print(b.who(), [c.__name__ for c in Both.__mro__])
attempt("inconsistent", lambda: setattr(Both, "__bases__", (Base, Left)))
print([c.__name__ for c in Both.__bases__], heirs(Base))
attempt("cycle", lambda: setattr(Base, "__bases__", (Both,)))
attempt("self", lambda: setattr(Left, "__bases__", (Left,)))
Left.__bases__ = (Other,)
attempt("after change", lambda: (Both.shared, Left.shared, [c.__name__ for c in Both.__mro__], heirs(Base), heirs(Other)))
attempt("object base", lambda: setattr(Right, "__bases__", (object,)))


class WithMeta(type):
    def mro(cls):
        return [cls, *super().mro()[1:]][::1]


class Meta2(type):
    def mro(cls):
        return 5


class Meta3(type):
    def mro(cls):
        return [cls, 5]


class Meta4(type):
    def mro(cls):
        return [int, cls]


class Meta5(type):
    def mro(cls):
        return ()


for meta in (WithMeta, Meta2, Meta3, Meta4, Meta5):
    attempt(meta.__name__, lambda: meta("M", (), {}).__mro__)
attempt("type.mro", lambda: type.mro(5))
attempt("type.mro int", lambda: type.mro(int))
attempt("subclasses", lambda: type.__subclasses__(int) == int.__subclasses__())
attempt("subclasses of type", lambda: type.__subclasses__())
attempt("prepare", lambda: type.__prepare__(1, 2, 3, x=4))
attempt("instancecheck", lambda: (type.__instancecheck__(int, True), type.__subclasscheck__(int, bool)))
attempt("subclasscheck", lambda: type.__subclasscheck__(int, 5))
attempt("dir", lambda: type.__dir__(5))
attempt("sizeof", lambda: type.__sizeof__(int) > 100)
attempt("call", lambda: type.__call__(int, "5"))
attempt("or", lambda: (int | None, type.__or__(int, str), int.__or__(1, 2)))
attempt("or bad", lambda: int | 5)
