"""types.UnionType and generic aliases: construction, equality, hashing, subscription, isinstance, attributes and errors."""

from typing import TypeVar, Union, Optional, Any
import types

T = TypeVar("T")
for u in (int | str, int | None, None | int, int | str | int, int | list[int], list[int] | dict[str, int], (int | str) | float, int | T, type | None, int | Any if False else int | bytes):
    print(u, type(u).__name__, getattr(u, "__args__", None), u == (str | int))
print(isinstance(1, int | str), isinstance("s", int | str), isinstance(1.5, int | str), isinstance(None, int | None), issubclass(bool, int | str), issubclass(float, int | str), int | str == str | int, (int | str) == Union[int, str], hash(int | str) == hash(str | int), {int | str: 1}[str | int])
for bad in (lambda: int | 5, lambda: 5 | int, lambda: "int" | str, lambda: int | "str", lambda: isinstance(1, int | list[int]), lambda: issubclass(1, int | str), lambda: (int | str)(), lambda: (int | str)[int], lambda: (int | str).nope, lambda: types.UnionType(int, str), lambda: None | None, lambda: int | ..., lambda: (int | str) < int, lambda: setattr(int | str, "x", 1), lambda: isinstance(1, (int | str, "x"))):
    try:
        print(bad())
    except TypeError as e: print(e)
    except AttributeError as e: print("AttributeError", e)
g = dict[str, list[int]]
print(g, g.__origin__, g.__args__, g(a=1), g.fromkeys("ab", 0), type(g).__name__, g == dict[str, list[int]], g != dict, list[T], list[T][int], dict[T, list[T]][str], dict[T, int].__parameters__, tuple[int, ...], tuple[()], list[T].__parameters__, list[int] == list[str])
class Box:
    def __class_getitem__(cls, k): return types.GenericAlias(cls, k)
    def __init__(self, v=None): self.v = v
class Sub(list[int]): pass
print(Box[int], Box[int](5).v, Box[int](5).__orig_class__, Box[int, str].__args__, Box[T][int], Sub.__bases__, Sub.__orig_bases__, Sub([1]), Sub.__mro__[1], isinstance(Box[int](), Box), Box[int].__init__ is Box.__init__)
for bad in (lambda: list[int][str], lambda: isinstance([], list[int]), lambda: issubclass(list, list[int]), lambda: int[str], lambda: list[T][int, str], lambda: hash(list[[]]), lambda: list[int].zzz, lambda: type("X", (int | str,), {}), lambda: list[int] < list, lambda: class_from_alias, lambda: setattr(list[int], "__origin__", 5), lambda: types.GenericAlias(), lambda: types.GenericAlias(list)):
    try:
        print(bad())
    except (TypeError, NameError, AttributeError) as e: print(type(e).__name__, e)
print([*list[int]] == [*[x for x in list[int]]], next(iter(tuple[int, str])), list[*tuple[int, str]], repr(list[int | None]), list["fwd"], dict[str, "X"], type[Box], frozenset[int], set[T][bytes], (list[int] | None).__args__, copy_ok if (copy_ok := list[int].__reduce__()[1]) else 0)
match [1]:
    case list(): print("list matches")
def f(x: int | None = None) -> list[str]: ...
print(f.__annotations__, Optional[int] == (int | None), Union[int] is int, list[int].__class__, (int | str).__class__)
