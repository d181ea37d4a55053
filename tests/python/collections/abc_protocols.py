"""collections.abc: mixin methods from few abstract ones, isinstance by structure, registration, abstract errors."""

from collections import abc

class Stack(abc.MutableSequence):
    def __init__(self, *a): self.d = list(a)
    def __getitem__(self, i): return self.d[i]
    def __setitem__(self, i, v): self.d[i] = v
    def __delitem__(self, i): del self.d[i]
    def __len__(self): return len(self.d)
    def insert(self, i, v): self.d.insert(i, v)
s = Stack(3, 1, 2)
s.append(5); s.extend([7, 8]); s += [9]; s.reverse(); s.remove(7)
print(s.d, s.pop(), s.pop(0), s.index(1), s.count(2), 5 in s, list(reversed(s)), list(s)); s.clear(); print(len(s))
class M(abc.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M(); m["a"] = 1; m.update({"b": 2}, c=3); m.setdefault("d", 4)
print(dict(m), m.get("z"), m.pop("a"), m.popitem(), "b" in m, list(m.items()), list(m.values()), m == {"c": 3, "d": 4} or m.d, m.keys() & {"b"}, len(m.items()), ("b", 2) in m.items(), repr(m.keys())[:8])
class S(abc.MutableSet):
    def __init__(self, it=()): self.d = list(dict.fromkeys(it))
    def __contains__(self, x): return x in self.d
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
    def add(self, x): self.d.append(x) if x not in self.d else None
    def discard(self, x): self.d.remove(x) if x in self.d else None
    def __repr__(self): return f"S{self.d}"
a, b = S("abc"), S("bcd")
print(a & b, a | b, a - b, a ^ b, a <= b, S("b") < a, a == {"a", "b", "c"}, a.isdisjoint(b), a > S(), a & "ab"); a |= b; a -= S("b"); a ^= S("az"); a &= S("zcd"); print(a); a.remove("z"); print(a.pop(), a)
try:
    a.remove("nope")
except KeyError as e: print(repr(e))
names = "Iterable Iterator Sized Container Collection Hashable Callable Sequence MutableSequence Mapping MutableMapping Set MutableSet Reversible Generator ByteString KeysView ItemsView ValuesView MappingView Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator".split()
values = {"list": [], "tuple": (), "str": "", "bytes": b"", "dict": {}, "set": set(), "frozenset": frozenset(), "range": range(1), "int": 1, "gen": (x for x in ()), "iter": iter([]), "func": len, "keys": {}.keys(), "items": {}.items(), "type": int, "bytearray": bytearray(), "memoryview": memoryview(b""), "enumerate": enumerate([]), "None": None, "Stack": s, "M": m, "S": a}
for k, v in values.items(): print(k, [n for n in names if isinstance(v, getattr(abc, n))])
class It:
    def __iter__(self): return self
    def __next__(self): raise StopIteration
class Sz:
    def __len__(self): return 0
class NoHash: __hash__ = None
class Eq:
    def __eq__(self, o): return True
print(isinstance(It(), abc.Iterator), isinstance(Sz(), abc.Sized), isinstance(Sz(), abc.Iterable), isinstance(NoHash(), abc.Hashable), isinstance(Eq(), abc.Hashable), issubclass(It, abc.Iterable), issubclass(list, abc.Sequence), issubclass(dict, abc.Sequence), isinstance(lambda: 0, abc.Callable))
class Reg: pass
abc.Sequence.register(Reg); print(isinstance(Reg(), abc.Sequence), issubclass(Reg, abc.Collection), Reg.__mro__[1])
for bad in (lambda: abc.Sequence(), lambda: type("Half", (abc.Mapping,), {"__len__": lambda s: 0})(), lambda: abc.Set(), lambda: type("H", (abc.Iterator,), {})(), lambda: abc.Callable[int], lambda: abc.Callable[[int], str], lambda: abc.Iterable[int], lambda: abc.Mapping[str, int].__args__):
    try:
        print(bad())
    except TypeError as e: print(e)
class G(abc.Generator):
    def __init__(self): self.n = 0
    def send(self, v):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
    def throw(self, t, v=None, tb=None): raise t
print(list(G()), next(G()), G().close())
class Seq(abc.Sequence):
    def __len__(self): return 3
    def __getitem__(self, i):
        if i > 2 or i < -3: raise IndexError
        return "abc"[i]
q = Seq(); print(list(q), q.index("c"), q.count("a"), "b" in q, list(reversed(q)))
