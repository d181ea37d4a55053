"""ChainMap, UserDict, UserList, UserString."""

from collections import ChainMap, UserDict, UserList, UserString

base, over = {"a": 1, "b": 2}, {"b": 20, "c": 30}
c = ChainMap(over, base)
print(c, c["a"], c["b"], list(c), len(c), "c" in c, dict(c), c.get("zz", 0), c.maps, c.parents, c.new_child({"z": 1})["z"], sorted(c.items()))
c["new"] = 5; del c["b"]; print(over, c["b"], c | {"x": 9}, c.pop("new"), c.popitem())
for bad in (lambda: c["none"], lambda: c.__delitem__("a"), lambda: c.pop("a"), lambda: ChainMap({}).popitem()):
    try:
        print(bad())
    except KeyError as e:
        print(e)
def lookup(name, *scopes): return ChainMap(*scopes).get(name, "unbound")
print(lookup("x", {}, {"x": "global"}), lookup("y", {}, {}), ChainMap(), bool(ChainMap()), ChainMap({"a": 1}) == {"a": 1}, ChainMap.fromkeys("ab", 1))
class Lower(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
    def __getitem__(self, k): return super().__getitem__(k.lower())
    def __contains__(self, k): return super().__contains__(k.lower())
l = Lower(A=1, Bc=2); l.update(Q=3); l.setdefault("ZZ", 4)
print(l, l["BC"], "a" in l, l.get("q"), len(l), l.data, l.copy(), l | {"NEW": 1}, l == {"a": 1, "bc": 2, "q": 3, "zz": 4}, l.pop("zz"))
class Missing(UserDict):
    def __missing__(self, k): return f"<{k}>"
print(Missing()["x"], Missing(a=1)["a"], Missing({"k": 1}, j=2), dict(Missing(a=1)))
class Evens(UserList):
    def append(self, x):
        if x % 2: raise ValueError(f"odd: {x}")
        super().append(x)
e = Evens([2, 4]); e.append(6)
try:
    e.append(7)
except ValueError as err: print(err)
print(e, e[1:], type(e[1:]).__name__, e + [1], [1] + e, e * 2, e == [2, 4, 6], sorted(e, reverse=True), 4 in e, e.index(4), e.pop(), len(e), e.copy(), e < [9], e.count(2))
e += (8,); e[0] = 0; del e[1]; e.insert(0, "x"); e.reverse(); print(e, list(e))
class Shout(UserString):
    def upper(self): return "!" + str(super().upper())
s = Shout("hello")
print(s, s.upper(), s + " w", "a" + s, s[1:3], len(s), "ell" in s, s == "hello", s.replace("l", "L"), type(s.replace("l", "L")).__name__, s * 2, hash(s) == hash("hello"), s.split("l"), int(Shout("42")), s % () if False else "-", s.data, sorted(s), s.isalpha(), s.find("l"), s.encode(), s.join(["1", "2"]), f"{s:>7}" if False else str(s).rjust(7), s < "z")
