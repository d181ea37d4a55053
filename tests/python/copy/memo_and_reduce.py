# copy: memos, __reduce_ex__, __deepcopy__, __getstate__, cycles, shared parts, subclasses, slots, and what cannot be copied.
import array
import collections
import copy
import copyreg
import datetime
import decimal
import fractions
import functools
import itertools
import re
import types
import weakref


class Graph:
    def __init__(self, name):
        self.name, self.edges = name, []

    def link(self, other):
        self.edges.append(other)


a, b, c = map(Graph, "abc")
a.link(b), b.link(c), c.link(a), a.link(a), b.link(c)
d = copy.deepcopy(a)
print(d.edges[0].edges[0].edges[0] is d, d.edges[1] is d, d.edges[0].edges[0] is d.edges[0].edges[1], d.edges[0] is not b, copy.copy(a).edges is a.edges)
memo = {}
x, y = [1], [2]
pair = copy.deepcopy((x, x, y), memo)
print(pair[0] is pair[1], memo[id(x)] is pair[0], copy.deepcopy([x, y], memo)[0] is pair[0], x in memo[id(memo)])
t = ([],)
t[0].append(t)
u = copy.deepcopy(t)
print(u[0][0] is u, u is not t, copy.deepcopy((1, "a", (2,))) is not None, (k := (1, (2, "x"))) is copy.deepcopy(k), copy.copy(k) is k)
nested = {"list": [x, x], "set": {1, (2, 3)}, "frozen": frozenset([(1,)]), "dict": {"me": None}, "bytes": bytearray(b"q"), "od": collections.OrderedDict(a=[1]), "dd": collections.defaultdict(list, k=[1]), "dq": collections.deque([[1]], 5), "c": collections.Counter("aab"), "arr": array.array("i", [1]), "dec": decimal.Decimal("1.5"), "fr": fractions.Fraction(1, 3), "dt": datetime.datetime(2020, 1, 1), "re": re.compile("x"), "rng": range(3), "sl": slice(1, [2]), "fn": len, "lam": (lam := lambda: 0), "cls": Graph, "cm": collections.ChainMap({"a": [1]}), "part": functools.partial(print, [1]), "ns": types.SimpleNamespace(v=[1]), "el": ..., "cplx": 1j}
nested["dict"]["me"] = nested
n = copy.deepcopy(nested)
for key in nested:
    if key not in ("dict", "part", "re", "fn", "lam", "cls"):
        print(key, n[key] == nested[key], n[key] is nested[key])
print(n["dict"]["me"] is n, n["list"][0] is n["list"][1], n["dd"].default_factory, n["dq"].maxlen, n["part"].args[0] is nested["part"].args[0], n["lam"] is lam, n["re"] is nested["re"], n["dd"]["k"] is nested["dd"]["k"], n["cm"].maps[0] is nested["cm"].maps[0])


class Own:
    def __init__(self, v): self.v = v
    def __copy__(self): return Own(("copied", self.v))
    def __deepcopy__(self, memo): return Own(("deep", copy.deepcopy(self.v, memo), len(memo) > 0))


class Slots:
    __slots__ = ("p", "q", "__dict__")


class State:
    def __init__(self): self.keep, self.drop = [1], 5
    def __getstate__(self): return {"keep": self.keep}
    def __setstate__(self, state): self.keep, self.restored = state["keep"], True


class Falsy(State):
    def __getstate__(self): return None


class NewArgs(tuple):
    def __new__(cls, a, *, b): return super().__new__(cls, (a, b))
    def __getnewargs_ex__(self): return (self[0],), {"b": self[1]}


class Reduce:
    def __init__(self, *args): self.args, self.extra = args, None
    def __reduce_ex__(self, protocol):
        print("reduce_ex", protocol)
        return Reduce, (1, [2]), {"extra": [protocol]}, None, None


class Items(list):
    def __reduce__(self): return Items, (), {"note": 1}, iter([[1], [2]])


class Mapping(dict):
    def __reduce__(self): return Mapping, (), None, None, iter([("k", [1])])


class Global:
    def __reduce__(self): return "the_only_one"


class Setter:
    def __init__(self): self.v = [1]
    def __reduce__(self): return Setter, (), self.v, None, None, (lambda obj, state: setattr(obj, "v", ("set", state)))


the_only_one = Global()
s = Slots()
s.p, s.r = [1], 2
for obj, show in ((Own([1]), lambda o: o.v), (s, lambda o: (o.p, o.p is s.p, o.r, hasattr(o, "q"))), (State(), vars), (NewArgs([1], b=2), lambda o: (o, type(o).__name__)), (Reduce(9), lambda o: (o.args, o.extra)), (Items([5]), lambda o: (o, vars(o))), (Mapping(z=1), lambda o: o), (the_only_one, lambda o: o is the_only_one), (ValueError("e", [1]), lambda o: (o.args, type(o).__name__))):
    for f in (copy.copy, copy.deepcopy):
        print(f.__name__, type(obj).__name__, show(f(obj)))
print(vars(copy.copy(Falsy())) == {}, type(copy.copy(Graph)) is type, copy.copy(a.link).__func__ is Graph.link, copy.deepcopy(a.link).__self__ is not a, copy.copy(weakref.ref(a))() is a, copy.deepcopy(property(len)) is not None, copy.copy(iter([1, 2])).__next__(), next(copy.deepcopy(itertools.count(5))))


class Sub(list):
    pass


z = Sub([[1]])
z.attr = {"k": 1}
w = copy.deepcopy(z)
print(type(w).__name__, w, w.attr, w.attr is z.attr, copy.copy(z).attr is z.attr, copy.copy(z)[0] is z[0])
copyreg.pickle(Graph, lambda g: (Graph, (g.name + "!",)))
print(copy.copy(a).name, copy.deepcopy(a).name, copyreg.dispatch_table.pop(Graph) is not None)
for wrong in (lambda: copy.copy(Setter()), lambda: copy.copy((i for i in ())), lambda: copy.deepcopy(open("/dev/null")), lambda: copy.deepcopy(types), lambda: copy.copy(__import__("threading").Lock()), lambda: copy.deepcopy({"k": (i for i in ())}), lambda: copy.deepcopy(memoryview(b"x")), lambda: copy.copy(type("B", (), {"__reduce_ex__": lambda s, p: 5})()), lambda: copy.copy(type("B", (), {"__reduce_ex__": lambda s, p: (1,)})()), lambda: copy.copy(type("B", (), {"__slots__": ("a",), "__reduce__": object.__reduce__})()) and "ok", lambda: copy.deepcopy(type("B", (), {"__deepcopy__": lambda s: 1})()), lambda: copy.copy(type("B", (), {"__copy__": 5})()), lambda: copy.deepcopy(), lambda: copy.copy({}.keys()), lambda: copy.deepcopy(range(3).__iter__).__name__):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
deep = []
for _ in range(5000):
    deep = [deep]
try:
    copy.deepcopy(deep)
except RecursionError:
    print("RecursionError")
while deep:
    deep = deep.pop()
