# Methods of streams in memory, of folder entries and of ends of processes say what they do.
import inspect
import io
import os

for cls in (io.BytesIO, io.StringIO, io.FileIO, io.BufferedReader, io.TextIOWrapper, os.DirEntry):
    undocumented = [n for n, v in sorted(vars(cls).items()) if inspect.ismethoddescriptor(v) and not n.startswith("_") and not v.__doc__]
    print(cls.__name__, undocumented)
print([n for n in dir(os) if n.startswith("W") and callable(getattr(os, n)) and not getattr(os, n).__doc__])
with os.scandir(".") as entries:
    print(list(entries), bool(os.DirEntry.name.__doc__), bool(os.DirEntry.path.__doc__))
