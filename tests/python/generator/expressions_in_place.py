# Generator expressions: names, frames, what they hold alive, closures, tracing, and the built-ins that take them apart at once.
import gc
import inspect
import sys
import types
import weakref


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def plain(a):
    return (x * 2 for x in a)


g = plain([1, 2, 3])
print(g.__name__, g.__qualname__, type(g), g.gi_code.co_name, g.gi_running, g.gi_yieldfrom, inspect.getgeneratorstate(g))
print(g.gi_frame.f_globals is globals(), g.gi_frame.f_code is g.gi_code, sorted(g.gi_frame.f_locals), next(g), sorted(g.gi_frame.f_locals.items(), key=str)[1:])
print(list(g), g.gi_frame)
h = (x for x in "module")
print(h.__qualname__, repr(h).startswith("<generator object <genexpr> at "), "".join(h))


class Body:
    values = [1, 2, 3]
    g = (v + 1 for v in values)
    out = list(g)

    def method(self, extra=10, *, key=2):
        return (v * extra * key for v in self.values)

    def with_class(self):
        return (__class__ for _ in self.values)

    def with_super(self):
        return (super(Body, self).__repr__ for _ in self.values)


print(Body.g.__qualname__, Body.out, list(Body().method()), Body().method().__qualname__, list(Body().with_class()), len(list(Body().with_super())))


def consumers(a):
    return (sum(x for x in a), any(x > 2 for x in a), all(x > 2 for x in a), tuple(x for x in a), list(x for x in a), set(x for x in a),
            frozenset(x for x in a), sorted((-x for x in a)), dict((x, x) for x in a), max(x for x in a), min((x for x in a), default=0),
            ",".join(str(x) for x in a), bytes(x for x in a), [*(x for x in a)], {**{str(x): x for x in a}}, sum((x for x in a), 100),
            next(x for x in a), list(zip((x for x in a), (x for x in a))), max((x for x in a), key=lambda v: -v), list(map(str, (x for x in a))))


print(consumers([1, 2, 3]))
print(consumers((3, 1, 2)))


def closures(n):
    k = 3

    def inner():
        return sum(x * k + n for x in range(n))
    k = 4
    g = (x + k for x in range(n))
    k = 5
    return inner(), list(g), sum(y + z + k for y in range(n) for z in range(y) if z != n), [sum(i for i in range(j) if i != k) for j in range(n)]


print(closures(5))


def lives():
    def maker(held=Loud("default")):
        return (x for x in [1, 2, 3])
    g = maker()
    print("made", next(g))
    del maker
    print("maker gone", next(g), list(g))

    def other():
        return (x for x in "ab")
    ref = weakref.ref(other)
    g = other()
    del other
    print(ref(), list(g))

    def attributed():
        return (x for x in "cd")
    attributed.held = Loud("attribute")
    g = attributed()
    del attributed
    print("attribute gone", list(g))

    def closing(o):
        def inside():
            o
            return (x for x in "ef")
        return inside
    inside = closing(Loud("closure"))
    g = inside()
    del inside
    print("closure gone", list(g))

    def kw(*, held=Loud("keyword default")):
        return (x for x in "gh")
    g = kw()
    del kw
    print("keyword gone", list(g))


lives()


def items_die():
    for i in (x.name for x in [Loud("first"), Loud("second")]):
        print(i)
    print(any(x.name == "third" for x in (Loud(n) for n in ("third", "fourth"))))
    g = (x for x in [Loud("kept")])
    next(g)
    print("closing")
    g.close()
    print("closed")


items_die()


def fails(a):
    return sum(1 / x for x in a)


try:
    fails([1, 0])
except ZeroDivisionError as e:
    tb, names = e.__traceback__, []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno))
        tb = tb.tb_next
    print(names)
for bad in (5, None):
    try:
        (x for x in bad)
    except TypeError as e:
        print(e)
try:
    list(next(iter(())) for _ in "a")
except RuntimeError as e:
    print(e, repr(e.__cause__))


def traced(a):
    n = sum(x for x in a
            if x)
    return n


events = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        events.append((frame.f_code.co_name, event, frame.f_lineno - traced.__code__.co_firstlineno))
        return tracer


sys.settrace(tracer)
traced([1, 0, 2])
sys.settrace(None)
print(events)
events.clear()


def profiler(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        events.append((frame.f_code.co_name, event, getattr(arg, "__name__", None) if event.startswith("c_") else None))


sys.setprofile(profiler)
traced((3, 4))
sys.setprofile(None)
print(events)


names = {"__builtins__": {"sum": lambda it: ["my sum", *it], "range": range}, "out": None}
exec("def f():\n    return sum(x for x in range(3))\nout = f()\nother = sum(y for y in range(2))", names)
print(names["out"], names["other"])


def sends():
    g = ((yield_ for yield_ in range(2)) for _ in range(2))
    return [list(inner) for inner in g]


print(sends(), isinstance((x for x in ()), types.GeneratorType), list((a, b) for a in range(2) for b in (c for c in range(a + 1))))


def deep(n):
    g = iter([0])
    for i in range(n):
        g = (x + i for x in g)
    return list(g)


print(deep(50))


def cycle():
    me = []
    me.append(x for x in me)
    return me


cycle()
gc.collect()
print("done")
