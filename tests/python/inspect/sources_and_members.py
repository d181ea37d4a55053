# inspect: source text found, members and attributes classified, signatures bound and changed, frames, generators, coroutines, call arguments.
import abc
import asyncio
import enum
import functools
import inspect
import os
import sys
import textwrap
import types


def decorator(f):
    @functools.wraps(f)
    def wrapper(*args, **kw):
        return f(*args, **kw)
    return wrapper


@decorator
def documented(a, b: int = 2, /, c="x", *args, d, e=None, **kw) -> "str":
    """Documented.

        Indented more.
    """
    # a comment inside
    return (lambda q: q +
            1)(a)


class Base(abc.ABC):
    """Base doc."""
    attribute = 5

    @abc.abstractmethod
    def method(self, x): """method doc"""

    @property
    def prop(self): return 1

    @classmethod
    def cm(cls): ...

    @staticmethod
    def sm(y=1): ...


class Child(Base):
    __slots__ = ("slot",)

    def method(self, x):
        return x

    async def coro(self):
        await asyncio.sleep(0)

    def gen(self):
        received = yield 1
        yield received

    async def agen(self):
        yield 1

    nested = type("Nested", (), {})


if True:
    def in_a_block(): return 1


print(inspect.getsource(documented), inspect.getsourcelines(Child.method), inspect.getsource(in_a_block), inspect.getsourcelines(Base)[1], inspect.getcomments(decorator), inspect.getdoc(documented), inspect.getdoc(Child.method), inspect.getdoc(Child), os.path.basename(inspect.getsourcefile(Base)), inspect.getmodule(documented) is sys.modules["__main__"], inspect.cleandoc(" a\n    b\n\n"), inspect.getmodulename("/x/mod.py"), inspect.getmodulename("x.txt"))
# a comment above
def commented(): pass


print(repr(inspect.getcomments(commented)), inspect.getsource(inspect.currentframe().f_code)[:20], inspect.unwrap(documented) is not documented, inspect.unwrap(documented, stop=lambda f: True) is documented)
for wrong in (lambda: inspect.getsource(len), lambda: inspect.getsource(5), lambda: inspect.getsource(eval("lambda: 0")), lambda: inspect.getfile(int), lambda: inspect.getsource(types.ModuleType("m")), lambda: inspect.getfile("x"), lambda: inspect.getsourcelines(Child.nested), lambda: inspect.signature(5), lambda: inspect.signature(type.__call__) and inspect.signature(dict), lambda: inspect.getfullargspec(5), lambda: inspect.getclosurevars(5), lambda: inspect.getattr_static(5, "nope"), lambda: inspect.currentframe().nope, lambda: inspect.getmro(5), lambda: inspect.Parameter("1a", inspect.Parameter.KEYWORD_ONLY), lambda: inspect.Parameter("a", 9), lambda: inspect.Parameter("a", inspect.Parameter.VAR_POSITIONAL, default=1), lambda: inspect.Parameter("for", inspect.Parameter.KEYWORD_ONLY), lambda: inspect.unwrap(loop)):
    loop = types.SimpleNamespace()
    loop.__wrapped__ = loop
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])
for a in inspect.classify_class_attrs(Child):
    if not a.name.startswith("__") and not a.name.startswith("_abc"):
        print(a.name, a.kind, a.defining_class.__name__)
obj = Child()
for predicate in (inspect.ismethod, inspect.isfunction, inspect.isroutine, inspect.isdatadescriptor, inspect.isgeneratorfunction, inspect.iscoroutinefunction, inspect.isasyncgenfunction, inspect.isclass, inspect.isabstract, inspect.ismethoddescriptor, inspect.isbuiltin, inspect.isawaitable, inspect.isgetsetdescriptor, inspect.ismemberdescriptor):
    print(predicate.__name__, [n for n, _ in inspect.getmembers(Child, predicate) if not n.startswith("_")], [n for n, _ in inspect.getmembers_static(obj, predicate) if not n.startswith("_")], predicate(Base), predicate(len), predicate(str.upper), predicate(type.__dict__["__name__"] if "__name__" in type.__dict__ else 0))
