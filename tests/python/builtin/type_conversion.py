"""list, tuple, set, dict, str, bytes built from one another and from iterators; copies; equality and identity of results."""

sources = [[1, 2], (1, 2), {1, 2}, {1: "a", 2: "b"}, "12", b"12", range(1, 3), iter([1, 2]), (x for x in (1, 2)), map(int, "12"), frozenset([1, 2]), {1: 0, 2: 0}.keys(), enumerate("ab"), zip("ab", "cd"), bytearray(b"12"), memoryview(b"12")]
for s in sources:
    row = [type(s).__name__]
    single = type(s).__name__ in ("list_iterator", "generator", "map", "enumerate", "zip")
    for t in (list,) if single else (list, tuple, set, frozenset, sorted, lambda v: dict.fromkeys(v), lambda v: [*v], lambda v: (*v,), lambda v: {*v}, bytes, bytearray, lambda v: "".join(map(str, v))):
        try:
            row.append(t(s))
        except Exception as e:
            row.append(type(e).__name__ + ": " + str(e))
    print(row)
l, t, s, d, f = [1], (1,), {1}, {1: 1}, frozenset([1])
print(list(l) is l, tuple(t) is t, set(s) is s, dict(d) is d, frozenset(f) is f, l[:] is l, t[:] is t, l.copy() == l, s.copy() == s, d.copy() == d)
print(dict([(1, 2), [3, 4], "ab"]), dict(a=1), dict({"a": 1}, b=2), dict(zip("ab", "cd")), dict(enumerate("x")), dict([]), dict({}), list({}), str({}), tuple(""), set(()), list(None or []), bool({}), dict((k, v) for k, v in {"z": 1}.items()), list(dict(b=1, a=2)), [list(p) for p in {"x": "y"}.items()])
for f in (lambda: list(5), lambda: tuple(None), lambda: set(1.5), lambda: dict("ab"), lambda: dict(["abc"]), lambda: dict([1, 2]), lambda: dict([[1, 2, 3]]), lambda: dict(5), lambda: frozenset([[]]), lambda: list(int), lambda: int([1]), lambda: int({}), lambda: float([]), lambda: str(b"a", "ascii", "strict", 1), lambda: bytes([1, "a"]), lambda: bytes({1: 2}), lambda: list(a=1), lambda: set([{}]), lambda: "".join([1]), lambda: int(None), lambda: complex([]), lambda: dict(None), lambda: sorted(None), lambda: range([1])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Seq:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError
        return i * i
class Map:
    def keys(self): return iter("ab")
    def __getitem__(self, k): return k * 2
class It:
    def __iter__(self): yield from "xyz"
class Str:
    def __str__(self): return "as str"
    def __repr__(self): return "as repr"
    def __bytes__(self): return b"as bytes"
    def __int__(self): return 5
    def __float__(self): return 5.5
    def __bool__(self): return False
    def __complex__(self): return 5j
    def __index__(self): return 6
print(list(Seq(4)), tuple(Seq(2)), dict(Map()), {**Map()}, list(It()), set(It()) == set("xyz"), "".join(It()), str(Str()), [Str()], bytes(Str()), int(Str()), float(Str()), bool(Str()), complex(Str()), "%s %r %d" % (Str(), Str(), Str()), f"{Str()} {Str()!r}", list(range(20))[Str()], dict.fromkeys(It()), max(It()), sorted(Seq(3), reverse=True), a if (a := list(It())) else None)
nested = [1, (2, {3: [4, {5}]}), "six"]
import copy
c = copy.deepcopy(nested)
c[1][1][3][1].add(6)
print(nested, c, nested[1] == c[1], copy.copy(nested)[1] is nested[1])
def to_builtin(x):
    if isinstance(x, dict): return {to_builtin(k): to_builtin(v) for k, v in x.items()}
    if isinstance(x, (list, set, frozenset, range)): return tuple(sorted(map(to_builtin, x), key=str))
    if isinstance(x, tuple): return tuple(map(to_builtin, x))
    return x
print(to_builtin(nested), to_builtin({"r": range(3), "s": {2, 1}}), eval(repr(nested)) == nested, eval(str({"a": [1.5, None, True, "q'"]})))
print(int(str(12**20)) == 12**20, float(repr(0.1)) == 0.1, str(int("7")) == "7", list(map(int, str(2**30))), "".join(sorted(str(3**30))), bytes(map(ord, "hi")), [chr(b) for b in b"hi"], int.from_bytes(bytes([1, 2]), "big"), list("a,b".split(",")), tuple("a b".split()))
