# asyncio's queues, locks, events, conditions, semaphores and barriers: fairness, cancelled waiters, limits, misuse.
import asyncio


async def queues():
    q = asyncio.Queue(2)
    log = []

    async def produce(name):
        for i in range(5):
            await q.put((name, i))

    async def consume():
        while True:
            item = await q.get()
            log.append(item)
            await asyncio.sleep(0)
            q.task_done()

    consumers = [asyncio.create_task(consume()) for _ in range(2)]
    await asyncio.gather(produce("a"), produce("b"))
    await q.join()
    for c in consumers:
        c.cancel()
    print(await asyncio.gather(*consumers, return_exceptions=True), log, q.empty(), q.full(), q.maxsize, q)
    for wrong in (q.get_nowait, lambda: (q.put_nowait(1), q.put_nowait(2), q.put_nowait(3)), q.task_done):
        try:
            print(wrong())
        except (asyncio.QueueEmpty, asyncio.QueueFull, ValueError) as e:
            print(type(e).__name__, e)
    p, l = asyncio.PriorityQueue(), asyncio.LifoQueue()
    for x in (3, 1, 2):
        p.put_nowait((x, "v"))
        l.put_nowait(x)
    print([(await p.get())[0] for _ in range(3)], [l.get_nowait() for _ in range(3)], p.qsize(), repr(l).split(" at ")[0])
    full = asyncio.Queue(1)
    full.put_nowait(0)
    putter = asyncio.create_task(full.put(1))
    await asyncio.sleep(0)
    putter.cancel()
    try:
        await putter
    except asyncio.CancelledError:
        print("putter cancelled", full.qsize())
    getters = [asyncio.create_task(asyncio.wait_for(asyncio.Queue().get(), 0.001)) for _ in range(2)]
    print([type(x).__name__ for x in await asyncio.gather(*getters, return_exceptions=True)])


async def locks():
    lock, order = asyncio.Lock(), []

    async def use(name, times=2):
        for i in range(times):
            async with lock:
                order.append((name, i))
                await asyncio.sleep(0)

    await asyncio.gather(use(1), use(2), use(3))
    print(order, lock.locked(), lock)
    await lock.acquire()
    waiter = asyncio.create_task(use("w", 1))
    doomed = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    print(repr(lock).split("[")[1])
    doomed.cancel()
    lock.release()
    await waiter
    print(order[-1], doomed.cancelled(), lock.locked())
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    try:
        with lock:
            pass
    except TypeError as e:
        print(e)
    event = asyncio.Event()
    waiting = [asyncio.create_task(event.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    event.set()
    print(await asyncio.gather(*waiting), event.is_set(), event.clear(), event)
    condition, values = asyncio.Condition(), []

    async def until(n):
        async with condition:
            await condition.wait_for(lambda: len(values) >= n)
            return n, list(values)

    waiting = [asyncio.create_task(until(n)) for n in (1, 3, 2)]
    for i in range(3):
        await asyncio.sleep(0)
        async with condition:
            values.append(i)
            condition.notify_all()
    print(await asyncio.gather(*waiting))
    for wrong in (condition.notify, lambda: asyncio.Condition(5), lambda: asyncio.Semaphore(-1), lambda: asyncio.Barrier(0), lambda: asyncio.BoundedSemaphore(1).release()):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, e)
    try:
        await condition.wait()
    except RuntimeError as e:
        print(e)


async def limits():
    semaphore, running, most = asyncio.Semaphore(2), 0, 0

    async def work(n):
        nonlocal running, most
        async with semaphore:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001 if n % 2 else 0)
            running -= 1
        return n

    print(await asyncio.gather(*map(work, range(7))), most, semaphore.locked(), semaphore)
    held = asyncio.Semaphore(1)
    await held.acquire()
    waiters = [asyncio.create_task(held.acquire()) for _ in range(3)]
    await asyncio.sleep(0)
    waiters[0].cancel()
    held.release()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print([w.done() for w in waiters], held.locked())
    held.release()
    await asyncio.gather(*waiters, return_exceptions=True)
    print([w.cancelled() for w in waiters], held._value)
    barrier, log = asyncio.Barrier(3), []

    async def meet(n):
        async with barrier as position:
            log.append(position)

    await asyncio.gather(*map(meet, range(6)))
    print(sorted(log), barrier.n_waiting, barrier.parties, barrier.broken)
    lonely = asyncio.create_task(barrier.wait())
    await asyncio.sleep(0)
    await barrier.abort()
    print([type(x).__name__ for x in await asyncio.gather(lonely, return_exceptions=True)], barrier.broken, barrier)
    await barrier.reset()
    print(barrier.broken)


async def main():
    await queues()
    await locks()
    await limits()


asyncio.run(main())


async def elsewhere(lock):
    async def contender():
        async with lock:
            await asyncio.sleep(0)
    await asyncio.gather(contender(), contender())


shared = asyncio.Lock()
asyncio.run(elsewhere(shared))
try:
    asyncio.run(elsewhere(shared))
except RuntimeError as e:
    print(str(e).split(" at 0x")[0])
