"""dict methods with all forms of arguments, and their errors."""

d = {"a": 1}
print(d.get("a"), d.get("b"), d.get("b", 2), d.setdefault("a", 9), d.setdefault("b"), d.pop("a"), d.pop("zz", "dflt"), d)
d.update({"x": 1}, y=2)
d.update([["p", 1], ("q", 2), "rs"])
d.update()
d.update(zip("mn", range(2)))
print(d)

class Keys:
    def keys(self):
        return ["k1", "k2"]
    def __getitem__(self, k):
        return k * 2

d = dict(Keys(), extra=1)
d.update(Keys())
print(d, {**Keys()}, dict(**Keys()), dict.fromkeys([1, 2]), dict.fromkeys("ab", []), dict.fromkeys({}), dict(dict(a=1), a=2), dict([]), dict(a=1) | {"b": 2}, {"a": 1} | {"a": 2})
for bad in (lambda: {}["k"], lambda: {}[1, 2], lambda: {}.pop("k"), lambda: {}.popitem(), lambda: {}.pop(), lambda: {}[[]], lambda: {[]: 1}, lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(["abc"]), lambda: dict([([], 1)]),
            lambda: dict({}, {}), lambda: {}.update(5), lambda: {}.update({}, {}), lambda: {}.get(), lambda: {}.get(1, 2, 3), lambda: {}.get([]), lambda: {}.setdefault(), lambda: {} + {}, lambda: {} | [], lambda: {} < {}, lambda: hash({}), lambda: {}.nope, lambda: {}.items(1), lambda: dict(**{1: 2}),
            lambda: {}.fromkeys(5), lambda: [] in {}, lambda: {}.__delitem__("q"), lambda: {}.__getitem__(), lambda: dict.fromkeys(), lambda: {}.copy(1), lambda: {"a": 1}.a, lambda: {}.__ior__(5)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
d = {1: "a"}
d |= {2: "b"}
d |= [(3, "c")]
e = d.copy()
e[1] = "changed"
print(d, e, d == e, d != e, d == dict(reversed(d.items())), {} == {}, {"a": float("nan")} == {"a": float("nan")}, len(d), 1 in d, 9 not in d)
d.clear()
print(d, dict.get({"x": 5}, "x"), dict.__contains__({1: 1}, 1), {}.__class__.__name__, {"a": 1}.__eq__([]), {"a": 1}.__or__(5))
nested = {"l": [1, {"deep": (1, 2)}], None: True, (1, 2): {"x"}, 1.5: b"b"}
print(nested, nested["l"][1]["deep"][0], str(nested) == repr(nested))
rec = {"self": None}
rec["self"] = rec
rec["list"] = [rec]
print(rec)
counts = {}
for w in "to be or not to be that is the question".split():
    counts[w] = counts.get(w, 0) + 1
print(counts, max(counts, key=counts.get), sorted(counts, key=lambda w: (-counts[w], w))[:3], {v: k for k, v in counts.items()})
