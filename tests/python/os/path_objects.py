# Functions take the kind of result from what __fspath__ returns; ids of groups that are none.
import os
import subprocess


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


os.symlink(b"target", b"link")
os.mkdir("folder")
open("folder/file", "w").close()
for path in ("link", b"link", Path("link"), Path(b"link")):
    print(os.readlink(path))
for path in ("folder", b"folder", Path("folder"), Path(b"folder")):
    print(os.listdir(path), [e.name for e in os.scandir(path)], os.path.basename(os.path.realpath(path)), os.stat(path).st_size > 0)
for path in (Path(3), Path(None), Path("a\0b"), Path(b"a\0b"), Path(Path("link"))):
    try:
        print(os.readlink(path))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
for groups in ([-1], [2**64], ["no such group"], [2**32]):
    for name in ("extra_groups", "group"):
        try:
            subprocess.check_call(["true"], **{name: groups if name == "extra_groups" else groups[0]})
        except (ValueError, OverflowError, subprocess.SubprocessError, KeyError) as e:
            print(name, type(e).__name__, e)
