"""asyncio kernels: awaiting futures and tasks, passing control, queues."""
import asyncio

from _timer import report


def run(coroutine):
    def kernel(n):
        asyncio.run(coroutine(n))
    return kernel


async def yields(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def spawn(n):
    for _ in range(n // 50):
        await asyncio.gather(*[yields(1) for _ in range(50)])


async def futures(n):
    loop = asyncio.get_running_loop()
    for _ in range(n):
        f = loop.create_future()
        loop.call_soon(f.set_result, 1)
        await f


async def queue(n):
    q = asyncio.Queue(10)

    async def consume():
        for _ in range(n):
            await q.get()
    t = asyncio.create_task(consume())
    for i in range(n):
        await q.put(i)
    await t


report(yields=run(yields), spawn=run(spawn), futures=run(futures), queue=run(queue))
