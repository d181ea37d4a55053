# Generators, coroutines, asynchronous generators, comprehensions, closures, itertools.
import itertools
from _step import step


def simple():
    def count(n):
        for i in range(n):
            got = yield i
            if got:
                yield got
        return "done"

    def outer():
        result = yield from count(3)
        yield result
    g = count(5)
    return list(outer()), next(g), g.send("sent"), next(g), g.close()


def throwing():
    def g():
        try:
            yield 1
        except ValueError as e:
            yield str(e)
        finally:
            seen.append("closed")
    seen = []
    i = g()
    return next(i), i.throw(ValueError("thrown")), list(i), seen


def coroutines():
    class Wait:
        def __await__(self):
            x = yield "asked"
            return x

    async def inner(n):
        return await Wait() + n

    async def outer():
        return [await inner(1), await inner(2)]
    c = outer()
    steps = [c.send(None), c.send(10)]
    try:
        c.send(20)
    except StopIteration as e:
        return steps, e.value


def async_generators():
    async def numbers():
        for n in range(3):
            yield n

    async def collect():
        return [n async for n in numbers() if n], {k: 1 async for k in numbers()}
    try:
        collect().send(None)
    except StopIteration as e:
        return e.value


def closures():
    def counter():
        n = 0

        def up(by=1):
            nonlocal n
            n += by
            return n
        return up
    a, b = counter(), counter()
    return a(), a(5), b(), [f(2) for f in [lambda x, y=y: x * y for y in range(4)]]


def tools():
    return [list(itertools.chain("ab", [1])), list(itertools.islice(itertools.count(5), 3)), list(itertools.permutations("abc", 2))[-1], list(itertools.product("ab", repeat=2)),
            [(k, list(g)) for k, g in itertools.groupby("aabbb")], list(itertools.accumulate([1, 2, 3])), list(itertools.zip_longest("ab", "c")), list(itertools.combinations(range(4), 3)),
            [list(t) for t in itertools.tee("xy")], list(itertools.starmap(pow, [(2, 3)])), list(itertools.compress("abc", [1, 0, 1])), list(itertools.pairwise("abc"))]


def comprehensions():
    return [x + y for x in range(4) for y in range(x)], {x: [y for y in range(x)] for x in range(4)}, {x % 3 for x in range(9)}, sum(x for x in range(50) if x % 2)


def matches():
    def kind(v):
        match v:
            case {"k": x, **rest}:
                return x, rest
            case [1, *more] | (2, *more):
                return more
            case str(s) if len(s) > 2:
                return s
            case complex(real=r):
                return r
            case _:
                return None
    return [kind(v) for v in ({"k": 1, "z": 2}, [1, 2, 3], (2, 5), "abc", "a", 2j)]


for f in (simple, throwing, coroutines, async_generators, closures, tools, comprehensions, matches):
    step(f)
