# wsgiref: an application behind a validator, run by handlers in memory and by a server on the loopback.
import http.client
import io
import sys
import threading
import warnings
from wsgiref import headers, handlers, simple_server, util, validate

warnings.simplefilter("error")


def application(environ, start_response):
    path = util.shift_path_info(environ) or "index"
    if path == "echo":
        size = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(size)[::-1]
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]
    if path == "parts":
        write = start_response("200 OK", [("Content-Type", "text/plain")])
        write(b"written ")
        return (word.encode() for word in ("a ", "b ", "c"))
    if path == "boom":
        raise RuntimeError("application failed")
    if path == "late":
        start_response("200 OK", [("Content-Type", "text/plain")])
        try:
            raise KeyError("inside")
        except KeyError:
            start_response("500 Oops", [("Content-Type", "text/plain")], sys.exc_info())
        return [b"mended"]
    start_response("404 Not Found", [("Content-Type", "text/plain"), ("X-Path", path)])
    return [f"no {path} in {environ['SCRIPT_NAME']}|{environ['PATH_INFO']}|{environ['QUERY_STRING']}".encode()]


def in_memory(method, path, body=b"", app=validate.validator(application)):
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), "QUERY_STRING": "q=1"}
    util.setup_testing_defaults(environ)
    out, err = io.BytesIO(), io.StringIO()
    handler = handlers.SimpleHandler(io.BytesIO(body), out, err, environ)
    handler.http_version = "1.1"
    handler.run(app)
    text = out.getvalue().decode()
    print(method, path, [line for line in text.split("\r\n") if not line.startswith("Date")], [line for line in err.getvalue().splitlines()][-1:])


in_memory("GET", "/x/y")
in_memory("POST", "/echo", b"hello")
in_memory("GET", "/parts", app=application)
in_memory("GET", "/boom")
in_memory("GET", "/late")
for broken in (lambda e, s: s("200", []) and [], lambda e, s: (s("200 OK", [("Content-Type", "text/plain")]), "text")[1], lambda e, s: (s("200 OK", [("Status", "1"), ("Content-Type", "a/b")]), [b""])[1],
               lambda e, s: (s("204 No", [("Content-Type", "a/b")]), [b""])[1], lambda e, s: None, lambda e, s: (s("200 OK", [("A\n", "b")]), [b""])[1]):
    in_memory("GET", "/", app=validate.validator(broken))

h = headers.Headers([("Set-Cookie", "a=1")])
h.add_header("Content-Disposition", "attachment", filename='b"ud.gif', size=None)
h["X"] = "1"
h.setdefault("X", "2")
h.add_header("Set-Cookie", "b=2")
print(h.get_all("set-cookie"), h["x"], h.get("none", 5), len(h), h.keys(), "content-disposition" in h, repr(str(h)), bytes(h)[:20])
del h["set-cookie"]
print(h.items(), repr(h))
print(util.guess_scheme({"HTTPS": "on"}), util.request_uri({"wsgi.url_scheme": "http", "SERVER_NAME": "h", "SERVER_PORT": "81", "SCRIPT_NAME": "/s", "PATH_INFO": "/p q", "QUERY_STRING": "a=b"}), util.is_hop_by_hop("Connection"),
      list(util.FileWrapper(io.BytesIO(b"abcdefg"), 3)), handlers.format_date_time(0))
for wrong in (lambda: headers.Headers(5), lambda: headers.Headers([]).__setitem__("a", 5), lambda: validate.validator(application)({}, None), lambda: validate.validator(application)(5)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


class Quiet(simple_server.WSGIRequestHandler):
    def log_message(self, format, *args):
        log.append(format % args)


log = []
server = simple_server.make_server("127.0.0.1", 0, validate.validator(application), handler_class=Quiet)
thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
thread.start()
for method, path, body in (("GET", "/a%20b/c?x=y", None), ("POST", "/echo", b"0123456789" * 500), ("GET", "/parts", None)):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.request(method, path, body)
    answer = connection.getresponse()
    data = answer.read()
    print(answer.status, answer.reason, answer.getheader("Content-Type"), answer.getheader("X-Path"), len(data), data[:40])
    connection.close()
server.shutdown()
thread.join()
server.server_close()
print(log)
