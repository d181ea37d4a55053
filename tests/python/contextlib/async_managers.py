"""asynccontextmanager, AsyncExitStack, aclosing and nullcontext, driven by hand."""

import contextlib

class Pause:
    def __init__(self, t): self.t = t
    def __await__(self): return (yield self.t)
def drive(c):
    out = []
    try:
        while True: out.append(c.send(None))
    except StopIteration as s: return s.value, out
    except Exception as e: return repr(e), out

@contextlib.asynccontextmanager
async def tag(n):
    await Pause("+" + n)
    try:
        yield n.upper()
    except ValueError: await Pause("caught in " + n)
    finally: await Pause("-" + n)

async def plain():
    async with tag("a") as a, tag("b") as b: return a + b
async def swallowed():
    async with tag("v"): raise ValueError
    return "after"
async def through():
    async with tag("k"): raise KeyError("k")
async def stack():
    async with contextlib.AsyncExitStack() as s:
        names = [await s.enter_async_context(tag(c)) for c in "xyz"]
        s.callback(lambda: names.append("callback"))
        async def acb(v): names.append(await Pause(v) or "acb")
        s.push_async_callback(acb, "async callback")
    return names
@tag("deco")
async def decorated(): return await Pause("in decorated") or "result"
async def gen():
    try:
        yield 1
        yield 2
    finally: await Pause("gen closed")
async def closing():
    async with contextlib.aclosing(gen()) as g:
        async for x in g: return x
async def null():
    async with contextlib.nullcontext("n") as n: return n
@contextlib.asynccontextmanager
async def bad(): yield 1; yield 2
async def twice():
    async with bad(): pass
@contextlib.asynccontextmanager
async def none():
    if False: yield
async def nothing():
    async with none(): pass
async def stack_error():
    async with contextlib.AsyncExitStack() as s:
        await s.enter_async_context(tag("in stack"))
        s.push(lambda *a: True)
        raise KeyError("suppressed by push")
    return "survived"
for f in (plain, swallowed, through, stack, decorated, closing, null, twice, nothing, stack_error): print(f.__name__, drive(f()))
class AM(contextlib.AbstractAsyncContextManager):
    async def __aexit__(self, *a): return None
async def am():
    async with AM() as m: return type(m).__name__
print(drive(am()), isinstance(AM(), contextlib.AbstractAsyncContextManager))
async def wrong():
    async with contextlib.AsyncExitStack() as s: await s.enter_async_context(5)
print(drive(wrong()))
