# inspect: signatures, members, sources, frames, classification, static lookup, binding.
import asyncio
import functools
import inspect
import types


def f(a, /, b: int, c="x", *args: str, d, e=None, **kw) -> bool:
    """Documented.

        indented
    """
    return True


class Base:
    """Base's doc."""

    def method(self, x):
        "of Base"

    @classmethod
    def make(cls, *, n=1): ...

    @staticmethod
    def plain(y): ...

    @property
    def prop(self): ...


class Derived(Base):
    def __init__(self, p, q=2): ...

    def method(self, x): ...

    async def coro(self): ...

    def gen(self):
        yield

    async def agen(self):
        yield


print(inspect.signature(f), inspect.signature(Derived), inspect.signature(Base.make), inspect.signature(Derived(1).method), inspect.signature(Base.plain))
print([(p.name, str(p.kind), p.default is p.empty, p.annotation is p.empty) for p in inspect.signature(f).parameters.values()])
print(inspect.signature(functools.partial(f, 1, d=4)), inspect.signature(functools.partialmethod(Base.method, 1).func), inspect.signature(lambda x, *, y=3: 0))
s = inspect.signature(f)
b = s.bind(1, 2, 3, 4, 5, d=6, z=7)
print(b.arguments, b.args, b.kwargs)
b.apply_defaults()
print(b)
for bad in (lambda: s.bind(), lambda: s.bind(1, 2), lambda: s.bind(1, b=2, a=3, d=4), lambda: inspect.signature(1), lambda: s.replace(parameters=[inspect.Parameter("x", 4), inspect.Parameter("y", 1)]),
            lambda: inspect.Parameter("1x", 1)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(inspect.getdoc(f), "|", inspect.getdoc(Derived.method), "|", inspect.getdoc(Derived))
print(inspect.getsource(Base.make), inspect.getsourcelines(Derived.gen)[1], inspect.getsourcefile(f) == __file__, inspect.getmodule(f).__name__)
print([n for n, v in inspect.getmembers(Derived, inspect.isfunction)], inspect.getmro(Derived))
print([(a.name, a.kind, a.defining_class.__name__) for a in inspect.classify_class_attrs(Derived) if not a.name.startswith("__")])
for test in (inspect.isgeneratorfunction, inspect.iscoroutinefunction, inspect.isasyncgenfunction, inspect.isfunction, inspect.ismethod, inspect.isroutine, inspect.isdatadescriptor):
    print(test.__name__, [n for n in ("method", "make", "plain", "prop", "coro", "gen", "agen") if test(inspect.getattr_static(Derived, n) if n == "prop" else getattr(Derived, n))])
print(inspect.isbuiltin(len), inspect.isclass(Base), inspect.ismodule(types), inspect.isabstract(Base), inspect.ismethoddescriptor(str.join), inspect.isawaitable(asyncio.sleep))
print(inspect.getattr_static(Derived(1), "prop"), inspect.getcallargs(f, 1, 2, d=3))


def outer():
    x = 1

    def inner():
        nonlocal x
        x = 2
        return inspect.getclosurevars(inner), inspect.currentframe().f_back.f_code.co_name, [i.function for i in inspect.stack()][:2], inspect.stack()[0].code_context

    return inner()


print(outer())
g = Derived(1).gen()
print(inspect.getgeneratorstate(g), next(g), inspect.getgeneratorstate(g), g.close(), inspect.getgeneratorstate(g), inspect.getgeneratorlocals(Derived(1).gen())["self"] is not None)
print(inspect.cleandoc("  a\n    b\n  c"), inspect.unwrap(functools.wraps(f)(lambda: 0)) is f, inspect.getfullargspec(f))
try:
    inspect.getsource(len)
except TypeError as e:
    print(e)
for c in (len, int.bit_length, str.split, print, dict.fromkeys, object, sorted):
    try:
        print(c.__name__, inspect.signature(c))
    except ValueError as e:
        print(e)
print(inspect.get_annotations(f), inspect.formatannotation(list[int]), inspect.indentsize("\t x"))
