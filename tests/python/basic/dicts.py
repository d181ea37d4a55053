"""Dictionaries: order, views, update and errors."""

d = {"one": 1, "two": 2, "three": 3}
print(d, len(d), d["two"], d.get("four"), d.get("four", 4))
d["four"] = 4
d["one"] = 11
print(d, "one" in d, "five" in d)
del d["two"]
print(list(d), list(d.values()), list(d.items()))
d["two"] = 22
print(d)
print(d.pop("three"), d.pop("none", None), d.popitem(), d)
print(d.setdefault("a", []), d.setdefault("one", 5))
d["a"].append(1)
print(d)
d.update({"b": 2}, c=3)
d.update([("x", 24), ("y", 25)])
print(d)
e = dict(zip("abc", range(3)))
print(e, dict(a=1, b=2), dict([(1, 2)]), {**e, "z": 26}, e | {"a": 9})
e |= {"q": 1}
print(e, {k: v * 2 for k, v in e.items() if v})
print(dict.fromkeys("abc", 0), e == {"q": 1, "c": 2, "b": 1, "a": 0})
print(e.keys() & {"a", "zz"}, e.keys() - {"a"} == {"b", "c", "q"}, ("a", 0) in e.items())
for k in sorted(e):
    print(k, e[k], end=";")
print()
print(list(reversed(e)), e.copy() is e)
try:
    e["missing"]
except KeyError as error:
    print("KeyError", error, error.args)
try:
    {}[[]]
except TypeError as error:
    print("TypeError", error)
try:
    for k in e:
        e[k + "x"] = 1
except RuntimeError as error:
    print("RuntimeError", error)
try:
    {}.popitem()
except KeyError as error:
    print(error)
n = {1: "int", 1.0: "float", True: "bool"}
print(n, {(1, 2): "t"}[1, 2])
e.clear()
print(e, bool(e), e or "empty")
