"""Pickler and Unpickler as objects: memos and their proxies, hooks as methods and as attributes, files of every kind, hand-written and
broken pickles, and threads that share one of them."""
import collections, copyreg, io, pickle, re, sys, threading, types
from pickle import PickleBuffer, Pickler, Unpickler

def tell(f, *a, **k):
    try: r = f(*a, **k)
    except Exception as e: r = f"{type(e).__name__}: {re.sub(' at 0x[0-9a-f]+', '', str(e))}"
    print(ascii(r) if isinstance(r, (str, bytes)) else re.sub(" at 0x[0-9a-f]+", "", repr(r)))

print(Pickler.__module__, Pickler.__name__, PickleBuffer.__module__, pickle.PickleError.__module__, pickle.PicklingError.__mro__[1].__name__, pickle.UnpicklingError.__bases__)
for bad in (lambda: Pickler(), lambda: Pickler(1), lambda: Pickler(io.BytesIO(), 6), lambda: Pickler(io.BytesIO(), "2"), lambda: Pickler(io.BytesIO(), 4, buffer_callback=len), lambda: Pickler(io.BytesIO(), -1).bin,
            lambda: Unpickler(), lambda: Unpickler(1), lambda: Unpickler(io.BytesIO(), encoding=3), lambda: Unpickler(io.BytesIO(), errors=None), lambda: Unpickler(io.BytesIO(), buffers=3), lambda: Pickler.__new__(Pickler).dump(1),
            lambda: Unpickler.__new__(Unpickler).load(), lambda: pickle.loads(b"N.", encoding=b"x"), lambda: pickle.dumps(), lambda: pickle.dumps(1, 2, 3), lambda: pickle.dumps(obj=1, protocol=0), lambda: pickle.load(file=io.BytesIO(b"I5\n.")),
            lambda: PickleBuffer(), lambda: PickleBuffer(b"", 1), lambda: PickleBuffer(obj=b""), lambda: PickleBuffer([])):
    tell(bad)

# Memos.
f = io.BytesIO()
p = Pickler(f, 2)
x = ["x"]
p.dump([x, x])
print(sorted((n, o) for n, o in p.memo.copy().values())[2:], len(p.memo.copy()), type(p.memo).__name__, type(p.memo.__reduce__()[1][0]))
p.dump(x)
q = Pickler(io.BytesIO(), 2)
q.memo = p.memo
print(len(q.memo.copy()), p.bin, p.fast)
q.memo = {id(x): (7, x)}
print([v for v in q.memo.copy().values()])
p.memo.clear()
p.dump(x)
f.seek(0)
u = Unpickler(f)
a, b = u.load(), u.load()
print(a, b, a[0] is b, u.memo.copy())
print(u.memo.__reduce__())
v = Unpickler(io.BytesIO(b"h\x00."))
v.memo = u.memo
print(v.load())
def set_memo(o, m): o.memo = m
def del_attr(o, n): delattr(o, n)
for o, m in ((p, 3), (p, {1: 2}), (p, {1: (1,)}), (p, {1: ("a", 2)}), (u, 3), (u, {"a": 1}), (u, {-1: 1})): tell(set_memo, o, m)
for o, n in ((p, "memo"), (u, "memo"), (p, "persistent_id"), (u, "persistent_load"), (p, "dispatch_table")): tell(del_attr, o, n); tell(getattr, o, n)
tell(hash, p.memo)
tell(type(p.memo))
p.dispatch_table = {}
del p.dispatch_table
tell(lambda: p.dispatch_table)

# Hooks.
class Named:
    def __init__(self, n): self.n = n
f = io.BytesIO()
p = Pickler(f)
p.persistent_id = lambda o: o.n if isinstance(o, Named) else None
print(p.persistent_id.__name__)
p.dump([Named("a"), {Named("b"): 1}])
class P(Pickler):
    def persistent_id(self, o): return getattr(o, "n", None)
    def reducer_override(self, o):
        if isinstance(o, types.FunctionType): return eval, (o.__name__,)
        if o is Ellipsis: return "no such name"
        return NotImplemented
