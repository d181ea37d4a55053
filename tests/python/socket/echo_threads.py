# A threaded echo server and its clients over TCP, IPv6 and Unix sockets; accept, makefile, half-close, options.
import os
import socket
import threading


def serve(listener, count):
    workers = []

    def answer(conn):
        with conn, conn.makefile("rwb") as f:
            for line in f:
                f.write(line.upper())
                f.flush()

    for _ in range(count):
        conn, address = listener.accept()
        w = threading.Thread(target=answer, args=(conn,))
        w.start()
        workers.append(w)
    for w in workers:
        w.join()


def client(family, address, number, results):
    with socket.socket(family, socket.SOCK_STREAM) as s:
        s.connect(address)
        f = s.makefile("rw", newline="\n")
        got = []
        for k in range(20):
            f.write(f"client {number} line {k}\n")
            f.flush()
            got.append(f.readline().rstrip())
        s.shutdown(socket.SHUT_WR)
        got.append(f.read())
        f.close()
        results[number] = got


def run(family, address):
    listener = socket.socket(family, socket.SOCK_STREAM)
    if family != socket.AF_UNIX:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen()
    results = {}
    server = threading.Thread(target=serve, args=(listener, 6))
    server.start()
    clients = [threading.Thread(target=client, args=(family, listener.getsockname(), i, results)) for i in range(6)]
    for c in clients:
        c.start()
    for c in clients:
        c.join()
    server.join()
    listener.close()
    print(listener.fileno(), sorted(results), results[3][:2], results[5][-2:],
          all(r[k] == f"CLIENT {i} LINE {k}" for i, r in results.items() for k in range(20)))


run(socket.AF_INET, ("127.0.0.1", 0))
run(socket.AF_UNIX, "echo.sock")
run(socket.AF_UNIX, b"\0weft-echo-%d" % os.getpid())
print(os.path.exists("echo.sock"))

# A large transfer while the other side reads slowly, in both directions at once.
a, b = socket.socketpair()
payload = bytes(range(256)) * 4096
received = []


def pump(sock, out):
    sender = threading.Thread(target=lambda: (sock.sendall(payload), sock.shutdown(socket.SHUT_WR)))
    sender.start()
    chunks = []
    buffer = bytearray(50_000)
    while n := sock.recv_into(buffer):
        chunks.append(bytes(buffer[:n]))
    sender.join()
    out.append(b"".join(chunks))


threads = [threading.Thread(target=pump, args=(s, received)) for s in (a, b)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print([r == payload for r in received])
a.close()
b.close()

with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as c:
    conn, peer = server.accept()
    print(peer == c.getsockname(), c.getpeername() == server.getsockname(), conn.family.name, conn.type.name, conn.get_inheritable(), conn.timeout)
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(bool(c.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)), c.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM,
          len(c.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)))
    c.sendall(b"peeked")
    print(conn.recv(3, socket.MSG_PEEK), conn.recv(100), c.send(memoryview(b"view")[1:]), conn.recv(10))
    twin = conn.dup()
    conn.close()
    c.sendall(b"to the twin")
    print(twin.recv(100), conn.fileno(), twin.fileno() > 0)
    fd = twin.detach()
    again = socket.socket(fileno=fd)
    print(again.family == socket.AF_INET, again.type == socket.SOCK_STREAM, again.proto, twin.fileno())
    again.close()
    print(c.recv(10))
