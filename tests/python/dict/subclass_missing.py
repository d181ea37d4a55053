"""dict subclasses: __missing__, overridden methods, what update, constructor and ** honour."""

class Default(dict):
    def __missing__(self, key):
        self[key] = value = f"made {key}"
        return value

d = Default(a=1)
print(d["a"], d["b"], d, d.get("c"), "c" in d, d.pop("a"), d.setdefault("z", 0))

class Counter(dict):
    def __missing__(self, key):
        return 0

c = Counter()
for ch in "mississippi":
    c[ch] += 1
print(c, c["q"], len(c))

class Loud(dict):
    def __setitem__(self, k, v):
        print("set", k, end="; ")
        super().__setitem__(k, v)
    def __getitem__(self, k):
        return ("got", super().__getitem__(k))
    def __delitem__(self, k):
        print("del", k, end="; ")
        super().__delitem__(k)
    def __contains__(self, k):
        return True
    def get(self, k, default=None):
        return "overridden get"
    def keys(self):
        return ["fake"]

l = Loud(a=1)
l["b"] = 2
l.update(c=3)
l.setdefault("d", 4)
del l["d"]
print(l, l["a"], "nothing" in l, l.get("a"), dict(l), {**l}, list(l), l == {"a": 1, "b": 2, "c": 3}, "{a}".format_map(l), "%(b)s" % l)
def f(**kw):
    return kw
print(f(**l))

class Iter(dict):
    def __iter__(self):
        return iter(["x"])
    def keys(self):
        return ["x", "y"]
    def __getitem__(self, k):
        return "value of " + k

i = Iter(a=1)
print(dict(i), list(i), {**i}, f(**i), len(i), i.items())
o = {}
o.update(i)
print(o)

class Attr(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__

a = Attr(x=1)
a.y = 2
print(a, a.x, a.y, a["y"])
try:
    a.z
except KeyError as error:
    print("KeyError", error)
ns = Default()
exec("x = undefined_here\ny = x + '!'", {}, ns)
print(ns)
print(eval("p + q", {}, Counter(p=5)))
print(type(Default(a=1).copy()).__name__, type(Default() | {}).__name__, Default.fromkeys("ab"), type(Default.fromkeys("a")).__name__, isinstance(d, dict), repr(Counter(a=1)), bool(Default()))

class Ordered(dict):
    def __eq__(self, other):
        return list(self.items()) == list(other.items())
    __hash__ = None

print(Ordered(a=1, b=2) == Ordered(b=2, a=1), dict(a=1, b=2) == dict(b=2, a=1))
