# Tasks, groups, locks and queues of asyncio; threads calling into a loop and a loop calling threads; asynchronous generators' hooks.
import asyncio
import contextvars
import functools
import sys
import threading

name = contextvars.ContextVar("name")


async def worker(queue, out):
    while True:
        item = await queue.get()
        try:
            if item is None:
                return
            await asyncio.sleep(0)
            out.append(item * item)
        finally:
            queue.task_done()


async def numbers(n, log):
    try:
        for i in range(n):
            yield i
            await asyncio.sleep(0)
    finally:
        await asyncio.sleep(0)
        log.append("generator closed")


async def fail(after, error):
    await asyncio.sleep(after)
    raise error


async def main():
    queue, out = asyncio.Queue(3), []
    workers = [asyncio.create_task(worker(queue, out), name=f"w{i}") for i in range(3)]
    for i in range(10):
        await queue.put(i)
    await queue.join()
    for _ in workers:
        await queue.put(None)
    await asyncio.gather(*workers)
    print(sorted(out), [w.get_name() for w in workers])

    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(0, ValueError("one")))
            tg.create_task(fail(0, KeyError("two")))
            tg.create_task(asyncio.sleep(100))
    except* ValueError as eg:
        print("values", eg.exceptions)
    except* KeyError as eg:
        print("keys", eg.exceptions)

    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(d, d)) for d in (0.01, 50)], return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending))
    for t in pending:
        t.cancel()
    print(await asyncio.gather(*pending, fail(0, OSError("x")), return_exceptions=True))

    lock, order = asyncio.Lock(), []

    async def locked(i):
        async with lock:
            order.append(("in", i))
            await asyncio.sleep(0.001)
            order.append(("out", i))

    await asyncio.gather(*(locked(i) for i in range(3)))
    print(order)
    condition, event, semaphore = asyncio.Condition(), asyncio.Event(), asyncio.Semaphore(2)
    running = []

    async def limited():
        async with semaphore:
            running.append(1)
            most.append(len(running))
            await asyncio.sleep(0)
            running.pop()

    most = []
    await asyncio.gather(*(limited() for _ in range(6)), asyncio.sleep(0, event.set()), event.wait())
    print(max(most), event.is_set())

    async def consumer():
        async with condition:
            await condition.wait_for(lambda: len(out) > 10)
            return len(out)

    c = asyncio.create_task(consumer())
    await asyncio.sleep(0)
    async with condition:
        out.append("more")
        condition.notify_all()
    print(await c)

    # Contexts: a task copies its creator's.
    name.set("main")

    async def child():
        before = name.get()
        name.set("child")
        return before, name.get()

    print(await asyncio.create_task(child()), name.get())
    ctx = contextvars.copy_context()
    ctx.run(name.set, "given")
    print(await asyncio.create_task(child(), context=ctx), ctx[name], name.get())

    # Threads.
    loop = asyncio.get_running_loop()
    print(sorted(await asyncio.gather(*(asyncio.to_thread(lambda i=i: (i, name.get(), threading.current_thread() is threading.main_thread())) for i in range(3)))))
    seen = []

    def other_thread():
        future = asyncio.run_coroutine_threadsafe(asyncio.sleep(0.001, "from the loop"), loop)
        seen.append(future.result())
        loop.call_soon_threadsafe(seen.append, "called soon")
        future = asyncio.run_coroutine_threadsafe(fail(0, LookupError("in the loop")), loop)
        seen.append(repr(future.exception()))

    await asyncio.to_thread(other_thread)
    await asyncio.sleep(0)
    print(seen)
    print(await loop.run_in_executor(None, functools.partial(divmod, 17, 5)))

    # Asynchronous generators are closed by the loop.
    log = []
    async for i in numbers(5, log):
        if i == 2:
            break
    del i
    agen = numbers(5, log)
    print(await anext(agen), await agen.asend(None))
    await agen.aclose()
    abandoned = numbers(3, log)
    print(await anext(abandoned), sys.get_asyncgen_hooks().firstiter is not None)
    return log, abandoned


log, abandoned = asyncio.run(main())
print(log)
print(sys.get_asyncgen_hooks())


# Several loops, one a thread.
def run_loop(i, results):
    async def job():
        values = await asyncio.gather(*(asyncio.sleep(0, k * i) for k in range(5)))
        return sum(values), threading.current_thread().name

    results.append(asyncio.run(job()))


results = []
threads = [threading.Thread(target=run_loop, args=(i, results), name=f"loop{i}") for i in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results))
with asyncio.Runner() as runner:
    print(runner.run(asyncio.sleep(0, "first")), runner.run(asyncio.sleep(0, "second")))
