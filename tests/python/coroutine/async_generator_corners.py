"""Async generators driven by hand: asend, athrow and aclose in every state, finalisation hooks, errors of wrong use."""

import sys
import types

sys.unraisablehook = lambda u: print("unraisable", type(u.object).__name__, repr(u.exc_value), u.err_msg)

def attempt(action):
    try:
        print("ok", repr(action()))
    except BaseException as error:
        print(type(error).__name__, error, "| context:", repr(error.__context__))


@types.coroutine
def pause(value):
    got = yield value
    return got


def drive(awaitable, *sends):
    """All that the awaitable yields, and how it ends."""
    seen = []
    step = awaitable.__await__() if not hasattr(awaitable, "send") else awaitable
    value = None
    for value in (None, *sends):
        try:
            seen.append(step.send(value))
        except StopIteration as end:
            return seen, "returned", end.value
        except BaseException as error:
            return seen, type(error).__name__, str(error)
    return seen, "unfinished"


async def agen():
    try:
        got = yield 1
        print("got", got)
        more = await pause("p")
        print("more", more)
        yield 2
    except ValueError as error:
        print("caught", error)
        yield 3
    finally:
        print("finally")
        await pause("cleanup")


a = agen()
print(drive(a.asend(None)))
print(drive(a.asend("first"), "x"))
print(drive(a.athrow(ValueError("v")), ))
print(drive(a.aclose(), None))
print(drive(a.asend(None)), drive(a.aclose()), drive(a.athrow(KeyError("late"))))
a = agen()
print(drive(a.asend("not none")))
print(drive(a.athrow(KeyError("at start"))))
print(drive(a.__anext__()))
a = agen()
print(drive(a.aclose()), drive(a.asend(None)))


async def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


a = ignores()
drive(a.asend(None))
print(drive(a.aclose()))


async def returns_in_exit():
    try:
        yield 1
    except GeneratorExit:
        return


a = returns_in_exit()
drive(a.asend(None))
print(drive(a.aclose()))


async def stops(kind):
    yield 1
    raise kind("inside")


for kind in (StopIteration, StopAsyncIteration, GeneratorExit, KeyError):
    a = stops(kind)
    drive(a.asend(None))
    print(drive(a.asend(None)))
print("-- reused and overlapping awaitables")
a = agen()
first = a.asend(None)
print(drive(first), drive(first))
running = a.asend("y")
print(running.send(None))
attempt(lambda: a.asend(None).send(None))
attempt(lambda: a.aclose().send(None))
attempt(lambda: a.athrow(ValueError).send(None))
print(a.ag_running, a.ag_await is not None, a.ag_frame is not None, a.ag_code.co_name)
attempt(lambda: running.send("back"))
print(a.ag_running, a.ag_await)
closing = a.aclose()
print(closing.send(None))
attempt(lambda: closing.throw(KeyError("thrown into aclose")))
attempt(lambda: closing.send(None))
a = agen()
unstarted = a.asend(None)
attempt(lambda: unstarted.throw(ValueError("never started")))
attempt(lambda: unstarted.send(None))
attempt(lambda: type(a.athrow()).__name__)
attempt(lambda: agen().athrow().send(None))
attempt(lambda: a.athrow(5).send(None))
attempt(lambda: a.asend())
for name in ("asend", "athrow", "aclose", "__anext__"):
    print(type(getattr(a, name)(*{"asend": (None,), "athrow": (ValueError,)}.get(name, ()))).__name__, end=" ")
print()
awaitable = a.asend(None)
print(awaitable.close(), drive(awaitable))
print("-- wrong use")
attempt(lambda: iter(a))
attempt(lambda: [x for x in a])
attempt(lambda: next(a))
for source in ("async def f():\n yield 1\n return 2", "async def f():\n yield from x", "def f():\n await x", "def f():\n async for x in y: pass", "def f():\n async with x: pass", "async def f():\n [await x for x in y]",
               "def f():\n [await x for x in y]", "async def f():\n return [x async for x in y]", "def f():\n return (x async for x in y)", "async def f():\n lambda: (yield)", "async def f():\n lambda: await x", "[x async for x in y]"):
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset)
print("-- hooks")
log = []
old = sys.get_asyncgen_hooks()
sys.set_asyncgen_hooks(firstiter=lambda g: log.append(("first", g.__name__)), finalizer=lambda g: log.append(("final", g.__name__)))
a = agen()
b = agen()
log.append("made")
drive(a.asend(None))
drive(a.asend(None), None)
b.aclose()
del a, b
print(log)
log.clear()


async def uses():
    async for x in agen():
        break
    return "left"


print(drive(uses()), log)
sys.set_asyncgen_hooks(*old)


async def expression():
    g = (x * 2 async for x in agen())
    return [await g.__anext__(), type(g).__name__, g.__qualname__]


print(drive(expression()))


async def delegating():
    return [x async for x in agen() if x], {k: v async for k, v in pairs()}, {await pause(x) async for x in agen()}


async def pairs():
    yield "a", 1
    yield "b", 2


print(drive(delegating(), 1, 2, 3, 4, 5, 6, 7))
