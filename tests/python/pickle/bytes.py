"""The bytes of pickles: what every protocol writes for values, containers at the ends of their batches, shared and recursive structure,
globals, instances; and that it reads back."""
import collections, copyreg, dataclasses, datetime, decimal, enum, fractions, functools, hashlib, io, operator, pathlib, pickle, re, types, uuid


class Plain:
    def __init__(self, **kw): self.__dict__.update(kw)
class Hidden:
    def __init__(self, x): self.x, self.y, self.other = x, [x], None
class Slots:
    __slots__ = ("a", "b")
class SlotsAndDict(Slots): __slots__ = ("c", "__dict__")
class State(Plain):
    def __getstate__(self): return (1, "two")
    def __setstate__(self, s): self.s = s
class Falsy(Plain):
    def __getstate__(self): return None
class NewArgs(str):
    def __getnewargs__(self): return (str(self) + "!",)
class NewArgsEx(tuple):
    def __new__(cls, *a, **k): return super().__new__(cls, a)
    def __getnewargs_ex__(self): return tuple(self), {"k": 1}
class Items(list):
    def __init__(self, a=()): super().__init__(a); self.tag = "t"
class Entries(dict): pass
class Members(set): pass
class IntLike(int): pass
class FloatLike(float): pass
class BytesLike(bytes): pass
class Reduce:
    def __init__(self, *r): self.r = r
    def __reduce__(self): return self.r
class Named:
    def __reduce__(self): return "named"
named = Named()
class Outer:
    class Inner:
        def method(self): pass
        @classmethod
        def made(cls): pass
        @staticmethod
        def still(): pass
class Meta(type): pass
class WithMeta(metaclass=Meta): pass
class Color(enum.Enum): RED = 1; BLUE = "b"
class Flag(enum.Flag): A = 1; B = 2
Point = collections.namedtuple("Point", "x y")
@dataclasses.dataclass
class Data: name: str; value: float = 0.5; tags: list = dataclasses.field(default_factory=list)
@dataclasses.dataclass(frozen=True, slots=True)
class Frozen: a: int; b: str = "b"
class Borg:
    shared = {"x": 1}
    def __init__(self): self.__dict__ = Borg.shared
def setter(o, s): o.__dict__.update(s)
def function(): pass

values = [None, True, False, Ellipsis, NotImplemented, type(None), type(...), type(NotImplemented)]
values += [0, 1, 255, 256, 65535, 65536, -1, -128, -129, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**32, 2**62, -2**62, 2**63 - 1, 2**63, -2**63, 2**64, 2**100, -2**100, 2**2031, -2**2031,
           2**2032, 2**2040, 127 << 8 * 20, -(128 << 8 * 20), 255 << 64, -(255 << 64), -(1 << 71)]
values += [0.0, -0.0, 1.5, 1e300, 5e-324, float("inf"), -float("inf"), 0.1, 1e16, 123456789.125, 1j, -2.5 + 3j]
values += ["", "a", "ascii text", "é", "ÿ\u0100", "\u20ac uro", "\U0001f40d", "\ud800", "a\\b\nc\rd\0e\x1af\x7f", "x" * 255, "x" * 256, "é" * 127, "é" * 128, "y" * 70000, "\u20ac" * 30000]
values += [b"", b"a", b"\x00\xff\n", b"z" * 255, b"z" * 256, b"z" * 65535, b"z" * 65536, b"w" * 70000, bytearray(), bytearray(b"ba"), bytearray(b"q" * 70000)]
for n in (0, 1, 2, 3, 4, 5, 999, 1000, 1001, 2000, 2001):
    values += [list(range(n)), tuple(range(n)), dict.fromkeys(range(n)), set(range(n)), frozenset(range(n)), Items(range(n)), Entries.fromkeys(range(n), "v"), Members(range(n)),
               collections.OrderedDict.fromkeys(range(n)), collections.deque(range(n))]
shared, text = [1], "".join(["sha", "red"])
values += [[shared, shared], (shared, shared), [text, text], {text: text}, [(), ()], [(1, 2), (1, 2)], [[], [], {}], [frozenset([text]), text], ["a", "a", b"b", b"b"], [text] * 300]
loop = []; loop.append(loop); values.append(loop)
loop = {}; loop["me"] = loop; values.append(loop)
for n in (1, 2, 3, 4, 6):
    l = []; t = (l,) + (0,) * (n - 1); l.append(t); values += [t, l]
