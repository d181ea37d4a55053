# Datagrams, scattered and gathered messages, and descriptors sent through Unix sockets.
import array
import os
import socket
import struct
import threading

a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
a.bind(("127.0.0.1", 0))
b.bind(("127.0.0.1", 0))
print(a.sendto(b"hello", b.getsockname()), a.sendto(b"flagged", 0, b.getsockname()))
data, source = b.recvfrom(100)
print(data, source == a.getsockname())
buffer = bytearray(20)
n, source = b.recvfrom_into(buffer)
print(n, bytes(buffer[:n]), source == a.getsockname())
a.connect(b.getsockname())
print(a.send(b"connected"), b.recv(4), a.getpeername() == b.getsockname())
a.sendmsg([b"one ", bytearray(b"two "), memoryview(b"three")])
data, ancillary, flags, source = b.recvmsg(100)
print(data, ancillary, flags, source == a.getsockname())
a.sendmsg((part for part in [b"x" * 10, b"y" * 10]))
first, second = bytearray(6), bytearray(100)
n, ancillary, flags, source = b.recvmsg_into([first, second])
print(n, bytes(first), bytes(second[:n - 6]), ancillary, flags)
a.sendmsg([b"cut off"])
data, ancillary, flags, source = b.recvmsg(3)
print(data, bool(flags & socket.MSG_TRUNC))
b.sendmsg([b"addressed"], [], 0, a.getsockname())
print(a.recvmsg(50)[0])

b.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
a.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 8)
a.send(b"with a type of service")
data, ancillary, flags, source = b.recvmsg(100, socket.CMSG_SPACE(1))
print(data, [(level == socket.IPPROTO_IP, kind == socket.IP_TOS, payload) for level, kind, payload in ancillary])
a.close()
b.close()

left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
r, w = os.pipe()
fds = array.array("i", [r, w])
left.sendmsg([b"two ends"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
data, ancillary, flags, source = right.recvmsg(100, socket.CMSG_SPACE(2 * fds.itemsize))
got = array.array("i")
for level, kind, payload in ancillary:
    print(level == socket.SOL_SOCKET, kind == socket.SCM_RIGHTS, len(payload))
    got.frombytes(payload)
os.write(got[1], b"through the passed pipe")
print(data, source, os.read(r, 100), [os.get_inheritable(fd) for fd in got], bool(flags & socket.MSG_CMSG_CLOEXEC))
socket.send_fds(left, [b"again"], [r])
msg, fds, flags, addr = socket.recv_fds(right, 100, 5)
print(msg, len(fds), addr)
right.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
left.send(b"who?")
data, ancillary, flags, source = right.recvmsg(10, socket.CMSG_SPACE(12))
print([(kind == socket.SCM_CREDENTIALS, struct.unpack("3i", payload) == (os.getpid(), os.getuid(), os.getgid())) for level, kind, payload in ancillary])
left.sendmsg([b"no room"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", r))])
right.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
data, ancillary, flags, source = right.recvmsg(10, 4)
print(data, len(ancillary), bool(flags & socket.MSG_CTRUNC))
left.close()
print(right.recvmsg(10))

# Unix datagrams with names, from several threads.
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind("inbox")


def send(i):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
        s.bind(f"outbox{i}")
        s.sendto(b"%d" % i, "inbox")
        assert s.recv(10) == b"ok"


threads = [threading.Thread(target=send, args=(i,)) for i in range(5)]
for t in threads:
    t.start()
seen = []
for _ in threads:
    data, source = server.recvfrom(100)
    seen.append((data, source))
    server.sendto(b"ok", source)
for t in threads:
    t.join()
print(sorted(seen), server.getsockname())
