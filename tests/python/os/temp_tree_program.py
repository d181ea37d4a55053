"""A small build tool on a tree of files: dependencies by time, checksums, ignore patterns, atomic replacement."""

import os
import stat

def write(p, t, when=None):
    os.makedirs(os.path.dirname(p) or ".", exist_ok=True)
    tmp = p + ".tmp"
    with open(tmp, "w") as f: f.write(t); f.flush(); os.fsync(f.fileno())
    os.replace(tmp, p)
    if when: os.utime(p, (when, when))
def checksum(p):
    h = 0
    with open(p, "rb") as f:
        while b := f.read(16):
            for c in b: h = (h * 31 + c) % 65521
    return h
write("src/main.x", "use lib\nprint", 100); write("src/lib.x", "define", 100); write("src/sub/deep.x", "use lib", 100); write("src/readme.txt", "no source", 100); write("src/.hidden.x", "skip", 100)
def sources():
    for root, dirs, files in os.walk("src"):
        dirs.sort()
        for n in sorted(files):
            if n.endswith(".x") and not n.startswith("."): yield os.path.join(root, n)
def deps(p): return [os.path.join("src", l.split()[1] + ".x") for l in open(p) if l.startswith("use ")]
def target(p): return os.path.join("out", os.path.relpath(p, "src"))[:-2] + ".o"
def build():
    done = []
    for p in sources():
        t = target(p)
        newest = max(os.stat(q).st_mtime for q in [p, *deps(p)])
        if not os.path.exists(t) or os.stat(t).st_mtime < newest:
            write(t, f"{p} {checksum(p)}", newest); done.append(t)
    return done
print(list(sources()), [deps(p) for p in sources()]); print(build()); print(build()); write("src/lib.x", "define more", 200); print(build()); os.utime("src/sub/deep.x", (300, 300)); print(build())
print([open(target(p)).read() for p in sources()])
def tree(p, indent=0):
    for e in sorted(os.scandir(p), key=lambda e: e.name):
        print("  " * indent + e.name + ("/" if e.is_dir() else f" {e.stat().st_size} {stat.filemode(e.stat().st_mode)}"))
        if e.is_dir(): tree(e.path, indent + 1)
os.umask(0o022); tree(".")
def remove(p):
    n = 0
    for root, dirs, files in os.walk(p, topdown=False):
        for f in files: os.unlink(os.path.join(root, f)); n += 1
        os.rmdir(root)
    return n
print(remove("out"), build()[:1], sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk("src") for f in fs)); print(remove("src"), remove("out"), os.listdir())
