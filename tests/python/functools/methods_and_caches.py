# functools' methods: singledispatchmethod, cached_property, partialmethod, total_ordering, wraps, cmp_to_key; lru_cache under threads.
import abc
import functools
import threading
import types
import typing


class Shape(abc.ABC):
    def __init__(self, size):
        self.size, self.computed = size, 0

    @functools.singledispatchmethod
    def scale(self, by):
        raise NotImplementedError(f"cannot scale by {type(by).__name__}")

    @scale.register
    def _(self, by: int):
        return f"int {self.size * by}"

    @scale.register(str)
    @scale.register(bytes)
    def _(self, by):
        return f"text {len(by)}"

    @scale.register
    def _(self, by: float | complex):
        return f"inexact {by}"

    @functools.singledispatchmethod
    @classmethod
    def make(cls, x):
        return (cls.__name__, "any", x)

    @make.register
    @classmethod
    def _(cls, x: list):
        return (cls.__name__, "list", x)

    @functools.singledispatchmethod
    @staticmethod
    def check(x):
        return "static any"

    @check.register
    @staticmethod
    def _(x: dict):
        return "static dict"

    @functools.cached_property
    def area(self):
        """The area."""
        self.computed += 1
        return self.size ** 2

    def resize(self, how, by=1, *rest, **kw):
        return how, by, rest, sorted(kw.items())

    grow = functools.partialmethod(resize, "grow", by=2)
    shrink = functools.partialmethod(grow, extra=1)
    klass = functools.partialmethod(classmethod(lambda cls, a, b: (cls.__name__, a, b)), 1)


class Sub(Shape):
    pass


s = Sub(3)
for by in (2, True, "abc", b"xy", 1.5, 2j, [1]):
    try:
        print(s.scale(by))
    except NotImplementedError as e:
        print(e)
print(s.make([1]), Sub.make(5), s.check({}), Shape.check(1), Shape.scale.__name__, s.area, s.area, s.computed, Sub.area.__doc__, vars(s)["area"], Shape.area.attrname)
del s.area
print(s.area, s.computed, s.grow(), s.grow(by=5), s.shrink(), s.klass(2), Shape.klass(9), Shape.__dict__["grow"], s.grow.func.__name__)
for wrong in (lambda: s.scale(), lambda: Shape.__dict__["scale"].register(5), lambda: functools.singledispatchmethod(5), lambda: functools.partialmethod(5), lambda: functools.singledispatch(lambda x: x).register(lambda x: x), lambda: functools.singledispatch(lambda x: 0)(), lambda: functools.singledispatch(len).register(typing.List[int]), lambda: functools.cached_property(len).__get__(5, int), lambda: setattr(Sub, "x", functools.cached_property(len)) or Sub(1).x):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, str(e).replace("\n", " ")[:110])


class Slotted:
    __slots__ = ()

    @functools.cached_property
    def p(self):
        return 1


for body in ("p = functools.cached_property(len)\nq = p", "x = 1"):
    try:
        exec(f"class C:\n {body.replace(chr(10), chr(10) + ' ')}")
        print("made")
    except Exception as e:
        print(type(e).__name__, e, e.__cause__)
try:
    Slotted().p
except TypeError as e:
    print(e)


@functools.singledispatch
def kind(x):
    return "object"


for cls, name in ((int, "int"), (list, "list"), (abc.ABC, "abc"), (types.NoneType, "none"), (__import__("collections").abc.Sized, "sized"), (__import__("collections").abc.Mapping, "mapping")):
    kind.register(cls, lambda x, name=name: name)
print([kind(x) for x in (1, True, [], {}, "s", None, 1.5, s)], kind.dispatch(bool)(0), sorted(t.__name__ for t in kind.registry), kind.dispatch(dict) is kind.registry[__import__("collections").abc.Mapping])


@functools.total_ordering
class Age:
    def __init__(self, n): self.n = n
    def __eq__(self, other): return self.n == other.n if isinstance(other, Age) else NotImplemented
    def __lt__(self, other): return self.n < other.n if isinstance(other, Age) else NotImplemented


print(Age(1) <= Age(1), Age(1) >= Age(2), Age(3) > Age(2), Age.__ge__.__name__, Age.__hash__)
for wrong in (lambda: Age(1) <= 5, lambda: functools.total_ordering(type("E", (), {})), lambda: functools.cmp_to_key(5)(1) < functools.cmp_to_key(5)(2), lambda: functools.reduce(lambda a, b: a, []), lambda: functools.partial(), lambda: functools.partial(5), lambda: functools.lru_cache(5.5), lambda: functools.lru_cache(None)(lambda x: x)([])):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
print(sorted("bAcB", key=functools.cmp_to_key(lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))), functools.reduce(lambda a, b: a * 10 + b, [1, 2, 3], 0), functools.reduce(max, iter([3])))


def traced(f):
    @functools.wraps(f)
    def wrapper(*a, **k):
        return f(*a, **k)
    return wrapper


@traced
def documented(a: int, *, b="x") -> str:
    "Doc."
    return f"{a}{b}"


documented.extra = 1
print(documented.__name__, documented.__doc__, documented.__wrapped__.__annotations__, traced(documented).extra, documented(1, b=2), functools.update_wrapper(functools.partial(documented), documented).__name__)

calls, guard = [], threading.Lock()


@functools.lru_cache(maxsize=64, typed=True)
def slow(n):
    with guard:
        calls.append(n)
    return n * n


barrier, answers = threading.Barrier(4), []


def work(seed):
    barrier.wait()
    total = sum(slow((i * seed) % 50) for i in range(400))
    with guard:
        answers.append((seed, total))


threads = [threading.Thread(target=work, args=(k,)) for k in (1, 3, 7, 9)]
for t in threads:
    t.start()
for t in threads:
    t.join()
info = slow.cache_info()
print(sorted(answers), info.hits + info.misses, info.currsize, set(calls) == set(range(50)), info.misses == len(calls), slow(1.0), slow.cache_info().currsize, slow.cache_parameters(), slow.cache_clear(), slow.cache_info())


class Counted:
    @functools.cache
    def method(self, x): return x

    @property
    @functools.lru_cache
    def prop(self): return 5


c = Counted()
print(c.method(1), c.method(1), Counted.method.cache_info(), c.prop, slow.__wrapped__(3), functools.lru_cache(0)(abs)(-3))
