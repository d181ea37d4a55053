"""A rational number class, polynomials and units with full operator support, used together."""

class Q:
    __slots__ = ("n", "d")
    def __init__(self, n, d=1):
        if d == 0: raise ZeroDivisionError("Q with zero denominator")
        g, a = abs(d), abs(n)
        while a: g, a = a, g % a
        s = -1 if d < 0 else 1
        self.n, self.d = s * n // g, s * d // g
    @staticmethod
    def coerce(x): return x if isinstance(x, Q) else Q(x) if isinstance(x, int) else None
    def op(f):
        def method(self, other):
            other = Q.coerce(other)
            return NotImplemented if other is None else f(self, other)
        return method
    def rop(f):
        def method(self, other):
            other = Q.coerce(other)
            return NotImplemented if other is None else f(other, self)
        return method
    ops = {"add": lambda a, b: Q(a.n * b.d + b.n * a.d, a.d * b.d), "sub": lambda a, b: Q(a.n * b.d - b.n * a.d, a.d * b.d), "mul": lambda a, b: Q(a.n * b.n, a.d * b.d), "truediv": lambda a, b: Q(a.n * b.d, a.d * b.n), "floordiv": lambda a, b: a.n * b.d // (a.d * b.n), "mod": lambda a, b: a - b * (a // b)}
    for name, function in ops.items():
        locals()[f"__{name}__"], locals()[f"__r{name}__"] = op(function), rop(function)
    __lt__ = op(lambda a, b: a.n * b.d < b.n * a.d)
    __le__ = op(lambda a, b: a.n * b.d <= b.n * a.d)
    __gt__ = op(lambda a, b: a.n * b.d > b.n * a.d)
    __ge__ = op(lambda a, b: a.n * b.d >= b.n * a.d)
    __eq__ = op(lambda a, b: (a.n, a.d) == (b.n, b.d))
    del op, rop, ops, name, function
    def __hash__(self): return hash(self.n) if self.d == 1 else hash((self.n, self.d))
    def __neg__(self): return Q(-self.n, self.d)
    def __abs__(self): return Q(abs(self.n), self.d)
    def __pow__(self, k): return Q(self.n ** k, self.d ** k) if k >= 0 else Q(self.d ** -k, self.n ** -k)
    def __float__(self): return self.n / self.d
    def __int__(self): return int(float(self))
    def __bool__(self): return self.n != 0
    def __repr__(self): return f"{self.n}/{self.d}" if self.d != 1 else str(self.n)
    def __format__(self, spec): return format(float(self), spec) if spec else repr(self)
    def __round__(self, k=None): return round(float(self), k)

a, b = Q(3, 4), Q(-5, 6)
print(a + b, a - b, a * b, a / b, a // b, a % b, 1 + a, 2 - a, 3 * a, 1 / a, 7 // a, 5 % a, -a, abs(b), a ** 3, a ** -2, float(a), int(Q(7, 2)), bool(Q(0)), f"{a:.3f} {a}", round(a), round(Q(1, 3), 2))
print(a < b, a > b, a <= a, a >= 1, a == Q(6, 8), a != 1, Q(4, 2) == 2, 2 == Q(2), hash(Q(2)) == hash(2), {Q(1, 2): "half"}[Q(2, 4)], sorted([a, b, 1, Q(1, 2)]), sum([a, b, 1]), max(a, b), min([Q(1, 3), Q(1, 4)]))
for f in (lambda: a + 1.5, lambda: "x" * a, lambda: a < "x", lambda: Q(1, 0), lambda: a / 0, lambda: a // Q(0), lambda: [1][a], lambda: a @ b, lambda: a << 1, lambda: a()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(a == "x", a != "x", sum(Q(1, k) for k in range(1, 16)), sum(Q((-1) ** k, 2 * k + 1) for k in range(8)))

class Poly:
    def __init__(self, *c):
        c = list(c)
        while len(c) > 1 and not c[-1]: c.pop()
        self.c = tuple(c)
    def __call__(self, x):
        r = 0
        for k in reversed(self.c): r = r * x + k
        return r
    def __add__(self, o):
        o = o if isinstance(o, Poly) else Poly(o)
        n = max(len(self.c), len(o.c))
        return Poly(*((self.c[i] if i < len(self.c) else 0) + (o.c[i] if i < len(o.c) else 0) for i in range(n)))
    __radd__ = __add__
    def __neg__(self): return Poly(*(-k for k in self.c))
    def __sub__(self, o): return self + -o
    def __mul__(self, o):
        o = o if isinstance(o, Poly) else Poly(o)
        out = [0] * (len(self.c) + len(o.c) - 1)
        for i, p in enumerate(self.c):
            for j, q in enumerate(o.c): out[i + j] += p * q
        return Poly(*out)
    __rmul__ = __mul__
    def __pow__(self, n):
        r = Poly(1)
        for _ in range(n): r *= self
        return r
    def __divmod__(self, o):
        rest, quotient = list(self.c), [0] * max(1, len(self.c) - len(o.c) + 1)
        for i in reversed(range(len(self.c) - len(o.c) + 1)):
            q = quotient[i] = Q(1) * rest[i + len(o.c) - 1] / o.c[-1]
            for j, k in enumerate(o.c): rest[i + j] -= q * k
        return Poly(*quotient), Poly(*rest)
    def __eq__(self, o): return isinstance(o, Poly) and self.c == o.c
    def __getitem__(self, i): return self.c[i]
    def __len__(self): return len(self.c)
    def __iter__(self): return iter(self.c)
    def __repr__(self): return " + ".join(f"{k}x^{i}" for i, k in enumerate(self.c) if k) or "0"
    def derivative(self): return Poly(*(i * k for i, k in enumerate(self.c) if i))

x = Poly(0, 1)
p = (x + 1) ** 3 - 2 * x * x + 5
print(p, p(2), p(Q(1, 2)), p.derivative(), p.derivative()(3), divmod(p, x - Poly(1)), divmod(x ** 4 + (-1), x * x + 1), p == Poly(6, 3, 1, 1), len(p), list(p), p[0], (x - Poly(3)) * (x + 3), p(x + 1), -p)
