"""tar archives in every compression, files appended and read by line, and threads that compress and decompress side by side."""

import bz2
import gzip
import hashlib
import io
import lzma
import os
import tarfile
import threading

os.makedirs("tree/sub/deeper")
contents = {"tree/readme.txt": "Grüße\n" * 300, "tree/sub/data.csv": "\n".join(f"{i},{i * i},{i % 7}" for i in range(3000)), "tree/sub/deeper/empty": "",
            "tree/sub/deeper/noise.bin": "".join(chr((i * i * 31 + i) % 251 + 1) for i in range(20000))}
for name, text in contents.items():
    with open(name, "w", encoding="utf-8") as f: f.write(text)
    os.utime(name, (1_600_000_000, 1_600_000_000))

def plain(info):
    info.uid = info.gid = 0
    info.uname = info.gname = "nobody"
    info.mtime, info.mode = 1_600_000_000, 0o644 if info.isfile() else 0o755
    return info
for mode in ("", "gz", "bz2", "xz"):
    path = f"backup.tar.{mode or 'plain'}"
    with tarfile.open(path, "w:" + mode, format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(contents): tar.add(name, filter=plain)
        extra = tarfile.TarInfo("extra/ünïcode name " + "x" * 120)
        extra.size = 5
        tar.addfile(plain(extra), io.BytesIO(b"hello"))
    with tarfile.open(path) as tar:
        print(mode, [(m.name[:30], m.size) for m in tar], tar.extractfile("tree/readme.txt").read(8), hashlib.md5(tar.extractfile("tree/sub/data.csv").read()).hexdigest())
        tar.extractall("out" + mode)
    print(all(open(f"out{mode}/{name}", encoding="utf-8").read() == text for name, text in contents.items()))
print([len(open(f"backup.tar.{m}", "rb").read()) for m in ("bz2", "xz")])

for module, name in ((bz2, "log.bz2"), (lzma, "log.xz"), (gzip, "log.gz")):
    with module.open(name, "wt", encoding="utf-8", newline="\n") as f:
        for i in range(500): f.write(f"entry {i} {'ä' * (i % 5)}\n")
    with module.open(name, "at", encoding="utf-8") as f: f.write("appended\n")
    with module.open(name, "rt", encoding="utf-8") as f:
        print(name, f.readline(), sum(1 for _ in f))
    with module.open(name) as f:
        f.seek(2000)
        print(f.read(12), f.tell(), f.seek(-9, os.SEEK_END), f.read())
with lzma.LZMAFile("log.xz", "w", check=lzma.CHECK_SHA256, preset=1) as f: f.write(b"abc" * 1000)
with lzma.LZMAFile("log.xz") as f: print(f.read(5), f.peek(3)[:3], f.readable(), f.writable())

data, results = "".join(contents.values()).encode(), {}
def work(k):
    module = (bz2, lzma)[k % 2]
    packed = module.compress(data[k * 100:])
    d, out = (bz2.BZ2Decompressor, lzma.LZMADecompressor)[k % 2](), []
    while not d.eof:
        out.append(d.decompress(packed if d.needs_input else b"", 7000))
        packed = b""
    results[k] = len(out), hashlib.sha1(b"".join(out)).hexdigest() == hashlib.sha1(data[k * 100:]).hexdigest()
threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(results.items()))
