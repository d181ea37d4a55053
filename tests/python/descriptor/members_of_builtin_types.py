"""Attributes of builtin types that are members, not getset descriptors: what they are, and what changing them says."""

import _csv
import _pickle
import bz2
import copyreg
import csv
import inspect
import io
import lzma
import sqlite3
import sys
import types
import weakref
import xml.etree.ElementTree as tree
from multiprocessing import synchronize
import _multiprocessing


class Plain:
    pass


def generator():
    yield


async def async_generator():
    yield


try:
    1 / 0
except ZeroDivisionError as error:
    traceback = error.__traceback__

own = Plain()
connection = sqlite3.connect(":memory:")
KEPT = [
    (bz2.BZ2Decompressor(), "eof needs_input unused_data"),
    (lzma.LZMADecompressor(), "check eof needs_input unused_data"),
    (csv.reader(["a,b"]), "line_num dialect"),
    (io.BufferedReader(io.BytesIO()), "raw closed"),
    (io.TextIOWrapper(io.BytesIO(), encoding="ascii"), "buffer encoding errors line_buffering"),
    (_multiprocessing.SemLock(1, 1, 1, "/weft-members-%d" % id(own), True), "handle kind maxvalue"),
    (async_generator(), "ag_running ag_code ag_frame"),
    (int.__add__, "__objclass__ __name__ __doc__"),
    (str.join, "__objclass__ __name__ __qualname__"),
    (dict.__dict__["fromkeys"], "__objclass__ __name__"),
    (type.__dict__["__mro__"], "__objclass__ __name__"),
    (type.__dict__["__name__"], "__objclass__ __name__"),
    (sys, "__dict__"),
    (types.SimpleNamespace(a=1), "__dict__"),
    (weakref.ref(own, print), "__callback__"),
    (traceback, "tb_lineno tb_lasti"),
    (Plain, "__base__ __flags__ __itemsize__ __dictoffset__ __weakrefoffset__ __basicsize__"),
    (tree.XMLParser(), "entity target version"),
    (connection, "DataError Error total_changes"),
]

for kept, names in KEPT:
    for name in names.split():
        descriptor = inspect.getattr_static(type(kept), name)
        said = [type(descriptor).__name__]
        for change in (lambda: setattr(kept, name, None), lambda: delattr(kept, name)):
            try:
                change()
                said.append("changed")
            except Exception as error:
                said.append(f"{type(error).__name__}: {error}")
        print(type(kept).__name__, name, inspect.ismemberdescriptor(descriptor), inspect.isgetsetdescriptor(descriptor), *said, sep=" | ")

frame = sys._getframe()
for value in (True, 1, None):
    try:
        frame.f_trace_opcodes = value
    except Exception as error:
        print(type(error).__name__, error)
    print(frame.f_trace_opcodes, type(types.FrameType.f_trace_opcodes).__name__)
frame.f_trace_opcodes = False


class Pickler(_pickle.Pickler):
    """As joblib's: a table in the class, and another one that is put where the C code looks for it."""
    dispatch_table = {}


out = io.BytesIO()
pickler = Pickler(out)
member = _pickle.Pickler.dispatch_table
print(type(member).__name__, member, member.__get__(pickler))
member.__set__(pickler, {Plain: lambda p: (str, ("a plain one",))})
pickler.dump([own, own])
print(_pickle.loads(out.getvalue()), Pickler.dispatch_table, copyreg.dispatch_table.get(Plain))
member.__delete__(pickler)
try:
    member.__delete__(pickler)
except AttributeError as error:
    print("AttributeError", error)
print(hasattr(_pickle.Pickler(out), "dispatch_table"))
print(sorted(n for n in dir(async_generator()) if n.startswith("ag_")))
