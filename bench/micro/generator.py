"""Generator kernels: iteration, send, yield from, generator expressions, starting."""
from _timer import report


def numbers(n):
    for i in range(n):
        yield i


def iterate(n):
    for _ in numbers(n):
        pass


def expression(n):
    sum(i for i in range(n))


def delegated(n):
    def outer():
        yield from numbers(n)
    for _ in outer():
        pass


def send(n):
    def echo():
        x = None
        while True:
            x = yield x
    g = echo()
    next(g)
    put = g.send
    for i in range(n):
        put(i)


def start(n):
    for _ in range(n):
        for _ in numbers(1):
            pass


def coroutine(n):
    async def leaf():
        return 1

    async def loop():
        for _ in range(n):
            await leaf()
    try:
        loop().send(None)
    except StopIteration:
        pass


report(iterate=iterate, expression=expression, delegated=delegated, send=send, start=start, coroutine=coroutine)
