# tarfile: archives of every format and compression, members of every kind, streams, filters, sparse reading, damage and the command line.
import io
import os
import stat
import subprocess
import sys
import tarfile


def member(name, data=b"", **fields):
    t = tarfile.TarInfo(name)
    t.size, t.mtime, t.uid, t.gid, t.uname, t.gname = len(data), 1_000_000_000.5, 1000, 100, "user", "group"
    for k, v in fields.items():
        setattr(t, k, v)
    return t, io.BytesIO(data)


LONG = "long/" * 25 + "name.txt"
for format in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format) as t:
        for args in (("file", b"hello"), ("dir", b"", dict(type=tarfile.DIRTYPE, mode=0o755)), ("link", b"", dict(type=tarfile.SYMTYPE, linkname="file")), ("hard", b"", dict(type=tarfile.LNKTYPE, linkname="file")), ("fifo", b"", dict(type=tarfile.FIFOTYPE)), ("dev", b"", dict(type=tarfile.CHRTYPE, devmajor=1, devminor=3)), ("ünï", b"u"),
                     ("x" * 99, b"99"), ("y" * 101, b"101"), (LONG, b"long"), ("big ids", b"", dict(uid=2**25)), ("linked", b"", dict(type=tarfile.SYMTYPE, linkname="z" * 150)), ("pax", b"p", dict(pax_headers={"comment": "a note", "mine": "ü"}))):
            info, data = member(args[0], args[1], **(args[2] if len(args) > 2 else {}))
            try:
                t.addfile(info, data)
            except ValueError as e:
                print(format, args[0][:10], "ValueError", e)
    buffer.seek(0)
    with tarfile.open(fileobj=buffer) as t:
        print(format, t.getnames() == [m.name for m in t], len(t.getmembers()), buffer.getbuffer().nbytes)
        for m in t:
            print(" ", m.name[:12], len(m.name), m.type, m.size, m.mtime, m.uid, m.linkname[:5], m.isfile(), m.isdir(), m.issym(), m.islnk(), m.isdev(), m.ischr(), m.isfifo(), oct(m.mode), sorted(m.pax_headers.items())[:2] if m.name == "pax" else "")
        print(t.extractfile("file").read(), t.extractfile("hard").read(), t.extractfile("link").read(), t.extractfile("dir"), t.getmember("file"), t.getmember("file").get_info()["uname"])

os.makedirs("src/sub/deep")
os.symlink("one", "src/ln")
for n in ("src/one", "src/sub/two", "src/sub/deep/three", "src/skip.me"):
    with open(n, "w") as f:
        f.write(n * 50)
os.chmod("src/one", 0o711)
for mode, name in (("w", "a.tar"), ("w:gz", "a.tgz"), ("w:bz2", "a.tbz"), ("w:xz", "a.txz"), ("x:gz", "b.tgz")):
    with tarfile.open(name, mode) as t:
        t.add("src", arcname="top", filter=lambda m: None if m.name.endswith(".me") else m)
        t.add("src/one", "again", recursive=False)
    with tarfile.open(name) as t:
        print(name, tarfile.is_tarfile(name), sorted(t.getnames()), t.extractfile("top/sub/deep/three").read(20))
print([tarfile.is_tarfile(io.BytesIO(b"x" * 600)), tarfile.is_tarfile("src/one")])
stream = io.BytesIO()
with tarfile.open(fileobj=stream, mode="w|gz") as t:
    for i in range(5):
        t.addfile(*member(f"s{i}", bytes([65 + i]) * 1000))
stream.seek(0)
with tarfile.open(fileobj=stream, mode="r|*") as t:
    print([(m.name, t.extractfile(m).read(3)) for m in t])
    try:
        t.extractfile("s0").read()
    except tarfile.StreamError as e:
        print("StreamError", e)
with tarfile.open("a.tar", "a") as t:
    t.addfile(*member("appended", b"later"))
