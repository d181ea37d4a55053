# epoll objects: registration, edge and level triggers, closing, and use from several threads.
import os
import select
import socket
import threading


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


a, b = socket.socketpair()
ep = select.epoll()
names = {a.fileno(): "a", b.fileno(): "b"}


def ready(*args):
    return sorted((names.get(fd, fd), ev) for fd, ev in ep.poll(*args))


print(ep.closed, ep.fileno() > 2, os.get_inheritable(ep.fileno()), repr(ep).split(" at ")[0])
ep.register(a)
ep.register(b.fileno(), select.EPOLLIN)
attempt("register twice", lambda: ep.register(a))
print(ready(0))
b.send(b"hello")
print(ready(1), ready(1, 1))
ep.modify(a, select.EPOLLIN)
print(ready(0))
ep.modify(a, select.EPOLLIN | select.EPOLLET)
print(ready(0), ready(0))
b.send(b"more")
print(ready(0), ready(0))
print(a.recv(100))
ep.modify(a, select.EPOLLIN | select.EPOLLONESHOT)
b.send(b"once")
print(ready(0), ready(0))
ep.unregister(a)
attempt("unregister again", lambda: ep.unregister(a))
attempt("modify unknown", lambda: ep.modify(a, 1))
attempt("bad descriptor", lambda: ep.register(9999))
attempt("negative", lambda: ep.register(-1))
attempt("text", lambda: ep.register("x"))
attempt("mask text", lambda: ep.register(a, "x"))
attempt("maxevents 0", lambda: ep.poll(0, 0))
attempt("maxevents -2", lambda: ep.poll(maxevents=-2, timeout=0))
attempt("timeout text", lambda: ep.poll("x"))
attempt("timeout large", lambda: ep.poll(1e9))
attempt("timeout nan", lambda: ep.poll(float("nan")))
attempt("sizehint", lambda: select.epoll(0))
attempt("sizehint", lambda: select.epoll(sizehint=-7))
attempt("flags", lambda: select.epoll(flags=12345))
attempt("flags", lambda: select.epoll(1, select.EPOLL_CLOEXEC).closed)
attempt("subclass", lambda: type("E", (select.epoll,), {}))
attempt("negative timeout waits", lambda: (ep.register(b, select.EPOLLOUT) if False else ep.modify(b, select.EPOLLOUT), ready(-5))[1])

with select.epoll.fromfd(os.dup(ep.fileno())) as twin:
    print(len(twin.poll(0)), twin.closed)
print(twin.closed)
attempt("closed fileno", twin.fileno)
attempt("closed poll", twin.poll)
attempt("closed register", lambda: twin.register(a))
attempt("closed enter", twin.__enter__)
attempt("close again", twin.close)

# Many writers, one poller.
pairs = [socket.socketpair() for _ in range(8)]
got = {}
server = select.epoll()
for i, (left, right) in enumerate(pairs):
    server.register(left, select.EPOLLIN)
index = {left.fileno(): i for i, (left, right) in enumerate(pairs)}


def client(i):
    for k in range(25):
        pairs[i][1].sendall(b"%d " % k)
    pairs[i][1].close()


threads = [threading.Thread(target=client, args=(i,)) for i in range(len(pairs))]
for t in threads:
    t.start()
open_ends = len(pairs)
while open_ends:
    for fd, event in server.poll(10):
        i = index[fd]
        data = pairs[i][0].recv(4096)
        got[i] = got.get(i, b"") + data
        if not data:
            server.unregister(fd)
            pairs[i][0].close()
            open_ends -= 1
for t in threads:
    t.join()
server.close()
print(sorted(got) == list(range(8)), {v.decode() for v in got.values()})

# Several threads wait on one epoll; each event is taken once.
shared = select.epoll()
left, right = socket.socketpair()
shared.register(left, select.EPOLLIN | select.EPOLLONESHOT)
taken = []


def taker():
    while True:
        for fd, event in shared.poll(10):
            data = left.recv(1)
            if data == b"q":
                shared.modify(left, select.EPOLLIN | select.EPOLLONESHOT)
                return
            taken.append(data)
            shared.modify(left, select.EPOLLIN | select.EPOLLONESHOT)


threads = [threading.Thread(target=taker) for _ in range(3)]
for t in threads:
    t.start()
right.sendall(b"abcdefghij" + b"qqq")
for t in threads:
    t.join()
print(sorted(taken))
