# pickle: every protocol over many kinds of objects, shared and recursive structure, hooks, persistent ids, errors.
import collections
import copyreg
import datetime
import decimal
import enum
import functools
import io
import operator
import pickle
import pickletools
import sys
import types


class Plain:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return type(self) is type(o) and self.__dict__ == o.__dict__


class Slots:
    __slots__ = ("a", "b", "__dict__")
    def __eq__(self, o): return (self.a, self.__dict__) == (o.a, o.__dict__)


class State(Plain):
    def __getstate__(self): return {"saved": self.x}
    def __setstate__(self, s): self.x = s["saved"] * 2


class Reduced:
    def __init__(self, v): self.v = v
    def __reduce__(self): return (Reduced, (self.v,), {"extra": 1}, iter([1, 2]), iter([("k", "v")]))
    def append(self, x): self.__dict__.setdefault("l", []).append(x)
    def extend(self, xs): self.__dict__.setdefault("l", []).extend(xs)
    def __setitem__(self, k, v): self.__dict__[k] = v


class NewArgs(int):
    def __new__(cls, v, *, tag="t"):
        self = int.__new__(cls, v)
        self.tag = tag
        return self
    def __getnewargs_ex__(self): return (int(self),), {"tag": self.tag + "!"}


class Color(enum.Enum):
    RED = 1


Pair = collections.namedtuple("Pair", "a b")


class SubList(list): pass
class SubDict(dict): pass


shared = [1]
loop = {}
loop["self"] = loop
s = Slots()
s.a, s.extra = 1, 2
objects = [None, True, 0, -1, 255, 65536, 2**31, -2**63, 2**100, -2**2000, 1.5, float("inf"), 1j, "", "ascii", "é\ud800\n\\", "x" * 300, b"", b"\x00\xff" * 200, bytearray(b"ba"), (), (1,), (1, 2, 3, 4), [], [1, [2]], {}, {"a": 1, 2: (3,)}, set(), {1, 2}, frozenset("a"),
           range(1, 9, 2), slice(1, 2), Ellipsis, NotImplemented, int, len, operator.add, Plain, Color.RED, Pair(1, 2), Plain([1]), s, collections.OrderedDict(a=1), collections.defaultdict(list, a=[1]), collections.Counter("aab"), collections.deque([1, 2], 5),
           datetime.datetime(2024, 1, 2, 3, 4, 5, 6, datetime.timezone.utc), datetime.timedelta(1, 2, 3), decimal.Decimal("1.5"), functools.partial(int, base=2), ValueError("msg", 1), SubList([1, 2]), SubDict(a=1), types.SimpleNamespace(a=1), [shared, shared], dict.fromkeys, Plain.__init__, complex, type(None)]
for proto in range(pickle.HIGHEST_PROTOCOL + 1):
    sizes = []
    for o in objects:
        try:
            data = pickle.dumps(o, proto)
            back = pickle.loads(data)
            same = back == o or repr(back) == repr(o)
            sizes.append(len(data) if same else (o, back))
        except Exception as e:
            sizes.append((type(e).__name__, str(e)))
    print(proto, sizes)
    back = pickle.loads(pickle.dumps([loop, [shared, shared], State(3), Reduced(4), NewArgs(5)], proto)) if proto >= 2 else pickle.loads(pickle.dumps([loop, [shared, shared], State(3), Reduced(4)], proto))
    print(back[0]["self"] is back[0], back[1][0] is back[1][1], back[2].x, sorted(back[3].__dict__.items(), key=str), [(int(x), x.tag) for x in back[4:]])
out = io.StringIO()
pickletools.dis(pickle.dumps([1, "a", Plain(2), (1.5, None)], 4), out)
print(out.getvalue())
out = io.StringIO()
pickletools.dis(pickle.dumps({"k": [True, b"x", 2**40]}, 0), out)
print(out.getvalue(), len(pickletools.optimize(pickle.dumps([shared, shared, "abc"] * 3))))


class P(pickle.Pickler):
    def persistent_id(self, o): return ("id", o.x) if isinstance(o, Plain) else None
    def reducer_override(self, o): return (str, ("fn",)) if isinstance(o, types.LambdaType) else NotImplemented


class U(pickle.Unpickler):
    def persistent_load(self, pid): return Plain(pid[1] + 1)
    def find_class(self, module, name):
        if name == "system": raise pickle.UnpicklingError("forbidden")
        return super().find_class(module, name)


f = io.BytesIO()
P(f).dump([Plain(1), lambda: 0])
f.seek(0)
u = U(f).load()
print(u[0].x, u[1])
f = io.BytesIO()
p = pickle.Pickler(f, 5)
p.dump(shared)
p.dump(shared)
first = f.tell()
p.clear_memo()
p.dump(shared)
print(first, f.tell())
p.dispatch_table = copyreg.dispatch_table.copy()
p.dispatch_table[Plain] = lambda o: (Plain, ("from table",))
f = io.BytesIO()
q = pickle.Pickler(f)
q.dispatch_table = {Plain: lambda o: (Plain, ("from table",))}
q.dump(Plain(0))
print(pickle.loads(f.getvalue()).x)
for bad in (lambda: pickle.loads(b""), lambda: pickle.loads(b"x"), lambda: pickle.loads(b"(."), lambda: pickle.loads(b"cno_such\nthing\n."), lambda: pickle.loads(b"cos\nnope\n."), lambda: pickle.loads(pickle.dumps([1, 2])[:-3]), lambda: pickle.dumps(lambda: 0), lambda: pickle.dumps(sys), lambda: pickle.dumps(x for x in []),
            lambda: pickle.dumps(open("/dev/null")), lambda: pickle.loads("text"), lambda: pickle.dumps(1, 99), lambda: U(io.BytesIO(b"cos\nsystem\n.")).load(), lambda: pickle.loads(b"\x80\x09."), lambda: pickle.loads(b"I1x\n."), lambda: pickle.dump(1, 2), lambda: pickle.load(io.StringIO("a")), lambda: pickle.loads(b"S'unterminated\n."), lambda: pickle.loads(b"0."), lambda: pickle.loads(b"h\x05.")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])
deep = None
for i in range(100000):
    deep = [deep]
try:
    pickle.dumps(deep)
except RecursionError as e:
    print(type(e).__name__)
while deep: deep = deep[0]
