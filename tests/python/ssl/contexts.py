# Contexts: attributes and their errors, loading certificates, keys and authorities, passwords, ciphers.
import array
import os
import re
import ssl
import _ssl
import warnings

HERE = '/usr/lib/python3.11/test/'
warnings.simplefilter('error')


def show(e):
    return '%s %s' % (type(e).__name__, re.sub(r'_ssl\.c:\d+', '_ssl.c', str(e)))


def attempt(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(show(e), getattr(e, 'library', '-'), getattr(e, 'reason', '-'), e.args[:1] if not isinstance(e, ssl.SSLError) else e.errno)
        return None
    print(r if isinstance(r, (int, str, list, tuple, dict, type(None))) else type(r).__name__)
    return r


def put(c, name, value):
    try:
        setattr(c, name, value)
    except Exception as e:
        print(name, value, show(e))
    print(name, getattr(c, name))


def drop(c, name):
    try:
        delattr(c, name)
        print('deleted', name, getattr(c, name))
    except Exception as e:
        print('del', name, type(e).__name__)


for args in ((), (1, 2), ('x',), (99,), (2.5,)):
    attempt(_ssl._SSLContext, *args)
attempt(_ssl._SSLContext, proto_version=2)
for protocol in (2, 3, 4, 5):
    attempt(_ssl._SSLContext, protocol)
warnings.simplefilter('ignore')
for protocol in (2, 3, 4, 5, 16, 17):
    c = _ssl._SSLContext(protocol)
    print(protocol, c.protocol, c.options, c.verify_flags, c.verify_mode, c.minimum_version, c.maximum_version, c.security_level, c.num_tickets,
          c._host_flags, c.check_hostname, c.post_handshake_auth, c.sni_callback, c._msg_callback, c.keylog_filename)
    print(c.session_stats(), c.cert_store_stats(), c.get_ca_certs(), len(c.get_ciphers()))
    for name in ('minimum_version', 'maximum_version'):
        for value in (-2, -1, 0, 768, 769, 770, 771, 772, 773, 2**31, 2**70, 'x'):
            put(c, name, value)
    put(c, 'num_tickets', 3)
    put(c, 'num_tickets', -1)

c = _ssl._SSLContext(17)
for value in (0, 1, 2, 3, -1, 'x', 2**40):
    put(c, 'verify_mode', value)
put(c, 'verify_mode', 0)
put(c, 'check_hostname', 1)
print(c.verify_mode)
put(c, 'verify_mode', 0)
put(c, 'check_hostname', [])
put(c, 'verify_flags', 0)
put(c, 'verify_flags', 0x8000 | 4)
put(c, 'verify_flags', 'x')
put(c, '_host_flags', 8)
put(c, '_host_flags', 'x')
put(c, 'options', 0)
put(c, 'options', ssl.OP_ALL | ssl.OP_NO_TLSv1_3)
put(c, 'options', 'x')
put(c, 'post_handshake_auth', 5)
put(c, 'security_level', 1)
put(c, 'protocol', 1)
put(c, 'sni_callback', 5)
put(c, 'sni_callback', None)
put(c, '_msg_callback', 5)
put(c, '_msg_callback', None)
put(_ssl._SSLContext(16), 'sni_callback', print)
for name in ('verify_mode', 'check_hostname', 'options', 'post_handshake_auth', 'protocol'):
    drop(c, name)

warnings.simplefilter('error')
attempt(setattr, c, 'options', ssl.OP_ALL | ssl.OP_NO_TLSv1_2)
attempt(setattr, c, 'minimum_version', 769)
warnings.simplefilter('ignore')

print('-- ciphers')
attempt(c.set_ciphers, 'ALL')
attempt(c.set_ciphers, 'no such')
attempt(c.set_ciphers, b'ALL')
attempt(c.set_ciphers, 'A\0')
c.set_ciphers('AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305')
for cipher in c.get_ciphers():
    print(cipher)
attempt(c.set_ecdh_curve, 'prime256v1')
attempt(c.set_ecdh_curve, b'secp384r1')
attempt(c.set_ecdh_curve, 'no such')
attempt(c.set_ecdh_curve, None)
attempt(c._set_alpn_protocols, b'\x03abc')
attempt(c._set_alpn_protocols, 'abc')
attempt(c.load_dh_params, HERE + 'ffdh3072.pem')
attempt(c.load_dh_params, HERE + 'keycert.pem')
attempt(c.load_dh_params, '/no/such/file')
attempt(c.load_dh_params, None)

print('-- certificates and keys')
for args in (('keycert.pem',), ('ssl_cert.pem', 'ssl_key.pem'), ('keycert.pem', 'keycert2.pem'), ('ssl_cert.pem',), ('ssl_key.pem',), ('nosuch',),
             ('keycert.pem', 'nosuch'), ('badcert.pem',), ('badkey.pem',), ('nullcert.pem',), ('keycertecc.pem',), ('allsans.pem',)):
    attempt(c.load_cert_chain, *[HERE + a for a in args])
for args in ((None,), (5,), ('a\0b',), ('x', 5), (b'x', b'y'), ()):
    attempt(c.load_cert_chain, *args)


class Boom(Exception):
    pass


def boom():
    raise Boom('no password')


for password in ('somepass', b'somepass', bytearray(b'somepass'), 'wrong', '', 5, 'x' * 2000, b'x' * 2000,
                 lambda: 'somepass', lambda: b'somepass', lambda: 'bad', lambda: 5, lambda: 'a' * 2000, boom, ''.join, None):
    if password is None:
        break
    attempt(c.load_cert_chain, HERE + 'keycert.passwd.pem', password=password)
attempt(c.load_cert_chain, HERE + 'keycert.pem', password=boom)

print('-- authorities')
c = _ssl._SSLContext(16)
pem = open(HERE + 'pycacert.pem').read()
pem = pem[pem.index('-----BEGIN'):]
der = ssl.PEM_cert_to_DER_cert(pem)
for kwargs in ({}, {'cafile': None}, {'cafile': 5}, {'capath': 5}, {'cafile': '/no/such'}, {'capath': '/no/such'}, {'cafile': HERE + 'ssl_key.pem'},
               {'cadata': ''}, {'cadata': b''}, {'cadata': 'nonsense'}, {'cadata': b'nonsense'}, {'cadata': 5}, {'cadata': '\xe9'},
               {'cadata': pem}, {'cadata': pem + pem}, {'cadata': der}, {'cadata': der + der}, {'cadata': der + b'x'}, {'cadata': pem + 'x'},
               {'cadata': bytearray(der)}, {'cadata': memoryview(der)}, {'cadata': array.array('I', [1, 2])}, {'cafile': HERE + 'pycacert.pem'},
               {'cafile': (HERE + 'keycert.pem').encode()}, {'capath': HERE + 'capath'}):
    attempt(c.load_verify_locations, **kwargs)
    print(c.cert_store_stats())
for one in c.get_ca_certs():
    print(sorted(one.items()))
print([x == der for x in c.get_ca_certs(True)])
attempt(c.set_default_verify_paths)

print('-- connections')
attempt(c._wrap_socket, 5, False)
attempt(c._wrap_socket)
attempt(c._wrap_bio, 5, 6, False)
bio = _ssl.MemoryBIO
attempt(c._wrap_bio, bio(), bio(), True)
attempt(_ssl._SSLContext(17)._wrap_bio, bio(), bio(), False)
for name in ('', '.x', 'x' * 300, 'a\0b', 'caf\xe9', b'x', 5, '127.0.0.1', '::1', 'example.org', None):
    s = attempt(c._wrap_bio, bio(), bio(), False, name)
    if s:
        print(s.server_hostname, s.server_side, s.owner, s.context is c, s.session, s.session_reused, s.pending(), s.version(), s.cipher(),
              s.compression(), s.selected_alpn_protocol(), s.get_verified_chain(), s.get_unverified_chain(), len(s.shared_ciphers()))
s = c._wrap_bio(bio(), bio(), False, 'localhost')
attempt(s.getpeercert)
attempt(s.get_channel_binding)
attempt(s.get_channel_binding, 'other')
attempt(s.get_channel_binding, 5)
attempt(s.read)
attempt(s.read, -1)
attempt(s.read, 0)
attempt(s.read, 'x')
attempt(s.read, 5, b'ro')
attempt(s.read, 5, bytearray())
attempt(s.read, 5)
attempt(s.write, 'x')
attempt(s.write, b'')
attempt(s.do_handshake)
attempt(s.shutdown)
attempt(s.verify_client_post_handshake)
attempt(setattr, s, 'session', 5)
attempt(setattr, s, 'context', 5)
attempt(setattr, s, 'owner', 5)
attempt(setattr, s, 'server_side', 5)

print('-- log of keys')
os.makedirs('d', exist_ok=True)
put(c, 'keylog_filename', 'keys.log')
print(open('keys.log').read())
put(c, 'keylog_filename', None)
put(c, 'keylog_filename', 5)
attempt(setattr, c, 'keylog_filename', 'd')
attempt(setattr, c, 'keylog_filename', '/no/such/folder')
