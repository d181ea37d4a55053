"""Insertion order through deletion and re-insertion; live views; set operations on views; mutation during iteration."""

d = {}
for k in "gfedcba":
    d[k] = ord(k)
for k in "fdb":
    del d[k]
d["f"] = 1
d["a"] = 2
print(d, list(d), next(iter(d)), next(reversed(d)), d.popitem(), d)
keys, values, items = d.keys(), d.values(), d.items()
d["new"] = 0
print(keys, values, items, len(keys), "new" in keys, 0 in values, ("new", 0) in items, ("new", 1) in items, "x" in items)
print(sorted(keys & "agx"), sorted(keys | {"z"}), sorted(keys - {"a"}), sorted(keys ^ {"a", "q"}), keys.isdisjoint("xyz"), keys == set(keys), keys <= set("acefgnew") | {"new"}, sorted({"a"} & keys), type(keys & {"a"}).__name__)
print(items & {("a", 2)}, items >= {("a", 2)}, items == set(items), list(reversed(keys)), list(reversed(values)), list(reversed(items))[0], keys.mapping["a"], type(keys.mapping).__name__)
for action in ("d['k1'] = 1", "del d['g']", "d.clear()", "d.update(q=1, r=2)"):
    d = {"g": 1, "h": 2, "i": 3}
    try:
        for k in d:
            exec(action)
        print("finished", d)
    except RuntimeError as error:
        print(action, error)
d = {i: i for i in range(5)}
for k in d:
    d[k] = k * 2
print(d)
try:
    for k, v in d.items():
        del d[k]
        d[k + 100] = v
except RuntimeError as error:
    print(error)
for bad in (lambda: d.keys()[0], lambda: hash(d.keys()), lambda: d.items() & 5, lambda: d.values() == d.values(), lambda: d.keys() + d.keys(), lambda: {}.values() & set()):
    try:
        print(bad())
    except TypeError as error:
        print(error)
big = {}
for i in range(2000):
    big[i * 7919 % 10007] = i
    if i % 3 == 0:
        big.pop(next(iter(big)))
print(len(big), list(big)[:5], list(big)[-5:], sum(big), sum(big.values()))
it = iter({"a": 1, "b": 2})
print(it.__length_hint__(), next(it), it.__length_hint__(), list(it))
print(repr({}.keys()), repr({1: 2}.values()), {"d": {}.items()}, dict(sorted({"b": 1, "a": 2}.items())), {**{}, **d} == d)
