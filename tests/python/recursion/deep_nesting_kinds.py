"""Recursion without end in every slot: repr, comparison, hash, call, getattr, iteration, pickling, sorting; the limit is met, named, and left behind."""

import copy
import json
import sys

sys.setrecursionlimit(400)


def attempt(label, action):
    try:
        result = action()
        print(label, "->", type(result).__name__)
    except RecursionError as error:
        print(label, "-> RecursionError", str(error)[:32])
    except Exception as error:
        print(label, "->", type(error).__name__, str(error)[:80])


def define(name, body, args="self, *a"):
    scope = {}
    exec(f"class K:\n def {name}({args}):\n  {body}", scope)
    return scope["K"]()


CASES = {"__repr__": ("return repr(self)", repr), "__str__": ("return str(self)", str), "__hash__": ("return hash(self)", hash), "__bool__": ("return bool(self)", bool), "__len__": ("return len(self)", len), "__eq__": ("return self == a[0]", lambda k: k == 1), "__lt__": ("return self < a[0]", lambda k: k < 1), "__add__": ("return self + 1", lambda k: k + 1),
         "__radd__": ("return 1 + self", lambda k: 1 + k), "__iadd__": ("self += 1\n  return self", lambda k: k.__iadd__(1)), "__call__": ("return self()", lambda k: k()), "__getattr__": ("return self.x", lambda k: k.y), "__getattribute__": ("return self.x", lambda k: k.y), "__setattr__": ("self.x = 1", lambda k: setattr(k, "y", 1)), "__delattr__": ("del self.x", lambda k: delattr(k, "y")),
         "__getitem__": ("return self[0]", lambda k: k[0]), "__setitem__": ("self[0] = 1", lambda k: k.__setitem__(0, 1)), "__contains__": ("return 1 in self", lambda k: 1 in k), "__iter__": ("return iter(self)", iter), "__next__": ("return next(self)", next), "__reversed__": ("return reversed(self)", reversed), "__index__": ("return [1][self]", lambda k: [1][k]), "__int__": ("return int(self)", int),
         "__float__": ("return float(self)", float), "__complex__": ("return complex(self)", complex), "__abs__": ("return abs(self)", abs), "__neg__": ("return -self", lambda k: -k), "__round__": ("return round(self)", round), "__format__": ("return format(self)", format), "__bytes__": ("return bytes(self)", bytes), "__enter__": ("self.__exit__ = 1\n  with self: pass", lambda k: k.__enter__()), "__dir__": ("return dir(self)", dir), "__instancecheck__": ("return isinstance(1, self)", lambda k: isinstance(1, k)),
         "__subclasscheck__": ("return issubclass(int, self)", lambda k: issubclass(int, k)), "__length_hint__": ("return __import__('operator').length_hint(self)", lambda k: __import__("operator").length_hint(k)), "__fspath__": ("return open(self)", open), "__reduce_ex__": ("return __import__('copy').copy(self)", copy.copy), "__sizeof__": ("return __import__('sys').getsizeof(self)", sys.getsizeof), "__divmod__": ("return divmod(self, 1)", lambda k: divmod(k, 1)), "__pow__": ("return self ** 2", lambda k: k ** 2), "__matmul__": ("return self @ 1", lambda k: k @ 1)}
for name, (body, use) in CASES.items():
    attempt(name, lambda: use(define(name, body)))


def plain(n=0):
    return plain(n + 1)


def mutual_a():
    return mutual_b()


def mutual_b():
    return mutual_a()


def generator():
    yield from generator()


def comprehension():
    return [comprehension() for _ in range(1)]


def through_map():
    return list(map(lambda _: through_map(), [1]))


def through_sort():
    return sorted([2, 1], key=lambda _: through_sort())


def through_eval():
    return eval("through_eval()")


def through_exec():
    exec("through_exec()", globals())


def through_class():
    class A:
        x = through_class()


def through_finally():
    try:
        return through_finally()
    finally:
        pass


def through_except():
    try:
        1 / 0
    except ZeroDivisionError:
        return through_except()


def through_with():
    import contextlib
    with contextlib.suppress(KeyError):
        return through_with()


def through_property():
    class P:
        @property
        def p(self):
            return self.p
    return P().p


def through_descriptor():
    class D:
        def __get__(self, o, c):
            return o.d

    class O:
        d = D()
    return O().d


def through_decorator():
    import functools

    @functools.lru_cache
    def cached(n):
        return cached(n + 1)
    return cached(0)


def through_partial():
    import functools
    return functools.partial(through_partial)()


async def coroutine():
    return await coroutine()


def run_coroutine():
    coroutine().send(None)


def lambda_y():
    return (lambda f: f(f))(lambda f: f(f))


for function in (plain, mutual_a, lambda: list(generator()), comprehension, through_map, through_sort, through_eval, through_exec, through_class, through_finally, through_except, through_with, through_property, through_descriptor, through_decorator, through_partial, run_coroutine, lambda_y):
    attempt(function.__name__, function)


def nested(kind, depth=3000):
    value = kind()
    for _ in range(depth):
        value = [value] if kind is list else (value,) if kind is tuple else {"k": value} if kind is dict else frozenset([value])
    return value


for kind in (list, tuple, dict, frozenset):
    deep, other = nested(kind), nested(kind)
    attempt(f"repr {kind.__name__}", lambda: repr(deep))
    attempt(f"eq {kind.__name__}", lambda: deep == other)
    attempt(f"hash {kind.__name__}", lambda: hash(deep))
    attempt(f"deepcopy {kind.__name__}", lambda: copy.deepcopy(deep))
    attempt(f"json {kind.__name__}", lambda: json.dumps(deep))
    if kind in (list, tuple):
        attempt(f"lt {kind.__name__}", lambda: deep < other)
loop = []
loop.append(loop)
attempt("loop repr", lambda: repr(loop))
attempt("loop eq", lambda: loop == [loop])
attempt("loop eq other", lambda: (lambda a, b: (a.append(b), b.append(a), a == b))([], []))
attempt("isinstance tuple", lambda: isinstance(1, nested(tuple)))
attempt("limit too low", lambda: [plain_limit(n) for n in (5, 0, -1)])


def plain_limit(n):
    sys.setrecursionlimit(n)


for n in (0, -1, "x", 1.5, 2 ** 40, 2):
    attempt(f"setrecursionlimit {n}", lambda: sys.setrecursionlimit(n))
print(sys.getrecursionlimit())
attempt("setrecursionlimit", lambda: sys.setrecursionlimit())


def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


sys.setrecursionlimit(200)
first = depth()
print(150 < first <= 200, depth() == first, first == depth())
sys.setrecursionlimit(300)
print(depth() - first)
