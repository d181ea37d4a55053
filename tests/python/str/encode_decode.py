"""str.encode and bytes.decode with the common codecs and error handlers."""

s = "h\u00e9llo \u20ac \U0001F600"
for codec in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-8-sig", "unicode_escape", "raw_unicode_escape", "utf-7"):
    raw = s.encode(codec)
    print(codec, raw, raw.decode(codec) == s)
for codec in ("ascii", "latin-1"):
    for errors in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace"):
        try:
            print(codec, errors, s.encode(codec, errors))
        except UnicodeEncodeError as error:
            print(error, error.encoding, error.start, error.end, error.object == s, error.reason)
bad = [b"abc\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xc0\x80", b"a\x80\x80b", b"\xf5\x80\x80\x80", b"\xe2(\xa1"]
for raw in bad:
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        print(error, error.start, error.end)
    print(ascii(raw.decode("utf-8", "replace")), raw.decode("utf-8", "ignore"), raw.decode("utf-8", "backslashreplace"), ascii(raw.decode("utf-8", "surrogateescape")))
    assert raw.decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape") == raw
print(b"\xed\xa0\x80".decode("utf-8", "surrogatepass") == "\ud800", "\ud800".encode("utf-8", "surrogatepass"))
for call in (lambda: "\ud800".encode("utf-8"), lambda: "x".encode("no-such-codec"), lambda: b"x".decode("nope"), lambda: "\u20ac".encode("ascii", "no-handler"), lambda: "x".encode(5), lambda: b"\xff\xfe\x00".decode("utf-16"), lambda: b"\x80".decode("ascii"), lambda: "\u0100".encode("latin-1"), lambda: str(b"x", 5), lambda: str("x", "utf-8"), lambda: b"\\x4".decode("unicode_escape")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(str(b"abc", "ascii"), str(b"\xc3\xa9", encoding="utf-8"), str(b"x", errors="ignore"), str(object=5), str(b"abc"), "ABC".encode("UTF_8"), "x".encode("Latin1"), b"\\u20ac\\n".decode("unicode_escape"))
print("".encode(), b"".decode(), "a\x00b".encode(), b"\xef\xbb\xbfx".decode("utf-8-sig"), ascii(b"\xef\xbb\xbfx".decode()))
