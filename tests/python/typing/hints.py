# typing: hints resolved in every scope, ParamSpec, TypedDict, Protocol, NamedTuple, Annotated, overloads, generics substituted, errors.
import collections.abc
import dataclasses
import functools
import inspect
import typing as t
from typing import Annotated, Any, Callable, ClassVar, Concatenate, Generic, Literal, NamedTuple, Optional, ParamSpec, Protocol, Required, NotRequired, Self, TypedDict, TypeVar, TypeVarTuple, Union, Unpack

T, S, B, C = TypeVar("T"), TypeVar("S", int, str), TypeVar("B", bound="Base"), TypeVar("C", covariant=True)
P, Ts = ParamSpec("P"), TypeVarTuple("Ts")


class Base:
    x: "int"
    y: ClassVar["list[Base]"] = []
    z: Optional["Base"] = None

    def method(self, other: "Base", *args: "str", key: "T" = None, **kw: "dict[str, Base]") -> "Self | None": ...


class Derived(Base):
    x: "str"
    w: Annotated["int", "meta"]


def decorate(f: Callable[Concatenate[int, P], T]) -> Callable[P, T]:
    @functools.wraps(f)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        return f(1, *args, **kwargs)
    return inner


@decorate
def wrapped(a: int, b: "Literal['x', 1]") -> "None": ...


for obj, options in ((Base, {}), (Derived, {}), (Derived, dict(include_extras=True)), (Base.method, {}), (wrapped, {}), (decorate, {}), (dataclasses.make_dataclass("D", [("q", "Base")]), dict(globalns=globals())), (inspect, {}), (len, {}), (functools.partial, {})):
    try:
        print(t.get_type_hints(obj, **options))
    except Exception as e:
        print(type(e).__name__, e)


def local():
    class Inner: ...
    def f(a: "Inner", b: "Missing") -> "list[Inner]": ...
    for kw in ({}, dict(localns=locals()), dict(localns={**locals(), "Missing": int})):
        try:
            print({k: getattr(v, "__name__", v) for k, v in t.get_type_hints(f, **kw).items()})
        except NameError as e:
            print("NameError", e)


local()


class Movie(TypedDict):
    title: str
    year: "int"


class Extended(Movie, total=False):
    rating: Annotated[float, "stars"]
    must: Required[int]
    may: NotRequired["str"]


Point = TypedDict("Point", {"x": int, "in": str})
print(Movie(title="t", year=1), Extended.__required_keys__, sorted(Extended.__optional_keys__), Extended.__total__, t.get_type_hints(Extended), t.get_type_hints(Extended, include_extras=True), Point.__annotations__, t.is_typeddict(Movie), t.is_typeddict(dict), Movie.__mro__, Movie.__bases__, Point(x=1) == {"x": 1})


class Emp(NamedTuple):
    name: str
    id: "int" = 3
    def hi(self): return f"hi {self.name}"


class GenericTuple(NamedTuple, Generic[T]):
    item: T


print(Emp("a"), Emp("b").hi(), Emp._field_defaults, Emp.__annotations__, t.get_type_hints(Emp), GenericTuple[int](5), NamedTuple("N", [("a", int)])(1))


@t.runtime_checkable
class Closer(Protocol):
    name: str
    def close(self) -> None: ...


class Plain(Protocol[C]):
    def get(self) -> C: ...


class Impl:
    name = "n"
    def close(self): ...


class Explicit(Plain[int]):
    def get(self): return 5


