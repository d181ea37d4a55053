# dataclasses: slots, keyword-only fields, InitVar, factories, ordering, inheritance, frozen and generic classes, replacing, messages.
import abc
import copy
import dataclasses as dc
import pickle
import types
import typing
from dataclasses import InitVar, KW_ONLY, dataclass, field


@dataclass(slots=True)
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False)

    def move(self, dx):
        return dc.replace(self, x=self.x + dx)


@dataclass(slots=True, frozen=True, order=True, kw_only=True)
class Version:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False, repr=False, metadata={"doc": "a name"})


@dataclass
class Account:
    owner: str
    _: KW_ONLY
    limit: int = 10
    database: InitVar[dict] = None
    total: float = field(init=False)
    KIND: typing.ClassVar[str] = "account"

    def __post_init__(self, database):
        self.total = (database or {}).get(self.owner, 0.0)


@dataclass
class Savings(Account):
    rate: float = 0.5
    owner: str = "nobody"


@dataclass(eq=False)
class Identity:
    x: int


@dataclass(unsafe_hash=True)
class Hashed:
    a: int
    b: list = field(default_factory=list, hash=False)


T = typing.TypeVar("T")


@dataclass
class Box(typing.Generic[T]):
    item: T
    inner: "Box[T] | None" = None


p = Point(1, tags=["a"])
print(p, p.move(5), Point.__slots__, hasattr(p, "__dict__"), p == Point(1), Point.__match_args__, copy.deepcopy(p), pickle.loads(pickle.dumps(p)), dc.asdict(p), dc.astuple(p))
v = Version(major=1, minor=2, label="x")
print(v, hash(v) == hash(Version(major=1, minor=2)), v < Version(major=1, minor=3), sorted([Version(major=2), v])[0], dc.fields(v)[2].metadata["doc"], Version.__match_args__, pickle.loads(pickle.dumps(v)) == v, max(v, Version(major=1)) is v)
a = Account("ann", database={"ann": 5.0}, limit=3)
print(a, Savings(), Savings("bob", 0.1, limit=1, database={"bob": 2}), [f.name for f in dc.fields(Savings)], Account.KIND, [f.kw_only for f in dc.fields(Account)], dc.asdict(a))
print(Identity(1) == Identity(1), len({Identity(1), Identity(1)}), Hashed(1) in {Hashed(1, [2])}, Hashed.__hash__ is not None, Point.__hash__, Box(1, Box("x")), Box[int](5), dc.asdict(Box([Box(1), (Box(2),)], Box({"k": Box(3)}))), dc.astuple(Box([Box(1)])), dc.asdict(Box(1), dict_factory=list), dc.astuple(Box(1), tuple_factory=list))
match v:
    case Version(major=m, minor=n):
        print("matched", m, n)
match p:
    case Point(x, y, [tag]):
        print("positional", x, y, tag)
for wrong in (lambda: setattr(v, "major", 5), lambda: delattr(v, "major"), lambda: setattr(v, "new", 5), lambda: Version(1), lambda: Point(), lambda: Account("x", 5), lambda: p < Point(2), lambda: dc.replace(a, total=1), lambda: dc.replace(a), lambda: dc.replace(a, database={}), lambda: dc.replace(5), lambda: dc.fields(5), lambda: dc.asdict(Point), lambda: hash(p), lambda: setattr(p, "z", 1), lambda: dc.field(default=1, default_factory=list), lambda: dc.astuple(5), lambda: dc.replace(p, nope=1)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


def make(body, **options):
    def run():
        ns = dict(dataclass=dataclass, field=field, KW_ONLY=KW_ONLY, InitVar=InitVar, options=options, Point=Point, Version=Version, dc=dc)
        exec("@dataclass(**options)\nclass C" + body, ns)
        return ns["C"]
    return run


for attempt in (make(":\n a: int = 1\n b: int"), make(":\n a: list = []"), make(":\n a: int = field()\n __slots__ = ('a',)"), make(":\n a: int\n __slots__ = ('a',)", slots=True), make(":\n a: int\n def __lt__(s, o): pass", order=True), make(":\n a: int", order=True, eq=False), make(":\n a: int\n def __setattr__(s, n, v): pass", frozen=True), make("(Version):\n b: int = 1"), make("(Point):\n b: int = 1", frozen=True), make(":\n a: int\n def __hash__(s): return 1", unsafe_hash=True), make(":\n _: KW_ONLY\n a: int\n __: KW_ONLY\n b: int"), make(":\n a: InitVar[int] = field(default_factory=list)"), make(":\n x = field()"), make(":\n a: int = field(kw_only=True)\n b: int"), make(":\n a: int", weakref_slot=True), make(":\n a: int", slots=True, weakref_slot=True), make(":\n a: dict = {}"), make(":\n a: Point = Point(1)"), make(":\n a: Version = Version(major=1)"), make(":\n a: 'dc.InitVar[int]'\n b: 'dc.ClassVar' = 1"), make(":\n self: int"), make(":\n a: int", match_args=False, repr=False, init=False)):
    try:
        C = attempt()
        print(C.__name__, [f.name for f in dc.fields(C)], getattr(C, "__match_args__", None), getattr(C, "__slots__", None))
    except Exception as e:
        print(type(e).__name__, e)
M = dc.make_dataclass("M", ["a", ("b", int), ("c", str, field(default="z"))], bases=(Identity,), namespace={"double": lambda self: self.b * 2}, frozen=False)
print(M(0, 1, 2), M(0, 1, 2).double(), M.__module__ in ("types", "__main__"), M.__annotations__["b"])
for args in (("1a", []), ("M", ["a", "a"]), ("M", ["for"]), ("M", [5]), ("M", [("a",)])):
    try:
        print(dc.make_dataclass(*args))
    except Exception as e:
        print(type(e).__name__, e)


@dataclass
class Node:
    name: str
    parent: "Node" = field(default=None, repr=False)
    children: list = field(default_factory=list)

    def add(self, name):
        self.children.append(child := Node(name, self))
        return child


root = Node("root")
root.add("leaf").add("deep")
root.children.append(root)
print(root, dc.is_dataclass(root), dc.is_dataclass(Node), dc.is_dataclass(types.GenericAlias(list, int)), dc.MISSING, repr(dc.fields(Node)[1])[:60])
print(Point.__doc__, Account.__doc__, Box.__doc__)
