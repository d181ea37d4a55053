"""Files used from several threads: writers of whole lines, readers with own handles, BytesIO appends."""

import io
import threading

def run(n, f):
    ts = [threading.Thread(target=f, args=(k,)) for k in range(n)]
    for t in ts: t.start()
    for t in ts: t.join()

lock = threading.Lock()
with open("log.txt", "w") as f:
    def w(k):
        for i in range(200):
            with lock: f.write(f"{k}:{i}\n")
    run(4, w)
lines = open("log.txt").read().splitlines()
print(len(lines), sorted(set(lines)) == sorted(f"{k}:{i}" for k in range(4) for i in range(200)), all([l for l in lines if l.startswith(f"{k}:")] == [f"{k}:{i}" for i in range(200)] for k in range(4)))
results = {}
def r(k):
    with open("log.txt") as g: results[k] = sum(len(l) for l in g)
run(4, r); print(len(set(results.values())), results[0] == sum(len(l) + 1 for l in lines))
with open("bin.dat", "wb") as b:
    def wb(k):
        for i in range(200): b.write(bytes([65 + k]) * 8)
    run(4, wb)
data = open("bin.dat", "rb").read(); print(len(data), {chr(c): data.count(bytes([c])) for c in set(data)} == {c: 1600 for c in "ABCD"}, all(len(set(data[i:i + 8])) == 1 for i in range(0, len(data), 8)))
mem, s = io.BytesIO(), io.StringIO()
def wm(k):
    for i in range(300):
        mem.write(b"x" * 3); s.write("é" * 2)
run(4, wm); print(len(mem.getvalue()), len(s.getvalue()), set(s.getvalue()))
shared, seen = open("log.txt"), []
def reader(k):
    while True:
        with lock: line = shared.readline()
        if not line: return
        seen.append(line)
run(3, reader); print(len(seen), sorted(l.strip() for l in seen) == sorted(lines)); shared.close()
class Tee:
    def __init__(self, *fs): self.fs = fs
    def write(self, t):
        for f in self.fs: f.write(t)
    def flush(self): pass
a, b = io.StringIO(), io.StringIO(); print("both", file=Tee(a, b)); print(a.getvalue() == b.getvalue() == "both\n")
