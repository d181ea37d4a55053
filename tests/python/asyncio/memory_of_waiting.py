# builds: release debug
# timeout: 60
# What a task leaves behind when it has waited for a future: nothing. 120 bytes a wait would show.
import asyncio

WAITS, ALLOWED = 60000, 6 << 20


def used():
    with open("/proc/self/status") as stream:
        return next(int(line.split()[1]) << 10 for line in stream if line.startswith("VmData"))


async def wait(n):
    loop = asyncio.get_running_loop()
    for _ in range(n):
        future = loop.create_future()
        loop.call_soon(future.set_result, 1)
        await future


asyncio.run(wait(WAITS // 20))
before = used()
asyncio.run(wait(WAITS))
print(used() - before < ALLOWED)
