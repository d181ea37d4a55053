# Certificates as dicts, whatever stands in them, and as objects.
import _ssl
import glob
import re
import ssl

for path in sorted(glob.glob('/usr/lib/python3.11/test/*.pem') + glob.glob('/usr/lib/python3.11/test/capath/*')):
    try:
        print(path, _ssl._test_decode_cert(path))
    except Exception as e:
        print(path, type(e).__name__, re.sub(r'_ssl\.c:\d+', '_ssl.c', str(e)))
for path in '/no/such', '', None, 5:
    try:
        print(_ssl._test_decode_cert(path))
    except Exception as e:
        print(type(e).__name__, e)

HERE = '/usr/lib/python3.11/test/'
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain(HERE + 'keycert3.pem')
client = ssl.create_default_context(cafile=HERE + 'pycacert.pem')
a, b = ssl.MemoryBIO(), ssl.MemoryBIO()
one, two = client.wrap_bio(a, b, server_hostname='localhost'), server.wrap_bio(b, a, server_side=True)
for i in range(3):
    for end in one, two:
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            pass
chain = one._sslobj.get_verified_chain()
print(chain, one._sslobj.get_unverified_chain(), two._sslobj.get_verified_chain(), two._sslobj.get_unverified_chain())
for certificate in chain:
    print(certificate.public_bytes())
    print(certificate.public_bytes(_ssl.ENCODING_PEM) == certificate.public_bytes(format=1), len(certificate.public_bytes(0x101)))
    print(certificate.public_bytes(_ssl.ENCODING_DER)[:20], ssl.DER_cert_to_PEM_cert(certificate.public_bytes(2)) == certificate.public_bytes())
    print(certificate.get_info())
    print(hash(certificate) == hash(certificate), certificate == certificate, certificate != certificate, certificate == 5)
    for bad in 3, 'x':
        try:
            certificate.public_bytes(bad)
        except Exception as e:
            print(type(e).__name__, e)
again = one._sslobj.get_verified_chain()
print(again == chain, again[0] is chain[0], chain[0] == chain[1], hash(chain[0]) == hash(again[0]), len({*chain, *again}))
try:
    chain[0] < chain[1]
except TypeError as e:
    print(e)
print(one.getpeercert() == chain[0].get_info(), one.getpeercert(True) == chain[0].public_bytes(2), two.getpeercert(), two.getpeercert(True))
print(one.cipher(), two.cipher(), one.version(), one.compression(), one.get_channel_binding('tls-unique') == two.get_channel_binding('tls-unique'))
