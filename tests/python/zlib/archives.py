"""gzip files, a zip archive, a streaming line reader over compressed pieces, and threads that compress at the same time."""

import gzip
import io
import struct
import threading
import zipfile
import zlib

text = "".join(f"{i:05d} {'abcdefgh'[i % 8] * (i % 23)} Zeile über {i * i % 1009}\n" for i in range(4000))
data = text.encode()

with gzip.open("log.gz", "wt", encoding="utf-8", compresslevel=6) as f:
    for line in text.splitlines(keepends=True)[:2000]: f.write(line)
with gzip.open("log.gz", "at", encoding="utf-8") as f:
    f.writelines(text.splitlines(keepends=True)[2000:])
with gzip.open("log.gz", "rt", encoding="utf-8") as f:
    first = [next(f) for _ in range(3)]
    print(first, f.read() == "".join(text.splitlines(keepends=True)[3:]))
with gzip.open("log.gz") as f:
    f.seek(50_000)
    print(f.read(20), f.tell(), f.seek(10), f.readline())
with gzip.GzipFile(fileobj=io.BytesIO(), mode="wb", filename="n", mtime=12345) as f:
    f.write(data)
    raw = f.fileobj.getvalue()
    f.close()
packed = gzip.compress(data, 9, mtime=0)
print(struct.unpack("<HBBIBB", packed[:10]), struct.unpack("<II", packed[-8:]) == (zlib.crc32(data), len(data)), len(packed), zlib.crc32(packed))

with zipfile.ZipFile("a.zip", "w") as z:
    for name, kind in (("stored.txt", zipfile.ZIP_STORED), ("deflated.txt", zipfile.ZIP_DEFLATED)):
        info = zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6))
        info.compress_type = kind
        z.writestr(info, text)
    z.comment = b"made by a test"
with zipfile.ZipFile("a.zip") as z:
    print(z.namelist(), z.comment, z.testzip(), [(i.filename, i.file_size, i.compress_size, hex(i.CRC)) for i in z.infolist()])
    with z.open("deflated.txt") as f:
        print(f.readline(), len(f.read()), z.read("stored.txt") == data)
try: zipfile.ZipFile(io.BytesIO(b"no zip"))
except zipfile.BadZipFile as e: print(e)

def lines(pieces):
    d, rest = zlib.decompressobj(wbits=31), b""
    for piece in pieces:
        rest += d.decompress(piece)
        *whole, rest = rest.split(b"\n")
        yield from whole
    assert d.eof and not rest
print(sum(len(line) for line in lines(packed[i:i + 333] for i in range(0, len(packed), 333))), sum(map(len, data.split(b"\n"))))

bomb, d, sizes = zlib.compress(b"\0" * 3_000_000), zlib.decompressobj(), []
piece = bomb
while not d.eof:
    sizes.append(len(d.decompress(piece, 400_000)))
    piece = d.unconsumed_tail
print(len(bomb), sizes)

for level in (0, 1, 6, 9):
    c = zlib.compressobj(level, zlib.DEFLATED, -15, 9, zlib.Z_FILTERED, data[:3000])
    out = c.compress(data) + c.flush()
    print(level, len(out), zlib.crc32(out), zlib.decompressobj(-15, data[:3000]).decompress(out) == data)

results, shared, lock = {}, zlib.compressobj(), threading.Lock()
pieces = []
def work(k):
    part = data[k * 5000:] * 3
    results[k] = zlib.crc32(zlib.compress(part, k % 9 + 1)), zlib.decompress(zlib.compress(part)) == part
    for _ in range(20):
        with lock: pieces.append(shared.compress(b"same bytes from everyone " * 100))
threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
for t in threads: t.start()
for t in threads: t.join()
pieces.append(shared.flush())
print(sorted(results.items()), zlib.decompress(b"".join(pieces)) == b"same bytes from everyone " * 12000)
