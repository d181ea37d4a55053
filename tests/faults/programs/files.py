# Files, text streams, directories, in-memory streams. Started afresh for every case: a fork would share the files.
# fresh
import io
import os
import sys
from _step import step

folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"weft-walk-{os.getpid()}")
os.mkdir(folder)
name = os.path.join(folder, "file.txt")


def text():
    with open(name, "w", encoding="utf-8", newline="") as f:
        for n in range(50):
            f.write(f"line {n} é\n")
        print("printed", n, file=f)
    with open(name, encoding="utf-8") as f:
        first = f.readline()
        rest = f.read()
    with open(name, encoding="utf-8") as f:
        return first, len(rest), sum(len(line) for line in f), os.path.getsize(name)


def binary():
    with open(name, "w+b") as f:
        f.write(b"abc" * 5000)
        f.seek(10)
        part = f.read(20)
        f.seek(0, 2)
        end = f.tell()
    with open(name, "rb", buffering=0) as f:
        b = bytearray(10)
        return part, end, f.readinto(b), bytes(b)


def memory():
    s = io.StringIO("one\ntwo\n")
    s.seek(0, 2)
    s.write("three")
    b = io.BytesIO()
    t = io.TextIOWrapper(b, "utf-16")
    t.write("text")
    t.flush()
    return s.getvalue().splitlines(), b.getvalue(), list(io.StringIO("a\nb"))


def errors():
    found = []
    for action in (lambda: open(os.path.join(folder, "none")), lambda: open(name, "q"), lambda: os.mkdir(folder), lambda: open(name).write("x")):
        try:
            action()
        except MemoryError:
            raise
        except Exception as e:
            found.append(type(e).__name__)
    return found


def listing():
    found = sorted(e.name for e in os.scandir(folder)), os.listdir(folder), os.path.exists(name), os.stat(name).st_size > 0
    return found


try:
    for f in (text, binary, memory, errors, listing):
        step(f)
finally:
    try:
        os.remove(name)
    finally:
        os.rmdir(folder)
sys.stdout.flush()