with tarfile.open("a.tar") as t:
    f = t.extractfile("again")
    print(t.getmembers()[0].name, f.seek(3), f.read(4), f.tell(), f.readline()[:5], f.seekable(), f.name, isinstance(f, io.BufferedReader), t.getmember("appended").offset % 512)
    t.extractall("out")
    print(sorted(os.path.join(d, n) for d, ds, fs in os.walk("out") for n in ds + fs), os.readlink("out/top/ln"), oct(stat.S_IMODE(os.stat("out/top/one").st_mode)))
    out = io.StringIO()
    sys.stdout, old = out, sys.stdout
    t.list(verbose=False)
    sys.stdout = old
    print(out.getvalue().split())

if hasattr(tarfile, "data_filter"):
    for name, kind, link in (("/etc/abs", tarfile.REGTYPE, ""), ("../up", tarfile.REGTYPE, ""), ("dev", tarfile.CHRTYPE, ""), ("l", tarfile.SYMTYPE, "/abs"), ("l", tarfile.SYMTYPE, "../../x"), ("fine", tarfile.REGTYPE, ""), ("l", tarfile.LNKTYPE, "../q")):
        for filter in (tarfile.tar_filter, tarfile.data_filter):
            try:
                r = filter(member(name, b"", type=kind, linkname=link, mode=0o7777)[0], os.path.abspath("out"))
                print(name, link, filter.__name__, r.name, oct(r.mode) if r.mode is not None else None, r.uid)
            except tarfile.FilterError as e:
                print(name, link, filter.__name__, type(e).__name__)
whole = open("a.tar", "rb").read()
checksum = bytearray(whole)
checksum[10] ^= 1
for attempt in (lambda: tarfile.open(fileobj=io.BytesIO(b"")), lambda: tarfile.open(fileobj=io.BytesIO(b"junk" * 300)), lambda: tarfile.open(fileobj=io.BytesIO(checksum)), lambda: tarfile.open(fileobj=io.BytesIO(whole[:700])).getnames(), lambda: tarfile.open(fileobj=io.BytesIO(whole[:1300])).extractfile("top/one"), lambda: tarfile.open("a.tar", "q"), lambda: tarfile.open("a.tar", "r:nope"), lambda: tarfile.open("absent.tar"), lambda: tarfile.open("a.tgz", "r:xz"),
                lambda: tarfile.open("a.tgz", "a"), lambda: tarfile.open("a.tar").getmember("nope"), lambda: tarfile.open("a.tar").add("x"), lambda: tarfile.open("b.tgz", "x:gz"), lambda: tarfile.open(), lambda: tarfile.TarInfo.frombuf(b"\0" * 512, "utf-8", "strict"), lambda: tarfile.TarInfo.frombuf(b"x" * 5, "utf-8", "strict"), lambda: tarfile.TarInfo("n" * 300).tobuf(tarfile.USTAR_FORMAT), lambda: tarfile.open(fileobj=io.BytesIO(bytes(10240))).getnames(),
                lambda: tarfile.open("a.tar", ignore_zeros=True).getnames()[:2], lambda: tarfile.open("a.tgz", "r|bz2"), lambda: tarfile.open("x.tgz", "w:gz", compresslevel=99)):
    try:
        print(attempt())
    except Exception as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), ""))
t = tarfile.TarInfo.frombuf(tarfile.TarInfo("round").tobuf(), "utf-8", "strict")
print(t.name, t.chksum, t, tarfile.ENCODING, issubclass(tarfile.ReadError, tarfile.TarError))
for args in (["-l", "a.tgz"], ["-t", "a.tar"], ["-c", "new.tar", "src/one"], ["-e", "new.tar", "ex"], ["-t", "src/one"]):
    r = subprocess.run([sys.executable, "-m", "tarfile", *args], capture_output=True, text=True)
    print(args[0], r.returncode, r.stdout.split(), r.stderr.splitlines()[-1:])