class U(Unpickler):
    def persistent_load(self, pid): return "<" + str(pid) + ">"
    def find_class(self, m, n): print("find", m, n); return super().find_class(m, n)
print(P(io.BytesIO()).persistent_id.__func__.__name__)
for proto in range(6):
    g = io.BytesIO()
    P(g, proto).dump([Named("c"), tell, len, dict, Named(4)])
    print(g.getvalue(), [x if isinstance(x, str) else x.__name__ for x in U(io.BytesIO(g.getvalue())).load()])
tell(P(io.BytesIO()).dump, ...)
tell(P(io.BytesIO(), 0).dump, Named("\xe9"))
f.seek(0)
u = Unpickler(f)
tell(u.load)
f.seek(0)
u = Unpickler(f)
u.persistent_load = lambda pid: pid * 2
print(u.load())
class D(Pickler): dispatch_table = collections.ChainMap({Named: lambda o: (str, (o.n,))}, copyreg.dispatch_table)
g = io.BytesIO(); D(g).dump([Named("from table"), 1j]); print(pickle.loads(g.getvalue()))
class T(dict):
    def __getitem__(self, k): raise LookupError(k)
class E(Pickler): dispatch_table = T()
tell(E(io.BytesIO()).dump, Named(1))
def twice(n):
    class R: __reduce__ = lambda self: n
    return R()
for n in (3, (), (1, 2), (len, 3), (len, (), 1, 2), (len, (), 1, None, 3), (len, (), 1, None, None, 4), (len,), (len,) * 7, "nope", "pickle.nope", (copyreg.__newobj__, ()), (copyreg.__newobj__, (1,)), (copyreg.__newobj__, (int,)),
          (copyreg.__newobj_ex__, (1,)), (copyreg.__newobj_ex__, (1, 2, 3)), (copyreg.__newobj_ex__, (int, 2, 3)), (copyreg.__newobj_ex__, (int, (), 3)), (dict, (), None, None, iter([1]))):
    tell(pickle.dumps, twice(n), 2)
p = Pickler(io.BytesIO()); p.fast = 1
l = []; l.append(l)
tell(p.dump, l)
deep = 1
for _ in range(100): deep = [deep, {1: deep}] if _ < 8 else [deep]
g = io.BytesIO(); p = Pickler(g); p.fast = True; p.dump(deep); print(len(g.getvalue()), pickle.loads(g.getvalue()) == deep)
copyreg.add_extension("builtins", "dict", 0xF1); copyreg.add_extension("builtins", "set", 0xF101); copyreg.add_extension("builtins", "list", 0x7FF10101)
print(pickle.dumps([dict, set, list], 2), pickle.loads(pickle.dumps([dict, set, list], 2)))
for m, n, c in (("builtins", "dict", 0xF1), ("builtins", "set", 0xF101), ("builtins", "list", 0x7FF10101)): copyreg.remove_extension(m, n, c)

# Out of band.
class Big(bytearray):
    def __reduce_ex__(self, proto): return (Big, (PickleBuffer(self),)) if proto >= 5 else (Big, (bytes(self),))
out = []
d = pickle.dumps([Big(b"1" * 10), PickleBuffer(b"ro")], 5, buffer_callback=out.append)
print(d, [b.raw() .tobytes() for b in out], bytes(pickle.loads(d, buffers=[b"1" * 10, bytearray(b"ro")])[1]))
r = pickle.loads(pickle.dumps(PickleBuffer(b"ro"), 5, buffer_callback=lambda b: False), buffers=[bytearray(b"xy")]); print(r.readonly, r.tobytes())
print(pickle.loads(pickle.dumps(PickleBuffer(memoryview(bytearray(b"abcd"))), 5, buffer_callback=lambda b: 1)))
tell(pickle.loads, d, buffers=[])
m = memoryview(bytearray(range(12))).cast("I", (3,))
b = PickleBuffer(m); raw = b.raw(); print(raw.format, raw.shape, raw.readonly, raw.nbytes, memoryview(b).shape, memoryview(b).format, memoryview(b).obj is m.obj)
tell(pickle.dumps, PickleBuffer(memoryview(b"abcdef")[::2]), 5); tell(PickleBuffer(memoryview(b"abcdef")[::2]).raw)
b.release(); b.release(); tell(b.raw); tell(memoryview, b); tell(pickle.dumps, b, 5)

