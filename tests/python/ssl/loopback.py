# TLS over loopback sockets: what both ends see of each other, failures of verification, ALPN, SNI, sessions, client certificates, time-outs.
import re
import select
import socket
import ssl
import threading
import warnings

HERE = '/usr/lib/python3.11/test/'
warnings.simplefilter('ignore')


def clean(e):
    return '%s: %s' % (type(e).__name__, re.sub(r'_ssl\.c:\d+', '_ssl.c', str(e)))


def contexts(**kwargs):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(HERE + kwargs.get('cert', 'keycert3.pem'))
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(HERE + 'pycacert.pem')
    return server, client


def meet(server, client, serve, use, hostname='localhost', session=None, timeout=None):
    """One connection: serve(server's end) in a thread, use(client's end) here; then what the server said."""
    heard = []

    def run():
        try:
            c, _ = listener.accept()
            with c:
                with server.wrap_socket(c, server_side=True) as s:
                    serve(s, heard)
        except Exception as e:
            heard.append(clean(e))

    with socket.create_server(('127.0.0.1', 0)) as listener:
        thread = threading.Thread(target=run)
        thread.start()
        try:
            with socket.create_connection(listener.getsockname()) as c:
                c.settimeout(timeout)
                with client.wrap_socket(c, server_hostname=hostname, session=session) as s:
                    use(s)
        except Exception as e:
            print('client', clean(e), getattr(e, 'reason', None), getattr(e, 'library', None), getattr(e, 'verify_code', None),
                  getattr(e, 'verify_message', None))
        thread.join()
    print('server', heard)


def echo(s, heard):
    while data := s.recv(1000):
        heard.append(data)
        s.sendall(data.upper())
    heard.append((s.version(), s.cipher(), s.selected_alpn_protocol(), s.session_reused))


def talk(s):
    s.sendall(b'hello')
    print(s.recv(100), s.version(), s.cipher(), s.selected_alpn_protocol(), s.session_reused, s.server_hostname, s.server_side)


print('-- plain')
server, client = contexts()


def look(s):
    talk(s)
    print(s.getpeercert())
    print(s.pending(), s.compression(), len(s.get_channel_binding()), s.context is client, s.gettimeout(), len(s.shared_ciphers()))
    s.write(b'into a buffer')
    buffer = bytearray(20)
    print(s.read(8, buffer), buffer, s.pending())
    print(s.recv_into(buffer), buffer)
    for f in (lambda: s.recv(5, 1), lambda: s.sendall('x'), lambda: s.recv_into(b'x'), lambda: s.sendto(b'x', ('a', 1)), lambda: s.recvfrom(1),
              lambda: s.sendmsg([b'x']), lambda: s.dup(), lambda: s.get_channel_binding('tls-server')):
        try:
            print(f())
        except Exception as e:
            print(clean(e))
    print(type(s.unwrap()).__name__)


meet(server, client, echo, look)

print('-- verification')
for cert, hostname, change in (('keycert3.pem', 'example.org', None), ('keycert3.pem', '127.0.0.1', None), ('keycert.pem', 'localhost', None),
                               ('keycert4.pem', 'fakehostname', None), ('keycertecc.pem', 'localhost-ecc', None),
                               ('keycert3.pem', None, None), ('keycert3.pem', None, 'lax'), ('allsans.pem', '127.0.0.1', 'self'),
                               ('allsans.pem', '::1', 'self'), ('allsans.pem', 'allsans', 'self'), ('nosan.pem', 'localhost', 'self')):
    server, client = contexts(cert=cert)
    if change == 'lax':
        client.check_hostname = False
        client.verify_mode = ssl.CERT_NONE
    elif change == 'self':
        client.load_verify_locations(HERE + cert)
    print(cert, hostname, change)
    meet(server, client, echo, lambda s: print(s.getpeercert() and s.getpeercert()['subject'], s.server_hostname), hostname)

print('-- ALPN')
for offered, wanted in ((['http/1.1', 'h2'], ['h2']), (['a'], ['b']), ([], ['b']), (['x' * 255, 'y'], ['y', 'x'])):
    server, client = contexts()
    if offered:
        server.set_alpn_protocols(offered)
    client.set_alpn_protocols(wanted)
    meet(server, client, echo, talk)

print('-- SNI')
other, _ = contexts(cert='keycert4.pem')


def switch(s, name, context):
    print('asked', type(s).__name__, name, context is server, s.context is server)
    s.context = other if name == 'fakehostname' else server


def refuse(s, name, context):
    return ssl.ALERT_DESCRIPTION_ACCESS_DENIED


for callback, hostname in ((switch, 'localhost'), (switch, 'fakehostname'), (refuse, 'localhost')):
    server, client = contexts()
    server.sni_callback = callback
    print(server.sni_callback is callback)
    meet(server, client, echo, talk, hostname)

print('-- sessions, TLS 1.2')
server, client = contexts()
server.maximum_version = ssl.TLSVersion.TLSv1_2
kept = []


def keep(s):
    talk(s)
    session = s.session
    kept.append(session)
    print(session.has_ticket, len(session.id), session.timeout, session.ticket_lifetime_hint, type(session.time), session == s.session,
          session != s.session, session == kept[0], session == 5)
    for value in 5, session:
        try:
            s.session = value
        except Exception as e:
            print(clean(e))


