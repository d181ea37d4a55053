"""Every refusal of struct: formats, numbers out of range in each byte order, buffers that are too short, wrong calls."""

import struct

def show(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f"{type(e).__name__}: {e}"

class Index:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
class Broken:
    def __index__(self): raise KeyError("index")
    def __float__(self): raise KeyError("float")
    def __bool__(self): raise KeyError("bool")
class Text:
    def __index__(self): return "5"

values = (-1 << 70, -1 << 63, -1 << 40, -300, -1, 128, 256, 1 << 16, 1 << 31, 1 << 32, 1 << 63, 1 << 64, 1.5, 1e300, "x", b"xy", b"x", None, float("inf"), Index(3), Index(1 << 70), Index(-1), Broken(), Text())
for mode in "@<>":
    for letter in "cbB?hHiIlLqQnNPefdsp":
        seen = []
        for v in values:
            answer = show(struct.pack, mode + letter, v)
            if answer not in seen: seen.append(answer)
        print(mode + letter, seen)
for f in ((), (1,), ("i", "j"), (None,), ("é",), ("i\0",), ("2",), ("i2",), ("9" * 30 + "i",), ("99999999999999999i",), ("\ti \n2h",), ("%",), (b"i",), (bytearray(b"i"),), ("1<i",), ("<i>",), ("<n",), ("<P",), ("",)):
    print(f, show(lambda *f: struct.Struct(*f).size, *f), show(struct.calcsize, *f))
print(show(struct.Struct, foo="i"), show(struct.calcsize, format="i"), struct.Struct(format="i").size)

s, buffer = struct.Struct("ih"), bytearray(10)
print(show(s.pack), show(s.pack, 1), show(s.pack, 1, 2, 3), show(s.pack, a=1), show(struct.pack), show(struct.pack, "i"), show(struct.pack, "i", a=1), show(struct.pack, 1))
for args in ((), (buffer,), (buffer, 0), (buffer, 0, 1, 2), (buffer, 5, 1, 2), (buffer, -6, 1, 2), (buffer, -5, 1, 2), (buffer, -11, 1, 2), (buffer, 11, 1, 2), (b"123456789", 0, 1, 2), ("x", 0, 1, 2), (buffer, "x", 1, 2),
             (buffer, 1 << 70, 1, 2), (memoryview(buffer)[::2], 0, 1, 2), (buffer, None, 1, 2), (buffer, 1.5, 1, 2), (buffer, 0, 1, "x")):
    print(len(args), show(s.pack_into, *args), show(struct.pack_into, "ih", *args), buffer)
for args in ((), (buffer,), (buffer, 4), (buffer, 5), (buffer, -6), (buffer, -5), (buffer, -11), (buffer, 11), ("x",), (buffer, "x"), (buffer, 1 << 70), (buffer, None), (memoryview(buffer)[::2],), (buffer, 1, 1)):
    print(len(args), show(s.unpack_from, *args), show(struct.unpack_from, "ih", *args), show(s.unpack, *args), show(struct.unpack, "ih", *args))
print(show(s.unpack_from, buffer=buffer, offset=1), show(s.unpack_from, buf=buffer), show(s.unpack, buffer=buffer), show(struct.unpack_from, "ih", buffer=buffer, offset=2), show(struct.unpack_from, buffer=buffer))
print(show(struct.iter_unpack, "0i", b""), show(struct.iter_unpack, "i", b"12345"), show(struct.iter_unpack, "i", "text"), show(type(struct.iter_unpack("i", b""))))
for f in (struct.pack, struct.pack_into, struct.unpack, struct.unpack_from, struct.iter_unpack, struct.calcsize, s.pack, s.pack_into, s.unpack, s.unpack_from, s.iter_unpack):
    print(f.__name__, f.__qualname__, f.__text_signature__)
print(struct.error, struct.error.__mro__, struct.Struct, show(setattr, s, "size", 1), show(setattr, s, "x", 1))

class Tagged(struct.Struct):
    def __new__(cls, *args): return super().__new__(cls, "ignored")
    def __init__(self, tag, format): super().__init__(format); self.tag = tag
t = Tagged("t", ">h")
print(t.tag, t.size, t.pack(258), t.format)
t.__init__("u", "<q")
print(t.tag, t.size, t.pack(258), t.format)
