"""Calls through every kind of callable: functions, methods, builtins, classes, instances, partial-like closures, slots."""

class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x, *, scale=1): return (self.n + x) * scale
    def method(self, x): return self.n * x
    @classmethod
    def make(cls, n): return cls(n + 100)
    @staticmethod
    def static(a, b=2): return a - b

a = Adder(5)
total = 0
for i in range(50):
    total += a(i) + a.method(i) + Adder.method(a, i) + Adder.static(i) + a.static(i, b=1) + Adder.make(i).n + len("x" * i) + max(i, 3) + abs(-i) + int(str(i)) + divmod(i, 7)[1] + a(i, scale=2) + (lambda q: q + 1)(i) + ord(chr(i + 65)) + sum([i, 1]) + pow(i, 2)
print(total)
bound, unbound, builtin = a.method, Adder.method, [].append
print(bound(2), unbound(a, 3), builtin(1), bound.__func__ is unbound, bound.__self__ is a, bound == a.method, bound is a.method, bound.__name__, builtin.__name__, builtin.__self__)
print(str.upper("x"), "abc".upper(), list.index([1, 2], 2), dict.get({"a": 1}, "a"), int.__add__(1, 2), (1).__add__(2), type(a)(7).n, object.__repr__ is not None, str.join(",", "ab"), (5).__class__("8"))
print([f(3) for f in (float, str, bool, lambda x: x, a, bound, Adder, hex, range)][:6])

class Meta(type):
    def __call__(cls, *args):
        return ("intercepted", args)

class Intercepted(metaclass=Meta):
    pass

print(Intercepted(1, 2))

class New:
    def __new__(cls, *args):
        return 5 if args else super().__new__(cls)
    def __init__(self, *args):
        print("init", args)

print(New(1), type(New()).__name__)

class InitReturns:
    def __init__(self): return 5

for bad in ("InitReturns()", "5()", "'x'()", "None()", "[]()", "a.n()", "a.nope()", "object(1)", "len()", "len(1, 2)", "int.__add__()", "str.upper(5)", "str.upper()", "[].append()", "{}.get()", "list.append([])", "Adder()", "Adder(1, 2)", "a.method()", "print(x=1)", "type()", "type(1, 2)", "super()", "isinstance(1)", "(1).real()", "Adder.make()", "print.__call__(5, 6, nope=1)", "object.__new__()", "object.__new__(int)", "dict.fromkeys()", "range(1)(2)", "abs()", "abs(1, 2)", "ord()", "str.join()", "''.join(1, 2)", "getattr(a)", "getattr(a, 5)", "setattr(a, 1, 2)", "hasattr(a)"):
    try:
        print(bad, eval(bad))
    except Exception as error:
        print(bad, type(error).__name__, error)
class Slots:
    __slots__ = ("f",)
s = Slots()
s.f = lambda *a: ("slot call", a)
print(s.f(1), (s.f)(2))
s.f = s.f(3).__len__
print(s.f())
def varargs(*a, **k): return len(a), sorted(k)
print(varargs(*range(300))[0], varargs(**{f"k{i}": i for i in range(200)})[1][:3], varargs(*"abc", *(1,), **{"z": 1}, y=2))
