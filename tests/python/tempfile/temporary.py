# tempfile: named, spooled and unnamed files, folders removed with what is in them, names, prefixes in bytes, errors.
import os
import pathlib
import stat
import sys
import tempfile
import threading
import warnings

os.mkdir("t")
with tempfile.NamedTemporaryFile("w+", dir="t", prefix="pre-", suffix=".txt", encoding="utf-8") as f:
    f.write("héllo\nworld\n")
    f.seek(0)
    name = f.name
    print(os.path.basename(name).startswith("pre-"), name.endswith(".txt"), os.path.exists(name), f.readlines(), oct(stat.S_IMODE(os.stat(name).st_mode)), f.mode, len(os.path.basename(name)))
print(os.path.exists(name), f.closed)
f = tempfile.NamedTemporaryFile(dir="t", delete=False)
f.close()
print(os.path.exists(f.name), os.unlink(f.name))
f = tempfile.NamedTemporaryFile(dir="t")
os.unlink(f.name)
try:
    f.close()
except FileNotFoundError as e:
    print("close:", e.errno)
with tempfile.TemporaryFile("w+b", dir="t") as f:
    f.write(b"x" * 100)
    print(f.tell(), os.listdir("t"), isinstance(f.name, int))

with tempfile.SpooledTemporaryFile(max_size=20, mode="w+", newline="") as s:
    print(s._rolled, s.name, s.mode, s.encoding, s.newlines)
    s.write("short")
    print(s._rolled, s.tell(), s.readable(), s.seekable(), s.writable())
    s.write(" and then some more\r\n")
    print(s._rolled, isinstance(s.name, int), s.seek(0), s.read(8), s.truncate(10), s.seek(0), list(s), s.fileno() > 2)
with tempfile.SpooledTemporaryFile(mode="wb+") as s:
    s.writelines([b"a\n", b"b\n"])
    s.seek(0)
    buffer = bytearray(3)
    print(s.readline(), s.readinto(buffer), buffer, s.read1(), s.closed, s.rollover(), s._rolled)
    s.seek(0)
    print(s.readlines())

with tempfile.TemporaryDirectory(dir="t", prefix="d") as d:
    os.makedirs(os.path.join(d, "a/b/c"))
    pathlib.Path(d, "a/file").write_text("x")
    os.symlink("/nowhere", os.path.join(d, "link"))
    os.chmod(os.path.join(d, "a/b"), 0o500)
    print(oct(stat.S_IMODE(os.stat(d).st_mode)), sorted(os.listdir(d)))
print(os.listdir("t"))
td = tempfile.TemporaryDirectory(dir="t")
print(repr(td) == f"<TemporaryDirectory {td.name!r}>")
td.cleanup()
td.cleanup()
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    td = tempfile.TemporaryDirectory(dir="t")
    where = td.name
    del td
    import gc
    gc.collect()
    print(os.path.exists(where), [(w.category.__name__, str(w.message).replace(where, "...")) for w in seen])
gone = tempfile.TemporaryDirectory(dir="t", ignore_cleanup_errors=True)
os.rmdir(gone.name)
gone.cleanup()

fd, path = tempfile.mkstemp(b".bin", b"raw", b"t", text=True)
print(type(path).__name__, os.write(fd, b"123"), os.fstat(fd).st_size, os.get_inheritable(fd))
os.close(fd)
os.unlink(path)
print(type(tempfile.mkdtemp(dir=b"t")).__name__, len(os.listdir("t")))
for wrong in (lambda: tempfile.mkstemp(b"s", "p"), lambda: tempfile.mkstemp(dir="absent"), lambda: tempfile.mkdtemp(dir="absent/deep"), lambda: tempfile.NamedTemporaryFile("q"), lambda: tempfile.NamedTemporaryFile("wb", encoding="utf-8", dir="t"), lambda: tempfile.mkstemp(suffix=5), lambda: tempfile.mkstemp(prefix="a/b", dir="t"),
              lambda: tempfile.TemporaryFile("r", dir=5)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, getattr(e, "errno", None) or e)
print(os.listdir("t").__len__(), tempfile.gettempprefix(), tempfile.gettempprefixb(), tempfile.gettempdir() == tempfile.gettempdirb().decode(), tempfile.gettempdir() == os.environ["TMPDIR"])
old, tempfile.tempdir = tempfile.tempdir, "t"
print(tempfile.gettempdir(), os.path.dirname(tempfile.mkdtemp()))
tempfile.tempdir = old
names, lock = set(), threading.Lock()


def make():
    for _ in range(25):
        fd, path = tempfile.mkstemp(dir="t")
        os.close(fd)
        with lock:
            names.add(path)


threads = [threading.Thread(target=make) for _ in range(4)]
for th in threads:
    th.start()
for th in threads:
    th.join()
print(len(names), all(os.path.isabs(n) for n in names))
