"""Generator objects' attributes through their life, wrong uses of yield, generators that yield themselves, share frames, are copied, pickled or compared."""

import copy
import inspect
import pickle
import sys


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def state(g):
    return inspect.getgeneratorstate(g), g.gi_running, g.gi_suspended, g.gi_frame is not None, g.gi_frame and g.gi_frame.f_lineno - g.gi_code.co_firstlineno, g.gi_frame and sorted(g.gi_frame.f_locals), g.gi_yieldfrom


def simple(a):
    b = yield a
    c = yield b
    return c


g = simple(1)
print(state(g))
print(next(g), state(g))
print(g.send(2), state(g))
attempt("finish", lambda: g.send(3))
print(state(g))
attempt("after", lambda: (next(g, "none"), g.close()))
attempt("send after", lambda: g.send(1))
for name in ("__name__", "__qualname__"):
    for value in ("new", 5, None, ""):
        attempt(f"{name} = {value!r}", lambda: (setattr(g, name, value), getattr(g, name), repr(g)[:19]))
    attempt(f"del {name}", lambda: delattr(g, name))
for name in ("gi_frame", "gi_code", "gi_running", "gi_yieldfrom", "gi_suspended", "other"):
    attempt(f"set {name}", lambda: setattr(g, name, 1))
attempt("copy", lambda: copy.copy(simple(1)))
attempt("deepcopy", lambda: copy.deepcopy(simple(1)))
attempt("pickle", lambda: pickle.dumps(simple(1)))
attempt("compare", lambda: simple(1) == simple(1))
attempt("order", lambda: simple(1) < simple(1))
attempt("hash", lambda: hash(g) == hash(g))
attempt("len", lambda: len(simple(1)))
attempt("index", lambda: simple(1)[0])
attempt("call", lambda: simple(1)())
attempt("bool", lambda: bool(simple(1)))
attempt("construct", lambda: type(g)())
attempt("subclass", lambda: type("G", (type(g),), {}))
attempt("weakref", lambda: __import__("weakref").ref(g)() is g)
attempt("send nothing", lambda: simple(1).send())
attempt("send two", lambda: simple(1).send(1, 2))
attempt("throw nothing", lambda: simple(1).throw())
attempt("close with", lambda: simple(1).close(1))
attempt("class_getitem", lambda: type(g)[int, str, None])


def recursive():
    me = yield
    yield next(me)


r = recursive()
next(r)
attempt("already executing", lambda: r.send(r))
attempt("after that", lambda: next(r))


def yields_itself():
    me = yield
    while True:
        me = yield me


y = yields_itself()
next(y)
print(y.send(y) is y)
del y


def delegates_to_itself():
    me = yield
    yield from me


d = delegates_to_itself()
next(d)
attempt("delegates to itself", lambda: d.send(d))


def inner():
    try:
        x = yield 1
        print("inner got", x)
        yield 2
    finally:
        print("inner over")
    return "inner result"


def outer():
    i = inner()
    result = yield from i
    print("result", result)
    result = yield from [3]
    print("result", result)
    result = yield from (4 for _ in "a")
    print("result", result)
    try:
        yield from 5
    except TypeError as error:
        print(error)
    try:
        yield from None
    except TypeError as error:
        print(error)


o = outer()
print(next(o), o.gi_yieldfrom.__name__, o.send("value"))
print(next(o), type(o.gi_yieldfrom).__name__)
attempt("send to list iterator", lambda: o.send("x"))
print(next(o, "end"), o.gi_yieldfrom)
o = outer()
next(o)
print(next(o), next(o), next(o), next(o, "end"))


def shares(i):
    for x in i:
        yield x
        next(i, None)


it = iter(range(10))
print(list(shares(it)), list(it))


def context():
    try:
        yield
    except ValueError:
        yield sys.exc_info()[0]
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]


c = context()
next(c)
print(c.throw(ValueError), sys.exc_info()[0], next(c), next(c))
try:
    raise KeyError
except KeyError:
    c = context()
    next(c)
    print(c.throw(ValueError), sys.exc_info()[0], next(c), next(c), sys.exc_info()[0])


def cleanup(log):
    try:
        yield
    finally:
        log.append("cleaned")
        log.append(sys.exc_info()[0])


log = []
g = cleanup(log)
next(g)
del g
print(log)
log.clear()
g = cleanup(log)
del g
print(log)
log.clear()
g = cleanup(log)
next(g)
g.close()
print(log)


def returns_in_finally():
    try:
        yield 1
    finally:
        return "swallowed"


g = returns_in_finally()
next(g)
attempt("throw swallowed", lambda: g.throw(ValueError("lost")))
g = returns_in_finally()
next(g)
attempt("close swallowed", lambda: g.close())
expression = (x * y for x in range(3) for y in range(x) if x)
print(expression.__name__, expression.__qualname__, expression.gi_code.co_varnames, list(expression), list(expression))
attempt("iterable at once", lambda: (x for x in 5))
attempt("inner iterable later", lambda: type((x for y in [1] for x in 5)).__name__)
attempt("lambda generator", lambda: list((lambda: ((yield 1), (yield 2)))()))
for source in ("yield 1", "x = yield", "class A: yield", "def f(): x = yield = 1", "def f(): yield from", "def f(): return yield 1", "def f(): (yield) = 1", "def f(a=(yield)): pass", "def f(): yield 1, *x", "def f(): yield from 1, 2", "def f(): yield *x", "def f(): yield *x,", "def f(): await x", "def f(): print(yield)", "def f(): print(yield 1)", "def f(): print((yield))", "def f(): x += yield", "def f(): yield yield 1", "def f(): yield (yield)", "def f(): not yield", "def f(): [(yield 1) for x in y]", "def f(): (x for x in (yield))", "def f(): {(yield): 1}", "def f(): f'{(yield)}'", "def f(): f'{yield}'", "lambda: yield", "lambda: (yield)", "def f(): assert (yield)", "def f(): raise (yield)", "def f(): del (yield)", "def f() -> (yield): pass", "def f(): x: (yield) = 1", "@(yield)\ndef f(): pass"):
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "| compiles")
    except SyntaxError as error:
        print(repr(source), "|", error.msg, error.lineno, error.offset, error.end_offset)
