# zipfile: archives written in each method, read, changed, encrypted by others, damaged, walked as paths, split into parts, tested.
import io
import os
import pathlib
import struct
import subprocess
import sys
import time
import zipfile

DATE = (2020, 5, 17, 10, 20, 30)


def info(name, **fields):
    i = zipfile.ZipInfo(name, DATE)
    for k, v in fields.items():
        setattr(i, k, v)
    return i


for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=6) as z:
        z.writestr(info("a.txt", compress_type=method), "text " * 200)
        z.writestr(info("dir/b.bin", compress_type=method, comment=b"a comment", extra=b"\x99\x99\x02\0hi", external_attr=0o640 << 16), bytes(range(256)))
        z.writestr(info("ünï.txt"), "snow ☃")
        with z.open(info("streamed", compress_type=method), "w") as out:
            for i in range(50):
                out.write(b"line %d\n" % i)
        z.mkdir("made")
        z.comment = b"the archive's comment"
    with zipfile.ZipFile(buffer) as z:
        print(z, z.comment, z.testzip())
        for i in z.infolist():
            if i.filename != "made/":
                print(i.filename, i.date_time, i.compress_type, i.file_size, i.CRC, i.flag_bits, i.extra, i.comment, i.is_dir(), i.create_version, i.external_attr >> 16)
        with z.open("streamed") as f:
            print(f.readline(), f.read(10), f.peek(3)[:3], f.seek(0), f.read1(6), f.seek(-5, 2), f.read(), f.tell(), f.readable(), f.name, f.mode, f.read(), f.closed)
        print(len(list(z.open("streamed"))), [line for line in io.TextIOWrapper(z.open("ünï.txt"), "utf-8")], z.read("dir/b.bin")[:5], repr(z.getinfo("a.txt"))[:60])
data = buffer.getvalue()
print(zipfile.is_zipfile(io.BytesIO(data)), zipfile.is_zipfile(io.BytesIO(b"no")), zipfile.is_zipfile("absent"), zipfile.is_zipfile(io.BytesIO(b"prefix" + data)))
os.makedirs("src/sub/empty")
for n in ("src/one.txt", "src/sub/two.py"):
    with open(n, "w") as f:
        f.write("content of " + n)
    os.utime(n, (946684800, 946684800))
with zipfile.ZipFile("w.zip", "w") as z:
    z.write("src/one.txt", "renamed.txt")
    z.write("src/sub")
    z.write("src/sub/two.py", compress_type=zipfile.ZIP_DEFLATED, compresslevel=9)
with zipfile.ZipFile("w.zip", "a") as z:
    z.writestr("added", b"later")
    try:
        import warnings
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            z.writestr("added", b"twice")
    except UserWarning as e:
        print(e)
with zipfile.ZipFile("w.zip") as z:
    print(z.namelist(), z.extract("renamed.txt", "out"), sorted(z.extractall("all") or os.listdir("all")), open("all/src/sub/two.py").read())
    z.setpassword(b"x")
    out = io.StringIO()
    z.printdir(out)
    print(out.getvalue().splitlines()[0], len(out.getvalue().splitlines()))
root = zipfile.Path("w.zip")
print(sorted(str(p) for p in root.iterdir()), (root / "src" / "sub" / "two.py").read_text(), (root / "src").is_dir(), (root / "none").exists(), root.joinpath("src", "sub").name, (root / "added").read_bytes(), (root / "renamed.txt").suffix, repr(root / "src/"), (root / "src/sub").parent.at)
with zipfile.ZipFile("bad.zip", "w") as z:
    for n in ("/abs", "../up", "a/../../b", "c:x", "nul\0cut", "back\\slash", "trail/./x"):
        z.writestr(info(n), n)
with zipfile.ZipFile("bad.zip") as z:
    print(z.namelist(), [os.path.relpath(z.extract(n, "safe")) for n in z.namelist()])
with open("w.zip", "rb") as f:
    stored = bytearray(f.read())
stored[stored.find(b"content of src/one")] ^= 1
with open("encrypted.zip", "wb") as f:
    locked = bytearray(stored)
    locked[6] |= 1
    locked[locked.find(b"PK\1\2") + 8] |= 1
    f.write(locked)
for attempt in (lambda: zipfile.ZipFile(io.BytesIO(stored)).read("renamed.txt"), lambda: zipfile.ZipFile(io.BytesIO(stored)).testzip(), lambda: zipfile.ZipFile(io.BytesIO(data[:-5])), lambda: zipfile.ZipFile(io.BytesIO(data[:50])), lambda: zipfile.ZipFile("encrypted.zip").read("renamed.txt"), lambda: zipfile.ZipFile("encrypted.zip").read("renamed.txt", pwd=b"pw"), lambda: zipfile.ZipFile("encrypted.zip").read("renamed.txt", pwd="pw"),
                lambda: zipfile.ZipFile("w.zip").read("absent"), lambda: zipfile.ZipFile("w.zip", "q"), lambda: zipfile.ZipFile("w.zip", "x"), lambda: zipfile.ZipFile("w.zip", compression=99), lambda: zipfile.ZipFile("absent.zip"), lambda: zipfile.ZipFile("w.zip").writestr("a", "b"), lambda: zipfile.ZipFile("w.zip").open("added", "r+"), lambda: zipfile.ZipInfo("x", (1970, 1, 1, 0, 0, 0)),
                lambda: zipfile.ZipFile("w.zip").setpassword("text"), lambda: zipfile.ZipFile("w.zip").open("added", "w"), lambda: zipfile.ZipFile("w.zip").getinfo("q"), lambda: setattr(zipfile.ZipFile("w.zip"), "comment", "text"), lambda: zipfile.ZipFile(io.BytesIO(b"")), lambda: zipfile.ZipFile(io.BytesIO(b"PK\5\6" + bytes(18))).namelist(), lambda: zipfile.ZipFile("w.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=12).writestr("a", "b")):
    try:
        print(attempt())
    except Exception as e:
        print(type(e).__name__, str(e)[:110])
with zipfile.PyZipFile("code.zip", "w", optimize=0) as z:
    z.writestr("ok.py", "x = 1")
i = zipfile.ZipInfo.from_file("src", "dir")
print(i.filename, i.is_dir(), i.file_size, zipfile.ZipInfo("a\\b").filename, struct.unpack("<4s3H", zipfile.ZipFile("code.zip").infolist()[0].FileHeader()[:10]))
for args in (["-l", "w.zip"], ["-t", "code.zip"], ["-e", "code.zip", "ex"], ["-c", "new.zip", "src/one.txt"], ["-l", "src/one.txt"]):
    r = subprocess.run([sys.executable, "-m", "zipfile", *args], capture_output=True, text=True)
    print(args[0], r.returncode, [line.split()[0] for line in r.stdout.splitlines()], r.stderr.splitlines()[-1:])
