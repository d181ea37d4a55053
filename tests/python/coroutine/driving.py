"""Coroutines by hand: states, close, throw, await on custom awaitables, wrong awaits, warnings avoided by closing."""

class Awaitable:
    def __init__(self, *values): self.values = values
    def __await__(self):
        got = []
        for v in self.values:
            got.append((yield v))
        return got

async def main(n):
    first = await Awaitable(1, 2)
    second = await inner(n)
    return first, second

async def inner(n):
    try:
        return await Awaitable(*range(n))
    finally:
        print("inner finally")

def drive(coro, values=()):
    out = []
    try:
        out.append(coro.send(None))
        for v in values:
            out.append(coro.send(v))
        while True:
            out.append(coro.send("more"))
    except StopIteration as stop:
        return out, stop.value

print(drive(main(2), "abc"))
c = main(1)
print(c.cr_running, c.cr_frame is not None, c.cr_await, c.__name__, c.__qualname__, type(c).__name__)
c.send(None)
print(type(c.cr_await).__name__)
c.close()
print(c.cr_frame, c.cr_await)
for f in (lambda: c.send(None), lambda: c.throw(ValueError)):
    try:
        f()
    except (RuntimeError, ValueError) as e:
        print(type(e).__name__, e)
c = main(1)
try:
    c.send("not None")
except TypeError as e:
    print(e)
c.close()
c = inner(3)
print(c.send(None))
try:
    c.throw(KeyError("thrown"))
except KeyError as e:
    print(repr(e))

class NoAwait: pass
class BadAwait:
    def __await__(self): return 5
class AwaitCoro:
    def __await__(self): return inner(0)
class AwaitList:
    def __await__(self): return iter(["from list"])

async def waits_on(x): return await x
for x in (5, None, NoAwait(), BadAwait(), "s", (i for i in [1]), AwaitList()):
    try:
        print(drive(waits_on(x)))
    except (TypeError, AttributeError) as e:
        print(e)
ac = AwaitCoro()
class Leak:
    def __await__(self):
        self.c = inner(0)
        return self.c
leak = Leak()
try:
    drive(waits_on(leak))
except TypeError as e:
    print(e)
leak.c.close()
for bad in (lambda: iter(c), lambda: next(c), lambda: list(c), lambda: [x for x in c], lambda: c[0], lambda: len(c)):
    try:
        bad()
    except TypeError as e:
        print(e)

async def reenters():
    return me.send(None)

me = reenters()
try:
    me.send(None)
except ValueError as e:
    print(e)

async def twice():
    c = waits_on(Awaitable(1))
    a = await c
    try:
        await c
    except RuntimeError as e:
        return a, str(e)

print(drive(twice()))

async def gather(*coros):
    return [await c for c in coros]

async def value(v): return v
print(drive(gather(value(1), value(2), waits_on(Awaitable("s")))))
print([drive(value(i))[1] for i in range(3)], drive((lambda: value("lambda"))())[1])
def wrapped():
    x = yield from value("types").__await__()
    return x
def run(g):
    try:
        next(g)
    except StopIteration as s:
        return s.value
print(run(wrapped()), type(value(1).__await__()).__name__ if False else "-")
async def returns_coro(): return value(9)
print(drive(drive(returns_coro())[1])[1])
