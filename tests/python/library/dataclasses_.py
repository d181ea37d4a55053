# dataclasses: generated methods, fields, ordering, frozen, slots, keyword-only, inheritance, errors.
import dataclasses
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, make_dataclass, replace
from typing import ClassVar


@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False, repr=False)
    count: ClassVar[int] = 0


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False)


@dataclass(slots=True, kw_only=True)
class Slotted:
    a: int
    b: str = "b"


@dataclass
class Derived(Point):
    z: float = 1.5
    _: KW_ONLY
    w: int = 9
    scale: InitVar[int] = 2

    def __post_init__(self, scale):
        self.z *= scale


print(Point(1), Point(1, 2) == Point(1, 2, ["other"]), Point(1) != Point(2), Point.__match_args__)
print(asdict(Point(1, 2, [Point(3)])), astuple(Point(1, 2, [{"k": Point(3)}])))
print([(f.name, f.type, f.default is dataclasses.MISSING) for f in fields(Point)])
print(Version(1, 2) < Version(1, 3), sorted([Version(2), Version(1, 5), Version(1)]), hash(Version(1)) == hash(Version(1, 0, "x")))
print(Slotted(a=1), Slotted.__slots__, hasattr(Slotted(a=1), "__dict__"))
print(Derived(1, w=3), replace(Derived(1, w=3), x=10, scale=1), Derived.__init__.__annotations__)
for bad in (lambda: Point(), lambda: Point(1, 2, [], 4), lambda: Slotted(1), lambda: Derived(1, 2, [], 3, 4), lambda: setattr(Version(1), "major", 2),
            lambda: delattr(Version(1), "major"), lambda: Version(1) < 3, lambda: replace(Version(1), nope=1), lambda: asdict(3), lambda: hash(Point(1)),
            lambda: fields(int), lambda: Slotted(a=1).__setattr__("c", 2)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


def define(body):
    try:
        exec(body, {"dataclass": dataclass, "field": field, "dataclasses": dataclasses})
    except Exception as e:
        print(type(e).__name__, e)


define("@dataclass\nclass A:\n    x: int = 0\n    y: int")
define("@dataclass\nclass A:\n    x: list = []")
define("@dataclass(order=True, eq=False)\nclass A:\n    x: int")
define("@dataclass(frozen=True)\nclass A:\n    x: int\n@dataclass\nclass B(A):\n    y: int")
define("@dataclass(order=True)\nclass A:\n    x: int\n    def __lt__(self, o): return True")
define("@dataclass\nclass A:\n    x = field()")
define("@dataclass(slots=True)\nclass A:\n    __slots__ = ('x',)\n    x: int")
C = make_dataclass("C", ["x", ("y", int), ("z", int, field(default=5))], namespace={"total": lambda self: self.x + self.y + self.z})
print(C(1, 2), C(1, 2).total(), C.__module__ is not None)
match Point(3, 4):
    case Point(x, y):
        print("matched", x, y)


@dataclass
class Node:
    value: int
    next: "Node" = None


n = Node(1)
n.next = n
print(n)


@dataclass(unsafe_hash=True, repr=False, eq=True)
class H:
    a: int
    b: list = field(hash=False, default=None)


print(hash(H(1, [1])) == hash(H(1, None)), repr(H(1)).startswith("<"), dataclasses.is_dataclass(H), dataclasses.is_dataclass(H(1)), dataclasses.is_dataclass(3))