print(isinstance(Impl(), Closer), isinstance(5, Closer), Explicit().get(), Plain.__parameters__, Explicit.__orig_bases__, Closer._is_protocol, t.get_type_hints(Closer))
for g in (list[T], dict[T, S], t.List[T], t.Dict[str, T], Callable[[T], S], Callable[P, T], Callable[..., T], Union[T, int, None], Optional[T], tuple[T, ...], t.Tuple[T, S], type[T], t.Type["Base"], Annotated[T, 1, "m"], Literal[1, "a", None, True], ClassVar[int], t.Final[int], t.Awaitable[T], t.Iterator[tuple[T, S]], collections.abc.Callable[[T], int], tuple[int, Unpack[Ts]], Concatenate[int, P], t.Generator[T, None, S], int | T, list[int] | None, t.Mapping[T, list[T]], Literal[Literal[1, 2], 3]):
    print(g, t.get_origin(g), t.get_args(g), getattr(g, "__parameters__", ""), g == eval(repr(g).replace("~", "").replace("+", "").replace("__main__.", "").replace("*Ts", "Unpack[Ts]") if "typing." not in repr(g) and "collections" not in repr(g) else "g"))
    if getattr(g, "__parameters__", None):
        for arg in ((str,) * len(g.__parameters__), ([int, str],) if g.__parameters__ == (P,) else (list[T],) * len(g.__parameters__)):
            try:
                print("   ", g[arg if len(arg) > 1 else arg[0]])
            except TypeError as e:
                print("   ", type(e).__name__, e)


class Stack(Generic[T]):
    def __init__(self, item: T = None): self.item = item
class Pair(Stack[T], Generic[T, S]): ...
class Variadic(Generic[Unpack[Ts]]): ...
class Spec(Generic[T, P]): ...


print(Stack[int], Stack[int]().__orig_class__, Stack[Stack[T]][str], Pair[int, str].__args__, Pair.__parameters__, Variadic[int, str], Variadic[()], Spec[int, [str, bytes]], Spec[int, ...], Stack[int] == Stack[int], hash(Stack[int]) == hash(Stack[int]), Stack["fwd"], t.get_args(Stack["fwd"]))
for wrong in (lambda: Stack[int, str], lambda: Pair[int], lambda: Stack[()], lambda: Union[()], lambda: Optional[1, 2], lambda: Optional[5], lambda: list[T][int, str], lambda: t.List[int][str], lambda: t.List[5], lambda: Callable[int], lambda: Callable[int, str], lambda: Callable[[int], 5], lambda: ClassVar[ClassVar[int]], lambda: ClassVar[int, str], lambda: Literal[()], lambda: Annotated[int], lambda: TypeVar("X", int), lambda: TypeVar("X", bound=int, covariant=True).__bound__, lambda: TypeVar("X", covariant=True, contravariant=True), lambda: TypeVar("X", int, str, bound=int), lambda: TypeVar(5), lambda: type("G", (Generic[int],), {}), lambda: type("G", (Generic,), {}), lambda: Generic[T, T], lambda: Generic[()], lambda: isinstance([], t.List[int]), lambda: isinstance(1, Union[int, str]), lambda: isinstance(1, t.Any), lambda: issubclass(int, Plain), lambda: isinstance(5, Plain), lambda: Plain(), lambda: t.Any(), lambda: t.Union(), lambda: type("P", (Protocol, int), {}), lambda: TypedDict("X", x=int, total=5), lambda: isinstance({}, Movie), lambda: NamedTuple("N", [("_a", int)]), lambda: type("X", (Any,), {})(), lambda: Required[int], lambda: t.ForwardRef(5), lambda: t.ForwardRef("1 +"), lambda: t.get_type_hints(5), lambda: t.cast(int, "x"), lambda: t.assert_type(1, str), lambda: t.assert_never(5), lambda: t.reveal_type, lambda: int[str], lambda: Self[int], lambda: t.NoReturn[int], lambda: P.args == P.args, lambda: Unpack[int], lambda: Concatenate[int, str], lambda: t.NewType("Id", int)(5), lambda: t.NewType("Id", int) | None, lambda: t.no_such_name, lambda: t.TypeGuard[int, str], lambda: t.overload(len)()):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


@t.overload
def over(a: int) -> int: ...
@t.overload
def over(a: str) -> str: ...
def over(a): return a


@t.final
class Final: ...


print([inspect.signature(f) for f in t.get_overloads(over)], Final.__final__, t.clear_overloads(), t.get_overloads(over), t.LiteralString, T, S.__constraints__, B.__bound__, C.__covariant__, repr(P), P.__name__, Ts, t.TYPE_CHECKING, t.Text, t.NewType("Id", int).__supertype__, t.ForwardRef("a") == t.ForwardRef("a"), t.dataclass_transform()(Base) is Base, t.Never, t.get_origin(P.args), [T][0] is T)
