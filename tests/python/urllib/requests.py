# urllib.request over the loopback: redirects, errors, authentication, cookies, posts, ranges, data and file addresses, proxies, own handlers.
import base64
import http.cookiejar
import http.server
import io
import json
import os
import threading
import urllib.error
import urllib.parse
import urllib.request


class Site(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = []

    def log_message(self, *args): pass

    def reply(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        self.seen.append(f"{self.command} {self.path}")
        if path == "/moved":
            self.reply(302, Location="/final?from=moved")
        elif path == "/loop":
            self.reply(302, Location="/loop")
        elif path == "/evil":
            self.reply(302, Location="file:///etc/passwd")
        elif path == "/missing":
            self.reply(404, b"no such page", X_Why="gone")
        elif path == "/secret":
            want = "Basic " + base64.b64encode(b"user:pass").decode()
            self.reply(200, b"welcome") if self.headers.get("Authorization") == want else self.reply(401, b"who?", WWW_Authenticate='Basic realm="vault"')
        elif path == "/cookie":
            self.reply(200, (self.headers.get("Cookie") or "none").encode(), Set_Cookie="visits=1; Path=/")
        elif path == "/headers":
            self.reply(200, json.dumps({k: v for k, v in sorted(self.headers.items()) if k not in ("Host",)}).encode(), Content_Type="application/json; charset=utf-8")
        elif path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"only this")
            self.close_connection = True
        elif path.startswith("/files/"):
            self.path = path[6:]
            super().do_GET()
        else:
            self.reply(200, f"{self.command} {self.path}".encode(), X_A="1")

    do_HEAD = do_GET

    def do_POST(self):
        self.seen.append(f"{self.command} {self.path}")
        body = self.rfile.read(int(self.headers["Content-Length"])) if "Content-Length" in self.headers else b"".join(self.chunks())
        if self.path == "/moved":
            return self.reply(303, Location="/final")
        self.reply(201, self.command.encode() + b" " + str(self.headers["Content-Type"]).encode() + b" " + body)

    do_PUT = do_DELETE = do_POST

    def chunks(self):
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()


os.mkdir("folder")
with open("folder/page.html", "w") as f:
    f.write("<p>page</p>")
with open("blob.bin", "wb") as f:
    f.write(bytes(range(256)))
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
thread = threading.Thread(target=server.serve_forever, args=(0.01,))
thread.start()
base = f"http://127.0.0.1:{server.server_port}"


def hide(text):
    return str(text).replace(str(server.server_port), "PORT")


def get(url, opener=urllib.request.build_opener(urllib.request.ProxyHandler({})), **kw):
    try:
        with opener.open(urllib.request.Request(url if ":" in url.split("/")[0] else base + url, **kw), timeout=20) as r:
            data = r.read()
            print(url, sorted(kw), r.status, hide(r.geturl()), r.headers.get_content_type(), len(data), hide(data[:90]))
    except urllib.error.HTTPError as e:
        print(url, "HTTPError", e.code, e.reason, hide(e), e.headers.get("X-Why"), e.read()[:30])
    except (urllib.error.URLError, ValueError, TypeError, OSError) as e:
        print(url, type(e).__name__, hide(e))


class Upper(urllib.request.BaseHandler):
    handler_order = 900

    def http_request(self, request):
        request.add_header("X-Seen", "yes")
        return request

    def shout_open(self, request):
        return urllib.response.addinfourl(io.BytesIO(request.selector.upper().encode()), {}, request.full_url, 299)


def main():
    get("/plain?q=1#fragment")
    get("/moved")
    get("/loop")
    get("/evil")
    get("/missing")
    get("/x", method="HEAD")
    get("/form", data=urllib.parse.urlencode({"a": 1, "b": "é"}).encode())
    get("/put", data=b"{}", method="PUT", headers={"Content-Type": "application/json"})
    get("/chunked", data=iter([b"one", b"two"]), method="POST")
    get("/file", data=io.BytesIO(b"from a file"), headers={"content-length": "11"})
    get("/moved", data=b"x")
    get("/text", data="text")
    get("/headers", headers={"x-custom": "v", "User-agent": "me"})
    get("/files/folder/page.html")
    get("/files/folder")
    get("/files/blob.bin")
    get("/files/none")
    get("/files/../../etc/passwd")
    get("data:text/plain;charset=latin-1;base64,Y2Fm6Q==")
    get("data:,plain%20text")
    get("file://" + os.path.abspath("blob.bin"))
    get("nope://x")
    get("http://127.0.0.1:1/")
    get("ftp:")
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(base + "/short") as r:
        try:
            r.read()
        except Exception as e:
            print(type(e).__name__, e)
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, base, "user", "pass")
    direct = urllib.request.ProxyHandler({})
    get("/secret")
    get("/secret", urllib.request.build_opener(direct, urllib.request.HTTPBasicAuthHandler(passwords)))
    wrong = urllib.request.HTTPPasswordMgr()
    wrong.add_password("vault", base, "user", "bad")
    get("/secret", urllib.request.build_opener(direct, urllib.request.HTTPBasicAuthHandler(wrong)))
    print(passwords.find_user_password("any", base + "/deep"), wrong.find_user_password("other", base))
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(direct, urllib.request.HTTPCookieProcessor(jar))
    get("/cookie", opener)
    get("/cookie", opener)
    print([(c.name, c.value) for c in jar])
    get("http://elsewhere.example/through?proxy", urllib.request.build_opener(urllib.request.ProxyHandler({"http": base})))


    opener = urllib.request.build_opener(direct, Upper)
    opener.addheaders = [("X-Default", "d")]
    get("/headers", opener)
    print(opener.open("shout:hello").read())
    urllib.request.install_opener(opener)
    hooked = []
    name, headers = urllib.request.urlretrieve(base + "/files/blob.bin", "got.bin", lambda *a: hooked.append(a))
    print(hooked)
    print(name, os.path.getsize(name), headers["Content-Length"])
    r = urllib.request.Request("http://u@h:1/p?q#f", headers={"A": "b"}, origin_req_host="o")
    r.add_unredirected_header("C", "d")
    print(r.get_method(), r.host, r.selector, r.fragment, r.type, r.full_url, r.header_items(), r.has_header("A"), r.get_header("A"), r.origin_req_host, r.unverifiable, r.has_proxy())
    print(urllib.request.pathname2url("/a b/é"), urllib.request.url2pathname("/a%20b"), urllib.request.parse_http_list('a, "b, c", d'), urllib.request.parse_keqv_list(['x="1"', "y=2"]), urllib.request.proxy_bypass_environment("h.local", {"no": ".local"}))


try:
    main()
finally:
    server.shutdown()
    thread.join()
    server.server_close()
print(sorted(set(Site.seen)))
