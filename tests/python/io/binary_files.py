"""Binary files: raw, buffered reader, writer and random, seeking, peek, readinto, errors."""

import io
import os

with open("b.bin", "wb") as f: print(type(f).__name__, f.write(bytes(range(256))), f.tell(), f.write(b""), f.write(bytearray(b"ab")), f.write(memoryview(b"cd")), f.name, f.mode)
with open("b.bin", "rb") as f:
    print(type(f).__name__, f.read(4), f.tell(), f.seek(100), f.read(2), f.seek(-2, 2), f.read(), f.read(1), f.seek(0, 1), f.peek(1) == b"", f.seek(10), f.peek(3)[:3], f.tell(), f.read1(2), f.readline()[:3] if False else "-")
    b = bytearray(5); print(f.seek(0), f.readinto(b), b, f.readinto(memoryview(b)[:2]), b, f.readinto1(b), f.raw.tell() > 0)
with open("b.bin", "r+b") as f: print(type(f).__name__, f.read(3), f.write(b"XYZ"), f.seek(0), f.read(8), f.seek(2), f.write(b"!"), f.read(2), f.truncate(5), f.seek(0), f.read())
with open("b.bin", "ab+") as f: print(f.tell(), f.write(b"end"), f.seek(0), f.read())
with open("b.bin", "rb", buffering=0) as f: print(type(f).__name__, f.read(3), f.readall(), f.read(), f.readable(), f.writable(), f.closefd, f.mode, repr(f)[:12])
with open("lines.bin", "wb") as f: f.writelines([b"one\n", b"two\r\n", b"three"])
with open("lines.bin", "rb") as f: print(f.readline(), f.readlines(), f.seek(0), list(f), f.seek(0), f.readline(2), f.read(1))
for bad in (lambda: open("b.bin", "rb").write(b"x"), lambda: open("b.bin", "wb").read(), lambda: open("lines.bin", "wb").write("text"), lambda: open("lines.bin", "rb").seek(-1), lambda: open("lines.bin", "rb").seek(0, 9), lambda: open("lines.bin", "rb").read("x"), lambda: open("lines.bin", "rb").readinto(b"ro"), lambda: open("lines.bin", "rb").read(-5), lambda: io.FileIO("nope"), lambda: io.FileIO("lines.bin", "q"), lambda: io.BufferedReader(5), lambda: io.BufferedReader(io.BytesIO(), 0), lambda: io.open("lines.bin", "rb", buffering=-5), lambda: f.read(), lambda: f.fileno(), lambda: open("lines.bin", "wb").writelines(["s"]), lambda: open(0 if False else "lines.bin", closefd=False)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
b = io.BytesIO(b"hello world")
print(b.read(5), b.tell(), b.seek(-5, 2), b.read(), b.getvalue(), b.seek(0), b.write(b"J"), b.getvalue(), b.truncate(3), b.getvalue(), b.seek(10), b.write(b"end"), b.getvalue(), bytes(b.getbuffer()[:2]), b.readable(), b.closed)
v = b.getbuffer()
try:
    b.write(b"x" * 100)
except BufferError as e: print(e)
v.release(); print(io.BytesIO(b"a\nb\n").readlines(), list(io.BytesIO(b"x\ny")), io.BytesIO().read(), io.BytesIO(b"abc").read1(2), io.BytesIO(b"q").readinto(bytearray(3)), io.BytesIO(initial_bytes=b"kw").getvalue())
r, w = os.pipe()
with open(w, "wb") as out: out.write(b"through a pipe\n" * 3)
with open(r, "rb") as inp: print(inp.readline(), inp.seekable(), inp.read())
class Raw(io.RawIOBase):
    def __init__(self): self.n = 0
    def readable(self): return True
    def readinto(self, b):
        self.n += 1
        if self.n > 3: return 0
        b[:2] = b"%d;" % self.n; return 2
print(io.BufferedReader(Raw()).read(), Raw().read(5), Raw().readall(), io.BufferedReader(Raw(), 4).read(3), io.TextIOWrapper(io.BufferedReader(Raw())).read())
class Sink(io.RawIOBase):
    def __init__(self): self.parts = []
    def writable(self): return True
    def write(self, b): self.parts.append(bytes(b)); return len(b)
s = Sink(); w = io.BufferedWriter(s, 8)
for part in (b"abc", b"def", b"ghijklmnop", b"q"): w.write(part)
print(s.parts, w.flush(), s.parts); w.close(); print(s.closed)
p = io.BufferedRWPair(io.BytesIO(b"in"), io.BytesIO()); print(p.read(), p.write(b"x"), p.readable(), p.writable())
rnd = io.BufferedRandom(io.BytesIO(b"0123456789")); print(rnd.read(3), rnd.write(b"XX"), rnd.seek(0), rnd.read(), rnd.seek(1), rnd.write(b"a"), rnd.peek(2)[:2], rnd.tell())
