# Generators and coroutines that delegate to one another, deeper than the recursion limit: closing, throwing, dropping, and what they see.
import gc
import sys
import types


def show(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


def depth():
    f, n = sys._getframe(1), 0
    while f:
        n += 1
        f = f.f_back
    return n


def leaf():
    try:
        yield 1
    except ValueError:
        yield depth()
    finally:
        print("leaf", depth())


def chain(n, inner=leaf):
    if n == 0:
        return (yield from inner())
    try:
        return (yield from chain(n - 1, inner))
    except LookupError as e:
        if n % 400 == 0:
            print("passing", n, type(e).__name__, depth())
        raise


def deep(n, inner=leaf):
    sys.setrecursionlimit(30000)
    g = chain(n, inner)
    next(g)
    sys.setrecursionlimit(1000)
    return g


for n in (0, 1, 2, 7, 8, 9, 900, 5000):
    g = deep(n)
    show(g.close)
    show(lambda: next(g))
    show(g.close)
    g = deep(n)
    show(lambda: g.throw(KeyError("k")))
    g = deep(n)
    show(lambda: g.throw(ValueError("v")))
    show(g.close)
    g = deep(n)
    show(lambda: g.throw(GeneratorExit))
    g = deep(n)
    del g
    gc.collect()


def stubborn():
    try:
        yield "again"
    except GeneratorExit:
        print("no")
        yield "once more"


for n in (0, 3, 1500):
    g = deep(n, stubborn)
    show(g.close)
    show(lambda: next(g))


def answering():
    try:
        yield
    except ValueError:
        return "answer"


def asking(n):
    if n == 0:
        return (yield from answering())
    return (yield from asking(n - 1)) + str(n % 10)


sys.setrecursionlimit(30000)
for n in (0, 5, 600):
    g = asking(n)
    next(g)
    show(lambda: g.throw(ValueError))


class Other:
    """A delegate that is no generator."""

    def __init__(self, fails):
        self.fails = fails

    def __iter__(self):
        return self

    def __next__(self):
        return "other"

    def close(self):
        print("close", depth())
        if self.fails:
            raise KeyError("close")

    def throw(self, *args):
        print("throw", args, depth())
        raise args[0]


def over(it):
    try:
        yield from it
    finally:
        print("over", depth())


def twice(it):
    yield from over(it)


for fails in (False, True):
    for act in (lambda g: g.close(), lambda g: g.throw(KeyError), lambda g: g.throw(GeneratorExit)):
        g = twice(Other(fails))
        next(g)
        show(lambda: act(g))
    g = twice([1, 2])
    next(g)
    show(lambda: g.throw(KeyError))


def loop():
    try:
        yield
    finally:
        show(outer.close)
        show(lambda: outer.throw(KeyError))
        print(outer.gi_running, outer.gi_yieldfrom is None, outer.gi_frame is not None)


def around():
    yield from loop()


outer = around()
next(outer)
show(outer.close)


@types.coroutine
def pause():
    try:
        yield
    finally:
        print("pause", depth())


async def waits(n):
    if n:
        await waits(n - 1)
    else:
        await pause()


for n in (3, 2000):
    for act in (lambda c: c.close(), lambda c: c.throw(KeyError), lambda c: c.throw(GeneratorExit)):
        c = waits(n)
        c.send(None)
        show(lambda: act(c))
        show(lambda: c.send(None))
