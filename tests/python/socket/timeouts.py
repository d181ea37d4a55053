# Time-outs, non-blocking sockets, connecting without waiting, signals, and sockets closed under a thread's feet.
import errno
import gc
import os
import select
import signal
import socket
import threading
import time
import warnings


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


a, b = socket.socketpair()
a.settimeout(0.05)
print(a.gettimeout(), a.timeout, a.getblocking(), b.gettimeout(), b.getblocking())
attempt("recv", lambda: a.recv(1))
attempt("recv_into", lambda: a.recv_into(bytearray(1)))
attempt("recvfrom", lambda: a.recvfrom(1))
attempt("recvmsg", lambda: a.recvmsg(1))
attempt("sendall", lambda: a.sendall(b"x" * 10_000_000))
a.setblocking(False)
print(a.gettimeout(), a.getblocking())
attempt("recv", lambda: a.recv(1))
attempt("send", lambda: a.send(b"x" * 100))
a.settimeout(None)
print(a.gettimeout(), a.getblocking())
a.settimeout(0)
print(a.gettimeout(), a.getblocking())
a.close()
b.close()

server = socket.create_server(("127.0.0.1", 0))
server.settimeout(0.05)
attempt("accept", server.accept)
server.setblocking(False)
attempt("accept", server.accept)
c = socket.socket()
c.setblocking(False)
code = c.connect_ex(server.getsockname())
print(code in (0, errno.EINPROGRESS))
select.select([], [c], [], 5)
print(c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), select.select([server], [], [], 5)[0] == [server])
conn, _ = server.accept()
print(conn.gettimeout(), conn.getblocking())
conn.close()
c.close()
address = server.getsockname()
server.close()
attempt("refused", lambda: socket.create_connection(address))
with socket.socket() as s:
    s.settimeout(5)
    attempt("refused with a time-out", lambda: s.connect(address))
with socket.socket() as s:
    print(errno.errorcode[s.connect_ex(address)])

print(socket.getdefaulttimeout())
socket.setdefaulttimeout(2.5)
a, b = socket.socketpair()
print(a.gettimeout(), socket.socket().gettimeout(), socket.getdefaulttimeout())
socket.setdefaulttimeout(None)
print(socket.socket(type=socket.SOCK_STREAM | socket.SOCK_NONBLOCK).getblocking(), socket.socket(type=socket.SOCK_STREAM | socket.SOCK_NONBLOCK).type)

# A signal interrupts the call; its handler runs and the call goes on.
a.settimeout(None)
order = []


def handler(signum, frame):
    order.append("handler")
    b.send(b"after the handler")


signal.signal(signal.SIGUSR1, handler)
t = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1))
t.start()
order.append(a.recv(100))
t.join()
print(order)


def failing(signum, frame):
    raise KeyError("handler")


signal.signal(signal.SIGUSR1, failing)
for timeout in (None, 10):
    a.settimeout(timeout)
    t = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1))
    t.start()
    attempt(f"recv with timeout {timeout}", lambda: a.recv(1))
    t.join()

# Threads blocked in recv are woken by shutdown from another thread.
woken = []
readers = [threading.Thread(target=lambda: woken.append(b.recv(10))) for _ in range(3)]
b.settimeout(None)
for r in readers:
    r.start()
time.sleep(0.05)
b.shutdown(socket.SHUT_RDWR)
for r in readers:
    r.join()
print(woken)
a.close()
b.close()
attempt("closed recv", lambda: a.recv(1))
attempt("closed send", lambda: a.send(b"x"))
attempt("closed accept", a.accept)
attempt("closed settimeout", lambda: a.settimeout(1))
print(repr(a), a.fileno())

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    s = socket.socket()
    text = repr(s)
    del s
    gc.collect()
    print([str(w.message) == "unclosed " + text for w in caught], [w.category.__name__ for w in caught])
