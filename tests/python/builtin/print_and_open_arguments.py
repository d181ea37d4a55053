"""print(), open(), input() and format() with odd arguments: separators, ends, files that are no files, modes, encodings, closed and broken streams."""

import io
import os
import sys


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


class Out:
    def __init__(self, fail=None):
        self.parts, self.fail = [], fail

    def write(self, text):
        self.parts.append(text)
        if text == self.fail:
            raise OSError("write failed")
        return "whatever"


class Flushes(Out):
    def flush(self):
        self.parts.append("FLUSH")


def printed(*args, fail=None, kind=Out, **kwargs):
    out = kind(fail)
    try:
        result = print(*args, file=out, **kwargs)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    return out.parts, result


class Text:
    def __str__(self):
        return "as text"


class Bad:
    def __str__(self):
        raise KeyError("no text")


for args, kwargs in (((), {}), ((1, "a", None), {}), ((1, 2), {"sep": ""}), ((1, 2), {"sep": None, "end": None}), ((1, 2), {"sep": 5}), ((1, 2), {"end": b"x"}), ((1,), {"sep": 5}), ((), {"end": ""}), ((1, 2, 3), {"sep": "\n", "end": "END"}), ((Text(), Text()), {}), ((1, Bad(), 2), {}), ((1, 2), {"flush": 1}), ((1,), {"flush": []}),
                     ((1,), {"flush": "x", "kind": Flushes}), ((1,), {"unknown": 2}), ((1, 2), {"sep": Text()}), ((1, 2, 3), {"fail": " "}), ((1, 2), {"fail": "2"}), ((1, 2), {"fail": "\n"}), (("é\ud800",), {}), (([1, "é"], {2: "b"}), {}), ((1.0, 1j, b"x"), {"sep": "|"})):
    parts, result = printed(*args, **kwargs)
    print(ascii(parts), result)
for bad in (5, "x", [], object(), Out, io.BytesIO()):
    attempt(f"file {type(bad).__name__}", lambda: print("x", file=bad))
attempt("file None", lambda: print("to stdout", file=None))
saved = sys.stdout
sys.stdout = None
print("lost")
print("lost too", file=None, flush=True)
sys.stdout = saved
del sys.stdout
try:
    print("nowhere")
except RuntimeError as error:
    message = str(error)
sys.stdout = saved
print(message)
closed = io.StringIO()
closed.close()
attempt("closed", lambda: print("x", file=closed))
with open("made.txt", "w") as stream:
    stream.write("one\ntwo\nthree")
for arguments, keywords in ((("made.txt",), {}), (("made.txt", "q"), {}), (("made.txt", ""), {}), (("made.txt", "rw"), {}), (("made.txt", "rr"), {}), (("made.txt", "r+b+"), {}), (("made.txt", "bt"), {}), (("made.txt", "U"), {}), (("made.txt", "rU"), {}), (("made.txt", "x"), {}), (("made.txt", "xa"), {}), (("made.txt", "+"), {}), (("made.txt", 5), {}), (("made.txt", None), {}),
                            (("made.txt", "rb"), {"encoding": "utf-8"}), (("made.txt", "rb"), {"errors": "strict"}), (("made.txt", "rb"), {"newline": "\n"}), (("made.txt", "rb", 0), {}), (("made.txt", "r", 0), {}), (("made.txt", "rb", 1), {}), (("made.txt", "r", -5), {}), (("made.txt", "r", "x"), {}), (("made.txt", "r", 2 ** 70), {}), (("made.txt",), {"encoding": "nope"}), (("made.txt",), {"encoding": 5}),
                            (("made.txt",), {"encoding": ""}), (("made.txt",), {"errors": "nope"}), (("made.txt",), {"errors": 5}), (("made.txt",), {"newline": "x"}), (("made.txt",), {"newline": 5}), (("made.txt",), {"newline": "\r\n"}), (("made.txt",), {"closefd": False}), (("made.txt",), {"opener": 5}), (("made.txt",), {"opener": lambda p, f: -1}), (("made.txt",), {"opener": lambda p, f: "x"}), (("made.txt",), {"opener": lambda p, f: -5}),
                            (("missing/none",), {}), (("missing",), {}), ((".",), {}), ((".", "w"), {}), (("",), {}), (("a\0b",), {}), ((b"made.txt",), {}), ((bytearray(b"made.txt"),), {}), ((None,), {}), ((1.5,), {}), (([],), {}), ((-1,), {}), ((99,), {}), ((2 ** 40,), {}), ((True, "r"), {"closefd": False}), (("made.txt", "r", -1, None, None, None, True, None, 1), {}), ((), {}), (("made.txt",), {"nothing": 1}), (("made.txt",), {"mode": "r", "file": 2})):
    def opened():
        with open(*arguments, **keywords) as stream:
            return type(stream).__name__, stream.mode, repr(stream.name)
    import warnings
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        attempt(f"open{arguments} {[k if callable(v) else (k, v) for k, v in keywords.items()]}", opened)
    for w in caught:
        print("   warned", w.category.__name__, str(w.message)[:60])


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


for path in ("made.txt", b"made.txt", 5, None):
    attempt(f"path {path!r}", lambda: open(Path(path)).close())
stream = open("made.txt")
for source in ("stream.write('x')", "stream.readline(3)", "stream.readline('x')", "stream.read(None)", "stream.seek(-1)", "stream.seek(1, 1)", "stream.seek(0, 2)", "stream.seek(0, 9)", "stream.seek('x')", "stream.truncate()", "stream.tell()", "stream.readlines(1)", "stream.seek(0)", "stream.readlines(4)", "next(stream)", "stream.fileno() > 2", "stream.isatty()", "stream.detach() is None", "stream.read()", "stream.buffer", "repr(stream)"):
    attempt(source, lambda: eval(source))
stream = open("made.txt", "rb", 0)
for source in ("stream.read(2)", "stream.readinto(b'x')", "stream.readinto(bytearray(2))", "stream.write(b'x')", "stream.seek(-3, 2)", "stream.readall()", "stream.read()", "stream.closefd", "stream.close()", "stream.read()", "stream.close()", "stream.fileno()", "repr(stream)", "list(stream)", "stream.mode"):
    attempt(source, lambda: eval(source))
attempt("write text to binary", lambda: open("made.txt", "wb").write("text"))
attempt("write bytes to text", lambda: open("made.txt", "w").write(b"bytes"))
attempt("write int", lambda: open("made.txt", "w").write(5))
attempt("writelines", lambda: open("made.txt", "w").writelines(["a", 5]))
attempt("writelines str", lambda: open("made.txt", "w").writelines("abc"))
for arguments in ((1, 5), (1,), (), (1, "d", 2), ("x", "d"), (None, "5"), (object, ""), ([], "x"), (1.5, b".1f"), (10, "n"), (True, ""), (True, "d"), (2, Text())):
    attempt(f"format{[a if not isinstance(a, Text) else 'Text' for a in arguments]}", lambda: format(*arguments))
sys.stdin = io.StringIO("typed\nlast")
attempt("input", lambda: input("prompt> "))
attempt("input int", lambda: input(5))
attempt("input end", lambda: input())
attempt("input two", lambda: input(1, 2))
sys.stdin = None
attempt("no stdin", lambda: input())
sys.stdin = 5
attempt("int stdin", lambda: input())
