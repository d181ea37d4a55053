"""Enum: members, aliases, iteration, lookup, auto, unique, methods, comparison, errors."""

from enum import Enum, auto, unique, IntEnum, StrEnum, Flag, IntFlag

class Color(Enum):
    RED = 1
    GREEN = "g"
    BLUE = auto() if False else 3
    CRIMSON = 1
    def describe(self): return f"{self.name} is {self.value}"
    @classmethod
    def default(cls): return cls.GREEN
    @property
    def upper(self): return str(self.value).upper()
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color("g"), Color["BLUE"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.__members__.keys(), Color.RED in Color, Color.RED.describe(), Color.default(), Color.GREEN.upper, type(Color.RED), isinstance(Color.RED, Color), hash(Color.RED) == hash(Color.RED), Color.RED == 1, Color.RED != Color.BLUE, {Color.RED: 1}, list(reversed(Color)), Color.RED.CRIMSON if False else "-")
for bad in (lambda: Color(9), lambda: Color["NOPE"], lambda: Color.NOPE, lambda: setattr(Color, "RED", 5), lambda: delattr(Color, "RED"), lambda: Color.RED < Color.BLUE, lambda: setattr(Color.RED, "value", 5), lambda: Color(), lambda: type("Sub", (Color,), {}), lambda: Color.RED(), lambda: Color.__call__(1, 2), lambda: setattr(Color.RED, "name", "x"), lambda: 1 in Color):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
class A(Enum):
    X = auto(); Y = auto(); Z = 10; W = auto()
print([m.value for m in A], A.X.value + A.W.value)
class Named(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower() + str(count)
    P = auto(); Q = auto()
print(list(Named))
try:
    @unique
    class Dup(Enum):
        A = 1; B = 1
except ValueError as e: print(e)
class N(IntEnum):
    ONE = 1; TWO = 2
print(N.ONE + 1, N.TWO > N.ONE, N(1), repr(N.ONE), f"{N.TWO} {N.TWO:03}", [10, 20, 30][N.ONE], sorted([N.TWO, N.ONE]), isinstance(N.ONE, int), N.ONE == 1, str(N.ONE), sum(N), max(N), N.TWO.bit_length())
class S(StrEnum):
    A = auto(); B = "bee"
print(S.A, S.B.upper(), S.A == "a", f"{S.B:>5}", repr(S.A), "x" + S.B, isinstance(S.A, str), S("bee"))
class Planet(Enum):
    EARTH = (5.97, 6371); MARS = (0.642, 3390)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def density(self): return round(self.mass / self.radius ** 3 * 1e10, 3)
print([(p.name, p.mass, p.density) for p in Planet], Planet((0.642, 3390)))
F = Enum("F", "A B C"); G = Enum("G", {"X": 10, "Y": 20}); H = Enum("H", [("P", 1), ("Q", 2)], module="m", qualname="q.H"); I = IntEnum("I", ["a", "b"], start=5)
print(list(F), list(G), H.P, H.__module__, H.__qualname__, list(I), F.A)
class Odd(Enum):
    _ignore_ = "k"
    k = 5
    VALUE = [1, 2]
    def method(self): pass
    NONE = None
    @staticmethod
    def helper(): return "helped"
print(list(Odd), Odd([1, 2]), Odd(None), Odd.helper(), hasattr(Odd, "k"))
class Base(Enum):
    def shared(self): return self.value * 2
class Derived(Base): X = 21
print(Derived.X.shared())
class Mixed(float, Enum): HALF = 0.5
print(Mixed.HALF + 1, Mixed.HALF, repr(Mixed.HALF))
match Color.RED:
    case Color.GREEN: print("no")
    case Color.RED: print("matched RED")
class Missing(Enum):
    A = 1
    @classmethod
    def _missing_(cls, v): return cls.A if v == "any" else None
print(Missing("any"))
try:
    Missing("x")
except ValueError as e: print(e)
print(Color.__doc__, Color.RED.__doc__, [n for n in dir(Color) if not n.startswith("_")])
