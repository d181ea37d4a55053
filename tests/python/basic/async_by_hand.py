"""Coroutines driven by hand: await, async for, async with, async generators, no event loop."""

class Suspend:
    def __init__(self, tag):
        self.tag = tag

    def __await__(self):
        got = yield self.tag
        return got

async def worker(name):
    a = await Suspend(name + "1")
    b = await Suspend(name + "2")
    return (name, a, b)

def drive(coro, replies):
    replies = iter(replies)
    try:
        sent = coro.send(None)
        while True:
            print("suspended at", sent)
            sent = coro.send(next(replies))
    except StopIteration as stop:
        return stop.value

print(drive(worker("w"), [10, 20]))

class Manager:
    async def __aenter__(self):
        print("aenter", await Suspend("enter"))
        return self

    async def __aexit__(self, *exc):
        print("aexit", exc[0] and exc[0].__name__)
        return True

class Counter:
    def __init__(self, n):
        self.i, self.n = 0, n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        return self.i

async def agen(n):
    for i in range(n):
        yield i
        await Suspend(f"after {i}")

async def main():
    async with Manager():
        total = 0
        async for x in Counter(3):
            total += x
        print("total", total)
        raise ValueError("swallowed")
    values = [x async for x in agen(2)]
    pairs = {x: await Suspend("value") async for x in Counter(2) if x}
    return values, pairs

print(drive(main(), ["in", "a", "b", "v1", "v2"]))

async def fails():
    await Suspend("before failing")
    raise KeyError("inside")

try:
    drive(fails(), [None])
except KeyError as error:
    print("KeyError", error)
c = worker("x")
print(type(c).__name__, c.send(None))
try:
    c.throw(RuntimeError("thrown in"))
except RuntimeError as error:
    print(error)
c = worker("y")
c.close()
try:
    c.send(None)
except RuntimeError as error:
    print(error)
async def empty():
    return "empty"
print(drive(empty(), []))
try:
    async def bad():
        await 5
    drive(bad(), [])
except TypeError as error:
    print(error)
