"""Which operand's method is asked first: subclasses, NotImplemented, reflected methods that are inherited, overridden, None or not callable."""

import operator


def attempt(action):
    try:
        print("  ->", action())
    except Exception as error:
        print("  ->", type(error).__name__, error)


class Loud:
    def __init__(self, label="loud"):
        self.label = label


def make(name, op, result=NotImplemented):
    def method(self, other):
        print(" ", type(self).__name__, name, type(other).__name__)
        return result
    method.__name__ = name
    return method


OPERATORS = ["add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "lshift", "rshift", "and", "xor", "or"]
namespace = {}
for op in OPERATORS:
    for prefix in ("__", "__r", "__i"):
        namespace[prefix + op + "__"] = make(prefix + op + "__", op)
A = type("A", (Loud,), dict(namespace))
B = type("B", (Loud,), dict(namespace))
Heir = type("Heir", (A,), {})
Override = type("Override", (A,), {"__radd__": make("__radd__", "add", "override"), "__rsub__": None})
for op in ("add", "mul", "matmul", "mod", "and", "rshift"):
    print(op)
    function = getattr(operator, op + "_" if op in ("and", "or") else op)
    inplace = getattr(operator, "i" + op)
    attempt(lambda: function(A(), B()))
    attempt(lambda: function(A(), A()))
    attempt(lambda: inplace(A(), B()))
    attempt(lambda: function(1, A()))
    attempt(lambda: function(A(), 1))
    attempt(lambda: function([], A()))
    attempt(lambda: inplace([], A()))
print("heirs")
attempt(lambda: A() + Heir())
attempt(lambda: Heir() + A())
attempt(lambda: A() + Override())
attempt(lambda: Override() + A())
attempt(lambda: A() - Override())
attempt(lambda: Override() - Override())
attempt(lambda: 1 - Override())


class NoneAdd(A):
    __add__ = None


class NotCallable(A):
    __add__ = 5


attempt(lambda: NoneAdd() + 1)
attempt(lambda: NotCallable() + 1)
attempt(lambda: A() + NoneAdd())


class MyInt(int):
    def __radd__(self, other):
        return "my radd"

    def __rpow__(self, other, mod=None):
        return ("my rpow", other, mod)


class Quiet(int):
    pass


print(1 + MyInt(2), MyInt(1) + 2, Quiet(1) + MyInt(2), 2 ** MyInt(3), pow(2, MyInt(3)), type(Quiet(1) + Quiet(2)))
attempt(lambda: pow(2, MyInt(3), 5))


class Power:
    def __pow__(self, other, mod=NotImplemented):
        return ("pow", other, mod)

    def __rpow__(self, other, mod=NotImplemented):
        return ("rpow", other, mod)

    def __ipow__(self, other):
        return ("ipow", other)


print(Power() ** 2, pow(Power(), 2, 3) == ("pow", 2, 3), 2 ** Power(), operator.ipow(Power(), 4))
attempt(lambda: pow(2, Power(), 3))
attempt(lambda: pow(2, 3, Power()))


class Divides:
    def __divmod__(self, other):
        return NotImplemented

    def __rdivmod__(self, other):
        return "rdivmod", other


attempt(lambda: divmod(5, Divides()))
attempt(lambda: divmod(Divides(), 5))
attempt(lambda: divmod(Divides(), Divides()))


class Compare:
    def __init__(self, answer=NotImplemented):
        self.answer = answer

    def __lt__(self, other):
        print("  lt", type(self).__name__)
        return self.answer

    def __gt__(self, other):
        print("  gt", type(self).__name__)
        return self.answer

    def __eq__(self, other):
        print("  eq", type(self).__name__)
        return self.answer

    def __le__(self, other):
        return 5


class CompareHeir(Compare):
    pass


for left, right in ((Compare(), Compare()), (Compare(), CompareHeir("heir")), (CompareHeir(), Compare("base")), (Compare(), 3), (3, Compare([]))):
    print(type(left).__name__, type(right).__name__)
    attempt(lambda: left < right)
    attempt(lambda: left == right)
    attempt(lambda: left != right)
attempt(lambda: Compare() <= 3)
attempt(lambda: 3 >= Compare())
attempt(lambda: 3 <= Compare())
attempt(lambda: Compare() >= 3)
