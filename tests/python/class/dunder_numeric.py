"""All numeric dunders with reflected and in-place forms; NotImplemented fallbacks; subclass priority."""

ops = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor", "@": "matmul"}

def make(name, which):
    ns = {}
    for op, m in ops.items():
        for prefix in which:
            def method(self, other, op=op, prefix=prefix):
                return f"{type(self).__name__}.{prefix}{op}({type(other).__name__})"
            ns[f"__{prefix}{m}__"] = method
    return type(name, (), ns)

Full, Left, Right, InPlace = make("Full", ["", "r", "i"]), make("Left", [""]), make("Right", ["r"]), make("InPlace", ["i"])
Empty = make("Empty", [])
for op in ops:
    for a, b in ((Full(), 1), (1, Full()), (Left(), Right()), (Right(), Left()), (Full(), Left()), (Left(), Full()), (1.5, Right()), ("s", Right()), ([1], Right())):
        try:
            print(eval(f"a {op} b"), end=" ")
        except TypeError as error:
            print(error, end=" ")
    for v in (Full(), Left(), InPlace(), Right(), Empty()):
        ns = {"v": v}
        try:
            exec(f"v {op}= 2", ns)
            print(ns["v"], end=" ")
        except TypeError as error:
            print(error, end=" ")
    print()

class Base:
    def __add__(self, o): return "Base.add"
    def __radd__(self, o): return "Base.radd"
class Child(Base):
    def __radd__(self, o): return "Child.radd"
class Plain(Base):
    pass

print(Base() + Child(), Base() + Plain(), Child() + Base(), Base() + Base(), 1 + Child(), Plain() + Base())

class Never:
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
    def __eq__(self, o): return NotImplemented
    def __iadd__(self, o): return NotImplemented

n = Never()
for f in (lambda: n + n, lambda: n + 1, lambda: 1 + n, lambda: n < n, lambda: n == n, lambda: n == 1, lambda: n != n):
    try:
        print(f())
    except TypeError as error:
        print(error)

class Unary:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __complex__(self): return 7j
    def __index__(self): return 3
    def __round__(self, n=None): return f"round {n}"
    def __divmod__(self, o): return "divmod"
    def __rdivmod__(self, o): return "rdivmod"
    def __pow__(self, o, m=None): return f"pow {o} {m}"
    def __rpow__(self, o, m=None): return f"rpow {o} {m}"

u = Unary()
print(-u, +u, ~u, abs(u), int(u), float(u), complex(u), hex(u), [10, 20, 30, 40][u], round(u), round(u, 2), divmod(u, 1), divmod(1, u), u ** 2, 2 ** u, pow(u, 2, 3), "abcdef"[u:], "x" * u, range(u), bytes(u), chr(u) == "\x03")
for f in (lambda: -Empty(), lambda: ~Empty(), lambda: abs(Empty()), lambda: int(Empty()), lambda: float(Empty()), lambda: [1][Empty()], lambda: round(Empty()), lambda: divmod(Empty(), 1), lambda: Empty() ** 2, lambda: pow(2, Empty(), 3), lambda: complex(Empty()), lambda: hex(Empty())):
    try:
        print(f())
    except TypeError as error:
        print(error)
