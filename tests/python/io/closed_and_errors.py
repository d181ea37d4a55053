"""Operations on closed files, failing writes, errors in close and flush, with statements, __del__ of file objects."""

import io
import os

class Fails(io.RawIOBase):
    def __init__(self, when): self.when, self.log = when, []
    def writable(self): return True
    def write(self, b):
        if self.when == "write": raise OSError(28, "No space left")
        self.log.append(bytes(b)); return len(b)
    def close(self):
        if self.when == "close" and not self.closed: super().close(); raise OSError("close failed")
        super().close()
def attempt(f):
    try:
        print(f())
    except Exception as e: print(type(e).__name__, e, repr(e.__context__))
w = io.BufferedWriter(Fails("write")); w.write(b"x"); attempt(w.flush); attempt(w.close); print(w.closed)
w = io.BufferedWriter(Fails("close")); w.write(b"y"); attempt(w.close); print(w.closed, w.raw.log)
t = io.TextIOWrapper(io.BufferedWriter(Fails("write"))); t.write("z"); attempt(t.flush); attempt(t.close)
f = open("f.txt", "w"); f.close()
for name in ("read", "write", "readline", "readlines", "seek", "tell", "flush", "fileno", "isatty", "truncate", "__enter__", "__iter__", "readable", "writelines"):
    m = getattr(f, name)
    attempt(lambda: m("x") if name == "write" else m(0) if name == "seek" else m(["x"]) if name == "writelines" else m())
print(f.closed, f.name, repr(f)[:20], f.close())
with open("/dev/full", "w") as full:
    full.write("x")
    attempt(full.flush)
    try: full.close()
    except OSError as e: print(e)
attempt(lambda: open("/dev/full", "wb", buffering=0).write(b"x"))
try:
    with open("/dev/full", "w") as full: full.write("lost")
except OSError as e: print("with", e)
try:
    with open("f.txt", "w") as f: f.write("kept"); raise ValueError("body")
except ValueError as e: print(e, f.closed, open("f.txt").read())
fd = os.open("f.txt", os.O_RDONLY); g = open(fd, closefd=False); print(g.read()); g.close(); print(os.read(fd, 1)); os.close(fd)
attempt(lambda: os.read(fd, 1)); attempt(lambda: open(fd))
g = open("f.txt"); os.close(g.fileno()); attempt(g.read); attempt(g.close)
class BadReadinto(io.RawIOBase):
    def readable(self): return True
    def readinto(self, b): return 10**9
attempt(lambda: io.BufferedReader(BadReadinto()).read(5))
class NotBytes(io.RawIOBase):
    def readable(self): return True
    def read(self, n=-1): return "text"
attempt(lambda: io.BufferedReader(NotBytes()).read(5)); attempt(lambda: io.TextIOWrapper(NotBytes()).read())
class Iter(io.StringIO):
    def readline(self, n=-1): return super().readline().upper()
print(list(Iter("a\nb\n")), Iter("q").read()); r, w = os.pipe(); os.close(r)
import signal; signal.signal(signal.SIGPIPE, signal.SIG_IGN); attempt(lambda: os.write(w, b"x")); os.close(w)
for m in ("r", "rb", "r+"): attempt(lambda: open("/nonexistent/x", m))
attempt(lambda: open("f.txt/x")); attempt(lambda: os.mkdir("f.txt")); attempt(lambda: io.open_code("missing"))