meet(server, client, echo, keep)
meet(server, client, echo, keep, session=kept[0])
_, stranger = contexts()
meet(server, stranger, echo, talk)
try:
    stranger.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname='x', session=kept[0])
except ValueError as e:
    print(e)
try:
    server.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=True, session=kept[0])
except ValueError as e:
    print(e)
try:
    hash(kept[0])
except TypeError as e:
    print(e)
try:
    kept[0] < kept[0]
except TypeError as e:
    print(e)
print({k: v for k, v in sorted(server.session_stats().items())}, client.session_stats()['connect_good'])

print('-- client certificates')
server, client = contexts()
server.load_verify_locations(HERE + 'pycacert.pem')
server.verify_mode = ssl.CERT_OPTIONAL


def who(s, heard):
    echo(s, heard)
    certificate = s.getpeercert()
    heard.append(certificate and certificate['subject'])
    heard.append(s._sslobj.get_unverified_chain())


meet(server, client, who, talk)
client.load_cert_chain(HERE + 'keycert4.pem')
meet(server, client, who, talk)
print('required')
server.verify_mode = ssl.CERT_REQUIRED
meet(server, client, who, talk)
server.minimum_version = client.maximum_version = ssl.TLSVersion.TLSv1_2
meet(server, contexts()[1], who, lambda s: talk(s) if s.version() == 'TLSv1.2' else None)

print('-- versions and ciphers that do not meet')
server, client = contexts()
server.minimum_version = ssl.TLSVersion.TLSv1_3
client.maximum_version = ssl.TLSVersion.TLSv1_2
meet(server, client, echo, talk)
server, client = contexts()
server.maximum_version = ssl.TLSVersion.TLSv1_2
server.set_ciphers('ECDHE-RSA-AES128-GCM-SHA256')
client.set_ciphers('ECDHE-RSA-AES256-GCM-SHA384')
meet(server, client, echo, talk)

print('-- no TLS at all, and streams that break off')
server, client = contexts()
for garbage in b'GET / HTTP/1.0\r\n\r\n', b'', b'\x16\x03\x01\x00\x05hello':
    a, b = socket.socketpair()
    with a, b:
        a.sendall(garbage)
        a.shutdown(socket.SHUT_WR)
        try:
            server.wrap_socket(b, server_side=True)
        except Exception as e:
            print(clean(e), getattr(e, 'reason', None), getattr(e, 'library', None), e.errno)

for suppress in True, False:
    server, client = contexts()

    def leave(s, heard):
        s.recv(5)
        socket.socket(fileno=s.detach()).close()

    def rest(s):
        s.suppress_ragged_eofs = suppress
        s.sendall(b'hello')
        print('the end', s.recv(5))

    meet(server, client, leave, rest)

print('-- time-outs and sockets that do not block')
server, client = contexts()
silent = threading.Event()


def mute(s, heard):
    silent.wait(20)


def impatient(s):
    s.settimeout(0.05)
    try:
        s.recv(1)
    except TimeoutError as e:
        print(clean(e))
    try:
        while True:
            s.sendall(b'x' * 1000000)
    except TimeoutError as e:
        print(clean(e))
    s.setblocking(False)
    try:
        s.recv(1)
    except ssl.SSLWantReadError as e:
        print(clean(e), e.errno, e.reason, e.library)
    try:
        s.send(b'x' * 1000000)
    except ssl.SSLWantWriteError as e:
        print(clean(e), e.errno)
    silent.set()
    socket.socket(fileno=s.detach()).close()


meet(server, client, mute, impatient)
a, b = socket.socketpair()
with a, b:
    a.settimeout(0.05)
    try:
        client.wrap_socket(a, server_hostname='localhost')
    except TimeoutError as e:
        print(clean(e))
    b.setblocking(False)
    with server.wrap_socket(b, server_side=True, do_handshake_on_connect=False) as s:
        try:
            s.do_handshake()
        except OSError as e:
            print(clean(e))
        try:
            s.getpeercert()
        except ValueError as e:
            print(e)

print('-- sockets that are gone')
a, b = socket.socketpair()
s = client.wrap_socket(a, server_hostname='localhost', do_handshake_on_connect=False)
low = s._sslobj
s.close()
for f in (s.do_handshake, s.read, lambda: s.write(b'x'), s.unwrap, low.do_handshake, lambda: low.read(1), lambda: low.write(b'x'), low.shutdown):
    try:
        f()
    except Exception as e:
        print(clean(e))
del s, f
for f in (low.do_handshake, lambda: low.read(1), lambda: low.write(b'x'), low.shutdown):
    try:
        f()
    except Exception as e:
        print(clean(e), e.errno)
print(low.owner, low.pending())
b.close()
a, b = socket.socketpair()
for f in (lambda: client.wrap_socket(a), lambda: server.wrap_socket(a, server_hostname='x', server_side=True), lambda: server.wrap_socket(a),
          lambda: client.wrap_socket(a, server_side=True), lambda: client.wrap_socket(a, server_hostname=''), lambda: client._wrap_socket(5, 5)):
    try:
        f()
    except Exception as e:
        print(clean(e))
a.close()
b.close()
