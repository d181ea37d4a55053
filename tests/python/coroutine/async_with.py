"""async with: order, several managers, suppression, exceptions in both methods, return and break through it."""

class Pause:
    def __init__(self, tag): self.tag = tag
    def __await__(self): return (yield self.tag)

def drive(coro):
    pauses = []
    try:
        while True:
            pauses.append(coro.send(None))
    except StopIteration as stop:
        return stop.value, pauses
    except Exception as e:
        return repr(e), repr(e.__context__), pauses

class M:
    def __init__(self, name, suppress=False, fail=""): self.name, self.suppress, self.fail = name, suppress, fail
    async def __aenter__(self):
        await Pause(f"+{self.name}")
        if self.fail == "enter": raise ValueError("enter " + self.name)
        return self
    async def __aexit__(self, kind, value, tb):
        await Pause(f"-{self.name}:{kind.__name__ if kind else None}")
        if self.fail == "exit": raise KeyError("exit " + self.name)
        return self.suppress

async def plain():
    async with M("a") as a, M("b") as b:
        await Pause("body")
        return a.name + b.name
async def suppressed():
    async with M("a", True):
        raise ValueError
    return "after"
async def propagates():
    async with M("a"), M("b"):
        1 / 0
async def enter_fails():
    async with M("a"), M("b", fail="enter"):
        pass
async def exit_fails():
    async with M("a"):
        async with M("b", fail="exit"):
            raise ValueError("body")
async def loops():
    out = []
    for i in range(4):
        async with M(str(i)):
            if i == 1: continue
            if i == 2: break
            out.append(i)
    return out
async def parenthesised():
    async with (M("x") as x, M("y", True)):
        raise KeyError
    return x.name
async def unpack():
    class T(M):
        async def __aenter__(self): return 1, (2, 3)
    async with T("t") as (a, (b, c)):
        return a + b + c
for f in (plain, suppressed, propagates, enter_fails, exit_fails, loops, parenthesised, unpack):
    print(f.__name__, drive(f()))

class Sync:
    def __enter__(self): return self
    def __exit__(self, *a): pass
class Half:
    async def __aenter__(self): pass
class NotAwaitable:
    def __aenter__(self): return 5
    def __aexit__(self, *a): return 6
class BadExit(M):
    def __aexit__(self, *a): return 6
async def use(m):
    async with m:
        pass
async def use_sync(m):
    with m:
        pass
for m in (Sync(), Half(), NotAwaitable(), BadExit("be"), 5, None):
    print(drive(use(m)))
print(drive(use_sync(M("m"))))
class Both(M, Sync): pass
async def both():
    with Both("sync") as s:
        async with Both("async") as a:
            return s.name, a.name
print(drive(both()))
async def agen():
    async with M("in generator"):
        yield 1
        yield 2
async def consumes():
    g = agen()
    got = [await g.__anext__()]
    await g.aclose()
    return got
print(drive(consumes()))
async def finally_order():
    log = []
    try:
        async with M("f"):
            try:
                return log
            finally:
                log.append(await Pause("finally"))
    finally:
        log.append("outer")
print(drive(finally_order()))
