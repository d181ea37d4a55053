# contextlib's AsyncExitStack and its kin: mixed managers, callbacks, errors replaced and swallowed, order, pop_all, aclosing, chains of contexts.
import asyncio
import contextlib
import io
import sys

log = []


class Both:
    def __init__(self, name, swallow=False, error=None, enter_error=None):
        self.name, self.swallow, self.error, self.enter_error = name, swallow, error, enter_error

    def __enter__(self):
        log.append(f"enter {self.name}")
        if self.enter_error:
            raise self.enter_error
        return self.name

    def __exit__(self, kind, value, tb):
        log.append(f"exit {self.name} {kind and kind.__name__} {value}")
        if self.error:
            raise self.error
        return self.swallow

    async def __aenter__(self):
        await asyncio.sleep(0)
        return self.__enter__()

    async def __aexit__(self, *exc):
        await asyncio.sleep(0)
        return self.__exit__(*exc)


@contextlib.asynccontextmanager
async def managed(name, catch=()):
    log.append(f"begin {name}")
    try:
        yield name
    except catch as e:
        log.append(f"caught {e!r}")
    finally:
        await asyncio.sleep(0)
        log.append(f"end {name}")


async def acallback(*args, **kw):
    log.append(("async callback", args, kw))


def show(e, depth=0):
    while e is not None:
        yield f"{type(e).__name__}({e})"
        e = e.__context__


async def attempt(label, body):
    log.clear()
    try:
        result = await body()
        print(label, "->", result)
    except BaseException as e:
        print(label, "->", " < ".join(show(e)))
    print("   ", log)


async def plain():
    async with contextlib.AsyncExitStack() as s:
        s.enter_context(Both("sync"))
        await s.enter_async_context(Both("async"))
        print(await s.enter_async_context(managed("generator")))
        s.callback(log.append, "callback")
        s.push_async_callback(acallback, 1, k=2)
        s.push(lambda *exc: log.append(("pushed", exc[0])))
        s.push_async_exit(Both("pushed manager"))
        return "done"


async def swallowed():
    async with contextlib.AsyncExitStack() as s:
        s.push(lambda *exc: log.append(("outer sees", exc[0])))
        await s.enter_async_context(Both("swallows", swallow=True))
        raise ValueError("lost")
    return "went on"


async def replaced():
    async with contextlib.AsyncExitStack() as s:
        await s.enter_async_context(Both("third", error=KeyError("three")))
        s.enter_context(Both("second", error=OSError("two")))
        await s.enter_async_context(Both("first"))
        raise ValueError("one")


async def fails_to_enter():
    async with contextlib.AsyncExitStack() as s:
        await s.enter_async_context(Both("fine"))
        await s.enter_async_context(Both("broken", enter_error=RuntimeError("no entry")))


async def moved():
    async with contextlib.AsyncExitStack() as s:
        await s.enter_async_context(Both("kept"))
        kept = s.pop_all()
        s.callback(log.append, "first stack ends")
    log.append("between")
    await kept.aclose()
    return type(kept).__name__


async def caught_inside():
    async with managed("catcher", catch=ZeroDivisionError):
        1 / 0
    return "after"


async def cancelled():
    async def inner():
        async with contextlib.AsyncExitStack() as s:
            await s.enter_async_context(managed("slow", catch=OSError))
            await asyncio.sleep(3600)
    task = asyncio.create_task(inner())
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel("enough")
    await task


async def closing():
    class Resource:
        async def aclose(self):
            log.append("aclosed")

    async def numbers():
        try:
            for i in range(10):
                yield i
        finally:
            log.append("generator closed")

    async with contextlib.aclosing(Resource()) as r, contextlib.aclosing(numbers()) as n:
        async for i in n:
            if i == 3:
                break
    with contextlib.closing(io.StringIO("x")) as f, contextlib.suppress(KeyError, IndexError), contextlib.nullcontext(5) as five:
        [][five]
    async with contextlib.nullcontext("async null") as value:
        return value, f.closed, type(r).__name__


async def decorated():
    @managed("decorator", catch=ValueError)
    async def work(x):
        if x:
            raise ValueError(x)
        return "result"

    return await work(0), await work(5), await work(0)


async def misused():
    results = []
    stack = contextlib.AsyncExitStack()
    for wrong in (lambda: stack.enter_async_context(5), lambda: stack.enter_async_context(io.StringIO()), lambda: managed("twice").__aexit__(None, None, None), lambda: contextlib.aclosing(5).__aexit__(None, None, None)):
        try:
            await wrong()
        except Exception as e:
            results.append(f"{type(e).__name__}: {e}")
    for wrong in (lambda: stack.enter_context(managed("x")), lambda: stack.push(5), lambda: stack.push_async_exit(5), lambda: stack.callback(), lambda: contextlib.ExitStack().enter_context(5)):
        try:
            wrong()
        except Exception as e:
            results.append(f"{type(e).__name__}: {e}")

    @contextlib.asynccontextmanager
    async def twice():
        yield 1
        yield 2

    @contextlib.asynccontextmanager
    async def never():
        return
        yield

    @contextlib.asynccontextmanager
    async def stops():
        try:
            yield
        except KeyError:
            raise StopAsyncIteration("from inside")

    for make, error in ((twice, None), (never, None), (twice, KeyError("k")), (stops, KeyError("k"))):
        try:
            async with make():
                if error:
                    raise error
        except Exception as e:
            results.append(" < ".join(show(e)))
    return "\n      ".join(results)


async def redirected():
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        print("to out")
        print("to err", file=sys.stderr)
        with contextlib.redirect_stdout(err):
            print("nested")
    return out.getvalue(), err.getvalue()


async def main():
    for body in (plain, swallowed, replaced, fails_to_enter, moved, caught_inside, cancelled, closing, decorated, misused, redirected):
        await attempt(body.__name__, body)


asyncio.run(main())
print(isinstance(Both("x"), contextlib.AbstractContextManager), isinstance(Both("x"), contextlib.AbstractAsyncContextManager), issubclass(contextlib.AsyncExitStack, contextlib.AbstractAsyncContextManager), issubclass(int, contextlib.AbstractContextManager))
