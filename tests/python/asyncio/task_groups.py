# asyncio's task groups, time-outs, shields, gather, wait, as_completed, runners and cancellation counts, with errors in groups.
import asyncio
import contextvars


async def value(x, rounds=1, error=None):
    """x after so many rounds of the loop; 50: not soon."""
    try:
        for _ in range(rounds if rounds != 50 else 0):
            await asyncio.sleep(0)
        if rounds == 50:
            await asyncio.sleep(3600)
        if error:
            raise error
        return x
    except asyncio.CancelledError:
        log.append(("cancelled", x))
        raise


log = []


async def groups():
    async with asyncio.TaskGroup() as g:
        tasks = [g.create_task(value(i), name=f"t{i}") for i in range(3)]
        print(repr(g))
    print([t.result() for t in tasks], [t.get_name() for t in tasks], repr(g))
    try:
        async with asyncio.TaskGroup() as g:
            g.create_task(value(1, 1, ValueError("one")))
            g.create_task(value(2, 1, KeyError("two")))
            g.create_task(value(3, 50))
            await asyncio.sleep(50)
    except* ValueError as e:
        print("values", e.exceptions)
    except* KeyError as e:
        print("keys", e.exceptions)
    print(log)
    log.clear()
    try:
        async with asyncio.TaskGroup() as g:
            t = g.create_task(value("body", 50))
            await asyncio.sleep(0)
            raise OSError("from the body")
    except ExceptionGroup as e:
        print(e, e.exceptions, t.cancelled(), log)
    log.clear()

    async def outer():
        async with asyncio.TaskGroup() as g:
            g.create_task(value("inner", 50))

    t = asyncio.create_task(outer())
    for _ in range(3):
        await asyncio.sleep(0)
    t.cancel("stop it")
    try:
        await t
    except asyncio.CancelledError as e:
        print("cancelled from outside", e.args, log, t.cancelled())
    log.clear()
    try:
        async with asyncio.TaskGroup() as g:
            async with asyncio.TaskGroup() as h:
                h.create_task(value(1, 1, ValueError("deep")))
            g.create_task(value(2))
    except ExceptionGroup as e:
        print(repr(e))
    unused = value(0), value(0)
    for wrong in (lambda: g.create_task(unused[0]), lambda: asyncio.TaskGroup().create_task(unused[1])):
        try:
            wrong()
        except RuntimeError as e:
            print(str(e).split("<")[0], str(e).split(">")[-1])
    for c in unused:
        c.close()
    try:
        async with g:
            pass
    except RuntimeError as e:
        print(str(e)[-30:])


async def timeouts():
    try:
        async with asyncio.timeout(0.001) as cm:
            await value("slow", 50)
    except TimeoutError as e:
        print("TimeoutError", e.args, cm.expired(), type(e.__cause__).__name__)
    async with asyncio.timeout(None) as cm:
        print(cm.when(), cm)
        cm.reschedule(asyncio.get_running_loop().time() + 100)
    print(cm.expired(), repr(cm)[:20])
    try:
        async with asyncio.timeout(50):
            async with asyncio.timeout_at(0):
                await asyncio.sleep(10)
    except TimeoutError:
        print("inner only")
    for wrong in (lambda: cm.reschedule(1), lambda: asyncio.timeout("x")):
        try:
            print(type(wrong()).__name__)
        except Exception as e:
            print(type(e).__name__, e)
    try:
        await asyncio.wait_for(value("w", 50), 0.001)
    except asyncio.TimeoutError:
        print("wait_for", log)
    log.clear()
    gate = asyncio.Event()

    async def gated():
        await gate.wait()
        return "kept"

    inner = asyncio.create_task(gated())
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.001)
    except TimeoutError:
        gate.set()
        print("shielded", await inner, log)
    print(await asyncio.wait_for(value("in time"), 50), await asyncio.wait_for(value("no limit"), None))
    try:
        await asyncio.wait_for(value("zero", 50), 0)
    except TimeoutError:
        print("at once")


async def collecting():
    print(await asyncio.gather(value(1, 3), value(2, 1), asyncio.sleep(0, 3)), await asyncio.gather())
    print(await asyncio.gather(value(1), value(2, 1, OSError("e")), return_exceptions=True))
    try:
        await asyncio.gather(value(1, 5), value(2, 1, OSError("first")))
    except OSError as e:
        print(e)
    same = asyncio.ensure_future(value("same"))
    print(await asyncio.gather(same, same))
    tasks = [asyncio.create_task(value(i, i * 4, ValueError(i) if i == 2 else None)) for i in range(1, 5)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending))
    done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_EXCEPTION)
    print([repr(t.exception()) for t in done], len(pending))
    done, pending = await asyncio.wait(pending, timeout=0)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(pending)
    print(sorted(t.result() for t in done), pending)
    print([await f for f in asyncio.as_completed([value("late", 10), value("soon", 1)])])
    for f in asyncio.as_completed([value("x", 50)], timeout=0.001):
        try:
            await f
        except TimeoutError:
            print("as_completed timed out")
    unused = value(0)
    for wrong in (lambda: asyncio.wait([]), lambda: asyncio.wait([unused]), lambda: asyncio.wait(5), lambda: asyncio.wait([same], return_when="x"), lambda: asyncio.gather(5)):
        try:
            await wrong()
        except Exception as e:
            print(type(e).__name__, str(e)[:60])
    unused.close()


async def counting():
    async def stubborn():
        for _ in range(2):
            try:
                await asyncio.sleep(50)
            except asyncio.CancelledError as e:
                t = asyncio.current_task()
                print("asked", e.args, t.cancelling(), t.uncancel(), t.cancelling())
        return "done anyway"

    t = asyncio.create_task(stubborn())
    for i in range(2):
        await asyncio.sleep(0)
        print(t.cancel(f"please {i}"))
        await asyncio.sleep(0)
    print(await t, t.cancelled(), t.cancel(), t.cancelling())
    var = contextvars.ContextVar("var", default=0)

    async def setter(x):
        var.set(x)
        return var.get()

    context = contextvars.copy_context()
    print(await asyncio.gather(setter(1), setter(2)), var.get(), await asyncio.create_task(setter(3), context=context), context[var], var.get())


asyncio.run(groups())
asyncio.run(timeouts())
asyncio.run(collecting())
asyncio.run(counting())
with asyncio.Runner() as r:
    print(r.run(value("runner")), r.get_loop().is_running(), r.run(asyncio.sleep(0, "again")))
unused = value(0)
for wrong in (lambda: r.run(unused), lambda: asyncio.run(5), lambda: asyncio.get_running_loop(), lambda: asyncio.current_task()):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)
unused.close()
