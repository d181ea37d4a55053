# selectors: each kind of selector drives a chat server by hand, with registrations changed, keys looked up, and misuse refused.
import selectors
import socket
import threading

KINDS = [selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector]


class Chat:
    """One thread, many connections: every line that one says is sent to all others."""

    def __init__(self, kind):
        self.selector = kind()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]
        self.selector.register(self.listener, selectors.EVENT_READ, self.accept)
        self.names, self.pending, self.running, self.history = {}, {}, True, []

    def accept(self, key, mask):
        connection, _ = self.listener.accept()
        connection.setblocking(False)
        self.pending[connection] = [b"", b""]
        self.selector.register(connection, selectors.EVENT_READ, data=self.talk)

    def talk(self, key, mask):
        connection, state = key.fileobj, self.pending[key.fileobj]
        if mask & selectors.EVENT_WRITE:
            state[1] = state[1][connection.send(state[1][:5]):]
            if not state[1]:
                self.selector.modify(connection, selectors.EVENT_READ, self.talk)
        if mask & selectors.EVENT_READ:
            data = connection.recv(7)
            if not data:
                return self.leave(connection)
            state[0] += data
            while b"\n" in state[0]:
                line, _, state[0] = state[0].partition(b"\n")
                self.line(connection, line.decode())

    def line(self, connection, text):
        if connection not in self.names:
            self.names[connection] = text
            return self.send([connection], f"hello {text}")
        self.history.append((self.names[connection], text))
        if text == "stop":
            self.running = False
        self.send([c for c in self.names if c is not connection], f"{self.names[connection]}: {text}")

    def send(self, connections, text):
        for c in connections:
            self.pending[c][1] += text.encode() + b"\n"
            self.selector.modify(c, selectors.EVENT_READ | selectors.EVENT_WRITE, self.talk)

    def leave(self, connection):
        self.selector.unregister(connection)
        del self.pending[connection]
        self.history.append((self.names.pop(connection), "left"))
        connection.close()

    def run(self):
        while self.running or any(out for _, out in self.pending.values()):
            for key, mask in self.selector.select(1):
                if key.fileobj in self.pending or key.fileobj is self.listener:
                    key.data(key, mask)
        for connection in list(self.pending):
            self.selector.unregister(connection)
            connection.close()
        self.selector.unregister(self.listener)
        self.listener.close()
        self.selector.close()


for kind in KINDS:
    chat = Chat(kind)
    thread = threading.Thread(target=chat.run)
    thread.start()
    clients = []
    for name in ("ann", "bob", "cyd"):
        s = socket.create_connection(("127.0.0.1", chat.port), timeout=20)
        f = s.makefile("rw")
        print(name, file=f, flush=True)
        clients.append((s, f, f.readline()))
    (a, af, ha), (b, bf, hb), (c, cf, hc) = clients
    print(kind.__name__, ha, hb, hc)
    print("a rather long line that takes many rounds", file=af, flush=True)
    print(bf.readline(), cf.readline())
    print("two\nlines", file=bf, flush=True)
    print(af.readline(), af.readline(), cf.readline(), cf.readline())
    cf.close()
    c.close()
    print("stop", file=af, flush=True)
    print(bf.readline(), repr(bf.readline()))
    thread.join()
    print(sorted(chat.history))
    for s, f in ((a, af), (b, bf)):
        f.close()
        s.close()

    selector = kind()
    left, right = socket.socketpair()
    key = selector.register(left, selectors.EVENT_READ, "data")
    print(key.fileobj is left, key.fd == left.fileno(), key.events, key.data, selector.get_key(left) == key, len(selector.get_map()), left in selector.get_map(), right in selector.get_map(), list(selector.get_map()) == [left.fileno()])
    print(selector.select(0), selector.select(-1), selector.select(0.001))
    right.send(b"x")
    [(ready, mask)] = selector.select()
    print(ready is key or ready == key, mask, selector.modify(left, selectors.EVENT_WRITE, 5).data, selector.modify(left, selectors.EVENT_WRITE, 6).data, [m for _, m in selector.select(1)])
    for wrong in (lambda: selector.register(left, selectors.EVENT_READ), lambda: selector.register(right, 0), lambda: selector.register(right, 8), lambda: selector.register("x", 1), lambda: selector.register(-1, 1), lambda: selector.unregister(right), lambda: selector.modify(right, 1), lambda: selector.get_key(right), lambda: selector.get_map()["x"], lambda: selector.get_map()[right]):
        try:
            print(wrong())
        except (KeyError, ValueError) as e:
            print(type(e).__name__, str(e).split("<socket")[0].split(": ")[0])
    print(selector.unregister(left).data, len(selector.get_map()))
    with selector:
        selector.register(right.fileno(), selectors.EVENT_WRITE)
        print([m for _, m in selector.select(1)])
    print(selector.get_map())
    try:
        selector.get_key(right)
    except RuntimeError as e:
        print(e)
    left.close()
    right.close()
print(selectors.DefaultSelector.__name__, isinstance(selector, selectors.BaseSelector), repr(selectors.SelectorKey(1, 1, 2, None)))
