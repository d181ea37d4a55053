# struct: every code in every byte order with its limits, alignment, repeated and padded codes, buffers, iteration; memoryview casts beside it.
import array
import struct

CODES = "xcbB?hHiIlLqQnNefdspP"
VALUES = {"c": [b"a", b"", b"ab", "a", 5], "?": [True, 0, [], "x", 2.5], "s": [b"abc", b"", bytearray(b"xy"), "t", 5], "p": [b"abc", b"x" * 300, "t"], "e": [1.5, 65504, 65519.9, 65520, 1e-8, float("inf"), float("nan"), -0.0, "x", 2**70], "f": [1.5, 3.4e38, 3.5e38, float("-inf"), 10**40, None], "d": [1.5, 1e308, 5e-324, 10**400, True, "1"]}
INTS = [0, 1, -1, 127, 128, 255, 256, -128, -129, 2**15 - 1, 2**15, 2**16, -2**15 - 1, 2**31 - 1, 2**31, 2**32, -2**31 - 1, 2**63 - 1, 2**63, 2**64, -2**63 - 1, 1.0, "1", None]
for order in ("", "@", "=", "<", ">", "!"):
    for code in CODES:
        try:
            size = struct.calcsize(order + code)
        except struct.error as e:
            print(order, code, "error", e)
            continue
        results = []
        for value in VALUES.get(code, INTS) if code != "x" else [None]:
            try:
                packed = struct.pack(order + code, *([value] if code != "x" else []))
                back = struct.unpack(order + code, packed)
                results.append(f"{packed.hex()}>{back[0] if back else ''}")
            except (struct.error, OverflowError, TypeError) as e:
                results.append(f"{type(e).__name__}: {e}")
        if order in ("<", ">", "") or code in "nNP":
            print(repr(order), code, size, results)
for format in ("bi", "ib", "bh0i", "b0q", "b3xh", "=bi", "c2x", "10s", "0s", "3c", "2h3x", "hhl0q", "5p", "1p", "0p", " b  h ", "bq", "qb", "b?d", "3?", "bP", "100000x", "0c"):
    print(repr(format), struct.calcsize(format), struct.Struct(format).format, struct.Struct(format).size)
print(struct.pack("3s5s2p", b"abcd", b"ab", b"xyz"), struct.unpack("3s5s2p", b"abcab\0\0\0\1x"), struct.pack("<2b3xh", 1, 2, 3), struct.unpack(">2H", b"\1\2\3\4"), struct.pack("0s", b"ignored"), struct.pack("2c", b"a", b"b"), struct.pack("b3xi", 1, 2), struct.unpack("?", b"\2"), struct.pack("4p", b"abcdef"), struct.unpack("3p", b"\xffab"))
buffer = bytearray(b"-" * 16)
s = struct.Struct(">HbI")
s.pack_into(buffer, 2, 1, -2, 3)
struct.pack_into("<h", buffer, -4, 0x4142)
print(buffer, s.unpack_from(buffer, 2), struct.unpack_from("<h", memoryview(buffer)[12:]), struct.unpack_from("b", buffer, -1), list(s.iter_unpack(bytes(range(21)))), list(struct.iter_unpack("<xH", b"abcdef")), struct.unpack("<3s", array.array("B", b"abc")), s, s == struct.Struct(">HbI"))
it = struct.iter_unpack("<H", b"abcd")
print(it.__length_hint__(), next(it), it.__length_hint__(), list(it), list(it))
for wrong in (lambda: struct.pack("h"), lambda: struct.pack("h", 1, 2), lambda: struct.unpack("h", b"a"), lambda: struct.unpack("h", "ab"), lambda: struct.unpack("h", 5), lambda: struct.calcsize("y"), lambda: struct.calcsize("5"), lambda: struct.calcsize("<n"), lambda: struct.calcsize("99999999999999999999b"), lambda: struct.calcsize("9223372036854775807q"), lambda: struct.calcsize(5), lambda: struct.calcsize("é"), lambda: struct.calcsize(b"\xff"), lambda: struct.pack_into("i", buffer, 14, 1), lambda: struct.pack_into("i", buffer, -3, 1), lambda: struct.pack_into("i", buffer, -30, 1), lambda: struct.pack_into("i", b"const", 0, 1), lambda: struct.pack_into("i"), lambda: struct.pack_into("i", buffer), lambda: struct.unpack_from("i", buffer, 14), lambda: struct.unpack_from("i", buffer, -30), lambda: struct.unpack_from("i", buffer, -2), lambda: struct.unpack_from("i", b"", 0), lambda: list(struct.iter_unpack("h", b"abc")), lambda: struct.iter_unpack("", b""), lambda: s.unpack(b"short"), lambda: s.pack(1), lambda: s.pack(1, 2, 3, 4), lambda: struct.Struct("z"), lambda: struct.Struct(), lambda: struct.pack(), lambda: struct.pack("x", 1), lambda: struct.pack("3h", 1, 2), lambda: struct.pack("i", b"1"), lambda: struct.pack("P", -1), lambda: struct.pack("P", 2**64), lambda: struct.pack("h h", 40000, 1), lambda: struct.calcsize("b i<"), lambda: struct.unpack_from("h", buffer, offset=2**70), lambda: struct.pack_into("h", buffer, "x", 1), lambda: struct.Struct("h").size.x):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


