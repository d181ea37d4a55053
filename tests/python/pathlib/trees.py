# pathlib on the file system: a tree made, walked, globbed, linked, renamed, read, copied and removed, with the errors it gives.
import os
import pathlib
import stat
import sys
import threading
from pathlib import Path

root = Path("tree")
root.mkdir()
for name in ("src/main.py", "src/util/a.py", "src/util/b.txt", "src/util/deep/c.py", "docs/index.md", ".hidden/x.py", "docs/ünï.md"):
    p = root / name
    p.parent.mkdir(parents=True, exist_ok=True)
    print(p.write_text(f"text of {name}\n", encoding="utf-8"), p.stat().st_size, p.read_text("utf-8")[:9])
for pattern in ("*", "**/*.py", "src/*", "**", "src/**/*", "*/*.md", "**/deep/*", "[sd]*", "nothing*", "src/util/../*.py", "**/a.py", "*.d/**"):
    print(pattern, sorted(str(p) for p in root.glob(pattern)))
print(sorted(p.name for p in root.rglob("*.py")), sorted(map(str, root.rglob("util"))), sorted(p.name for p in root.iterdir()))
link, dangling, loop = root / "link", root / "dangling", root / "loop"
link.symlink_to("src", target_is_directory=True)
dangling.symlink_to("nowhere")
loop.symlink_to("loop")
(root / "hard").hardlink_to(root / "src/main.py")
for p in (link, dangling, loop, root / "hard", root / "src", root / "src/main.py", root / "none", Path("/dev/null"), Path("x\0y")):
    print(repr(str(p)), p.exists(), p.is_file(), p.is_dir(), p.is_symlink(), p.is_mount() if p.name != "null" else "", p.is_char_device(), p.is_fifo(), p.is_socket(), p.is_block_device())
print(link.readlink(), (link / "main.py").resolve().relative_to(Path.cwd().resolve()), (root / "hard").samefile(root / "src/main.py"), (root / "hard").stat().st_nlink, stat.S_ISLNK(link.lstat().st_mode), (root / "src/../docs").resolve().name, Path("no/../such").resolve().name)
for bad in (lambda: loop.resolve(strict=True), lambda: dangling.resolve(strict=True), lambda: loop.stat(), lambda: (root / "none").stat(), lambda: root.mkdir(), lambda: (root / "a/b").mkdir(), lambda: (root / "src").rmdir(), lambda: (root / "none").unlink(), lambda: (root / "src").read_text(), lambda: (root / "src/main.py").mkdir(exist_ok=True), lambda: (root / "docs").unlink(),
            lambda: list((root / "none").iterdir()), lambda: list(root.glob("")), lambda: list(root.glob("/abs")), lambda: list(root.glob("a**b")), lambda: (root / "src/main.py").touch(exist_ok=False), lambda: (root / "new").open("z"), lambda: (root / "b").write_bytes("text"), lambda: (root / "b").write_text(b"bytes"), lambda: (root / "src").rename(root / "docs"),
            lambda: Path("~nobodyatall").expanduser(), lambda: dangling.readlink().readlink(), lambda: root.chmod("x"), lambda: list(root.rglob("/x"))):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), ""))
f = root / "log.txt"
with f.open("w") as out:
    out.write("one\n")
with f.open("ab", buffering=0) as out:
    out.write(b"two\n")
print(f.read_bytes(), f.touch(), f.rename(root / "log2.txt"), f.exists(), (root / "log2.txt").replace(root / "log3.txt"), (root / "b").unlink(missing_ok=True))
g = root / "log3.txt"
g.chmod(0o640)
print(oct(g.stat().st_mode), g.owner() != "", g.group() != "", g.expanduser(), Path("~").expanduser() == Path.home(), Path("~/x").expanduser().relative_to(Path.home()), g.absolute().is_absolute(), (root / ".." / "tree").samefile("tree"))
os.utime(g, (1, 2))
print(g.stat().st_mtime, g.write_text("a\r\nb\n", newline=""), g.read_bytes(), g.read_text(errors="strict"))
total, lock = [0], threading.Lock()


def measure(folder):
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    with lock:
        total[0] += size


threads = [threading.Thread(target=measure, args=(root / n,)) for n in ("src", "docs", ".hidden")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total)


def remove(folder):
    for p in folder.iterdir():
        if p.is_dir() and not p.is_symlink():
            remove(p)
        else:
            p.unlink()
    folder.rmdir()


remove(root)
print(root.exists(), Path().resolve() == Path.cwd(), repr(Path("a") / "b"), Path(".").absolute() == Path.cwd())
with Path("ctx") as p:
    print(p)
