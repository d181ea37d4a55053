"""__getattr__, __getattribute__, __setattr__, __delattr__ and __dir__ working together; module __getattr__; recursion."""

class Tracer:
    def __init__(self):
        object.__setattr__(self, "log", [])
    def __getattribute__(self, n):
        if n != "log" and not n.startswith("__"):
            object.__getattribute__(self, "log").append("getattribute " + n)
        return object.__getattribute__(self, n)
    def __getattr__(self, n):
        object.__getattribute__(self, "log").append("getattr " + n)
        if n.startswith("auto"):
            return n + " made"
        raise AttributeError(f"really no {n}")
    def __setattr__(self, n, v):
        self.log.append("setattr " + n)
        object.__setattr__(self, n, v)
    def __delattr__(self, n):
        self.log.append("delattr " + n)
        object.__delattr__(self, n)
    def method(self): return self.x

t = Tracer()
t.x = 1
t.x += 1
print(t.x, t.method(), t.auto_thing, hasattr(t, "none"), getattr(t, "none", "dflt"))
del t.x
for f in (lambda: t.x, lambda: t.method(), lambda: delattr(t, "x")):
    try:
        f()
    except AttributeError as error:
        print(error)
print(t.log)

class Chain:
    def __init__(self, path=()): self._path = path
    def __getattr__(self, n): return Chain(self._path + (n,))
    def __call__(self, *a): return ".".join(self._path) + repr(a)
    def __getitem__(self, k): return Chain(self._path + (f"[{k!r}]",))

print(Chain().a.b.c(1, 2), Chain().x[0].y["k"](), Chain().deep.deeper.__class__.__name__)

class Frozen:
    def __init__(self, **kw): self.__dict__.update(kw)
    def __setattr__(self, n, v): raise TypeError(f"cannot set {n}")
    def __delattr__(self, n): raise TypeError(f"cannot delete {n}")

f = Frozen(a=1)
for g in (lambda: setattr(f, "a", 2), lambda: delattr(f, "a"), lambda: f.b):
    try:
        g()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
f.__dict__["a"] = 5
print(f.a)

class Infinite:
    def __getattribute__(self, n): return self.n

try:
    Infinite().x
except RecursionError as error:
    print("RecursionError", str(error)[:20])

class Intercept(type):
    def __getattribute__(cls, n):
        if n == "special":
            return "from metaclass hook"
        return super().__getattribute__(n)
    def __setattr__(cls, n, v):
        print("class setattr", n)
        super().__setattr__(n, v)

class C(metaclass=Intercept):
    normal = 1

C.new = 2
print(C.special, C.normal, C().new, hasattr(C(), "special"))

class Dyn:
    def __init__(self): self.calls = 0
    def __getattr__(self, n):
        if n == "__deepcopy__" or n.startswith("__"):
            raise AttributeError(n)
        self.calls += 1
        value = self.__dict__[n] = n.upper()
        return value

d = Dyn()
print(d.foo, d.foo, d.calls, sorted(vars(d)), getattr(d, "a b"), len(vars(d)))
class D1:
    def __dir__(self): return ["z", "a", "m"]
class D2:
    x = 1
    def __init__(self): self.y = 2
print(dir(D1()), [n for n in dir(D2()) if not n.startswith("_")], [n for n in dir(D2) if not n.startswith("_")], "__init__" in dir(D2), dir(type("E", (), {"q": 1}))[-1])
for bad in (lambda: dir(type("Bad", (), {"__dir__": lambda self: 5})()), lambda: getattr(5, "x" * 3), lambda: setattr(D1, 5, 1), lambda: getattr(D1(), None), lambda: object.__getattribute__(5, "q"), lambda: object.__setattr__(D1, "x", 1), lambda: type.__setattr__(5, "x", 1)):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
