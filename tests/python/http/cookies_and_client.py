# http.cookies, http.cookiejar and http.client: cookies written and read, kept in jars, and answers parsed from a scripted socket.
import http.client
import http.cookiejar
import http.cookies
import io
import pickle
import urllib.request
from http import HTTPStatus, HTTPMethod

c = http.cookies.SimpleCookie()
c["plain"] = "value"
c["quoted"] = 'a "b"; c,\\ é'
c["plain"]["path"] = "/a"
c["plain"]["max-age"] = 30
c["plain"]["secure"] = True
c["plain"]["httponly"] = ""
c["plain"]["samesite"] = "Lax"
c["number"] = 5
print(c, c.output(attrs=[], header="C:", sep="|"), c["number"].value, c["quoted"].coded_value, sep="\n")
print(c.js_output().strip(), repr(c), repr(c["plain"]), c["plain"].OutputString(["path"]))
for text in ('a=1; b="x\\073y\\"z"; Path=/p; c=3', "$Version=1; a=2; $Path=/x", "a=b; HttpOnly; Secure; d=e", "bad cookie; x=1", "x==y=", "a=1;;b=2", 'q="unclosed; r=1', "é=1", "date=1; expires=Wed, 01 Jan 2020 10:00:00 GMT; z=2", "a", "", "a=1, b=2", "[k]=v; {x}=y"):
    d = http.cookies.SimpleCookie()
    d.load(text)
    print(repr(text), {k: (m.value, {a: v for a, v in m.items() if v}) for k, m in d.items()})
d = http.cookies.SimpleCookie({"from": "dict"})
print(d["from"] == pickle.loads(pickle.dumps(d))["from"], d["from"].copy() == d["from"], d["from"].isReservedKey("Domain"), d.value_encode(1.5))
for wrong in (lambda: c.__setitem__("bad name", 1), lambda: c.__setitem__("expires", 1), lambda: c["plain"].__setitem__("odd", 1), lambda: c["plain"].set("a b", 1, 1)):
    try:
        print(wrong())
    except (http.cookies.CookieError, TypeError) as e:
        print(type(e).__name__, e)


class Answer:
    def __init__(self, *cookies):
        self.message = http.client.parse_headers(io.BytesIO("".join(f"Set-Cookie: {x}\r\n" for x in cookies).encode() + b"\r\n"))

    def info(self):
        return self.message


jar = http.cookiejar.LWPCookieJar("jar.txt", policy=http.cookiejar.DefaultCookiePolicy(blocked_domains=["blocked.net"]))
for url, *cookies in (("http://www.shop.com/cart/x", "sid=1; Path=/cart; Version=0", "lang=de; Domain=.shop.com; Expires=Wed, 01 Jan 2098 10:00:00 GMT", "evil=1; Domain=other.com", "old=1; Max-Age=0"), ("http://blocked.net/", "b=1"),
                      ("https://www.shop.com/", "safe=1; Secure", "sid=root", "dot=1; Domain=com")):
    jar.extract_cookies(Answer(*cookies), urllib.request.Request(url))
print([(k.name, k.value, k.domain, k.path, k.secure, k.discard) for k in jar])
for url in ("http://www.shop.com/cart/y", "https://www.shop.com/", "http://img.shop.com/", "http://else.com/"):
    request = urllib.request.Request(url)
    jar.add_cookie_header(request)
    print(url, request.get_header("Cookie"))
jar.save(ignore_discard=True)
again = http.cookiejar.LWPCookieJar("jar.txt")
again.load(ignore_discard=True)
print(len(again), str(again)[:20], open("jar.txt").read().splitlines()[:2])
mozilla = http.cookiejar.MozillaCookieJar("m.txt")
for cookie in jar:
    mozilla.set_cookie(cookie)
mozilla.save(ignore_discard=True)
print(open("m.txt").read().splitlines()[-4:])
jar.clear("www.shop.com", "/cart", "sid")
print(len(jar), http.cookiejar.time2netscape(0), http.cookiejar.http2time("Wed, 09 Feb 1994 22:23:32 GMT"), http.cookiejar.parse_ns_headers(["a=b; expires=09 Feb 1994 22:23:32 GMT"]), http.cookiejar.domain_match("a.b.com", ".b.com"))
for wrong in (lambda: jar.clear("none"), lambda: mozilla.load("jar.txt"), lambda: http.cookiejar.FileCookieJar().save(), lambda: again.load("absent")):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)


class Socket:
    def __init__(self, data):
        self.data = data

    def makefile(self, mode):
        return io.BytesIO(self.data)


for raw in (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nX-A: 2\r\n\r\nhello extra", b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\n", b"HTTP/1.0 404 No\r\n\r\nuntil the end", b"HTTP/1.1 204 Empty\r\nContent-Length: 9\r\n\r\n",
            b"HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 abc\r\n\r\n", b"nonsense\r\n\r\n", b"", b"HTTP/1.1 99 Low\r\n\r\n", b"HTTP/1.1 200 " + b"x" * 70000,
            b"HTTP/1.1 200 OK\r\n" + b"".join(b"h%d: v\r\n" % i for i in range(120)) + b"\r\n", b"HTTP/2.0 200 OK\r\n\r\n"):
    response = http.client.HTTPResponse(Socket(raw), method="GET")
    try:
        response.begin()
        print(response.version, response.status, response.reason, response.getheaders(), response.will_close, response.getheader("x-a"), response.read(3), response.read())
    except http.client.HTTPException as e:
        print(type(e).__name__, str(e)[:80])
connection = http.client.HTTPConnection("localhost", 1)
for wrong in (lambda: connection.putheader("a", "b"), lambda: connection.getresponse(), lambda: connection.putrequest("GET", "/a b"), lambda: connection.putrequest("G\r", "/"), lambda: http.client.HTTPConnection("h:x"), lambda: connection.endheaders()):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)
print(HTTPStatus(404), repr(HTTPStatus.IM_A_TEAPOT), HTTPStatus.OK.phrase, HTTPStatus.OK.description, HTTPMethod.PATCH, f"{HTTPMethod.GET}", http.client.responses[418])
