"""Enums in use: state machine, dispatch, ordering mixin, protocol with members carrying functions, JSON-like dumps."""

import enum
import functools

class State(enum.Enum):
    IDLE = "idle"; RUNNING = "running"; DONE = "done"; FAILED = "failed"
    @property
    def next(self): return {State.IDLE: [State.RUNNING], State.RUNNING: [State.DONE, State.FAILED]}.get(self, [])
    def to(self, other):
        if other not in self.next: raise ValueError(f"{self.name} -> {other.name}")
        return other
s = State.IDLE
for target in (State.RUNNING, State.IDLE, State.DONE, State.RUNNING):
    try:
        s = s.to(target); print(s)
    except ValueError as e: print("refused", e)
class Op(enum.Enum):
    ADD = enum.member(lambda a, b: a + b) if hasattr(enum, "member") else 0
    SUB = enum.member(lambda a, b: a - b)
    def __call__(self, *a): return self.value(*a)
print(Op.ADD(2, 3), Op["SUB"](2, 3), [o.name for o in Op])
@functools.total_ordering
class Level(enum.Enum):
    LOW, MID, HIGH = range(3)
    def __lt__(self, o): return self.value < o.value if isinstance(o, Level) else NotImplemented
print(Level.LOW < Level.HIGH, max(Level), sorted([Level.HIGH, Level.LOW]), Level.MID >= Level.MID)
try:
    Level.LOW < 5
except TypeError as e: print(e)
class Http(enum.IntEnum):
    OK = 200, "fine"; NOT_FOUND = 404, "missing"
    def __new__(cls, code, phrase):
        o = int.__new__(cls, code); o._value_, o.phrase = code, phrase
        return o
print(Http.OK + 1, Http(404).phrase, [(h.value, h.phrase) for h in Http], Http.NOT_FOUND == 404)
class Auto(str, enum.Enum):
    def _generate_next_value_(n, s, c, l): return n.replace("_", "-").lower()
    FOO_BAR = enum.auto(); BAZ = enum.auto()
print(Auto.FOO_BAR.value, Auto("baz"), Auto.BAZ == "baz", "foo-bar" in [a.value for a in Auto], Auto.BAZ.title())
class Coord(enum.Enum):
    ORIGIN = (0, 0); UNIT = (1, 1)
    def __iter__(self): return iter(self.value)
    def __bool__(self): return any(self.value)
    def __str__(self): return f"at {self.value}"
x, y = Coord.UNIT; print(x, y, bool(Coord.ORIGIN), str(Coord.UNIT), f"{Coord.UNIT}", repr(Coord.UNIT))
def handle(e):
    match e:
        case State.IDLE | State.DONE: return "quiet"
        case State(): return "state " + e.value
        case Level.HIGH: return "high"
        case Http.OK: return "http ok"
        case 404: return "404"
print([handle(e) for e in (State.IDLE, State.RUNNING, Level.HIGH, Http.OK, Http.NOT_FOUND, 5)])
class Registry(enum.EnumMeta if hasattr(enum, "EnumMeta") else type):
    def __call__(cls, v, *a, **k): return super().__call__(v.lower() if isinstance(v, str) and not a and not k else v, *a, **k)
class CI(enum.Enum, metaclass=Registry): A = "a"; B = "b"
print(CI("A"), CI("b"), CI["A"])
print(enum.EnumType is enum.EnumMeta, State.__class__, State.IDLE.__class__, [m for m in State if m.value.startswith("d")], {m.name: m.value for m in Level}, dict(Level.__members__.items())["MID"], State._value2member_map_["done"], State._member_names_, list(map(lambda m: m._sort_order_, Level)))
class Inner(enum.Enum):
    class Nested(enum.Enum): N = 1
    A = 1
print(Inner.A, isinstance(Inner.Nested, type) or isinstance(Inner.Nested, Inner))
class Prop(enum.Enum):
    A = 1
    @enum.property
    def label(self): return "label of " + self._name_
    @enum.nonmember
    class Helper: v = 9
    B = enum.member(5)
print(Prop.A.label, Prop.Helper.v, Prop.B.value, list(Prop))
@enum.verify(enum.UNIQUE, enum.CONTINUOUS)
class Checked(enum.IntEnum): A = 1; B = 2
for check, ns in ((enum.UNIQUE, {"A": 1, "B": 1}), (enum.CONTINUOUS, {"A": 1, "B": 4})):
    try:
        enum.verify(check)(enum.IntEnum("Bad", ns))
    except ValueError as e: print(e)
