"""Sizes, positions and texts that streams take: None, numbers that do not fit, wrong types, hints of readlines, detached and uninitialised wrappers."""

import io


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


kinds = {"text": lambda: io.TextIOWrapper(io.BytesIO(b"one\ntwo\nthree\n")), "string": lambda: io.StringIO("one\ntwo\nthree\n"), "bytes": lambda: io.BytesIO(b"one\ntwo\nthree\n"), "buffered": lambda: io.BufferedReader(io.BytesIO(b"one\ntwo\nthree\n")), "raw": lambda: open("rl.txt", "rb", 0), "random": lambda: io.BufferedRandom(io.BytesIO(b"one\ntwo\nthree\n"))}
with open("rl.txt", "w") as stream:
    stream.write("one\ntwo\nthree\n")
for name, make in kinds.items():
    for method, args in (("readlines", (h,)) for h in (None, -1, 0, 1, 3, 4, 5, 8, 9, 100, "x", 1.5, True, 2**70)):
        s = make(); attempt(f"{name} {method}{args}", lambda: (getattr(s, method)(*args), s.read()))
    for method in ("readline", "read", "seek", "truncate", "read1", "readinto", "peek", "seek2"):
        for arg in ("x", 1.5, None, 2**70, -1, -2, 0, b"x", True):
            s = make(); attempt(f"{name} {method} {arg}", lambda: getattr(s, method)(arg) if method != "seek2" else s.seek(0, arg))
for kw in ({"encoding": 5}, {"errors": 5}, {"newline": 5}, {"newline": "x"}, {"line_buffering": "x"}, {"line_buffering": None}, {"write_through": []}, {"encoding": "x\0y"}, {"errors": "x\0"}, {"bad": 1}, {"encoding": ""}, {"errors": ""}, {"newline": b""}):
    attempt(f"TextIOWrapper {kw}", lambda: repr(io.TextIOWrapper(io.BytesIO(), **kw)))
    attempt(f"reconfigure {kw}", lambda: io.TextIOWrapper(io.BytesIO()).reconfigure(**kw))
    attempt(f"open {kw}", lambda: open("rl.txt", **{k: v for k, v in kw.items()}).close())
    attempt(f"StringIO {kw}", lambda: type(io.StringIO("", **kw)).__name__)
for args in ((), (5,), (None,), ("x",), (b"x",), ("x", 5), ("x", None), ("x", "y"), ("x", "\r"), ("x", "", 1), (["x"],)):
    attempt(f"StringIO {args}", lambda: io.StringIO(*args).getvalue())
    attempt(f"BytesIO {args}", lambda: io.BytesIO(*args).getvalue())
    attempt(f"BufferedReader {args}", lambda: type(io.BufferedReader(*args)).__name__)
    attempt(f"FileIO {args}", lambda: io.FileIO(*args))
for cls in (io.BufferedReader, io.BufferedWriter, io.BufferedRandom):
    for size in (0, -1, 1, "x", 1.5, None, 2**70):
        attempt(f"{cls.__name__} {size}", lambda: type(cls(io.BytesIO(), size)).__name__)
attempt("pair", lambda: io.BufferedRWPair(io.BytesIO(), 5)); attempt("pair", lambda: io.BufferedRWPair(5, io.BytesIO())); attempt("pair", lambda: io.BufferedRWPair(io.BytesIO(), io.BytesIO(), 5, 6))
t = io.TextIOWrapper(io.BytesIO(b"abc")); t.detach()
for a in ("buffer", "name", "closed", "encoding", "errors", "newlines", "line_buffering", "_CHUNK_SIZE", "write_through", "mode"): attempt(a, lambda: getattr(t, a))
for a in ("read", "readline", "close", "flush", "tell", "detach", "fileno", "isatty", "readable", "seekable", "__next__", "__repr__", "__enter__"): attempt(a, lambda: getattr(t, a)())
u = io.TextIOWrapper.__new__(io.TextIOWrapper)
for a in ("buffer", "name", "closed", "encoding", "errors", "newlines", "line_buffering", "_CHUNK_SIZE"): attempt(a, lambda: getattr(u, a))
for a in ("read", "close", "flush", "tell", "detach", "fileno", "__repr__"): attempt(a, lambda: getattr(u, a)())