s = inspect.signature(documented)
print(s, list(s.parameters), s.return_annotation, s.parameters["b"].annotation, s.parameters["d"].kind, str(s.parameters["args"]), repr(s.parameters["b"]), s.replace(parameters=list(s.parameters.values())[:2], return_annotation=int), inspect.signature(documented, eval_str=True), inspect.signature(Child.method), inspect.signature(obj.method), inspect.signature(Base.cm), inspect.signature(functools.partial(documented, 1, d=5)), inspect.signature(Child), s == inspect.signature(documented), hash(inspect.signature(commented)) == hash(inspect.signature(commented)))
for args, kw in (((1,), {"d": 1}), ((1, 2, 3, 4), {"d": 1, "z": 2}), ((), {}), ((1,), {}), ((1,), {"a": 1, "d": 2}), ((1,), {"b": 1, "d": 2}), ((1, 2, 3), {"c": 1, "d": 1})):
    try:
        bound = s.bind(*args, **kw)
        bound.apply_defaults()
        print(bound, bound.args, bound.kwargs)
    except TypeError as e:
        print("TypeError", e, s.bind_partial(*args).arguments if not kw else "")
    try:
        print(inspect.getcallargs(inspect.unwrap(documented), *args, **kw))
    except TypeError as e:
        print("TypeError", e)
for wrong in (lambda: inspect.Signature([inspect.Parameter("a", 1), inspect.Parameter("a", 1)]), lambda: inspect.Signature([inspect.Parameter("a", 3), inspect.Parameter("b", 1)]), lambda: inspect.Signature([inspect.Parameter("a", 1, default=1), inspect.Parameter("b", 1)]), lambda: s.bind(1, d=1).arguments["none"], lambda: s.parameters.__setitem__("x", 1), lambda: inspect.Parameter("a", 1).replace(name=5)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
print(inspect.getfullargspec(inspect.unwrap(documented)), inspect.formatannotation(list[int]), inspect.formatannotation(int), inspect.get_annotations(inspect.unwrap(documented)), inspect.get_annotations(inspect.unwrap(documented), eval_str=True))


def outer(x):
    y = 2
    def inner(z):
        return x + y + z + len(undefined_name) + sys.maxsize
    return inner


v = inspect.getclosurevars(outer(1))
print(v.nonlocals, sorted(v.globals), sorted(v.builtins), v.unbound)
g = obj.gen()
print(inspect.getgeneratorstate(g), next(g), inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g).keys(), g.close(), inspect.getgeneratorstate(g))
c = obj.coro()
print(inspect.getcoroutinestate(c), inspect.getcoroutinelocals(c).keys(), c.send(None), inspect.getcoroutinestate(c), inspect.isawaitable(c), c.close(), inspect.getcoroutinestate(c))


def who():
    frames = inspect.stack()
    trace = inspect.trace() if sys.exc_info()[0] else []
    return [(f.function, f.code_context[0].strip()[:30], f.index, f.positions.lineno == f.lineno) for f in frames[:2]], inspect.getargvalues(sys._getframe(1)).args, inspect.getframeinfo(sys._getframe(1)).function, len(trace)


def caller(arg, *rest, key=1):
    try:
        1 / 0
    except ZeroDivisionError:
        return who()


print(caller(5), inspect.formatargvalues(*inspect.getargvalues(inspect.currentframe()))[:2], inspect.getattr_static(obj, "prop") is Base.__dict__["prop"], inspect.getattr_static(Child, "attribute"), inspect.getclasstree([Child, Base, int])[0][0].__name__, [m.__name__ for m in inspect.getmro(Child)], inspect.indentsize("\t  x"), inspect.iscode(who.__code__), inspect.istraceback(None), inspect.CO_GENERATOR)
