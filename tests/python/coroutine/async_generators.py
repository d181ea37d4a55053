"""Asynchronous generators: asend, athrow, aclose, async for with break, comprehension, finalisation by hand."""

class Pause:
    def __init__(self, tag): self.tag = tag
    def __await__(self): return (yield self.tag)

def drive(coro, trace=False):
    pauses = []
    value = None
    try:
        while True:
            pauses.append(coro.send(value))
            value = f"reply {len(pauses)}"
    except StopIteration as stop:
        return (stop.value, pauses) if trace else stop.value

async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got is not None:
                print("got", got, await Pause("inside"))
    except ValueError as e:
        print("handled", e)
        yield "recovered"
    finally:
        await Pause("cleanup")
        print("finalised")

async def basic():
    return [x async for x in agen(3)]

print(drive(basic(), True))

async def sends():
    g = agen(3)
    out = [await g.__anext__(), await g.asend("hello"), await g.athrow(ValueError("oops"))]
    try:
        await g.__anext__()
    except StopAsyncIteration:
        out.append("stopped")
    return out

print(drive(sends(), True))

async def closes():
    g = agen(5)
    await g.__anext__()
    await g.aclose()
    await g.aclose()
    return [x async for x in g]

print(drive(closes(), True))

async def breaks():
    g = agen(10)
    async for x in g:
        if x == 2:
            break
    else:
        print("never")
    await g.aclose()
    async for x in agen(1):
        pass
    else:
        return "else ran"

print(drive(breaks()))

async def nested():
    async def pairs():
        async for a in agen(2):
            async for b in agen(2):
                yield a, b
    return {p: sum(p) async for p in pairs() if p != (0, 0)}, {a async for a in agen(2)}

print(drive(nested()))
async def errors():
    g = agen(2)
    out = []
    for f in (lambda: g.asend("early"), lambda: g.athrow(KeyError("k"))):
        try:
            out.append(await f())
        except (TypeError, KeyError) as e:
            out.append(repr(e))
    for bad in (5, [1], None, (i for i in [1])):
        try:
            async for x in bad:
                pass
        except TypeError as e:
            out.append(str(e))
    class BadNext:
        def __aiter__(self): return self
        def __anext__(self): return 5
    class BadIter:
        def __aiter__(self): return 5
    for bad in (BadNext(), BadIter()):
        try:
            async for x in bad:
                pass
        except TypeError as e:
            out.append(str(e))
    return out
print(*drive(errors()), sep="\n")
async def leaks():
    yield 1
    raise StopAsyncIteration
async def runs_leak():
    try:
        return [x async for x in leaks()]
    except RuntimeError as e:
        return str(e)
print(drive(runs_leak()))
g = agen(1)
print(type(g).__name__, g.ag_running, g.ag_frame is not None, g.ag_await, g.__name__, g.ag_code.co_name, type(g.__anext__()).__name__, g.__aiter__() is g)
for bad in (lambda: iter(g), lambda: next(g), lambda: list(g)):
    try:
        bad()
    except TypeError as e:
        print(e)
async def aenum():
    return [(i, await anext(g2), await anext(g2, "default")) for i in range(2)]
g2 = agen(3)
print(drive(aenum()))
async def default():
    return await anext(g2, "the default")
print(drive(default()))
