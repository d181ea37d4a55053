"""memoryview: slicing, casting, release, comparison, writing through, formats."""

data = bytearray(b"abcdefgh")
m = memoryview(data)
print(m[0], m[-1], bytes(m[2:5]), m[::2].tobytes(), m[::-1].tobytes(), len(m), m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.readonly, m.contiguous, m.tolist()[:3])
m[0] = ord("X")
m[1:3] = b"YZ"
m[::-1][0:2] = b"qr"
print(data)
print(m == data, m == bytes(data), m[:2] == b"XY", m != b"", hash(memoryview(b"ab")) == hash(b"ab"), m.hex(), m.obj is data, ord("d") in m.tolist())
c = m.cast("H")
print(len(c), c.format, c.itemsize, c.nbytes, c.cast("B").tobytes() == bytes(data))
i = memoryview(bytes(range(16))).cast("I")
print(i.tolist(), i[1], i.cast("B")[5], memoryview(b"\xff\xfe").cast("b").tolist(), memoryview(bytes(8)).cast("d").tolist(), memoryview(bytes(8)).cast("q")[0])
g = memoryview(bytes(range(12))).cast("B", [3, 4])
print(g.tolist(), g.shape, g[1, 2], g.ndim, g.strides)
for bad in (lambda: memoryview("x"), lambda: memoryview(5), lambda: m[100], lambda: m["x"], lambda: m.__setitem__(0, 256), lambda: m.__setitem__(0, "a"), lambda: m.__setitem__(slice(0, 2), b"abc"), lambda: memoryview(b"x").__setitem__(0, 1), lambda: m.cast("Z"), lambda: m[:3].cast("I"), lambda: m[::2].cast("B"), lambda: hash(m), lambda: m.__delitem__(0), lambda: memoryview(), lambda: m < m):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
with memoryview(data) as w:
    part = w[2:4]
    print(part.tobytes())
    part.release()
try:
    w[0]
except ValueError as error:
    print(error)
m.release()
for attempt in (lambda: m[0], lambda: len(m), lambda: m.tobytes(), lambda: m.format):
    try:
        attempt()
    except ValueError as error:
        print(error)
del c
data.extend(b"more")
print(data, m.release())
r = memoryview(b"read only").toreadonly()
print(r.readonly, r[:4].tobytes(), memoryview(bytearray(b"z")).toreadonly().readonly, list(memoryview(b"ab")), memoryview(b"") == b"", bytes(memoryview(b"abc")[1:]))
print(sorted(memoryview(b"cab")), b"-".join([memoryview(b"a"), b"b"]), bytearray(memoryview(b"q")), memoryview(memoryview(b"nested"))[1:3].tobytes())