# Files.
class Only:
    def __init__(self, data, *names):
        self.f, self.log = io.BytesIO(data), []
        for n in names: setattr(self, n, getattr(self, "_" + n))
    def read(self, n): self.log.append(("read", n)); return self.f.read(n)
    def readline(self): self.log.append("line"); return self.f.readline()
    def _peek(self, n): self.log.append(("peek", n)); return self.f.getvalue()[self.f.tell():][:7]
    def _readinto(self, b): self.log.append(("into", len(b))); return self.f.readinto(b)
data = pickle.dumps(["a", 2**70, b"b" * 300, "c" * 300], 2) + pickle.dumps((1, "line"), 0) + pickle.dumps(b"d" * 300, 4)
for names in ((), ("peek",), ("readinto",), ("peek", "readinto")):
    f = Only(data, *names); u = Unpickler(f)
    print([len(u.load()) for _ in range(3)], f.log[:6], len(f.log), f.f.tell() == len(data))
    tell(u.load)
class Raises:
    def __init__(self, *r): self.r = list(r)
    def read(self, n): return self.r.pop(0)
    def readline(self): return self.r.pop(0)
for r in ((b"I", "1\n"), (b"C", b"\x05", 3), (b"I", b"1"), (3,), (b"B", b"\x05\0\0\0", b"ab"), (b"",)): tell(Unpickler(Raises(*r)).load)

