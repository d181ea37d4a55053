"""Run by weft itself: writes seeds for the fuzz targets `marshal` and `pyc`: values of each kind, and code objects compiled from sources.

    marshal_seeds.py FOLDER SOURCES     FOLDER gets marshal/ and pyc/; SOURCES is a folder of texts
"""

import marshal
import os
import sys
import types


def values():
    shared = ["shared"]
    endless = [1]
    endless.append(endless)
    nested = frozenset()
    for i in range(12):
        nested = frozenset([nested, i])
    yield from (None, True, False, ..., StopIteration, 0, -1, 2**31 - 1, -2**31, 2**31, 10**40, -10**40, 0.0, -0.0, 1.5, float("inf"), float("nan"), 1j, -2.5 + 0j)
    yield from (b"", b"bytes", b"\0" * 300, "", "text", "t" * 300, "é", "€" * 100, "\U0001f40d", "\ud800", (), (1, 2, 3), ("a",) * 300, [], [1, [2, [3]]], {}, {1: "one", "k": [None]})
    yield from (set(), {1, "two", 3.0}, frozenset(), frozenset([b"x", (1,)]), nested, [shared, shared], endless, {"self": endless}, ("interned", "interned"))


def code_of(source):
    try:
        code = compile(source, "seed.py", "exec")
    except (SyntaxError, ValueError):
        return []
    found = [code]
    for code in found:
        found += [item for item in code.co_consts if isinstance(item, types.CodeType)]
    return found


def main(folder, sources):
    for name in ("marshal", "pyc"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)

    def write(kind, number, data):
        with open(os.path.join(folder, kind, f"{number:05}"), "wb") as stream:
            stream.write(data)

    number = 0
    for value in values():
        for version in range(5):
            try:
                data = marshal.dumps(value, version)
            except ValueError:      # without references an endless value cannot be written
                continue
            write("marshal", number, bytes([version]) + data)
            number += 1
    for name in sorted(os.listdir(sources)):
        with open(os.path.join(sources, name), "rb") as stream:
            source = stream.read()
        for code in code_of(source[1:]):
            data = marshal.dumps(code)
            if len(data) > 1500:
                continue
            write("marshal", number, b"\4" + data)
            flags = number % 4                # of a .pyc file: 0 checked against the source's time, 1 and 3 against its hash
            write("pyc", number, b"\1" + (flags if flags in (0, 1, 3) else 0).to_bytes(4, "little") + b"seedsize" + data)
            number += 1


main(*sys.argv[1:])