class Index:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value


class Float:
    def __float__(self): return 2.5


class Bad:
    def __index__(self): raise ZeroDivisionError("index")
    def __bool__(self): raise ZeroDivisionError("bool")


print(struct.pack("<hQ", Index(5), Index(2**64 - 1)), struct.pack("<d", Float()), struct.pack("<d", Index(3)))
for code in "h?d":
    try:
        struct.pack(code, Bad())
    except Exception as e:
        print(code, type(e).__name__, e)

whole = memoryview(bytearray(range(24)))
for code in "cbB?hHiIlLqQnNfdP":
    view = whole.cast(code)
    print(code, view.itemsize, view.shape, view.nbytes, view[0] if code not in "fd" else view.tolist()[0] < 1, view.format, view[-1:].tobytes().hex())
grid = whole.cast("B", (4, 6))
cube = whole.cast("B").cast("H", [2, 3, 2])
print(grid.ndim, grid.shape, grid.strides, grid[1, 2], grid.tolist()[3], cube[1, 2, 1], cube.tolist(), cube.cast("B").nbytes, grid.c_contiguous, whole[::2].contiguous, whole[::-3].tolist(), whole.cast("@H")[1], grid == whole.cast("B", [4, 6]), grid != cube)
view = whole.cast("i")
view[0] = -5
view[1:3] = memoryview(array.array("i", [7, 8]))
print(view.tolist()[:3], whole[:4].tobytes(), bytes(whole[4:8]))
for wrong in (lambda: whole.cast("y"), lambda: whole[::2].cast("b"), lambda: view.cast("h"), lambda: whole.cast("i", (5,)), lambda: whole.cast("i", ()), lambda: whole.cast("i", (0, 6)), lambda: grid.cast("b", (2, 12)), lambda: grid[1], lambda: grid[1, 9], lambda: grid[1, 2, 3], lambda: grid[0:2], lambda: view.__setitem__(0, 2**31), lambda: view.__setitem__(0, 1.5), lambda: view.__setitem__(slice(0, 2), b"12345678"), lambda: whole.cast("<i"), lambda: whole[:7].cast("i"), lambda: view.__delitem__(0), lambda: whole.cast(5), lambda: whole.cast("B", [2.5]), lambda: memoryview(b"x").__setitem__(0, 1), lambda: grid.__setitem__((0, 0), 300), lambda: len(memoryview(5)), lambda: whole.cast("B", (2,) * 70), lambda: hash(view), lambda: cube[0]):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
