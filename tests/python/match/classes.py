"""Class patterns: __match_args__, builtin self-matching types, keyword patterns, isinstance hooks, errors."""

class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Point3(Point):
    __match_args__ = ("x", "y", "z")
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z
class NoArgs:
    def __init__(self): self.v = 1
class Lazy:
    __match_args__ = ("computed",)
    @property
    def computed(self):
        print("computing", end=" ")
        return 42
class Raising:
    @property
    def bad(self): raise ValueError("property failed")
    @property
    def missing(self): raise AttributeError("looks absent")

def what(v):
    match v:
        case Point3(0, 0, 0): return "origin 3d"
        case Point3(x, y, z=zz): return f"3d {x} {y} {zz}"
        case Point(0, 0): return "origin"
        case Point(x=0, y=yy): return f"on y axis {yy}"
        case Point(x, y) if x == y: return f"diagonal {x}"
        case Point(): return "some point"
        case NoArgs(v=value): return f"noargs {value}"
        case Lazy(42 as c): return f"lazy {c}"
        case bool(b): return f"bool {b}"
        case int(i): return f"int {i}"
        case float(f): return f"float {f}"
        case str(s): return f"str {s}"
        case bytes(b) | bytearray(b): return f"bytes {b}"
        case list([a, b]): return f"list pair {a} {b}"
        case list(l): return f"list {l}"
        case tuple((1, *r)): return f"tuple from 1 {r}"
        case dict(d): return f"dict {d}"
        case set(s) | frozenset(s): return f"set {sorted(s)}"
        case complex(real=r, imag=i): return f"complex {r} {i}"
        case type(): return f"class {v.__name__}"
        case BaseException(args=(first, *_)): return f"exception {first}"
        case None: return "none"
        case object(__class__=c): return f"object of {c.__name__}"

for v in (Point3(0, 0, 0), Point3(1, 2, 3), Point(0, 0), Point(0, 5), Point(3, 3), Point(1, 2), NoArgs(), Lazy(), True, 5, 2.5, "s", b"b", bytearray(b"ba"), [1, 2], [1], (1, 2, 3), (2,), {"a": 1}, {3, 1}, frozenset([2]), 2j, int, ValueError("v", 2), KeyError(), None, range(3), ...):
    print(what(v))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def too_many():
    match Point(1, 2):
        case Point(1, 2, 3): return "no"
def no_match_args():
    match NoArgs():
        case NoArgs(1): return "no"
def not_a_class():
    thing = 5
    match 1:
        case thing(): return "no"
def duplicate():
    match Point(1, 2):
        case Point(1, x=1): return "no"
def int_two():
    match 5:
        case int(1, 2): return "no"
class BadArgs:
    __match_args__ = ["x"]
class BadElement:
    __match_args__ = (5,)
def bad_args():
    match BadArgs():
        case BadArgs(1): return "no"
def bad_element():
    match BadElement():
        case BadElement(1): return "no"
def raising():
    match Raising():
        case Raising(missing=_): return "no"
        case Raising(bad=_): return "no"
for f in (too_many, no_match_args, not_a_class, duplicate, int_two, bad_args, bad_element, raising):
    attempt(f)
class Meta(type):
    def __instancecheck__(cls, o): return o == "magic"
class Magic(metaclass=Meta): pass
match "magic":
    case Magic(): print("instance hook used")
class Sub(int): pass
match Sub(5):
    case int(5): print("subclass matches")
class Expr: pass
class Num(Expr):
    __match_args__ = ("value",)
    def __init__(self, value): self.value = value
class Bin(Expr):
    __match_args__ = ("op", "left", "right")
    def __init__(self, op, left, right): self.op, self.left, self.right = op, left, right
def simplify(e):
    match e:
        case Bin("+", Num(0), x) | Bin("+", x, Num(0)): return simplify(x)
        case Bin("*", Num(1), x) | Bin("*", x, Num(1)): return simplify(x)
        case Bin("*", Num(0), _) | Bin("*", _, Num(0)): return Num(0)
        case Bin(op, l, r): return Bin(op, simplify(l), simplify(r))
    return e
def text(e):
    match e:
        case Num(v): return str(v)
        case Bin(op, l, r): return f"({text(l)} {op} {text(r)})"
print(text(simplify(Bin("+", Num(0), Bin("*", Num(1), Bin("+", Num(5), Bin("*", Num(0), Num(9))))))))
