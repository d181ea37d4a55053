# Buffered streams: readinto1 after a peek, __init__ that fails, readinto() of a raw stream that returns nonsense, writes during close().
import io
import threading


class Raw(io.RawIOBase):
    def __init__(self, *pieces):
        self.pieces = list(pieces)
        self.reads = 0

    def readable(self):
        return True

    def readinto(self, b):
        self.reads += 1
        piece = self.pieces.pop(0) if self.pieces else b""
        b[:len(piece)] = piece
        return len(piece)


for size in (2, 6, 12, 20, 21, 40):
    raw = Raw(b"abc", b"de", b"fgh", b"jkl")
    f = io.BufferedReader(raw, 10)
    print(size, f.peek(3), raw.reads, end=" ")
    for i in range(4):
        b = bytearray(size)
        print(f.readinto1(b), bytes(b).rstrip(b"\0"), raw.reads, end=" ")
    print()
for cls in (io.BufferedReader, io.BufferedWriter, io.BufferedRandom):
    for size in (0, -1, "x"):
        f = cls(io.BytesIO(b"abc"))
        for use in (lambda: f.__init__(io.BytesIO(), buffer_size=size), lambda: f.write(b"x") if cls is io.BufferedWriter else f.read()):
            try:
                print(use())
            except (ValueError, TypeError) as e:
                print(type(e).__name__, e)
        f.__init__(io.BytesIO(b"abc"))
        print(f.readable(), f.tell())


class Nonsense(Raw):
    def readinto(self, b):
        return b"abc"


class TooMany(Raw):
    def readinto(self, b):
        return len(b) + 1


for raw in (Nonsense(), TooMany()):
    for read in (io.BufferedReader(raw).readline, lambda: io.BufferedReader(raw).read(3)):
        try:
            print(read())
        except OSError as e:
            print(e, repr(e.__cause__))


class SlowClose(io.RawIOBase):
    def __init__(self):
        self.closing, self.go_on = threading.Event(), threading.Event()

    def writable(self):
        return True

    def write(self, b):
        return len(b)

    def flush(self):
        self.closing.set()
        self.go_on.wait(0.2)


raw = SlowClose()
f = io.BufferedWriter(raw, 8)
thread = threading.Thread(target=f.close)
thread.start()
raw.closing.wait()
try:
    print(f.write(b"spam"))
except ValueError as e:
    print(e)
print(f.closed)
raw.go_on.set()
thread.join()
