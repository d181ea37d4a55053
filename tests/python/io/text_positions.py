# tell() and seek() of text streams at every character, for codecs with and without state, all newline modes and small chunks; byte order marks
# where streams are appended to.
import codecs
import io
import os

TEXT = "A\r\nBB\rC\n\r\r\n\u00e9\u20ac\U0001f600x\r"


def positions(data, encoding, newline, chunk, errors="strict"):
    def fresh():
        f = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=newline, errors=errors)
        f._CHUNK_SIZE = chunk
        return f
    f = fresh()
    whole = f.read()
    f = fresh()
    cookies = [f.tell()]
    while f.read(1):
        cookies.append(f.tell())
    bad = []
    for i, cookie in enumerate(cookies):
        f.seek(cookie)
        if f.tell() != cookie or f.read() != whole[i:]:
            bad.append(i)
        g = fresh()
        g.seek(cookie)
        if g.read(2) != whole[i:i + 2]:
            bad.append(~i)
    return len(cookies), len(whole), bad


for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-7", "unicode_escape", "raw_unicode_escape"):
    for newline in (None, "", "\n", "\r\n"):
        for chunk in (1, 2, 3, 4, 7, 8192):
            print(encoding, repr(newline), chunk, *positions(TEXT.encode(encoding), encoding, newline, chunk))
for encoding in ("ascii", "latin-1", "cp1252"):
    for newline in (None, ""):
        for chunk in (1, 4, 5):
            print(encoding, repr(newline), chunk, *positions(b"AAA\r\nBBB\rCCC\r\nDDD\nEEE\r\n", encoding, newline, chunk))
for errors in ("replace", "ignore", "surrogateescape", "backslashreplace"):
    for chunk in (3, 8192):
        print(errors, chunk, positions(b"a\xffb\xe2\x82c\r\nd\xe2\x82\xac\xc3e", "utf-8", None, chunk, errors)[:2])

f = io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16")), encoding="utf-16")
print([(f.read(1), f.tell()) for i in range(4)])

for enc in ("utf-8-sig", "utf-16", "utf-32"):
    with open("x", "w", encoding=enc) as f:
        f.write("aaa")
        pos = f.tell()
    print(open("x", "rb").read())
    with open("x", "a", encoding=enc) as f:
        f.write("xxx")
    print(open("x", "rb").read() == "aaaxxx".encode(enc))
    with open("x", "r+", encoding=enc) as f:
        f.seek(pos)
        f.write("zzz")
        f.seek(0)
        f.write("bbb")
    print(open("x", "rb").read() == "bbbzzz".encode(enc))
    with open("x", "a", encoding=enc) as f:
        f.seek(0)
        f.seek(0, 2)
        f.write("yyy")
    print(open("x", "rb").read() == "bbbzzzyyy".encode(enc))
    raw = io.BytesIO()
    t = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
    t.write("foo\n")
    t.reconfigure(encoding=enc)
    t.write("\u00e9\n")
    t.flush()
    print(raw.getvalue())
os.remove("x")

b = io.BytesIO()
t = io.TextIOWrapper(b, encoding="ascii")
t.write("x")
print(t.detach() is b, repr(t), t.encoding, t.errors, t.line_buffering, b.getvalue())
for f in (t.fileno, t.detach, t.read, lambda: t.newlines):
    try:
        print(f())
    except ValueError as e:
        print(e)
