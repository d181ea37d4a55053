"""Dict displays and comprehensions: evaluation order, duplicate keys, unpacking, nested comprehension scopes."""

log = []
def t(x):
    log.append(x)
    return x

d = {t("k1"): t("v1"), t("k2"): t("v2"), **{t("k3"): t("v3")}, t("k1"): t("again")}
print(d, log)
log.clear()
d = {t(k): t(v) for k, v in [("a", 1), ("b", 2)] if t(True)}
print(d, log)
log.clear()
d = {}
d[t("key")] = t("value")
print(log)
log.clear()
t({})[t("x")] = t("y")
print(log)
log.clear()
(t({}) | t({1: 2}))[t(1)]
print(log)
print({1: "a", 1.0: "b", True: "c"}, {"a": 1, "a": 2}, {k: 0 for k in "aab"}, {i: {j: i * j for j in range(3)} for i in range(2)})
print({k: v for k, v in zip("abc", range(3)) if v != 1}, {v: k for k, v in {"x": 1, "y": 2}.items()}, {**{"a": 1}, "a": 2, **{"a": 3}}, {**dict(b=1), **{}}, {len(w): w for w in "a bb cc ddd".split()})
for bad in ("{**5}", "{**[1]}", "{[]: 1}", "{{}: 1}", "{1: 2, **None}", "{k: v for k, v in [1]}", "{k: v for k in undefined_name}", "{i: 1 for i in 5}", "{(1, []): 2}"):
    try:
        print(eval(bad))
    except Exception as error:
        print(bad, type(error).__name__, error)
x = "outer"
print({x: x for x in "ab"}, x, {(lambda: y)(): y for y in range(3)}, {y: [z for z in range(y)] for y in range(3)})
def make():
    n = 2
    return {k: (lambda v=k: v * n) for k in range(3)}
print([f() for f in make().values()])
grid = {(x, y): x * y for x in range(3) for y in range(3) if x <= y}
print(grid, sorted(grid, key=lambda p: (-grid[p], p))[:2])
matrix = {"rows": [{"c": i, "d": [i] * i} for i in range(3)]}
print(matrix, [r["c"] for r in matrix["rows"] if r["d"]], dict(enumerate("ab")), dict(map(lambda k: (k, k.upper()), "xy")))
print(dict.fromkeys(x for x in "aba"), dict.fromkeys("ab", [0])["a"] is dict.fromkeys("a", [0])["a"], {k: i for i, k in enumerate("hello")}, {**{i: i for i in range(2)}, **{j: -j for j in range(1, 3)}})
a = {"n": 1}
b = {**a, "n": a["n"] + 1}
a["n"] = 10
print(a, b, a | b, b | a, (a := {**b, "z": 0}), {y: z for y, z in {"p": 1}.items() if (w := z)}, w)
