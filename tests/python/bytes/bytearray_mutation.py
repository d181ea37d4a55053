"""bytearray as a mutable sequence: slices, in-place operators, insert, pop, errors, resizing while exported."""

a = bytearray(b"0123456789")
a[2] = ord("x")
a[3:5] = b"YZW"
a[::4] = b"****"[: len(a[::4])]
print(a, len(a))
del a[0], a[-1]
del a[1:4]
del a[::2]
print(a)
a += b"abc"
a *= 2
a.extend([1, 2])
a.extend(b"zz")
a.append(255)
a.insert(2, 0)
a.insert(-1, 7)
a.insert(100, 8)
print(a, a.pop(), a.pop(0), a.index(b"a"))
a.remove(ord("b"))
a.reverse()
print(a, a.copy() == a, a.copy() is a)
a[1:1] = b"ins"
a[:0] = [1, 2, 3]
a[len(a):] = (4,)
a[2:4] = bytearray()
print(a)
for bad in (lambda: a.append(256), lambda: a.append("x"), lambda: a.append(-1), lambda: a.__setitem__(0, 300), lambda: a.__setitem__(100, 1), lambda: a.__setitem__(0, b"x"), lambda: a.__setitem__(slice(0, 4, 2), b"x"), lambda: a.pop(100), lambda: bytearray().pop(), lambda: a.remove(99), lambda: a.extend("x"), lambda: a.extend([1, 256]), lambda: a.__delitem__(99), lambda: a.insert("x", 1), lambda: a.__setitem__(slice(0, 1), "str"), lambda: a.__setitem__(slice(0, 1), 5), lambda: a.__iadd__("x"), lambda: hash(a), lambda: a["x"]):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(a)
v = memoryview(a)
try:
    a.append(1)
except BufferError as error:
    print(error)
v[0] = 99
v.release()
a.append(1)
print(a)
a[:] = b""
print(a, bool(a), a == b"", bytearray(b"x") == b"x", bytearray(b"a") < b"b")
b = c = bytearray(b"shared")
b += b"!"
print(c, b is c)
b = b + b"?"
print(c, b)
buffer = bytearray()
for i in range(1000):
    buffer += bytes([i % 256])
    if len(buffer) > 300:
        del buffer[:100]
print(len(buffer), buffer[:5], sum(buffer))
a.clear()
print(a, [x for x in bytearray(b"ab")], bytearray(b"ab")[::-1], 97 in bytearray(b"a"), b"b" in bytearray(b"abc"))
