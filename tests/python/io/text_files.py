"""Text files: modes, newlines, encodings, seek and tell, iteration, truncate, errors, attributes."""

import os

with open("a.txt", "w") as f: print(f.write("one\ntwo\r\nthré€\n"), f.tell() > 0, f.name, f.mode, f.encoding, f.closed, f.readable(), f.writable(), f.seekable(), f.line_buffering, f.errors, f.newlines)
print(f.closed, os.path.getsize("a.txt"))
with open("a.txt") as f: print(repr(f.read()), repr(f.read()), f.newlines)
for nl in (None, "", "\n", "\r", "\r\n"):
    with open("a.txt", newline=nl) as f: print(repr(nl), f.readlines(), f.newlines)
with open("a.txt") as f: print(f.readline(), f.readline(2), f.read(3), [l for l in f], f.readline() == "")
with open("a.txt", "a") as f: f.write("more"); f.writelines(["x", "y\n"])
with open("a.txt", "r+") as f:
    print(f.readline(), f.tell(), f.seek(0), f.write("ONE"), f.seek(0, 2) > 5, f.seek(0), repr(f.read()))
    p = f.seek(0); f.readline(); pos = f.tell(); rest = f.read(); f.seek(pos); print(f.read() == rest); f.seek(3); print(f.truncate(), f.seek(0), f.read())
with open("b.txt", "w", newline="\r\n") as f: f.write("a\nb\n")
print(open("b.txt", "rb").read(), open("b.txt", newline="").read().encode())
with open("l.txt", "w", encoding="latin-1") as f: f.write("é")
print(open("l.txt", "rb").read(), open("l.txt", encoding="latin-1").read(), ascii(open("l.txt", errors="replace").read()), ascii(open("l.txt", errors="surrogateescape").read()))
for bad in (lambda: open("l.txt").read(), lambda: open("missing.txt"), lambda: open(".", "w"), lambda: open("a.txt", "z"), lambda: open("a.txt", "rw"), lambda: open("a.txt", ""), lambda: open("a.txt", "x"), lambda: open("a.txt", "rb", encoding="utf-8"), lambda: open("a.txt", encoding="nope"), lambda: open("a.txt", newline="q"), lambda: open("a.txt", buffering=0), lambda: open(5.5), lambda: open("a\0b"), lambda: open("a.txt", "w", encoding="ascii").write("é"), lambda: f.read(), lambda: open("a.txt").write("x"), lambda: open("a.txt", "w").read(), lambda: open("a.txt").seek(1, 1), lambda: open("a.txt").seek(-1), lambda: open("a.txt", "rt+b"), lambda: open("a.txt", "r", 1, None, None, None, True, None, 5), lambda: open("a.txt", "w").write(5), lambda: open("a.txt", "w").writelines(5), lambda: open(-1), lambda: open("a.txt", errors="nope").read(), lambda: open("")):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
with open("x.txt", "x") as g: g.write("new")
try:
    open("x.txt", "x")
except FileExistsError as e: print(e)
f = open("x.txt"); it = iter(f)
print(next(it), repr(f)[:20], f.fileno() > 2, f.isatty(), f.buffer.read(), f.buffer.name); f.close(); f.close()
try:
    next(it)
except ValueError as e: print(e)
with open("u.txt", "w", encoding="utf-16") as f: f.write("hé\n")
print(open("u.txt", "rb").read()[:2] in (b"\xff\xfe", b"\xfe\xff"), open("u.txt", encoding="utf-16").read())
with open("s.txt", "w", encoding="utf-8-sig") as f: f.write("bom")
print(open("s.txt", "rb").read(), open("s.txt", encoding="utf-8-sig").read(), ascii(open("s.txt").read()))
big = "".join(f"line {i} é\n" for i in range(5000))
with open("big.txt", "w") as f: f.write(big)
with open("big.txt") as f: print(sum(1 for _ in f), f.tell() == os.path.getsize("big.txt"))
with open("big.txt") as f: print(len(f.read(12345)), f.readline(), len(f.readlines(1000)), f.read() == big[f.tell() if False else 0:][-0:] if False else "-")
with open("big.txt") as f:
    for i, line in enumerate(f):
        if i == 4999: print(line, end="")
fd = os.open("fd.txt", os.O_CREAT | os.O_RDWR); f = os.fdopen(fd, "w+"); f.write("via fd"); f.seek(0); print(f.read(), f.fileno() == fd); f.close()
with open("c.txt", "w") as f: f.write("a" * 10); f.flush(); print(os.path.getsize("c.txt"), f.truncate(3)); 
print(open("c.txt").read()[:3])
def opener(path, flags): return os.open(path, flags | os.O_CREAT, 0o600)
with open("o.txt", "w", opener=opener) as f: f.write("x")
print(oct(os.stat("o.txt").st_mode & 0o777), [os.unlink(n) for n in sorted(os.listdir())][:1], os.listdir())
