# urllib.parse: addresses taken apart, joined, quoted, queries read and written, in str and bytes; robots.txt rules.
import urllib.parse as up
import urllib.robotparser
import urllib.error
import io

URLS = ["http://user:pa%20ss@host.example:8042/over/there;p=1?name=ferret&x=#nose", "//net.loc/path", "mailto:a@b?subject=x", "file:///etc/passwd", "http://[::1]:80/x", "http://[v1.x:y]/", "HTTP://HOST/", "path/only?q", "?q=1", "#frag", "", "http:", "http://", "http://h:port/", "http://h:99999/", "http://h:/", "scheme+x-1.2:rest", "1http://x", "http://a@b@c/", "tel:+1-816-555", "javascript:alert(1)//x", "http://é.example/ü?ß", "ht\ntp://a\tb/c\r\n", "  http://lead", "http://h/;a;b;c", "http://[::1", "http://]/", "http://h\u2100/", "http://[1.2.3.4]/", "sip:user@h;p=1", "x:1/2"]
for url in URLS:
    try:
        s, p = up.urlsplit(url), up.urlparse(url)
        try:
            port = s.port
        except ValueError as e:
            port = e
        print(repr(url), tuple(s), p.params, s.username, s.password, s.hostname, port, s.geturl() == url, up.urlunparse(p), up.urldefrag(url))
    except ValueError as e:
        print(repr(url), "ValueError", e)
BASE = "http://a/b/c/d;p?q"
for ref in ("g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", "g?y#s", ";x", "g;x", "", ".", "./", "..", "../", "../g", "../..", "../../g", "../../../g", "/./g", "/../g", "g.", "..g", "./../g", "./g/.", "g/./h", "g;x=1/../y", "g?y/../x", "http:g", "http:", "//", "a//b/..", "../../../../../x"):
    print(ref, up.urljoin(BASE, ref), up.urljoin(BASE.encode(), ref.encode()))
print(up.urljoin("file:///a/b", "c"), up.urljoin("x:a", "b"), up.urljoin("", "b"), up.urljoin("a", ""), up.urljoin("http://h", "p"), up.urljoin("http://h/a/", "../../b"), up.urljoin("a/b/c", "../d", allow_fragments=False), up.urljoin("mailto:x", "y"))
for text in ("abc /~._-", "ü&=?#%+", "a b", "\x00\x7f", b"\xff \xfe", "☃𝄞", "100%", ""):
    print(repr(text), up.quote(text), up.quote_plus(text), up.quote(text, safe=""), up.quote(text, safe="ü%&") if isinstance(text, str) else up.quote_from_bytes(text), up.unquote(up.quote(text)) == text, up.unquote_to_bytes(up.quote(text)))
print(up.quote("é", encoding="latin-1"), up.quote("\udc80", errors="replace"), up.quote("☃", encoding="ascii", errors="xmlcharrefreplace"), up.unquote("%E9", "latin-1"), up.unquote("%ff%C3%BC%zz%"), up.unquote("a+b"), up.unquote_plus("a+b%2B"), up.unquote("%C3", errors="ignore"), up.unquote(b"%41"), up.unquote_to_bytes("é%41"), up.quote("x/y", "/"), up.quote_plus("a/b c", safe="/"))
for query in ("a=1&b=2&a=3", "a=&b", "a=%20+x&%C3%BC=ß", "a;b=1", "=x", "&&", "a=1=2", "a[0]=x&a[1]=y", "", "a=%ff"):
    print(query, up.parse_qs(query), up.parse_qsl(query, keep_blank_values=True), up.parse_qsl(query, separator=";"))
print(up.parse_qs(b"a=1&b=%41"), up.parse_qs("a=1&b=2", encoding="latin-1"), up.urlencode({"a": 1, "b": [1, 2], "c d": "é&"}), up.urlencode({"b": [1, "x y"], "e": ()}, doseq=True), up.urlencode([("a", b"\xff"), ("a", None)]), up.urlencode({"a": "x/y z"}, safe="/", quote_via=up.quote), up.urlencode({"é": "ü"}, encoding="latin-1"), up.urlencode([]))
r = up.urlsplit("http://u:p@h:1/p?q#f")
print(r._replace(netloc="new", query=""), r._replace(scheme="https").geturl(), r.encode(), r.encode().decode() == r, repr(r), r._asdict()["path"], up.urlparse(b"http://h/p").hostname, up.urlsplit("h", scheme="x"), up.urlsplit("a#b", allow_fragments=False), up.SplitResult("s", "n", "p", "q", "f").geturl(), up.urlunsplit(("", "", "p", "", "f")), up.urldefrag("a#b").fragment)
for wrong in (lambda: up.urlsplit(5), lambda: up.urljoin("a", b"b"), lambda: up.quote(5), lambda: up.quote(b"x", encoding="utf-8"), lambda: up.quote("x", safe=5), lambda: up.unquote(5), lambda: up.parse_qsl("a", strict_parsing=True), lambda: up.parse_qsl("a=1&b=2", max_num_fields=1), lambda: up.parse_qsl("a", separator=""), lambda: up.urlencode(5), lambda: up.urlencode("ab"), lambda: up.urlunsplit(("a", b"b", "", "", "")), lambda: up.urlunparse((1, 2)), lambda: up.quote_from_bytes("x"), lambda: up.urlparse("http://h").port.x,
              lambda: up.quote("\udc80"), lambda: up.unquote_to_bytes(5), lambda: up.urlsplit("a", scheme=b"x")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
robots = urllib.robotparser.RobotFileParser("http://h/robots.txt")
robots.parse("User-agent: fig*\nDisallow: /tmp\nAllow: /tmp/ok # c\n\nUser-agent: slow\nCrawl-delay: 5\nRequest-rate: 3/15\nDisallow: /%7Ejoe/\n\nUser-agent: *\nDisallow: /private\nSitemap: http://h/s.xml\nbad line\n".splitlines())
for agent, path in (("Figtree/1", "/tmp"), ("fig", "/tmp/ok"), ("slow", "/~joe/x"), ("any", "/private/x"), ("any", "/public"), ("slow", "/private")):
    print(agent, path, robots.can_fetch(agent, "http://h" + path))
print(robots.crawl_delay("slow"), robots.request_rate("slow"), robots.crawl_delay("any"), robots.site_maps(), robots.mtime() > 0, str(robots).splitlines()[:3], urllib.robotparser.RobotFileParser().can_fetch("x", "/"))
print(urllib.error.URLError("why"), urllib.error.HTTPError("u", 404, "gone", {}, io.BytesIO(b"body")), repr(urllib.error.HTTPError("u", 500, "m", {"h": 1}, None)), urllib.error.ContentTooShortError("short", b"x").content)
