"""__slots__ and member descriptors: layouts that conflict, deleted and unset members, wrong objects, inheritance, weakref and dict slots, pickling state."""

import copy
import pickle
import weakref


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def make(name, bases=(), **namespace):
    return type(name, bases, namespace)


class S:
    __slots__ = ("a", "b", "__weakref__")


s = S()
attempt("unset", lambda: s.a)
s.a = 1
attempt("set", lambda: s.a)
attempt("unknown", lambda: setattr(s, "c", 1))
attempt("delete", lambda: delattr(s, "a"))
attempt("delete again", lambda: delattr(s, "a"))
attempt("no dict", lambda: s.__dict__)
attempt("vars", lambda: vars(s))
attempt("weak", lambda: weakref.ref(s)() is s)
attempt("class set", lambda: setattr(s, "__class__", S))
print(S.a, type(S.a).__name__, S.a.__objclass__, S.a.__name__, S.a.__doc__, S.a.__qualname__, S.__slots__)
attempt("get on class", lambda: S.a.__get__(None, S) is S.a)
attempt("get wrong", lambda: S.a.__get__(5))
attempt("set wrong", lambda: S.a.__set__(5, 1))
attempt("delete wrong", lambda: S.a.__delete__(5))
attempt("get right", lambda: (S.b.__set__(s, 7), S.b.__get__(s), S.b.__get__(s, int)))
attempt("call", lambda: S.a())
for slots in ("single", ("a", "a"), [], (), None, 5, ("a", 5), ("1a",), ("",), ("class",), ("é",), ("a b",), ("__dict__",), ("__weakref__",), ("__dict__", "__weakref__", "x"), ("__slots__",), ("__module__",), ("__doc__",), ("__init__",), ("__a",), ("_A__a",), {"x": "doc of x"}, iter(("p", "q")), ("__qualname__",), ("__classcell__",), "__dict__"):
    def build():
        cls = make("Built", __slots__=slots)
        return cls.__slots__ if not hasattr(cls.__slots__, "__next__") else "iterator", [k for k in vars(cls) if k not in ("__slots__", "__module__", "__doc__")], hasattr(cls(), "__dict__")
    attempt(f"slots {slots if not hasattr(slots, '__next__') else 'iterator'}", build)
attempt("conflict with value", lambda: make("X", __slots__=("a",), a=1))
attempt("conflict with method", lambda: make("X", __slots__=("f",), f=lambda self: 1))
attempt("doc", lambda: make("X", __slots__={"a": "the doc", "b": None}).a.__doc__)


class Left:
    __slots__ = ("l",)


class Right:
    __slots__ = ("r",)


class Empty:
    __slots__ = ()


class Dicted:
    pass


class Sub(Left):
    __slots__ = ("m",)


class SubDict(Left):
    pass


for bases in ((Left, Right), (Left, Empty), (Empty, Left), (Left, Dicted), (Dicted, Left), (Left, Sub), (Sub, Left), (Sub, Right), (SubDict, Left), (SubDict, Dicted), (SubDict, Right), (Left, int), (int, Left), (Empty, int), (int, str), (int, Empty, Dicted), (list, dict), (Dicted, list), (Exception, Left), (Left, Exception), (Exception, Empty), (OSError, KeyError), (SyntaxError, ValueError), (OSError, SyntaxError),
              (type, Empty), (type, Left), (tuple, Empty), (int, float), (bytes, Empty), (str, Empty), (Dicted, Empty), (Left, weakref.ref), (Empty, weakref.ref)):
    attempt(" ".join(b.__name__ for b in bases), lambda: make("X", bases, __slots__=())().__class__.__mro__[0].__base__.__name__)
for base in (int, str, bytes, tuple, list, float, type, Exception, frozenset, complex):
    attempt(f"nonempty on {base.__name__}", lambda: make("X", (base,), __slots__=("a",)).a.__name__)
    attempt(f"dict on {base.__name__}", lambda: make("X", (base,), __slots__=("__dict__",)).__dictoffset__ != 0)
    attempt(f"weakref on {base.__name__}", lambda: make("X", (base,), __slots__=("__weakref__",)).__weakrefoffset__ != 0)
attempt("dict twice", lambda: make("X", (Dicted,), __slots__=("__dict__",)))
attempt("weakref twice", lambda: make("X", (Dicted,), __slots__=("__weakref__",)))
x = Sub()
x.l, x.m = 1, 2
print(x.l, x.m, Sub.__slots__, Left.l.__get__(x))
y = SubDict()
y.l, y.free = 3, 4
print(vars(y), y.l)


class Shadow(Left):
    __slots__ = ("l",)


z = Shadow()
z.l = "new"
attempt("shadowed", lambda: (z.l, Left.l.__get__(z)))
Left.l.__set__(z, "old")
print(z.l, Left.l.__get__(z))


class Mangle:
    __slots__ = ("__private", "_Mangle__other", "__keep__")

    def __init__(self):
        self.__private = 1
        self.__other = 2
        self.__keep__ = 3


m = Mangle()
print(sorted(n for n in dir(m) if "Mangle" in n or "keep" in n), m._Mangle__private, m._Mangle__other)
for value in (S(), x, y, z, m, Empty(), SubDict()):
    for protocol in (0, 1, 2, 4):
        attempt(f"reduce {type(value).__name__} {protocol}", lambda: value.__reduce_ex__(protocol)[2:3])
    attempt("copy", lambda: sorted((k, v) for k, v in ((n, getattr(copy.copy(value), n, None)) for n in ("a", "b", "l", "m", "free"))if v is not None))
attempt("getstate", lambda: (x.__getstate__(), y.__getstate__(), Empty().__getstate__(), S().__getstate__(), Dicted().__getstate__(), (5).__getstate__()))
attempt("pickle", lambda: pickle.loads(pickle.dumps(x, 2)).m)
del Left.l
attempt("member removed", lambda: x.l)
S.a = 5
attempt("member replaced", lambda: s.a)
attempt("assign over class attribute", lambda: setattr(s, "a", 1))


class Property:
    __slots__ = ("_v",)
    v = property(lambda self: self._v, lambda self, value: setattr(self, "_v", value * 2), doc="doubles")


q = Property()
q.v = 4
print(q.v, Property.v.__doc__, Property.v.fget is not None, Property.v.fdel)
attempt("no deleter", lambda: delattr(q, "v"))
attempt("unset behind property", lambda: Property().v)
