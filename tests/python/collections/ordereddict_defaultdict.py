"""OrderedDict and defaultdict: move_to_end, popitem, equality, reversed; factories, missing, copies, unions."""

from collections import OrderedDict, defaultdict

o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a"); print(o, list(o)); o.move_to_end("c", last=False); print(list(o.items()))
print(o.popitem(), o.popitem(last=False), o, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), list(reversed(OrderedDict(x=1, y=2))), list(reversed(OrderedDict(x=1, y=2).items())), o.pop("b"), len(o))
o.update([("z", 1), ("y", 2)]); o["z"] = 9; del o["y"]; o["y"] = 3
print(o, o.copy(), o | {"q": 1}, {"q": 1} | o, type(o | {}).__name__, o.setdefault("n", []), o.get("zz"), OrderedDict.fromkeys("ab", 0), dict(o), repr(OrderedDict()))
for bad in (lambda: OrderedDict().popitem(), lambda: o.move_to_end("nope"), lambda: o.pop("nope"), lambda: o["nope"], lambda: OrderedDict(5), lambda: OrderedDict([1]), lambda: hash(o), lambda: OrderedDict({}, {})):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
r = OrderedDict(); r["self"] = r; print(r)
class O(OrderedDict):
    def __setitem__(self, k, v): super().__setitem__(k, v); self.move_to_end(k)
    def __missing__(self, k): return "missing " + k
s = O(a=1, b=2); s["a"] = 5; print(s, s["zz"], list(s))
try:
    for k in o: o[k + "x"] = 1
except RuntimeError as e: print(e)
d = defaultdict(list)
for w in "apple avocado banana blueberry cherry".split(): d[w[0]].append(w)
print(d, d["new"], len(d), d.get("absent"), "absent" in d, d.default_factory, dict(d))
n = defaultdict(int, {"a": 1}, b=2); n["c"] += 5; print(n, n["zero"], sorted(n.items()), n.copy(), type(n.copy()).__name__, n | {"z": 1}, type(n | {}).__name__, repr(defaultdict()))
nested = defaultdict(lambda: defaultdict(int)); nested["x"]["y"] += 1; nested["x"]["z"] += 2
print({k: dict(v) for k, v in nested.items()})
for bad in (lambda: defaultdict()["k"], lambda: defaultdict(5), lambda: defaultdict(lambda x: x)["k"], lambda: defaultdict(list, 5), lambda: defaultdict(lambda: 1 / 0)["q"], lambda: defaultdict(None)[1]):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
class F(defaultdict):
    def __missing__(self, k): self[k] = v = self.default_factory(k); return v
sq = F(lambda k: k * k); print(sq[5], sq[6], dict(sq), sq.default_factory(2))
d.default_factory = None
try:
    d["no factory now"]
except KeyError as e: print(e)
tree = lambda: defaultdict(tree)
t = tree(); t["a"]["b"]["c"] = 1; print(list(t), list(t["a"]["b"]), t["a"]["b"]["c"])
seq = iter(range(100)); ids = defaultdict(lambda: next(seq)); print([ids[c] for c in "hello"])
