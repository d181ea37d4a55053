"""memoryview: casts and their refusals, formats, multi-dimensional indexing, slices with steps, comparison, hashing, release."""

import array


def attempt(action):
    try:
        result = action()
        print("ok", result.tolist() if isinstance(result, memoryview) else result)
    except Exception as error:
        print(type(error).__name__, error)


def describe(view):
    print(view.format, view.itemsize, view.ndim, view.shape, view.strides, view.suboffsets, view.nbytes, view.readonly, view.contiguous, view.c_contiguous, view.f_contiguous, len(view) if view.ndim else "scalar")


data = bytearray(range(24))
view = memoryview(data)
for format, *shape in (("B",), ("b",), ("c",), ("H",), ("h",), ("i",), ("I",), ("q",), ("Q",), ("f",), ("d",), ("?",), ("n",), ("N",), ("P",), ("@i",), ("<i",), ("e",), ("x",), ("s",), ("",), ("ii",), (5,), ("B", [2, 12]), ("B", (2, 3, 4)), ("B", [5, 5]), ("B", []), ("B", [24]), ("B", [-1]),
                       ("B", [0, 24]), ("B", ["x"]), ("B", 24), ("i", [2, 3]), ("i", [6, 1]), ("H", [3, 4]), ("B", [24] + [1] * 63), ("B", [24] + [1] * 64), ("B", [1.5]), ("B", [2 ** 70])):
    print(format, shape if len(shape[0:1]) == 0 or not isinstance(shape[0], list) or len(shape[0]) < 5 else "many", end=": ")
    try:
        made = view.cast(format, *shape)
        describe(made)
        made.release()
    except Exception as error:
        print(type(error).__name__, error)
short = view.cast("H")
attempt(lambda: short.cast("I"))
attempt(lambda: short.cast("B").cast("I"))
attempt(lambda: view[::2].cast("H"))
attempt(lambda: memoryview(b"abc").cast("H"))
grid = view.cast("B", [4, 6])
cube = view.cast("B", [2, 3, 4])
for key in (0, -1, 4, -5, (0, 0), (3, -1), (4, 0), (0, 6), (0,), (0, 0, 0), (), ..., slice(1, 3), slice(None, None, 2), slice(None, None, -1), (slice(0, 2), 1), (0, slice(None)), (slice(0, 1), slice(0, 1)), "x", 1.5, None, (0, "x"), (0, 1.0), 2 ** 70, (2 ** 70, 0), True):
    print(key, end=": ")
    attempt(lambda: grid[key])
attempt(lambda: cube[1, 2, 3])
attempt(lambda: cube[1, 2])
attempt(lambda: cube[1])
attempt(lambda: cube[::-1])
attempt(lambda: list(grid))
attempt(lambda: grid.tolist())
attempt(lambda: cube.tolist() == [[[cube[i, j, k] for k in range(4)] for j in range(3)] for i in range(2)])
attempt(lambda: grid[::2].tolist())
attempt(lambda: grid[::2].tobytes())
attempt(lambda: grid.tobytes("F"))
attempt(lambda: grid.tobytes("A") == grid.tobytes(None) == grid.tobytes())
attempt(lambda: grid.tobytes("X"))
attempt(lambda: grid.hex("-", 6))
attempt(lambda: 5 in grid)
attempt(lambda: hash(memoryview(b"ab")) == hash(b"ab"))
attempt(lambda: hash(memoryview(b"abcd").cast("I")))
attempt(lambda: hash(memoryview(bytearray(b"x"))))
attempt(lambda: hash(memoryview(b"abcd")[::-1]) == hash(b"dcba"))


def store(target, key, value):
    target[key] = value
    return bytes(data[:8]).hex()


def remove(target, key):
    del target[key]


for target, key, value in ((view, 0, 256), (view, 0, -1), (view, 0, 255), (view, 0, "x"), (view, 0, b"x"), (view, 0, 1.5), (view, 0, None), (view, 0, True), (view, slice(0, 2), b"ab"), (view, slice(0, 2), b"abc"), (view, slice(0, 4, 2), b"xy"), (view, slice(0, 2), [1, 2]), (view, slice(0, 2), 5),
                           (view, slice(0, 2), array.array("b", [1, 2])), (view, slice(0, 2), "ab"), (view, 99, 1), (grid, (0, 1), 7), (grid, 0, 7), (grid, slice(0, 1), b"abcdef"), (short, 0, 65535), (short, 0, 65536), (short, slice(0, 1), b"ab"), (short, slice(0, 1), memoryview(b"ab").cast("H")),
                           (view.cast("c"), 0, b"z"), (view.cast("c"), 0, 5), (view.cast("c"), 0, b"zz"), (view.cast("?"), 0, []), (view.cast("?"), 0, "x"), (view.cast("d"), 0, 1.5), (view.cast("d"), 0, "x"), (view.cast("f"), 0, 1e300), (view.cast("b"), 0, 128), (view.cast("P"), 0, -1), (view.cast("Q"), 0, 2 ** 64),
                           (view.cast("q"), 0, -2 ** 63), (memoryview(b"ro"), 0, 1), (view, slice(8, 0, -2), b"wxyz"), (view, slice(4, 0), b"")):
    print(target.format, key, value if not isinstance(value, memoryview) else value.tolist(), end=": ")
    attempt(lambda: store(target, key, value))
attempt(lambda: remove(view, 0))
attempt(lambda: remove(view, slice(0, 1)))
print(memoryview(b"ab") == b"ab", memoryview(b"ab") == memoryview(b"ab").cast("b"), memoryview(b"ab") == "ab", memoryview(array.array("i", [1, 2])) == memoryview(array.array("d", [1, 2])), grid == view, grid == view.cast("B", [4, 6]), memoryview(b"ab") != bytearray(b"ab"))
attempt(lambda: memoryview(b"a") < memoryview(b"b"))
attempt(lambda: data.append(1))
attempt(lambda: view[3:].obj is data)
print(view[5:1].tolist(), view[10:20:3].tolist(), view[20:10:-3].tolist(), view[::100].tolist(), view[3:].nbytes, view[1::2].strides)
empty = memoryview(b"")
describe(empty)
attempt(lambda: empty.cast("I"))
attempt(lambda: empty.cast("B", [0]))
scalar = memoryview(b"\x07").cast("B", [])
describe(scalar)
attempt(lambda: scalar[()])
attempt(lambda: scalar[...])
attempt(lambda: scalar[0])
attempt(lambda: scalar.tolist())
attempt(lambda: len(scalar))
attempt(lambda: list(scalar))
for text in ("view.release()", "view.release()", "view[0]", "view[0] = 1", "len(view)", "view.nbytes", "view == view", "view.tolist()", "memoryview(view)", "bytes(view)", "view.obj", "view.cast('b')", "hash(view)", "list(view)", "view.__enter__()", "repr(view)[:22]", "view.toreadonly()", "view.hex()"):
    print(text, end=": ")
    attempt(lambda: exec(text, {"view": other}) if "=" in text and "==" not in text else eval(text, {"view": other})) if (other := globals().setdefault("other", memoryview(bytearray(b"gone")))) is not None else None
with memoryview(b"managed") as managed:
    inner = managed[2:]
attempt(lambda: managed.tolist())
attempt(lambda: inner.tobytes())
attempt(lambda: memoryview(5))
attempt(lambda: memoryview())
attempt(lambda: memoryview("text"))
attempt(lambda: memoryview(object=b"x").tobytes())
