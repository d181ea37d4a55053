"""An asyncio server on the loopback with clients on the same loop, its requests worked on by threads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from _parallel import arguments

CLIENTS = 10


def compute(n):
    """The work of a request: primes below n, counted."""
    marks = bytearray(b"\1") * n
    marks[:2] = b"\0\0"
    for i in range(2, int(n ** 0.5) + 1):
        if marks[i]:
            marks[i * i::i] = bytes(len(range(i * i, n, i)))
    return sum(marks)


async def serve(reader, writer, executor):
    loop = asyncio.get_running_loop()
    while line := await reader.readline():
        command, number = line.split()
        if command == b"primes":
            answer = await loop.run_in_executor(executor, compute, int(number))
        else:
            answer = int(number) + 1
        writer.write(b"%d\n" % answer)
        await writer.drain()
    writer.close()


async def client(port, number, requests):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    total = 0
    for i in range(requests):
        command = "primes %d" % (2000 + (number * 97 + i * 31) % 3000) if i % 4 == 0 else "next %d" % i
        writer.write(command.encode() + b"\n")
        total += int(await asyncio.wait_for(reader.readline(), 30))
    writer.close()
    await writer.wait_closed()
    return total


async def run(threads, requests):
    with ThreadPoolExecutor(threads) as executor:
        server = await asyncio.start_server(lambda reader, writer: serve(reader, writer, executor), "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await asyncio.gather(*(client(port, number, requests) for number in range(CLIENTS)))


def main():
    threads, scale = arguments()
    requests = max(1, round(500 * scale))
    totals = asyncio.run(run(threads, requests))
    print(f"{CLIENTS} clients, {CLIENTS * requests} requests, sum {sum(totals)}")


if __name__ == "__main__":
    main()
