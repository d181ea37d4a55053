# urllib.parse, http.server with urllib.request and http.client over loopback, http.cookies, email, mimetypes, socketserver.
import email
import email.message
import email.policy
import email.utils
import http.client
import http.cookies
import http.server
import json
import mimetypes
import socketserver
import threading
import urllib.error
import urllib.parse
import urllib.request
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

u = urllib.parse.urlparse("http://user:pw@host.example:8080/a/b;p?q=1&r=%20x&q=2#frag")
print(u, u.hostname, u.port, u.username, u.geturl(), urllib.parse.parse_qs(u.query), urllib.parse.parse_qsl("a=1&b=&c", keep_blank_values=True))
print(urllib.parse.urljoin("http://h/a/b/c", "../d?x"), urllib.parse.urljoin("http://h/a", "//other/z"), urllib.parse.quote("ä b/c?", safe="/"), urllib.parse.unquote("%C3%A4%zz+"), urllib.parse.quote_plus("a b&c"), urllib.parse.urlencode({"a": [1, 2], "ü": "x y"}, doseq=True),
      urllib.parse.urlsplit("//[::1]:80/x"), urllib.parse.urldefrag("x#y"), urllib.parse.urlunsplit(("s", "n", "p", "q", "f")))
for bad in (lambda: urllib.parse.urlsplit("http://h:99999/").port, lambda: urllib.parse.urlsplit("http://[::1"), lambda: urllib.parse.quote(3), lambda: urllib.parse.urljoin("a", b"b")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args): pass

    def answer(self, status, body, **headers):
        self.send_response(status)
        for k, v in headers.items():
            self.send_header(k.replace("_", "-"), v)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/moved":
            self.answer(302, b"", Location="/there")
        elif self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in (b"one ", b"two ", b"three"):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
        elif self.path.startswith("/missing"):
            self.send_error(404, "Not here")
        else:
            self.answer(200, json.dumps({"path": self.path, "agent": self.headers["X-Agent"]}).encode(), Content_Type="application/json", Set_Cookie="k=v; Path=/")

    def do_POST(self):
        self.answer(201, self.rfile.read(int(self.headers["Content-Length"])).upper())


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"
with urllib.request.urlopen(urllib.request.Request(base + "/x?y=1", headers={"X-Agent": "weft"})) as r:
    print(r.status, r.headers["Content-Type"], r.read().decode(), r.headers.get_all("Set-Cookie"))
print(urllib.request.urlopen(base + "/moved").read().decode(), urllib.request.urlopen(base + "/post", data=b"body").read(), urllib.request.urlopen(base + "/chunked").read())
try:
    urllib.request.urlopen(base + "/missing")
except urllib.error.HTTPError as e:
    print(e, e.code, b"Not here" in e.read())
results = []
threads = [threading.Thread(target=lambda i=i: results.append(json.load(urllib.request.urlopen(f"{base}/{i}"))["path"])) for i in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(results))
c = http.client.HTTPConnection("127.0.0.1", server.server_port)
for i in range(2):
    c.request("GET", f"/again{i}")
    r = c.getresponse()
    print(r.status, r.reason, r.version, len(r.read()) > 0)
c.close()
server.shutdown()
server.server_close()
try:
    urllib.request.urlopen(base + "/", timeout=2)
except urllib.error.URLError as e:
    print(e)


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line[::-1])


import socket
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as s:
    threading.Thread(target=s.serve_forever, daemon=True).start()
    with socket.create_connection(s.server_address) as k:
        k.sendall(b"abc\ndef\n")
        k.shutdown(socket.SHUT_WR)
        print(k.makefile("rb").read())
    s.shutdown()

k = http.cookies.SimpleCookie("a=1; b=\"x y\"")
k["c"] = "z"
k["c"]["max-age"] = 5
print(k, sorted((n, m.value) for n, m in k.items()), mimetypes.guess_type("a.tar.gz"), mimetypes.guess_extension("text/html"))

m = MIMEMultipart("alternative", boundary="BOUND")
m["Subject"], m["From"], m["To"] = "Grüße", "A <a@x.org>", "b@y.org"
m.attach(MIMEText("plain ü", "plain", "utf-8"))
m.attach(MIMEText("<b>html</b>", "html"))
print(m.as_string())
p = email.message_from_string(m.as_string(), policy=email.policy.default)
print(p["subject"], p.get_body(("plain",)).get_content(), [x.get_content_type() for x in p.walk()], p["to"].addresses[0].domain, p.is_multipart())
e = email.message.EmailMessage()
e["Subject"] = "x" * 90 + " end"
e.set_content("body\n")
e.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="f.bin")
print([a.get_filename() for a in e.iter_attachments()], e.as_bytes().count(b"\n") > 10, e["subject"] == "x" * 90 + " end")
print(email.utils.parseaddr("Joe Q <j@x>"), email.utils.formataddr(("Ä", "a@b")), email.utils.parsedate_to_datetime("Mon, 20 Nov 1995 19:12:08 -0500"), email.utils.format_datetime(email.utils.parsedate_to_datetime("Mon, 20 Nov 1995 19:12:08 -0500")), email.header.decode_header("=?utf-8?q?Gr=C3=BC=C3=9Fe?="))
try:
    e["Subject"] = "second"
except ValueError as x:
    print(x)
