# Many threads over one pair of contexts, a thread that reads and one that writes at each end of a connection, MemoryBIOs fed by several.
import socket
import ssl
import threading

HERE = '/usr/lib/python3.11/test/'
THREADS, ROUNDS = 6, 5

server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain(HERE + 'keycert3.pem')
asked = []
server.sni_callback = lambda s, name, context: asked.append(name)
client = ssl.create_default_context(cafile=HERE + 'pycacert.pem')
errors = []


def start(f, *args):
    def run():
        try:
            f(*args)
        except BaseException as e:
            errors.append(repr(e))
    thread = threading.Thread(target=run)
    thread.start()
    return thread


# Each its own connection.
def serve(c):
    with server.wrap_socket(c, server_side=True) as s:
        while data := s.recv(4096):
            s.sendall(data[::-1])


def accept(n):
    workers = []
    for i in range(n):
        c, _ = listener.accept()
        workers.append(start(serve, c))
    for w in workers:
        w.join()


done = []


def ask(me):
    for i in range(ROUNDS):
        with socket.create_connection(listener.getsockname()) as c, client.wrap_socket(c, server_hostname='localhost') as s:
            text = b'%d.%d' % (me, i) * 100
            s.sendall(text)
            got = b''
            while len(got) < len(text):
                got += s.recv(4096)
            done.append(sorted(got) == sorted(text) and s.getpeercert()['subject'][3][0][1] == 'localhost')


with socket.create_server(('127.0.0.1', 0), backlog=50) as listener:
    threads = [start(accept, THREADS * ROUNDS)] + [start(ask, i) for i in range(THREADS)]
    for thread in threads:
        thread.join()
print(len(done), all(done), len(asked), set(asked), errors)

# One connection, both directions at once: what one sends fills the buffers while its peer's thread waits to read, and the other way round.
LINES = 300


def write(s, letter):
    for i in range(LINES):
        s.sendall(letter * 5000)


def read(s, out):
    while len(out) < LINES * 5000:
        out += s.recv(20000)


a, b = socket.socketpair()
ends = {}


def make(name, context, c, **kwargs):
    ends[name] = context.wrap_socket(c, **kwargs)


t = start(lambda: make('server', server, b, server_side=True))
make('client', client, a, server_hostname='localhost')
t.join()
got = {'server': bytearray(), 'client': bytearray()}
threads = [start(read, ends[name], got[name]) for name in ends] + [start(write, ends[name], name[:1].encode()) for name in ends]
for t in threads:
    t.join()
for name in sorted(got):
    print(name, len(got[name]), set(got[name]))
for s in ends.values():
    s.close()
print(errors)

# A MemoryBIO that several threads fill and one empties.
bio = ssl.MemoryBIO()
taken = []


def fill():
    for i in range(200):
        bio.write(b'0123456789')


def empty():
    while sum(map(len, taken)) < 4 * 2000:
        taken.append(bio.read(7))


threads = [start(fill) for i in range(4)] + [start(empty)]
for t in threads:
    t.join()
data = b''.join(taken)
print(len(data), {x: data.count(bytes([x])) for x in sorted(set(data))}, bio.pending, bio.eof, errors)
