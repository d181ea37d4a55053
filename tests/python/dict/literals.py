"""dict displays with constant keys: repeated keys, many keys, keys that are no names, what values see while one is built."""


def repeated(x):
    return {"a": x, "b": 2, "a": 3}, {"a": x, 1: 2, "a": 4}, {"x y": x, "x y": 1}, {1: x, True: 2, 1.0: 3}


def few(a, b, c):
    return {"a": a, "b": b, "c": c}


def many(n):
    return {"a": n, "b": n, "c": n, "d": n, "e": n, "f": n, "g": n, "h": n, "i": n, "j": n}


def odd(v):
    return {"not a name": v, "": v, "x" * 5: v, "\xe9": v, "\u0100": v, None: v, (1, 2): v, b"b": v}


for _ in range(3):
    print(repeated(1), few(1, [2], "3"), many(0), odd(5))
d = few(1, 2, 3)
d["d"] = 4
del d["a"]
d["a"] = 5
print(d, list(d), few(1, 2, 3) == {"c": 3, "b": 2, "a": 1}, d.get("b"), "c" in d)
for i in range(100):
    d[f"k{i}"] = i
print(len(d), d["k99"], d["b"], sum(v for v in d.values()))


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def failing():
    return {"a": Noisy("a"), "b": Noisy("b"), "c": 1 / 0}


try:
    failing()
except ZeroDivisionError:
    print("failed")
e = {"a": Noisy("one"), "b": Noisy("two")}
e.clear()
print(**{"end": "!\n", "sep": ""})
