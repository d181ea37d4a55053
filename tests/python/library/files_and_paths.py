# pathlib, shutil, glob, fnmatch, tempfile, filecmp on a small tree.
import filecmp
import fnmatch
import glob
import os
import pathlib
import shutil
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath

root = Path("tree")
for name in ("a/one.txt", "a/b/two.py", "a/b/.hidden", "c/three.TXT", "four.txt"):
    p = root / name
    p.parent.mkdir(parents=True, exist_ok=True)
    p.write_text(f"text of {name}\n")
print(sorted(map(str, root.rglob("*"))), sorted(map(str, root.glob("**/*.txt"))), sorted(p.name for p in root.iterdir()))
p = root / "a" / "b" / "two.py"
print(p.name, p.stem, p.suffix, p.parts, p.parent, list(p.parents), p.with_suffix(".x"), p.with_name("n"), p.with_stem("s"), p.relative_to(root), p.is_file(), p.exists(), p.stat().st_size)
for bad in (lambda: p.relative_to("zz"), lambda: p.with_name(""), lambda: p.with_suffix("x"), lambda: (root / "none").read_text(), lambda: root.unlink(), lambda: (root / "a").rmdir(), lambda: Path("x") / 3,
            lambda: root.mkdir(), lambda: list(root.glob("")), lambda: Path("a\0b").stat()):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), "CWD"))
print(PurePosixPath("/a/../b/./c//d"), PurePosixPath("a") < PurePosixPath("b"), PureWindowsPath("C:\\x\\..\\y").drive, PureWindowsPath("c:/A") == PureWindowsPath("C:\\a"), PurePosixPath("/a/b").match("*/b"),
      PurePosixPath("a/b").is_absolute(), PurePosixPath("//a").root, repr(PurePosixPath("x")), hash(PurePosixPath("q")) == hash(PurePosixPath("q")), os.fspath(p), PurePosixPath("/e f").as_uri())
with (root / "lines").open("w") as f:
    f.write("1\n2\n")
print((root / "lines").read_bytes(), (root / "lines").touch(), (root / "lines").rename(root / "renamed").name, Path("~/x").expanduser() != Path("~/x"), Path(".").resolve() == Path.cwd())
(root / "link").symlink_to("renamed")
print((root / "link").is_symlink(), os.readlink(root / "link"), (root / "link").resolve().name, (root / "link").lstat().st_size)

shutil.copytree(root, "copy", ignore=shutil.ignore_patterns("*.py"), symlinks=True)
print(sorted(os.path.relpath(os.path.join(d, f), "copy") for d, _, fs in os.walk("copy") for f in fs))
cmp = filecmp.dircmp(root, "copy")
print(cmp.left_only, cmp.right_only, sorted(cmp.common), cmp.subdirs["a"].subdirs["b"].left_only)
shutil.move("copy/four.txt", "copy/c")
shutil.copy2("tree/four.txt", "copy/again.txt")
print(sorted(os.listdir("copy")), shutil.which("sh") is not None, shutil.disk_usage(".").total > 0, shutil.get_terminal_size((7, 8)) is not None)
print(os.path.basename(shutil.make_archive("arc", "gztar", "copy")), os.path.basename(shutil.make_archive("arc", "zip", "copy")))
shutil.unpack_archive("arc.tar.gz", "out1")
shutil.unpack_archive("arc.zip", "out2")
print(sorted(os.listdir("out1")) , sorted(os.listdir("out2")))
for bad in (lambda: shutil.copy("tree/four.txt", "tree/four.txt"), lambda: shutil.copytree("tree", "copy"), lambda: shutil.rmtree("none"), lambda: shutil.unpack_archive("x.qq"), lambda: shutil.make_archive("x", "qq")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
shutil.rmtree("copy")
print(os.path.exists("copy"))
print(sorted(glob.glob("tree/**", recursive=True)), sorted(glob.glob("tree/*.[tT][xX][tT]")), glob.glob("tree/[!a-z]*"), sorted(glob.glob("*", root_dir="tree/a")), glob.escape("a[b]*?"), sorted(glob.glob("tree/a/b/.*")))
print(fnmatch.filter(["a.py", "b.PY", "c.txt"], "*.py"), fnmatch.fnmatchcase("A", "a"), fnmatch.translate("a*[!b]?.x"), fnmatch.fnmatch("x[1]", "x[[]1]"))
with tempfile.TemporaryDirectory(prefix="pre", dir=".") as d:
    with tempfile.NamedTemporaryFile("w+", dir=d, suffix=".s") as f:
        f.write("x")
        f.seek(0)
        print(f.read(), os.path.basename(d).startswith("pre"), f.name.endswith(".s"), len(os.listdir(d)))
    print(os.listdir(d))
print(os.path.exists(d))
with tempfile.SpooledTemporaryFile(max_size=4) as f:
    f.write(b"abc")
    print(f._rolled)
    f.write(b"defg")
    print(f._rolled, f.tell())
fd, name = tempfile.mkstemp(text=True, dir=".")
os.close(fd)
print(oct(os.stat(name).st_mode & 0o777), tempfile.gettempprefix())
