"""A number tower by ABCs: registration of builtins, dispatch by isinstance order, virtual subclasses in match."""

from abc import ABC, abstractmethod
import numbers

print([[isinstance(v, t) for t in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral)] for v in (1, True, 1.5, 2j, "x", None)])
class Mod(numbers.Integral if False else ABC):
    def __init__(self, v, n=7): self.v, self.n = v % n, n
    def __add__(self, o): return Mod(self.v + (o.v if isinstance(o, Mod) else o), self.n)
    __radd__ = __add__
    def __mul__(self, o): return Mod(self.v * (o.v if isinstance(o, Mod) else o), self.n)
    __rmul__ = __mul__
    def __pow__(self, k): return Mod(pow(self.v, k, self.n), self.n)
    def __eq__(self, o): return self.v == (o.v if isinstance(o, Mod) else o % self.n)
    def __hash__(self): return hash(self.v)
    def __repr__(self): return f"{self.v}(mod {self.n})"
numbers.Number.register(Mod)
print(Mod(5) + 4, 3 * Mod(4), Mod(3) ** 6, sum([Mod(3), Mod(6)], Mod(0)), isinstance(Mod(1), numbers.Number), isinstance(Mod(1), numbers.Real), Mod(8) == 1, {Mod(1), Mod(8)})
class Codec(ABC):
    registry = {}
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw)
        if tag: Codec.registry[tag] = cls
    @abstractmethod
    def encode(self, v): ...
    @abstractmethod
    def decode(self, s): ...
    @classmethod
    def load(cls, text):
        tag, _, body = text.partition(":")
        return cls.registry[tag]().decode(body)
    def dump(self, v): return f"{next(t for t, c in self.registry.items() if c is type(self))}:{self.encode(v)}"
class IntCodec(Codec, tag="i"):
    def encode(self, v): return str(v)
    def decode(self, s): return int(s)
class ListCodec(Codec, tag="l"):
    def encode(self, v): return ",".join(map(str, v))
    def decode(self, s): return s.split(",")
class Rev(ListCodec, tag="r"):
    def encode(self, v): return super().encode(v[::-1])
    def decode(self, s): return super().decode(s)[::-1]
print([Codec.load(t) for t in ("i:42", "l:a,b", "r:1,2,3")], [c().dump(v) for c, v in ((IntCodec, 5), (ListCodec, [1, 2]), (Rev, "ab"))])
class Visitor(ABC):
    def visit(self, n):
        for c in type(n).__mro__:
            if m := getattr(self, "visit_" + c.__name__, None): return m(n)
        return self.generic(n)
    @abstractmethod
    def generic(self, n): ...
class Show(Visitor):
    def visit_int(self, n): return f"int {n}"
    def visit_list(self, n): return [self.visit(x) for x in n]
    def generic(self, n): return f"? {type(n).__name__}"
print(Show().visit([1, True, [2, "s"], 1.5]))
class Plugin(ABC):
    @classmethod
    def __subclasshook__(cls, c): return all(any(m in b.__dict__ for b in c.__mro__) for m in ("start", "stop")) if cls is Plugin else NotImplemented
class Good:
    def start(self): ...
    def stop(self): ...
class Bad:
    def start(self): ...
for p in (Good(), Bad(), 5):
    match p:
        case Plugin(): print("plugin", type(p).__name__)
        case numbers.Number(): print("number")
        case _: print("no plugin")
try:
    isinstance(5, Plugin()) if False else Codec()
except TypeError as e: print(e)
class Stack(ABC):
    @abstractmethod
    def push(self, x): self.items = getattr(self, "items", []) + [x]
class Logged(Stack):
    def push(self, x):
        print("push", x, end="; ")
        super().push(x)
s = Logged(); s.push(1); s.push(2); print(s.items)
