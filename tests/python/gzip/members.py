# gzip, bz2 and lzma files: members, headers, seeking, appending, text, buffers, threads with files of their own, damage, the command line.
import bz2
import gzip
import io
import lzma
import os
import struct
import subprocess
import sys
import threading
import zlib

DATA = b"".join(b"line %d of the file\n" % i for i in range(300))
with gzip.GzipFile("a.gz", "wb", compresslevel=9, mtime=1234567) as f:
    print(f.mode, f.name, f.writable(), f.readable(), f.seekable(), f.write(DATA[:100]), f.tell(), f.seek(150), f.write(memoryview(DATA)[150:]))
with open("a.gz", "rb") as f:
    head = f.read(20)
print(head[:4].hex(), struct.unpack("<L", head[4:8]), head[10:].split(b"\0")[0])
with gzip.open("a.gz") as f:
    print(f.read(10), f.peek(5)[:5], f.readline(), f.seek(50), f.read(3), f.seek(100), f.read(60).count(0), f.seek(-5, 1), f.tell(), f.read1(5), f.mtime, len(f.read()), f.read())
    try:
        f.seek(0, 2)
        print(f.tell())
    except ValueError as e:
        print(e)
for module, opener, name in ((gzip, gzip.open, "m.gz"), (bz2, bz2.open, "m.bz2"), (lzma, lzma.open, "m.xz")):
    for part in (b"one\n", b"two\n", b""):
        with opener(name, "ab") as f:
            f.write(part)
    with opener(name, "rt", encoding="ascii", newline="") as f:
        print(name, f.readlines(), type(f).__name__)
    with opener(name, "wt", encoding="utf-8") as f:
        f.writelines(["ünï\n", "☃\n"])
    with opener(name, "rt", encoding="utf-8") as f:
        print(f.read(2), f.tell() > 0, list(f))
    packed = module.compress(DATA)
    print(len(module.decompress(packed + packed)) == 2 * len(DATA), module.decompress(module.compress(b"")), len(packed) < len(DATA))
    raw = io.BytesIO(packed)
    with opener(raw) as f:
        total = 0
        buffer = bytearray(999)
        while n := f.readinto(buffer):
            total += n
        print(total == len(DATA), f.closed, raw.closed)
    print(f.closed, raw.closed, len(list(opener(io.BytesIO(packed)))))
    for bad in (packed[:-1], packed[:-9], packed[:30], packed[:3], b"junk" * 5, packed + b"trailing", b"", bytes([packed[0]]) + packed[1:40] + bytes([packed[40] ^ 255]) + packed[41:]):
        for read in (module.decompress, lambda b: opener(io.BytesIO(b)).read()):
            try:
                print(len(read(bad)), end=" ")
            except Exception as e:
                print(type(e).__name__, e, end=" ")
        print()
    for wrong in (lambda: opener(name, "z"), lambda: opener(name, "rbt"), lambda: opener(name, "rb", encoding="x"), lambda: opener(5.5), lambda: opener("absent.gz"), lambda: opener(name, "xb"), lambda: opener(name, "wb").read(), lambda: opener(name, "rb").write(b"x"), lambda: f.read(), lambda: opener(name, "wb").write("text"), lambda: module.compress("text"), lambda: module.decompress(5), lambda: opener(name, "rb", newline="\n"), lambda: opener(name, "wb", 99)):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, e)
member = gzip.compress(b"abc", 1, mtime=7)
print(member[:10].hex(), gzip.compress(b"abc", mtime=0) == gzip.compress(b"abc", mtime=0), zlib.decompress(member, 31), zlib.decompressobj(31).decompress(member + member), gzip.BadGzipFile.__mro__[1].__name__)
flagged = b"\x1f\x8b\x08\x1f" + struct.pack("<L", 5) + b"\0\3" + struct.pack("<H", 4) + b"xtra" + b"name.txt\0" + b"comment\0" + b"\0\0" + member[10:]
print(gzip.decompress(flagged), gzip.GzipFile(fileobj=io.BytesIO(flagged)).read(), gzip.decompress(member + b"\0" * 20 + member))
results, guard = {}, threading.Lock()


def work(n):
    name = f"thread{n}.gz"
    with gzip.open(name, "wb", compresslevel=n + 1) as f:
        for i in range(200):
            f.write(b"%d:%d\n" % (n, i))
    with gzip.open(name) as f:
        lines = f.readlines()
    with guard:
        results[n] = (len(lines), lines[-1])


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results.items()))
with open("plain", "wb") as f:
    f.write(DATA)
for args in (["plain"], ["-d", "plain.gz"], ["-d", "plain"], ["--fast", "--best", "plain"], ["absent"]):
    r = subprocess.run([sys.executable, "-m", "gzip", *args], capture_output=True, text=True)
    print(args, r.returncode, r.stdout, r.stderr.splitlines()[-1:], os.path.exists("plain.gz"))
