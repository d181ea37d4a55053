"""key= with builtins, methods, tuples, attributes, itemgetters; min and max ties; sort of mixed containers; partial orders."""

import operator

class P:
    def __init__(self, name, age, tags=()): self.name, self.age, self.tags = name, age, tags
    def __repr__(self): return self.name
    def older(self, by=0): return -self.age + by

ps = [P("ann", 30, "ab"), P("bob", 25), P("cyd", 30, "a"), P("dee", 20, "abc")]
print(sorted(ps, key=operator.attrgetter("age")), sorted(ps, key=operator.attrgetter("age", "name"), reverse=True), sorted(ps, key=operator.methodcaller("older")), sorted(ps, key=P.older), sorted(ps, key=lambda p: len(p.tags)), sorted(ps, key=repr, reverse=True), min(ps, key=lambda p: p.age), max(ps, key=lambda p: p.age))
rows = [(3, "c", 1.5), (1, "a", 2.5), (2, "b", 0.5), (1, "b", 9.5)]
print(sorted(rows), sorted(rows, key=operator.itemgetter(1)), sorted(rows, key=operator.itemgetter(1, 0)), sorted(rows, key=lambda r: r[2]), sorted(rows, key=operator.itemgetter(slice(1, None))), max(rows, key=operator.itemgetter(2)), sorted(enumerate("cab"), key=operator.itemgetter(1)))
print(sorted("Hello World", key=str.lower), sorted([-3, 2, -1], key=abs), sorted(["bb", "a", "ccc"], key=len, reverse=True), sorted([1, 0, 2], key=bool), sorted(["2", "10", "1"], key=int), sorted([0.5, 1, 0.25], key=float.__neg__ if False else lambda x: -x), sorted([None, 1, None, 0], key=lambda x: (x is not None, x or 0)), sorted([True, False, True]), sorted(range(5), key=[3, 1, 4, 1, 5].__getitem__), sorted("abc", key={"a": 3, "b": 1, "c": 2}.get))
print(min([3, 1, 1.0], [3, 1, 1]), max([1, True, 1.0]), type(max([1, True, 1.0])).__name__, type(min([1.0, 1])).__name__, min("b", "a"), max({"x": 1, "y": 5}, key={"x": 1, "y": 5}.get), max([[1], [1, 0]]), min([(1, "b"), (1, "a")]), max("a", "B", key=str.upper), min([], default="d"), max([], key=len, default=None))
class Partial:
    def __init__(self, *s): self.s = frozenset(s)
    def __lt__(self, o): return self.s < o.s
    def __repr__(self): return "".join(sorted(self.s)) or "-"
print(sorted([Partial("a", "b"), Partial("c"), Partial("a"), Partial()]), max(Partial("a"), Partial("a", "b")) if hasattr(Partial, "__gt__") else "no gt")
class Rev:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return o.v < self.v
    def __eq__(self, o): return self.v == o.v
print(sorted("banana", key=Rev), [r.v for r in sorted([Rev(1), Rev(3), Rev(2)])], sorted([("x", 2), ("y", 1)], key=lambda p: (Rev(p[0]), p[1])))
version = lambda s: tuple(int(x) if x.isdigit() else -1 for x in s.split("."))
print(sorted(["1.10", "1.9", "1.9.1", "2.0", "1.rc"], key=version))
def natural(s):
    out, digits = [], ""
    for c in s + " ":
        if c.isdigit():
            digits += c
        else:
            if digits:
                out.append((0, int(digits), ""))
            digits = ""
            out.append((1, 0, c))
    return out
print(sorted(["file10", "file9", "file1a", "file1"], key=natural))
groups = {}
for w in sorted("the quick brown fox jumps over a lazy dog".split(), key=lambda w: (len(w), w)):
    groups.setdefault(len(w), []).append(w)
print(groups)
calls = []
print(sorted([3, 1, 2], key=lambda x: calls.append(x) or x), calls)
def unstable(x): raise RuntimeError(f"key failed on {x}")
l = [2, 1]
for f in (lambda: l.sort(key=unstable), lambda: sorted(l, key=lambda: 0), lambda: min(l, key=lambda a, b: 0), lambda: sorted(ps), lambda: max(ps), lambda: sorted([P("x", 1), 5], key=lambda p: p.age), lambda: sorted([1, "a"], key=str) and sorted(["1", 2], key=lambda x: x)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(l)
scores = {"math": {"ann": 90, "bob": 80}, "art": {"ann": 70, "bob": 95}}
totals = {n: sum(s[n] for s in scores.values()) for n in ("ann", "bob")}
print(sorted(totals.items(), key=lambda kv: kv[1], reverse=True), sorted(scores, key=lambda s: max(scores[s].values())), [max(s, key=s.get) for s in scores.values()])
