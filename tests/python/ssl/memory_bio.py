# MemoryBIO, handshakes by hand, callbacks on messages and keys, exceptions out of callbacks.
import re
import ssl
import _ssl
import sys
import warnings

HERE = '/usr/lib/python3.11/test/'
warnings.simplefilter('ignore')


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, re.sub(r'_ssl\.c:\d+', '_ssl.c', str(e)), '|', repr(e.__context__)[:60])


bio = ssl.MemoryBIO()
attempt(ssl.MemoryBIO, 1)
attempt(ssl.MemoryBIO, x=1)
print(bio.pending, bio.eof, bio.read(), bio.read(0), bio.read(5), bio.write(b'hello'), bio.pending, bio.read(2), bio.write(bytearray(b'!!')), bio.read(100))
attempt(bio.write, 'text')
attempt(bio.write, None)
attempt(bio.read, 'x')
attempt(bio.read, None)
attempt(bio.read, 10**10)
attempt(bio.read, 10**30)
attempt(bio.write, memoryview(bytearray(10))[::2])
print(bio.write(memoryview(b'abcdef')[2:]), bio.write_eof(), bio.eof, bio.pending)
attempt(bio.write, b'more')
print(bio.read(-5), bio.eof, bio.read())
for i in range(300):
    big = ssl.MemoryBIO() if i == 0 else big
    big.write(bytes([i % 256]) * i)
    if i % 3 == 0:
        big.read(i)
print(big.pending, hash(big.read()) != 0, big.pending)

server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain(HERE + 'keycert3.pem')
client = ssl.create_default_context(cafile=HERE + 'pycacert.pem')


def pair(hostname='localhost'):
    a, b = ssl.MemoryBIO(), ssl.MemoryBIO()
    return client.wrap_bio(a, b, server_hostname=hostname), server.wrap_bio(b, a, server_side=True), a, b


def shake(*ends, times=4):
    for i in range(times):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass


one, two, a, b = pair()
attempt(one.do_handshake)
attempt(one.read, 1)
attempt(one.unwrap)
one, two, a, b = pair()
shake(one, two)
print(one.version(), one.cipher(), one.owner if hasattr(one, 'owner') else None, one._sslobj.owner is one)
print(two.write(b'x' * 40000), one.read(10), one.pending(), len(one.read(100000)), one.pending())
attempt(one.read, 5)
attempt(two.read, 5, bytearray(5))
one.write(b'abc')
print(two.read(5), two.read.__name__)
attempt(one.unwrap)
attempt(two.read, 10)
attempt(two.unwrap)
attempt(one.unwrap)
attempt(one.write, b'x')
one, two, a, b = pair()
shake(one, two)
a.write_eof()
attempt(one.read, 5)
one, two, a, b = pair()
a.write_eof()
attempt(one.do_handshake)
one, two, a, b = pair()
a.write(b'no TLS at all')
attempt(one.do_handshake)
one, two, a, b = pair('elsewhere')
try:
    shake(one, two)
except ssl.SSLCertVerificationError as e:
    print(e.verify_code, e.verify_message, e.reason, e.library, e.errno, isinstance(e, ValueError))
try:
    two.do_handshake()
except ssl.SSLError as e:
    print(e.reason, e.library)

print('-- messages')
seen = []


def note(connection, direction, version, kind, message, data):
    seen.append((type(connection).__name__, direction, version, kind, message, len(data) > 0))


client._msg_callback = note
one, two, a, b = pair()
client.maximum_version = ssl.TLSVersion.TLSv1_2
one, two, a, b = pair()
shake(one, two)
for line in seen:
    print(line)
client.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED


def complain(connection, direction, version, kind, message, data):
    raise LookupError(kind)


client._msg_callback = complain
one, two, a, b = pair()
attempt(one.do_handshake)
client._msg_callback = None
attempt(client._msg_callback.__class__)

print('-- keys')
client.keylog_filename = 'keys.log'
server.keylog_filename = 'keys.log'
one, two, a, b = pair()
shake(one, two)
client.keylog_filename = server.keylog_filename = None
lines = open('keys.log').read().splitlines()
print(len(lines), lines[0], sorted(line.split()[0] for line in lines[1:]))

print('-- SNI')
sys.unraisablehook = lambda u: print('unraisable', repr(u.exc_value))


def answers():
    yield None
    yield 40
    yield 'text'
    yield LookupError('from SNI')


for answer in answers():
    def callback(connection, name, context, answer=answer):
        print(type(connection).__name__, name, context is server)
        if isinstance(answer, Exception):
            raise answer
        return answer
    server.sni_callback = callback
    for hostname in 'localhost', None:
        client.check_hostname = bool(hostname)
        one, two, a, b = pair(hostname)
        try:
            shake(one, two)
            print('fine', one.version())
        except ssl.SSLError as e:
            print(re.sub(r'_ssl\.c:\d+', '_ssl.c', str(e)))
        for end in one, two:
            try:
                end.do_handshake()
            except ssl.SSLError as e:
                print(re.sub(r'_ssl\.c:\d+', '_ssl.c', str(e)))

# An owner that is gone is not called for.
low = server._wrap_bio(b := ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=True)
other = client._wrap_bio(ssl.MemoryBIO(), b, server_side=False, server_hostname='localhost')
for end in other, low:
    try:
        end.do_handshake()
    except ssl.SSLError as e:
        print(re.sub(r'_ssl\.c:\d+', '_ssl.c', str(e)))
