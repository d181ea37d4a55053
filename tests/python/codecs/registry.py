"""codecs: lookup, getencoder, incremental coders, stream readers, BOMs, error handlers, escape codecs, rot13."""

import codecs
import io

for n in ("utf-8", "UTF8", "latin-1", "ascii", "utf_16_le", "cp1252", "iso8859-15", "utf-7", "idna" if False else "punycode", "rot13", "unicode_escape", "raw-unicode-escape", "charmap"):
    i = codecs.lookup(n); print(n, i.name, type(i).__name__, len(i), i._is_text_encoding)
print(codecs.encode("abc", "rot13"), codecs.decode("nop", "rot_13"), codecs.encode("é", "utf-8"), codecs.decode(b"\xc3\xa9"), codecs.getencoder("ascii")("x"), codecs.getdecoder("latin-1")(b"\xe9"), codecs.ascii_encode("a"), codecs.utf_8_decode(b"\xc3", "strict", False), codecs.escape_decode(rb"a\n\x41\101"), codecs.unicode_escape_decode(r"\u20ac"), codecs.latin_1_encode("é"), codecs.utf_16_be_encode("a"), codecs.charmap_encode("ab", "strict", {97: 65, 98: b"Z"}), codecs.charmap_decode(b"\x00\x01", "strict", "xy"), codecs.charmap_build("abc") is not None, codecs.readbuffer_encode(b"q"))
print(codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, "€".encode("cp1252"), b"\x80".decode("cp1252"), "€".encode("iso8859-15"), "ü".encode("cp437"), b"\xfc".decode("cp1251"), "münchen".encode("punycode"), b"mnchen-3ya".decode("punycode"), "Ж".encode("koi8-r"), "+AGE-".encode().decode("utf-7"), "a+b".encode("utf-7"))
for bad in (lambda: codecs.lookup("nope"), lambda: codecs.lookup(5), lambda: codecs.encode("x", "rot13", "bad") and "".encode("rot13"), lambda: b"x".decode("rot13"), lambda: codecs.decode(b"\xff", "utf-8"), lambda: codecs.encode("€", "latin-1"), lambda: codecs.encode("\x81", "cp1252"), lambda: b"\x81".decode("cp1252"), lambda: codecs.lookup_error("nope"), lambda: codecs.register(5), lambda: codecs.register_error("x", 5), lambda: codecs.charmap_decode(b"\x05", "strict", "ab"), lambda: codecs.encode(5, "utf-8"), lambda: codecs.decode("s", "utf-8"), lambda: codecs.escape_decode(rb"\x1"), lambda: b"\\x1".decode("unicode_escape"), lambda: b"+2-".decode("utf-7"), lambda: codecs.utf_8_decode("s")):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
codecs.register_error("stars", lambda e: ("*" * (e.end - e.start), e.end)); codecs.register_error("skip2", lambda e: ("<>", e.end + 1)); codecs.register_error("bytes", lambda e: (b"?!", e.end))
print("a€b€€c".encode("ascii", "stars"), b"a\xff\xfeb".decode("utf-8", "stars"), "a€bcd".encode("ascii", "skip2"), "a€".encode("ascii", "bytes"), codecs.lookup_error("stars") is not None, codecs.strict_errors, "x€".encode("ascii", "xmlcharrefreplace"))
for h in (lambda e: 5, lambda e: ("x",), lambda e: ("x", "y"), lambda e: ("€", e.end), lambda e: ("x", 1000), lambda e: 1 / 0, lambda e: ("", -1)):
    codecs.register_error("bad", h)
    try:
        print("a€b".encode("ascii", "bad"))
    except Exception as e: print(type(e).__name__, e)
d = codecs.getincrementaldecoder("utf-8")(); print([d.decode(bytes([b])) for b in "é€😀a".encode()], d.getstate()); d.decode(b"\xe2")
try:
    d.decode(b"", True)
except UnicodeDecodeError as e: print(e)
d.reset(); e = codecs.getincrementalencoder("utf-16")(); print(e.encode("a")[-2:], e.encode("b"), len(list(codecs.iterencode(["é", "b"], "utf-8"))), "".join(codecs.iterdecode([b"\xc3", b"\xa9"], "utf-8")))
def search(name): return codecs.CodecInfo(lambda s, e="strict": (s[::-1].encode(), len(s)), lambda b, e="strict": (bytes(b).decode()[::-1], len(b)), name="rev") if name == "rev" else None
codecs.register(search); print("abc".encode("rev"), b"abc".decode("rev"), codecs.lookup("rev").name); codecs.unregister(search)
try:
    "x".encode("rev2")
except LookupError as e: print(e)
w = codecs.getwriter("utf-8")(b := io.BytesIO()); w.write("é"); w.writelines(["a", "b"]); r = codecs.getreader("utf-8")(io.BytesIO("é\nline2\n".encode())); print(b.getvalue(), r.readline(), r.read(), codecs.EncodedFile(io.BytesIO("é".encode("latin-1")), "utf-8", "latin-1").read())
with codecs.open("c.txt", "w", "utf-16") as f: f.write("hé")
print(codecs.open("c.txt", encoding="utf-16").read(), codecs.StreamReaderWriter is not None)
