"""TLS by many threads: contexts that change while they are used, connections shared by readers and writers, objects shared by askers."""

import contextlib
import socket
import ssl

from _hammer import main

HERE = "/usr/lib/python3.11/test/"
CIPHERS = ["ALL:!COMPLEMENTOFDEFAULT:!eNULL", "ECDHE+AESGCM", "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-GCM-SHA256"]


def contexts():
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(HERE + "keycert3.pem")
    client = ssl.create_default_context(cafile=HERE + "pycacert.pem")
    return server, client


def pair(server, client, session=None):
    """Two ends that have shaken hands in memory."""
    a, b = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = client.wrap_bio(a, b, server_hostname="localhost", session=session), server.wrap_bio(b, a, server_side=True)
    for _ in range(3):
        for end in ends:
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
    return ends


def changing_contexts(run):
    """Handshakes, the callbacks of which run Python code, while other threads change both contexts' ciphers, protocols and authorities."""
    server, client = contexts()
    other, _ = contexts()

    def asked(connection, name, context):
        assert name == "localhost" and connection.context is context
        connection.context = other

    server.sni_callback = asked

    def connect(k, choices):
        session = None
        for _ in range(run.iterations(1000)):
            one, two = pair(server, client, session)
            assert one.getpeercert()["subject"][-1] == (("commonName", "localhost"),)
            assert two.context is other and one.version() == two.version() and one.cipher() == two.cipher()
            one.write(b"%d" % k * 1000)
            assert two.read(100000) == b"%d" % k * 1000
            two.write(b"back")
            assert one.read(10) == b"back"
            session = one.session if choices.below(2) else None

    def change(k, choices):
        for i in range(run.iterations(1000)):
            context = choices.pick([server, client, other])
            match choices.below(6):
                case 0:
                    context.set_ciphers(choices.pick(CIPHERS))
                case 1:
                    context.set_alpn_protocols(choices.pick([["a"], ["b", "a" * 100]]))
                case 2:
                    client.load_verify_locations(HERE + choices.pick(["pycacert.pem", "keycert.pem", "allsans.pem"]))
                case 3:
                    choices.pick([server, other]).load_cert_chain(HERE + "keycert3.pem")
                case 4:
                    context.options |= ssl.OP_NO_RENEGOTIATION
                    context._msg_callback = choices.pick([None, lambda *args: None])
                case _:
                    assert context.get_ciphers() and context.cert_store_stats() and context.get_ca_certs() is not None
                    assert context.session_stats()["connect"] >= 0 and context.verify_mode is not None

    run.hammer(connect, change)


def shared_connection(run):
    """One connection over sockets that block: every thread's records arrive whole and in its order, whoever reads them."""
    server, client = contexts()
    a, b = socket.socketpair()
    ends = {}
    run.hammer(lambda k, choices: k == 0 and ends.setdefault("server", server.wrap_socket(b, server_side=True)),
               lambda k, choices: k == 0 and ends.setdefault("client", client.wrap_socket(a, server_hostname="localhost")))
    lines, width = run.iterations(100), 60

    def writer(end):
        def write(k, choices):
            for i in range(lines):
                end.sendall(b"%3d:%6d%50s" % (k, i, b""))
        return write

    def reader(end):
        def read(k, choices):
            heard = []
            for _ in range(lines):
                record = end.recv(width)
                heard.append((int(record[:3]), int(record[4:10])))
                assert len(record) == width and end.cipher() and end.version() and end.pending() >= 0 and not end.session_reused
            for writer in range(run.threads):
                numbers = [i for k, i in heard if k == writer]
                assert numbers == sorted(numbers)
            return heard
        return read

    works = writer(ends["server"]), writer(ends["client"]), reader(ends["server"]), reader(ends["client"])
    results = run.hammer(*works)
    for read in works[2:]:
        assert sorted(sum(results[read], [])) == [(k, i) for k in range(run.threads) for i in range(lines)]
    for end in ends.values():
        end.close()


def shared_memory(run):
    """A MemoryBIO loses and doubles nothing."""
    bio = ssl.MemoryBIO()
    n = run.iterations()

    def fill(k, choices):
        for _ in range(n):
            bio.write(bytes([k]) * 5)

    def empty(k, choices):
        out = bytearray()
        for _ in range(n):
            out += bio.read(choices.below(9))
        return out

    taken = b"".join(run.hammer(fill, empty)[empty]) + bio.read()
    assert [taken.count(k) for k in range(run.threads)] == [5 * n] * run.threads and bio.pending == 0


if __name__ == "__main__":
    main(changing_contexts, shared_connection, shared_memory)
