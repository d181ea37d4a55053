"""StringIO, TextIOWrapper over BytesIO, incremental newline decoding, reconfigure, detach."""

import io

s = io.StringIO("one\ntwo\n")
print(s.read(2), s.tell(), s.readline(), s.read(), s.seek(0), s.write("ONE"), s.getvalue(), s.seek(0, 2), s.write("end"), s.getvalue(), s.truncate(4), repr(s.getvalue()), s.closed, s.readable(), s.encoding, s.newlines, s.line_buffering)
print(io.StringIO("a\r\nb\rc\n").read().encode(), io.StringIO("a\r\nb", newline=None).read().encode(), io.StringIO("a\nb", newline="\r\n").getvalue().encode(), list(io.StringIO("a\rb", newline="")), io.StringIO().getvalue() == "", list(io.StringIO("x\ny")), io.StringIO("q").readlines(), io.StringIO("é€😀").read(2))
for bad in (lambda: io.StringIO(5), lambda: io.StringIO(b"x"), lambda: io.StringIO("a").write(b"x"), lambda: io.StringIO("a").seek(-1), lambda: io.StringIO("a").seek(1, 1), lambda: io.StringIO("a", newline="x"), lambda: io.StringIO("a").fileno(), lambda: io.StringIO("a").truncate(-1), lambda: io.StringIO().read("x"), lambda: s.detach(), lambda: io.StringIO("a").writelines(5)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
s.close()
for f in (s.read, s.getvalue, lambda: s.write("x"), s.tell):
    try:
        f()
    except ValueError as e: print(e)
s = io.StringIO(); s.seek(3); s.write("x"); print(repr(s.getvalue())); print("printed", 5, file=s); print(repr(s.getvalue()))
raw = io.BytesIO(); t = io.TextIOWrapper(raw, encoding="utf-8", newline="\r\n", write_through=True)
t.write("é\n"); print(raw.getvalue(), t.encoding, t.buffer is raw, t.write_through); t.reconfigure(newline="\n", line_buffering=True); t.write("b\n"); print(raw.getvalue()); print(t.detach() is raw, raw.getvalue())
try:
    t.write("x")
except ValueError as e: print(e)
t = io.TextIOWrapper(io.BytesIO("αβγ\nδ\r\nε".encode()), encoding="utf-8")
print(t.read(2), t.tell() > 0, t.readline(), t.readlines(), t.newlines); t.seek(0); c = []
while ch := t.read(1): c.append((ch, t.tell() > 0))
print(len(c), [x for x, _ in c])
t.seek(0); t.read(3); cookie = t.tell(); rest = t.read(); t.seek(cookie); print(t.read() == rest)
t = io.TextIOWrapper(io.BytesIO(b"\xff\xfea\x00b\x00"), encoding="utf-16"); print(t.read()); t.seek(0); print(t.read())
t = io.TextIOWrapper(io.BytesIO(b"ok\xffbad"), encoding="utf-8", errors="strict")
try:
    t.read()
except UnicodeDecodeError as e: print(e)
print(io.TextIOWrapper(io.BytesIO(b"ok\xffbad"), encoding="utf-8", errors="backslashreplace").read(), io.TextIOWrapper(io.BytesIO(b"x"), encoding="ascii").errors)
d = io.IncrementalNewlineDecoder(None, translate=True); print([d.decode(x) for x in ("a\r", "\nb\r", "c", "\r")], d.decode("", final=True), d.newlines)
class Own(io.TextIOBase):
    def __init__(self): self.out = []
    def write(self, s): self.out.append(s); return len(s)
o = Own(); print("a", "b", file=o); print(o.out, o.readable(), o.closed, isinstance(o, io.IOBase))
for f in (o.read, o.readline, o.detach, o.fileno, o.seek):
    try:
        f() if f is not o.seek else f(0)
    except (io.UnsupportedOperation, TypeError) as e: print(type(e).__name__, e)
class Lines(io.IOBase):
    def __init__(self): self.l = iter([b"x\n", b"y\n", b""])
    def readline(self, n=-1): return next(self.l)
print(list(Lines()), Lines().readlines())
with io.StringIO("ctx") as c: print(c.read())
print(c.closed, io.DEFAULT_BUFFER_SIZE, issubclass(io.UnsupportedOperation, (OSError, ValueError)), io.SEEK_END, io.BlockingIOError is BlockingIOError, io.open is open, io.text_encoding(None), io.text_encoding("x"))
big = io.StringIO()
for i in range(10000): big.write(f"{i},")
print(len(big.getvalue()), big.getvalue()[-12:], sum(1 for _ in io.StringIO("l\n" * 5000)))
