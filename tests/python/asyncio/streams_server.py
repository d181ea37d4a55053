# A server and its clients over asyncio streams, TCP and Unix, with backpressure, time-outs and cancellation.
import asyncio
import contextvars
import socket

request = contextvars.ContextVar("request", default="none")
log = []


async def handle(reader, writer):
    request.set(writer.get_extra_info("peername") and "tcp" or "unix")
    try:
        while line := await reader.readline():
            word, _, rest = line.rstrip().partition(b" ")
            if word == b"echo":
                writer.write(rest + b"\n")
            elif word == b"sum":
                writer.write(b"%d\n" % sum(map(int, rest.split())))
            elif word == b"big":
                writer.write(b"x" * int(rest) + b"\n")
            elif word == b"slow":
                await asyncio.sleep(float(rest))
                writer.write(b"late\n")
            elif word == b"context":
                writer.write(request.get().encode() + b"\n")
            else:
                break
            await writer.drain()
    finally:
        log.append("closed")
        writer.close()


async def ask(reader, writer, text):
    writer.write(text.encode() + b"\n")
    await writer.drain()
    return (await reader.readline()).decode().rstrip()


async def client(connect, number):
    reader, writer = await connect()
    answers = [await ask(reader, writer, f"echo hello {number}"), await ask(reader, writer, "sum " + " ".join(map(str, range(number)))),
               await ask(reader, writer, "context")]
    answers.append(len(await ask(reader, writer, "big 50000")))
    writer.close()
    await writer.wait_closed()
    return answers


async def session(server, connect):
    async with server:
        answers = await asyncio.gather(*(client(connect, i) for i in range(6)))
        for a in answers:
            print(a)
        reader, writer = await connect()
        try:
            await asyncio.wait_for(ask(reader, writer, "slow 30"), 0.05)
        except asyncio.TimeoutError as e:
            print("timed out", type(e).__name__)
        task = asyncio.ensure_future(ask(reader, writer, "slow 30"))
        await asyncio.sleep(0.01)
        task.cancel("enough")
        try:
            await task
        except asyncio.CancelledError as e:
            print("cancelled", e.args)
        writer.close()
        reader, writer = await connect()
        writer.write(b"echo one\necho two\necho three")
        writer.write_eof()
        print(await reader.read(-1))
        writer.close()
        reader, writer = await connect()
        writer.write(b"quit\n")
        print(await reader.read(), reader.at_eof())
        try:
            await reader.readexactly(3)
        except asyncio.IncompleteReadError as e:
            print(e)
        writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await session(server, lambda: asyncio.open_connection("127.0.0.1", port, limit=100_000))
    server = await asyncio.start_unix_server(handle, "a.sock")
    await session(server, lambda: asyncio.open_unix_connection("a.sock", limit=100_000))
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError as e:
        print("refused", e.errno)
    print(request.get())

    class Protocol(asyncio.DatagramProtocol):
        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, data, addr):
            self.transport.sendto(data[::-1], addr)

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Protocol, local_addr=("127.0.0.1", 0))
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setblocking(False)
    s.bind(("127.0.0.1", 0))
    await loop.sock_sendto(s, b"datagram", transport.get_extra_info("sockname"))
    print((await loop.sock_recvfrom(s, 100))[0])
    transport.close()
    s.close()

    a, b = socket.socketpair()
    a.setblocking(False)
    b.setblocking(False)
    payload = bytes(1_000_000)

    async def drain():
        total = 0
        while data := await loop.sock_recv(b, 65536):
            total += len(data)
        return total

    async def fill():
        await loop.sock_sendall(a, payload)
        a.shutdown(socket.SHUT_WR)

    print((await asyncio.gather(fill(), drain()))[1])
    a.close()
    b.close()


asyncio.run(main())
print(log.count("closed"))
