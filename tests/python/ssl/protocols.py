# The library's protocols over TLS: urllib and http.client, asyncio streams and start_tls, smtplib, ftplib, poplib and imaplib, socketserver.
import asyncio
import contextlib
import ftplib
import http.client
import http.server
import imaplib
import poplib
import re
import smtplib
import socket
import socketserver
import ssl
import threading
import urllib.error
import urllib.request

HERE = '/usr/lib/python3.11/test/'
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain(HERE + 'keycert3.pem')
client = ssl.create_default_context(cafile=HERE + 'pycacert.pem')


def clean(e):
    return re.sub(r'_ssl\.c:\d+', '_ssl.c', str(e))


print('-- http')


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *args):
        pass

    def answer(self, body):
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(self.path.encode() * 1000)

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers['Content-Length'])).swapcase())


with http.server.ThreadingHTTPServer(('localhost', 0), Handler) as s:
    s.handle_error = lambda *args: None
    s.socket = server.wrap_socket(s.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=s.serve_forever, args=(0.01,))
    thread.start()
    port = s.server_address[1]
    base = 'https://localhost:%d' % port
    with urllib.request.urlopen(base + '/path', context=client) as r:
        print(r.status, len(r.read()), r.getheader('Content-Length'))
    with urllib.request.urlopen(urllib.request.Request(base, b'Some Data' * 5000), context=client) as r:
        print(r.status, r.read()[:20])
    for context in None, client:
        try:
            urllib.request.urlopen(('https://127.0.0.1:%d' % port) if context else base, context=context)
        except urllib.error.URLError as e:
            print(type(e.reason).__name__, clean(e.reason))
    c = http.client.HTTPSConnection('localhost', port, context=client)
    for path in '/a', '/bc':
        c.request('GET', path)
        r = c.getresponse()
        print(r.status, len(r.read()), type(c.sock).__name__)
    c.close()
    s.shutdown()
    thread.join()

print('-- asyncio')


async def handle(reader, writer):
    line = await reader.readline()
    writer.write(line.upper())
    if line == b'upgrade\n':
        await writer.drain()
        await writer.start_tls(server)
        line = await reader.readline()
        writer.write(line.upper() + writer.get_extra_info('cipher')[1].encode() + b'\n')
    await writer.drain()
    writer.close()
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        await writer.wait_closed()


async def one(port, text):
    reader, writer = await asyncio.open_connection('localhost', port, ssl=client)
    writer.write(text + b'\n')
    data = await reader.read()
    writer.close()
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        await writer.wait_closed()
    return data


async def main():
    s = await asyncio.start_server(handle, 'localhost', 0, ssl=server, family=socket.AF_INET)
    port = s.sockets[0].getsockname()[1]
    print(await asyncio.gather(*(one(port, b'%d' % i * 3000) for i in range(8))) == [b'%d' % i * 3000 + b'\n' for i in range(8)])
    try:
        await asyncio.open_connection('127.0.0.1', port, ssl=client)
    except ssl.SSLCertVerificationError as e:
        print(clean(e))
    s.close()
    await s.wait_closed()
    s = await asyncio.start_server(handle, 'localhost', 0, family=socket.AF_INET)
    port = s.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection('localhost', port)
    writer.write(b'upgrade\n')
    print(await reader.readline())
    await writer.start_tls(client, server_hostname='localhost')
    print(writer.get_extra_info('peercert')['subject'][-1], writer.get_extra_info('ssl_object').version())
    writer.write(b'secret\n')
    print(await reader.readline(), await reader.readline(), await reader.read())
    writer.close()
    s.close()
    await s.wait_closed()


asyncio.run(main())


class Script(socketserver.StreamRequestHandler):
    """Answers lines by a dialogue: what a command begins with -> the answer, 'TLS' after it: TLS from there on."""
    dialogue, greeting, wrapped = {}, b'', False

    def handle(self):
        if self.wrapped:
            self.secure()
        self.wfile.write(self.greeting)
        for line in self.rfile:
            word = line.strip()
            answer = next((a for k, a in self.dialogue.items() if word.upper().startswith(k) or word.upper().split(b' ', 1)[-1].startswith(k)), b'500 what\r\n')
            upgrade = isinstance(answer, tuple)
            self.wfile.write((answer[0] if upgrade else answer).replace(b'TAG', word.split()[0]))
            if upgrade:
                self.secure()
                return self.handle_rest()
            if b'QUIT' in word.upper() or b'LOGOUT' in word.upper():
                break

    def handle_rest(self):
        self.greeting, self.wrapped = b'', False
        return Script.handle(self)

    def secure(self):
        self.connection = server.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile('rb'), self.connection.makefile('wb', 0)


@contextlib.contextmanager
def script(greeting_, dialogue_, wrapped_=False):
    class This(Script):
        greeting, dialogue, wrapped = greeting_, dialogue_, wrapped_
    with socketserver.ThreadingTCPServer(('localhost', 0), This) as s:
        thread = threading.Thread(target=s.serve_forever, args=(0.01,))
        thread.start()
        yield s.server_address[1]
        s.shutdown()
        thread.join()


print('-- mail')
SMTP = {b'EHLO': b'250-me\r\n250 STARTTLS\r\n', b'STARTTLS': (b'220 go\r\n',), b'NOOP': b'250 ok\r\n', b'QUIT': b'221 bye\r\n'}
with script(b'220 hello\r\n', SMTP) as port, smtplib.SMTP('localhost', port, local_hostname='here') as c:
    print(c.starttls(context=client), type(c.sock).__name__, c.noop())
with script(b'220 hello\r\n', SMTP, True) as port, smtplib.SMTP_SSL('localhost', port, local_hostname='here', context=client) as c:
    print(type(c.sock).__name__, c.noop())
POP = {b'CAPA': b'+OK\r\nSTLS\r\n.\r\n', b'STLS': (b'+OK\r\n',), b'STAT': b'+OK 2 300\r\n', b'QUIT': b'+OK\r\n'}
with script(b'+OK hello\r\n', POP) as port:
    c = poplib.POP3('localhost', port)
    print(c.stls(client), c.stat(), c.quit())
with script(b'+OK hello\r\n', POP, True) as port:
    c = poplib.POP3_SSL('localhost', port, context=client)
    print(c.stat(), c.quit())
IMAP = {b'CAPABILITY': b'* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK done\r\n', b'STARTTLS': (b'TAG OK go\r\n',), b'NOOP': b'TAG OK noop\r\n',
        b'LOGOUT': b'* BYE\r\nTAG OK bye\r\n'}
with script(b'* OK hello\r\n', IMAP) as port:
    c = imaplib.IMAP4('localhost', port)
    print(c.starttls(client), c.noop(), type(c.sock).__name__)
    c.logout()
with script(b'* OK hello\r\n', IMAP, True) as port:
    c = imaplib.IMAP4_SSL('localhost', port, ssl_context=client)
    print(c.noop())
    c.logout()

print('-- ftp')
FTP = {b'AUTH TLS': (b'234 go\r\n',), b'USER': b'331 password\r\n', b'PASS': b'230 in\r\n', b'PBSZ': b'200 ok\r\n', b'PROT': b'200 ok\r\n',
       b'PWD': b'257 "/x"\r\n', b'QUIT': b'221 bye\r\n'}
with script(b'220 hello\r\n', FTP) as port:
    c = ftplib.FTP_TLS(context=client)
    c.connect('localhost', port)
    print(c.login('me', 'secret'), c.prot_p(), c.pwd(), type(c.sock).__name__, c.quit())
