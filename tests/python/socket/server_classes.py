# socketserver's threading servers and selectors over real connections.
import selectors
import socket
import socketserver
import threading


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(b"%d:" % len(line) + line)


class UDPHandler(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        sock.sendto(data[::-1], self.client_address)


def talk(address, number, out):
    with socket.create_connection(address) as s, s.makefile("rwb") as f:
        for k in range(5):
            f.write(b"x" * (number + k) + b"\n")
            f.flush()
            out.append((number, k, f.readline()))


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
    server.daemon_threads = True
    loop = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    loop.start()
    out = []
    clients = [threading.Thread(target=talk, args=(server.server_address, i, out)) for i in range(5)]
    for c in clients:
        c.start()
    for c in clients:
        c.join()
    server.shutdown()
    loop.join()
print(len(out), sorted(out)[:3], sorted(out)[-1])

with socketserver.ThreadingUDPServer(("127.0.0.1", 0), UDPHandler) as server:
    loop = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    loop.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"stressed", server.server_address)
        print(s.recv(100))
    server.shutdown()
    loop.join()

for cls in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector, selectors.DefaultSelector):
    sel = cls()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    sel.register(listener, selectors.EVENT_READ, "listener")
    done = 0
    totals = {}

    def pump(i):
        with socket.create_connection(listener.getsockname()) as s:
            s.sendall(b"%d" % i * 1000)
            s.shutdown(socket.SHUT_WR)
            s.recv(10)

    clients = [threading.Thread(target=pump, args=(i,)) for i in range(4)]
    for c in clients:
        c.start()
    while done < 4:
        for key, mask in sel.select(10):
            if key.data == "listener":
                conn, _ = key.fileobj.accept()
                conn.setblocking(False)
                sel.register(conn, selectors.EVENT_READ, [])
            elif data := key.fileobj.recv(600):
                key.data.append(data)
            else:
                whole = b"".join(key.data)
                totals[whole[:1]] = len(whole)
                sel.unregister(key.fileobj)
                key.fileobj.close()
                done += 1
    for c in clients:
        c.join()
    print(cls.__name__ if cls is not selectors.DefaultSelector else "default", sorted(totals.items()), len(sel.get_map()))
    sel.close()
    listener.close()
