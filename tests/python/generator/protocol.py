"""Generator methods in every state: before start, suspended, running, finished; close and throw with odd bodies."""

def simple():
    x = yield 1
    print("got", x)
    yield 2
    return "done"

g = simple()
for f in (lambda: g.send(5), lambda: next(g), lambda: g.send("hi"), lambda: next(g), lambda: next(g), lambda: g.send(None), lambda: g.throw(ValueError("late")), lambda: g.close()):
    try:
        print(f())
    except (TypeError, StopIteration, ValueError) as e:
        print(repr(e))
print(g.gi_frame, g.gi_running, g.gi_yieldfrom, g.gi_code.co_name, g.__name__, g.__qualname__)

def ignores_close():
    while True:
        try:
            yield 1
        except GeneratorExit:
            yield "refused"

g = ignores_close()
next(g)
try:
    g.close()
except RuntimeError as e:
    print(e)

def raises_on_close():
    try:
        yield
    except GeneratorExit:
        raise KeyError("at close")

g = raises_on_close()
next(g)
try:
    g.close()
except KeyError as e:
    print(repr(e), repr(e.__context__))

def returns_on_close():
    try:
        yield
    except GeneratorExit:
        return 5

g = returns_on_close()
next(g)
print(g.close(), list(g))

def reentrant():
    yield
    try:
        next(me)
    except ValueError as e:
        yield str(e)

me = reentrant()
next(me)
print(next(me))

def leaks_stop():
    yield 1
    raise StopIteration(7)

g = leaks_stop()
next(g)
try:
    next(g)
except RuntimeError as e:
    print(e, repr(e.__cause__))

def inner_stop():
    yield next(iter([]))

try:
    next(inner_stop())
except RuntimeError as e:
    print(e)
for args in ((ValueError,), (ValueError("inst"),), (ValueError, "arg"), (ValueError, ("a", "b")), (ValueError, ValueError("given")), (5,), ("text",), (ValueError, None, 5), (ValueError("x"), "extra")):
    g = simple()
    next(g)
    try:
        g.throw(*args)
    except Exception as e:
        print(type(e).__name__, e)
g = simple()
try:
    g.throw(KeyError("before start"))
except KeyError as e:
    print(repr(e), list(g))

def states():
    print(g.gi_running, g.gi_frame is not None)
    yield

g = states()
print(g.gi_running)
next(g)
print(g.gi_running, g.gi_frame.f_lineno > 0, sorted(g.gi_frame.f_locals))
g.close()

def finalized(name):
    try:
        yield name
    finally:
        print("finalised", name)

g = finalized("by del")
next(g)
del g
g = finalized("never started")
del g
x = [next(finalized("temporary")), print("after")]
try:
    g.nope
except NameError as e:
    print(e)
print(type(simple()).__name__, iter(me) is me, hasattr(me, "__next__"), (i for i in []).__name__, simple().__next__(), repr(simple())[:25])
def with_locals(a, b=2):
    c = a + b
    yield c
    c += yield
    yield c
g = with_locals(1)
print(next(g), next(g), g.send(10))
