# Contexts that a process was forked with, in the midst of a callback and otherwise.
import contextlib
import os
import ssl

HERE = '/usr/lib/python3.11/test/'
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain(HERE + 'keycert3.pem')
client = ssl.create_default_context(cafile=HERE + 'pycacert.pem')


def meet():
    a, b = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = client.wrap_bio(a, b, server_hostname='localhost'), server.wrap_bio(b, a, server_side=True)
    for i in range(3):
        for end in ends:
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
    ends[0].write(b'text')
    return ends[1].read(10), ends[0].version()


def child(work):
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            status = 0 if work() else 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def change_and_meet():
    client.set_ciphers('ECDHE+AESGCM')
    server.set_alpn_protocols(['a'])
    return meet() == (b'text', 'TLSv1.3')


print(meet(), child(change_and_meet), meet())


def forks(connection, name, context):
    server.sni_callback = None
    print('in the callback', child(lambda: connection.context is server and change_and_meet()))


server.sni_callback = forks
print(meet(), child(change_and_meet), meet())