# Pickles by hand.
for data in (b"I01\n.", b"I00\n.", b"I1\n.", b"I-5\n.", b"I0x1f\n.", b"I99999999999999999999\n.", b"I1_0\n.", b"I 7\n.", b"I\n.", b"L5L\n.", b"L-12345678901234567890L\n.", b"L5\n.", b"Lx\n.", b"F1.5\n.", b"F-1e5\n.", b"Finf\n.", b"Fx\n.", b"F1_0\n.", b"F\n.",
             b"\x8a\x00.", b"\x8a\x02\xff\x80.", b"\x8b\x01\0\0\0\x7f.", b"\x8b\xff\xff\xff\xff.", b"S'a\\x41\\n'\n.", b'S"b"\n.', b"S'\n.", b"Sa\n.", b"S''\n.", b"S'\xe9'\n.", b"U\x01a.", b"T\x02\0\0\0ab.", b"T\xff\xff\xff\xff", b"U\x01\xe9.", b"Va\\u20ac\n.", b"V\\U0001f40d\xe9\n.",
             b"X\x03\0\0\0\xed\xa0\x80.", b"X\x01\0\0\0\xff.", b"\x8d\x01\0\0\0\0\0\0\0a.", b"\x8d\xff\xff\xff\xff\xff\xff\xff\xff", b"\x8e\xff\xff\xff\xff\xff\xff\xff\xff", b"\x96\xff\xff\xff\xff\xff\xff\xff\xff", b"\x95\xff\xff\xff\xff\xff\xff\xff\xff", b"\x96\x02\0\0\0\0\0\0\0ab.",
             b"(lI1\nap0\n0g0\n.", b"(I1\nI2\nI3\nt.", b"(I1\nI2\nd.", b"(I1\nd.", b"}(I1\nu.", b"]I1\nI2\na.", b"](I1\ne.", b"I1\n(I2\ne.", b"}I1\nI2\ns.", b"\x8f(I1\nI1\n\x90.", b"](I1\n\x90.", b"(I1\n\x91.", b"N(1.", b"((1.", b"(0N.", b"NN0.", b"N2\x86.", b".", b"0", b"1", b"(.", b"\x85", b"((\x85.", b"\x86", b"a", b"(a", b"s",
             b"t", b"h\x00.", b"j\x00\x01\0\0.", b"g7\n.", b"gx\n.", b"g\n.", b"p0\n", b"Np-1\n.", b"Npx\n.", b"q\0", b"\x94", b"N\x94\x94h\x01.", b"cbuiltins\nlen\n.", b"c__builtin__\nunichr\n.", b"\x80\x03c__builtin__\nlen\n.", b"cbuiltins\nstr.join\n.", b"\x80\x04cbuiltins\nstr.join\n.",
             b"\x80\x04cbuiltins\n<locals>.x\n.", b"cno.such\nx\n.", b"c\nx\n.", b"cx", b"\x8c\x08builtins\x8c\x08str.nope\x93.", b"K\x01K\x02\x93.", b"K\x01\x93", b"(ibuiltins\nint\n.", b"(I5\nibuiltins\nint\n.", b"(cbuiltins\nint\nI7\no.", b"(o.", b"cbuiltins\nint\n(I3\ntR.", b"cbuiltins\nint\nI3\nR.", b"I3\n(tR.", b"cbuiltins\nint\n)\x81.",
             b"I3\n)\x81.", b"cbuiltins\nint\nI3\n\x81.", b"cbuiltins\nint\n)}\x92.", b"cbuiltins\nint\n)N\x92.", b"ctypes\nGeneratorType\n)\x81.", b"cbuiltins\nlen\n)\x81.", b"cbuiltins\nobject\n)\x81N\x86b.", b"cbuiltins\nobject\n)\x81}b.", b"cbuiltins\nobject\n)\x81I1\nb.", b"cbuiltins\nobject\n)\x81}K\x01sb.", b"cbuiltins\nobject\n)\x81NK\x01\x86b.", b"b", b"Nb",
             b"Px\n.", b"NQ.", b"P\xe9\n.", b"\x82\x01.", b"\x82\x00.", b"\x83\x01\x02.", b"\x84\xff\xff\xff\xff.", b"\x80\x06.", b"\x80", b"\x97.", b"\x98.", b"J\x01\0", b"J\xfe\xff\xff\xff.", b"M\x01\x02.", b"G?\xf0\0\0\0\0\0\0.", b"C\x05ab", b"\x8c\x05ab", b"'", b"\\", b"\xff", b"\x00", b"x", b"\x95\x04\0\0\0\0\0\0\0K\x01."):
    tell(pickle.loads, data)
for k in ({"encoding": "bytes"}, {"encoding": "latin1"}, {"encoding": "utf-8", "errors": "replace"}, {"encoding": "nope"}, {"fix_imports": False}): tell(pickle.loads, b"(S'\xe9'\nc__builtin__\nlen\nt.", **k)
for name in ("é", "x"):
    g = types.FunctionType((lambda: 0).__code__, globals(), name); g.__qualname__ = name; globals()[name] = g
    for proto in range(5): tell(pickle.dumps, g, proto)
for o in (lambda: 0, sys, type("Lost", (), {}), (i for i in ()), print, threading.Lock(), PickleBuffer(b"")): tell(pickle.dumps, o)
events = []
sys.addaudithook(lambda e, a: events.append(a) if e == "pickle.find_class" else None)
pickle.loads(pickle.dumps([len, int])); print(events)

# Threads with one pickler: each dump is whole. With one unpickler: each pickle is read once.
f = io.BytesIO(); p = Pickler(f, 4)
def work(k):
    for i in range(50): p.dump(["%d-%d" % (k, i), i, list(range(20))])
threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
for t in threads: t.start()
for t in threads: t.join()
f.seek(0)
u = Unpickler(f)
got = [u.load() for _ in range(200)]
print(len({g[0] for g in got}), {len(g[2]) for g in got}, all(int(g[0].split("-")[1]) == g[1] for g in got))
u, got = Unpickler(io.BytesIO(b"".join(pickle.dumps([i, (i,) * 4]) for i in range(200)))), []
def read_all():
    while True:
        try: got.append(u.load()[0])
        except EOFError: return
threads = [threading.Thread(target=read_all) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(got) == list(range(200)))
