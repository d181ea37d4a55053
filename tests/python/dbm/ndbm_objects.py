# _dbm: databases of Berkeley DB through dbm.ndbm, what they take and refuse, closed ones, and threads that share one.
import _dbm
import dbm
import dbm.ndbm
import os
import pickle
import shelve
import threading


def show(f, *args):
    try:
        print(repr(f(*args)))
    except BaseException as e:
        print(type(e).__name__, e, e.args, getattr(e, "filename", None))


print(sorted(n for n in dir(_dbm) if not n.startswith("__")), _dbm.library, _dbm.error.__mro__, _dbm.error.__module__, _dbm.open.__text_signature__)
for args in (("nothere",), ("x", "q"), (1,), ("a\0b",), ("x", "c", "y"), (), (b"nothere",), ("x", 1), ("/nodir/x", "c"), ("x", "r\0")):
    show(_dbm.open, *args)
d = _dbm.open("x", "n")
kind = type(d)
print(kind, kind.__text_signature__, [(n, getattr(kind, n).__text_signature__) for n in ("close", "keys", "get", "setdefault", "__enter__", "__len__")])
print(os.listdir("."))
show(kind)
show(d.keys)
for key, value in (("a", b"1"), (b"\xff\0", b"\0\xff"), ("\u4e00", "\u4e8c"), (bytearray(b"k"), b"v"), ("k", bytearray(b"v")), (1, b"v"), ("k", 1),
                   ("\ud800", "a"), ("", "")):
    show(d.__setitem__, key, value)
print(len(d), sorted(d.keys()), bool(d))
for key in ("a", b"zz", 1, bytearray(b"a"), "", "\ud800", memoryview(b"a")):
    show(d.__getitem__, key)
    show(d.__contains__, key)
    show(d.get, key)
    show(d.get, key, 5)
for args in ((), ("a", "9"), ("n",), ("m", "5"), ("o", 5), (5,), (bytearray(b"q"),)):
    show(d.setdefault, *args)
    show(d.get, *args, *args)
for key in ("a", "a", 1):
    show(d.__delitem__, key)
show(iter, d)
with d as e:
    print(e is d, len(d))
for f in (d.keys, d.__len__, d.close, lambda: d.__exit__(None, None, None), lambda: d["a"], lambda: d.__setitem__("a", "b"), lambda: "a" in d,
          lambda: 1 in d, lambda: d.get("a"), lambda: d.setdefault("a"), lambda: d.__delitem__("a"), lambda: bool(d), lambda: d.__enter__() is d):
    show(f)
with _dbm.open("x", "w") as d:
    show(d.__delitem__, "zzz")
    d["big"] = b"x" * 3000
    print(len(d["big"]), len(d))
with _dbm.open("x", "c", 0o600) as d:
    print(len(d), sorted(d.keys())[:3])
with _dbm.open(b"x", "n") as d:
    print(len(d))
with _dbm.open("y", "rw") as d:
    print(len(d))

with dbm.open("many", "n") as d:
    print(type(d), dbm.whichdb("many"))
    failures = []

    def work(number):
        try:
            for i in range(60):
                d["%d.%d" % (number, i)] = str(i * i)
                assert d["%d.%d" % (number, i // 2)] == str((i // 2) ** 2).encode()
                if i % 20 == 0:
                    d.keys()
        except BaseException as error:
            failures.append(repr(error))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(failures, len(d), len(set(d.keys())), sum(int(d[k]) for k in d.keys()))
    show(pickle.dumps, d)
with shelve.open("shelf") as shelf:
    shelf["list"] = [1, 2, {"x": (3,)}]
    print(dict(shelf), list(shelf), len(shelf))
