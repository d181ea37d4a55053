"""Programs on files: word count, CSV by hand, copying in blocks, a log rotation, in-place editing, an index of offsets."""

import io
import os

text = "the quick brown fox\njumps over the lazy dog\n\nthe end\n" * 20
with open("in.txt", "w") as f: f.write(text)
with open("in.txt") as f:
    l = w = c = 0
    for line in f: l += 1; w += len(line.split()); c += len(line)
print(l, w, c)
counts = {}
with open("in.txt") as f:
    for word in f.read().split(): counts[word] = counts.get(word, 0) + 1
with open("counts.csv", "w") as f:
    for word, n in sorted(counts.items(), key=lambda p: (-p[1], p[0])): print(word, n, sep=",", file=f)
with open("counts.csv") as f: print([tuple(l.rstrip("\n").split(",")) for l in f][:4])
def copy(src, dst, block=100):
    with open(src, "rb") as s, open(dst, "wb") as d:
        n = 0
        while part := s.read(block): d.write(part); n += 1
    return n
print(copy("in.txt", "copy.txt"), open("copy.txt", "rb").read() == open("in.txt", "rb").read())
offsets = []
with open("in.txt", "rb") as f:
    while True:
        p = f.tell()
        if not f.readline(): break
        offsets.append(p)
    f.seek(offsets[5]); print(len(offsets), f.readline())
with open("in.txt", "r+") as f:
    lines = f.readlines(); f.seek(0); f.truncate(); f.writelines(l.upper() for l in lines if l.strip())
print(open("in.txt").readline(), sum(1 for _ in open("in.txt")))
class Rotating:
    def __init__(self, base, limit): self.base, self.limit, self.n = base, limit, 0; self.f = open(f"{base}.0", "w")
    def write(self, line):
        if self.f.tell() + len(line) > self.limit:
            self.f.close(); self.n += 1; self.f = open(f"{self.base}.{self.n}", "w")
        self.f.write(line)
    def close(self): self.f.close()
r = Rotating("log", 64)
for i in range(30): r.write(f"entry {i:03}\n")
r.close(); print(r.n, [os.path.getsize(f"log.{i}") for i in range(r.n + 1)])
def tail(path, n):
    with open(path, "rb") as f:
        f.seek(0, 2); end = f.tell(); data = b""
        while end > 0 and data.count(b"\n") <= n: step = min(16, end); end -= step; f.seek(end); data = f.read(step) + data
    return data.decode().splitlines()[-n:]
print(tail("log.0", 3), tail("log.1", 1))
def merge(*paths):
    fs = [open(p) for p in paths]
    try:
        heads = [f.readline() for f in fs]
        while any(heads):
            i = min((h, i) for i, h in enumerate(heads) if h)[1]; yield heads[i].strip(); heads[i] = fs[i].readline()
    finally:
        for f in fs: f.close()
for name, items in (("m1", "adg"), ("m2", "bcz"), ("m3", "")):
    with open(name, "w") as f: f.writelines(c + "\n" for c in items)
print(list(merge("m1", "m2", "m3")))
records = [(i, f"name{i}", i * 1.5) for i in range(5)]
with open("recs.bin", "wb") as f:
    for n, name, x in records: f.write(n.to_bytes(2, "big") + name.encode().ljust(8, b"\0") + int(x * 100).to_bytes(4, "little"))
with open("recs.bin", "rb") as f:
    f.seek(14 * 3); r = f.read(14); print(int.from_bytes(r[:2], "big"), r[2:10].rstrip(b"\0").decode(), int.from_bytes(r[10:], "little") / 100)
ini = io.StringIO("[a]\nx = 1\n# c\n[b]\ny=2\nz = three words\n"); sections, cur = {}, None
for line in ini:
    line = line.split("#")[0].strip()
    if line.startswith("["): cur = sections.setdefault(line[1:-1], {})
    elif line: k, _, v = line.partition("="); cur[k.strip()] = v.strip()
print(sections)
for n in os.listdir(): os.remove(n)
print(os.listdir())
