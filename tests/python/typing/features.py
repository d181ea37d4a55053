# typing: reprs, generics, protocols, TypedDict, NamedTuple, overloads, hints, ParamSpec, Annotated, errors.
import collections.abc
import typing
from typing import *

T, K, P = TypeVar("T"), TypeVar("K", bound=int), ParamSpec("P")
Ts = TypeVarTuple("Ts")
for x in (List[int], Dict[str, T], Optional[int], Union[int, str, int], Callable[[int, T], str], Callable[..., int], Tuple[int, ...], Tuple[()], Type[int], Literal[1, "a", None], Annotated[int, "m"], ClassVar[int],
          Final[int], Union[None, int], list[int] | None, Callable[P, T], Generic[T], Deque[int], Any, NoReturn, Never, Self, LiteralString, Required[int], T, K, P, P.args, Ts, Unpack[Ts], Concatenate[int, P],
          Dict[str, T][int], Callable[[T], T][int], Iterable[T][str], type[int], Awaitable[int], Pattern[str], "fwd", ForwardRef("X"), Optional["X"], Union[List["X"], int], Generator[int, None, str], tuple[*Ts]):
    print(x, getattr(x, "__args__", "-"), get_origin(x), get_args(x), getattr(x, "__parameters__", "-"))


class Stack(Generic[T]):
    items: List[T]

    def push(self, x: T) -> None: ...


class Sub(Stack[int], Generic[K]): ...


class Movie(TypedDict, total=False):
    name: Required[str]
    year: int


class Point(NamedTuple):
    x: int
    y: int = 0

    def norm(self): return self.x ** 2 + self.y ** 2


@runtime_checkable
class Closes(Protocol):
    def close(self) -> None: ...


class File:
    def close(self): ...


@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x): return x


print(Stack[int], Stack[int]().push(1), Sub.__orig_bases__, Sub.__parameters__, Stack[int] == Stack[int], hash(Stack[int]) == hash(Stack[int]), Stack.__class_getitem__)
print(Movie.__required_keys__, Movie.__optional_keys__, Movie.__total__, Movie(name="n"), get_type_hints(Movie), get_type_hints(Movie, include_extras=True))
print(Point(1), Point(1)._asdict(), Point.__annotations__, Point._field_defaults, Point(3, 4).norm(), isinstance(File(), Closes), isinstance(3, Closes), issubclass(File, Closes), len(get_overloads(f)))
UserId = NewType("UserId", int)
print(UserId, UserId(3), UserId.__supertype__, cast(int, "x"), reveal_type.__name__, is_typeddict(Movie), typing.get_type_hints(Stack.push), assert_type(1, int), NamedTuple("NT", [("a", int)])(1))


class H:
    a: "int"
    b: "List[H]" = None
    c: Annotated["str", 1]


print(get_type_hints(H), get_type_hints(H, include_extras=True))
for bad in (lambda: List[int, str], lambda: Union[()], lambda: Optional[int, str], lambda: Callable[int], lambda: Generic[int], lambda: Literal[()], lambda: Any(), lambda: List[int]() and isinstance([], List[int]), lambda: TypeVar("A", int), lambda: TypeVar("A", int, str, bound=int),
            lambda: ClassVar[int, str], lambda: Stack[int, str], lambda: Protocol(), lambda: Closes(), lambda: Movie[int], lambda: issubclass(int, List[int]), lambda: Union[1], lambda: Dict[int][str], lambda: ForwardRef("a b"), lambda: Final(), lambda: NewType("X", int)[int], lambda: Self[int],
            lambda: type("C", (Any[int],), {}), lambda: T[int], lambda: get_type_hints(3), lambda: Annotated[int], lambda: NamedTuple("X", [("_a", int)]), lambda: f.__wrapped__, lambda: Concatenate[int], lambda: type("X", (Generic, ), {}), lambda: Unpack[int, str]):
    try:
        print("no error", bad())
    except Exception as e:
        print(type(e).__name__, e)
print(isinstance([], Iterable), isinstance({}, typing.Mapping), issubclass(list, typing.Sequence), typing.List.__origin__, collections.abc.Callable[[int], str], TYPE_CHECKING, Text, AnyStr.__constraints__, no_type_check(lambda: 0) is not None)


@dataclass_transform(kw_only_default=True)
def model(cls): return cls


print(model.__dataclass_transform__, final(File).__final__, typing.clear_overloads(), get_overloads(f))
try:
    assert_never(3)
except AssertionError as e:
    print(e)
