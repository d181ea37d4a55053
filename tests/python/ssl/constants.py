# What _ssl exports: constants, signatures, names of OpenSSL's errors, the family of SSLError.
import _ssl
import pickle
import ssl

for name in sorted(dir(_ssl)):
    value = getattr(_ssl, name)
    if name.startswith('__'):
        continue
    if isinstance(value, dict):
        print(name, len(value), sorted(value.items()))
    elif callable(value):
        print(name, type(value).__name__, getattr(value, '__text_signature__', None))
    else:
        print(name, repr(value))
for cls in (_ssl._SSLContext, _ssl._SSLSocket, _ssl.MemoryBIO, _ssl.SSLSession, _ssl.Certificate):
    print(cls, cls.__mro__, cls.__text_signature__, cls.__module__)
    for name, value in sorted(vars(cls).items()):
        if name not in ('__module__', '__doc__', '__hash__'):
            print('   ', name, type(value).__name__, getattr(value, '__text_signature__', None))
    print(cls.__hash__ is None)

for cls in (ssl.SSLError, ssl.SSLZeroReturnError, ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLSyscallError, ssl.SSLEOFError,
            ssl.SSLCertVerificationError):
    print(cls.__mro__)
    for args in (), ('x',), (1, 'text'), (1, 2), (2, 'text', 'file'), ('a', 'b', 'c', 'd', 'e', 'f'):
        e = cls(*args)
        print('   ', repr(e), '|', e, '|', e.errno, e.strerror, e.args, e.filename)
    try:
        print(e.reason)
    except AttributeError as error:
        print(error)
    print(repr(pickle.loads(pickle.dumps(cls(1, 'text')))))
print(str(ssl.SSLError(2, 'No such file')), isinstance(ssl.SSLError(2, ''), FileNotFoundError))
print(ssl.OPENSSL_VERSION_INFO == _ssl.OPENSSL_VERSION_INFO, ssl.Options.OP_ALL, ssl.TLSVersion.TLSv1_2, ssl.Purpose.SERVER_AUTH)


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


attempt(_ssl.txt2obj, '1.3.6.1.5.5.7.3.1')
attempt(_ssl.txt2obj, 'serverAuth')
attempt(_ssl.txt2obj, 'serverAuth', name=True)
attempt(_ssl.txt2obj, 'no such', True)
attempt(_ssl.txt2obj, '1.2.3.4.5.6.7.8.9')
attempt(_ssl.txt2obj, 'a\0b')
attempt(_ssl.txt2obj, b'x')
attempt(_ssl.nid2obj, 129)
attempt(_ssl.nid2obj, 0)
attempt(_ssl.nid2obj, -1)
attempt(_ssl.nid2obj, 10**6)
attempt(_ssl.nid2obj, 10**20)
attempt(_ssl.nid2obj, 'x')
attempt(_ssl.get_default_verify_paths)
attempt(_ssl.RAND_bytes, -1)
attempt(_ssl.RAND_bytes, 0)
attempt(lambda: len(_ssl.RAND_bytes(40)))
attempt(_ssl.RAND_bytes, 'x')
attempt(_ssl.RAND_add, 'text', 1.0)
attempt(_ssl.RAND_add, b'text', 'x')
attempt(_ssl.RAND_add, 5, 1.0)
attempt(_ssl.RAND_status)
attempt(_ssl.SSLSession)
attempt(_ssl.Certificate)