l = []; f = frozenset([Plain()])
for p in f: p.f = f
values += [f]
o = Plain(); o.me = o; values.append(o)
o = Items(); o.append(o); values.append(o)
o = Entries(); o[1] = o; values.append(o)
r = Reduce(list, ()); r.r = (Plain, (), {"r": r}); values.append(r)
s = Slots(); s.a = 1; values.append(s)
s = SlotsAndDict(); s.a, s.c, s.d = 1, [2], 3; values.append(s)
values += [Plain(), Plain(a=1), Plain(b=[1], a={}), Hidden(1), [Hidden(i) for i in range(3)], State(), Falsy(), NewArgs("n"), NewArgsEx(1, 2), IntLike(5), FloatLike(2.5), BytesLike(b"b"), named, Named,
           [Borg(), Borg()], Data("n"), Data("m", 2.5, ["t"]), Frozen(1), Point(1, 2), Color.RED, Color.BLUE, Flag.A | Flag.B, Outer, Outer.Inner, Outer.Inner.made, Outer.Inner().method, Outer.Inner.method,
           Outer.Inner.still, WithMeta, WithMeta(), function, len, [len, abs], [].append, "x".join, str.join, dict.fromkeys, int.from_bytes, int, list, object, type, print, operator.add, operator.itemgetter(1, 2),
           operator.attrgetter("a.b"), operator.methodcaller("m", 1, k=2), functools.partial(int, base=2), functools.reduce]
values += [range(3), range(1, 10, 2), slice(1, None), iter([1, 2]), iter((1,)), iter({"a": 1}), iter("ab"), iter(range(3)), reversed([1]), enumerate("ab"), zip([1], [2]), map(len, ["a"]),
           collections.Counter("aab"), collections.defaultdict(list, a=[1]), collections.ChainMap({1: 2}), types.SimpleNamespace(a=1),
           datetime.date(2024, 2, 29), datetime.datetime(2024, 1, 2, 3, 4, 5, 6), datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc), datetime.timedelta(1, 2, 3), datetime.time(1, 2, fold=1),
           [datetime.date(1, 1, 1), datetime.timedelta(0), datetime.date], fractions.Fraction(1, 3), re.compile("a+", re.I), pathlib.PurePosixPath("/a/b"), uuid.UUID(int=5),
           list[int], dict[str, int], int | str, types.MappingProxyType, ValueError("m", 1), KeyError("k"), OSError(2, "no"), StopIteration(3), ExceptionGroup("g", [ValueError(1)]), UnicodeDecodeError("utf-8", b"a", 0, 1, "r")]
values += [Reduce(Plain, (), None, iter([])), Reduce(Items, (), None, iter([1])), Reduce(Items, (), None, iter([1, 2])), Reduce(Items, (), None, iter(range(1001))), Reduce(Entries, (), None, None, iter([(1, 2)])),
           Reduce(Entries, (), {"s": 1}, None, iter([(i, i) for i in range(1002)])), Reduce(Plain, (), {"a": 1}, None, None, setter), Reduce(copyreg.__newobj__, (Reduce, 1)),
           Reduce(copyreg.__newobj_ex__, (Reduce, (1,), {"k": 2}))]


def seen(v, depth=0):
    if depth > 3: return "..."
    if isinstance(v, (list, tuple, set, frozenset, dict)):
        return type(v).__name__, len(v), [seen(x, depth + 1) for x in (sorted(v, key=repr) if isinstance(v, (set, frozenset)) else v)][:5]
    r = re.sub(r" at 0x\w+", "", repr(v))
    return r if len(r) < 80 else len(r)
kept = [iter([1]), Reduce]
for i, v in enumerate(values):
    out = []
    for proto in range(6):
        if isinstance(v, Reduce) and any(isinstance(x, type(kept[0])) or hasattr(x, "__next__") for x in v.r): copies = 1
        else: copies = 2
        try:
            data = pickle.dumps(v, proto)
            if copies == 2 and pickle.dumps(v, proto) != data: out.append("differs")
            out.append(hashlib.md5(data).hexdigest()[:12] + f" {len(data)}")
        except Exception as e:
            out.append(f"{type(e).__name__}: {'' if isinstance(e, RecursionError) else e}".split(" at 0x")[0])
            continue
        try: back = seen(pickle.loads(data))
        except Exception as e: back = f"{type(e).__name__}: {e}".split(" at 0x")[0]
        if not out or back != out[0]:
            if proto == 0: out.insert(0, back)
            else: out.append(back)
    print(i, type(v).__name__, *out)

# Frames, written to a file piece by piece.
class Pieces:
    def __init__(self): self.pieces = []
    def write(self, data): self.pieces.append((type(data).__name__, len(data), hashlib.md5(data).hexdigest()[:8])); return len(data)
for v in (list(range(50000)), ["x" * 100] * 3 + [str(i) * 50 for i in range(3000)], ["a", "b" * 70000, b"c" * 70000, bytearray(b"d" * 70000), 1], "e" * 65536, "e" * 65535):
    for proto in (2, 4, 5):
        p = Pieces(); pickle.dump(v, p, proto); print(proto, p.pieces[:12], len(p.pieces))
