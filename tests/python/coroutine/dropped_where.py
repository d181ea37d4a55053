# The line of the warning about a coroutine that an ending frame drops, and anext()'s awaitable with a default that is a tuple or an exception;
# asynchronous generators that are dropped without a loop's hooks.
import sys
import warnings


async def inner():
    pass


async def comprehension():
    return [i
            async for i in inner()]


async def loop():
    async for i in inner():
        pass


async def manager():
    async with inner():
        pass


def drive(c):
    try:
        c.send(None)
    except BaseException as error:
        print(repr(error))


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for function in (comprehension, loop, manager):
        drive(
            function())
for warning in caught:
    print(warning.lineno, warning.message)


async def empty():
    if 0:
        yield


for default in (1, (1, 2), (), ValueError(3), None, StopIteration(4), KeyError):
    for name, *args in (("send", None), ("__next__",), ("throw", ValueError), ("close",), ("send", (1, 2)), ("send", (None,)), ("send", ()),
                        ("throw", (ValueError,)), ("throw", ValueError, ValueError(2)), ("send",), ("close", 1)):
        try:
            print(name, args, getattr(anext(empty(), default), name)(*args))
        except BaseException as error:
            print(name, args, repr(error), repr(error.__cause__), repr(error.__context__), getattr(error, "value", "no value"))


async def returning():
    try:
        yield 5
    except GeneratorExit:
        return


async def yielding():
    try:
        yield 5
    except GeneratorExit:
        yield 6


async def raising():
    try:
        yield 5
    except GeneratorExit:
        raise KeyError("k")


sys.unraisablehook = lambda what: print("unraisable", type(what.object).__name__, repr(what.exc_value), repr(what.exc_value.__context__))
for function in (returning, yielding, raising):
    a = function()
    drive(a.asend(None))
    print(function.__name__)
    del a
