# ctypes: simple types: values from and to C, what is refused, parameters, byte orders, buffers, pickling, addresses.
import ctypes
import pickle
from ctypes import *


def attempt(f, *args):
    try:
        r = f(*args)
    except Exception as e:
        print(f"{type(e).__name__}: {e}")
    else:
        print(r)


for cls in (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_longlong, c_ulonglong, c_size_t, c_int8, c_uint64):
    print(cls.__name__, sizeof(cls), alignment(cls), cls(-1).value, cls(2**70 + 300).value, cls(True), memoryview(cls()).format)
for cls in (c_float, c_double, c_longdouble):
    print(cls.__name__, sizeof(cls), cls(1.1).value, cls(3), memoryview(cls()).format)
print(c_bool([]), c_bool(3), c_char(b"x"), c_char(65), c_char(bytearray(b"y")), c_wchar("\u20ac"), c_char_p(b"abc").value, c_char_p(), c_wchar_p("w\u00e9").value)
print(c_void_p(), c_void_p(5), c_void_p(-1).value == 2**64 - 1, py_object("o").value, py_object())

for cls, value in ((c_int, "x"), (c_int, 1.5), (c_char, b"xy"), (c_char, 256), (c_wchar, "xy"), (c_wchar, 3), (c_float, "x"), (c_char_p, 1.5), (c_char_p, "s"),
                   (c_wchar_p, b"s"), (c_void_p, "x"), (c_bool, type("B", (), {"__bool__": lambda self: 1 / 0})())):
    attempt(cls, value)
attempt(c_int, 1, 2)
attempt(lambda: py_object().value)
attempt(lambda: ctypes._SimpleCData())
attempt(lambda: delattr(c_int(), "value"))
attempt(hash, c_int())
print(c_int(3) == c_int(3), bool(c_int(0)), bool(c_double(0.5)), bool(c_char_p()))

for body in ({}, {"_type_": 3}, {"_type_": "xy"}, {"_type_": "!"}):
    attempt(type, "Bad", (ctypes._SimpleCData,), body)


class MyInt(c_int):
    def double(self):
        return 2 * self.value


print(MyInt(4).double(), isinstance(MyInt(1), c_int), repr(MyInt(4)).startswith("<__main__.MyInt object at 0x"))

# Parameters.
for cls, value in ((c_int, 3), (c_int, c_long(3)), (c_int, c_int(4)), (c_int, "x"), (c_double, 3.5), (c_char, b"x"), (c_char_p, 42), (c_char_p, None), (c_void_p, None)):
    attempt(cls.from_param, value)


class Wrapped:
    _as_parameter_ = 7


print(c_int.from_param(Wrapped()))
print(c_char_p.from_param(create_string_buffer(b"buf"))[:3], c_char_p.from_param(pointer(c_char(b"c")))[0])

# The other byte order.
big = c_int.__ctype_be__(0x01020304)
print(bytes(big), big.value, c_int.__ctype_le__ is c_int, c_short.__ctype_be__.__ctype_le__ is c_short, memoryview(big).format, hasattr(c_void_p, "__ctype_be__"))
print(bytes(c_double.__ctype_be__(1.5)), c_float.__ctype_be__(0.5).value)

# Memory of others.
block = bytearray(b"\1\0\0\0\2\0\0\0")
first, second = c_int.from_buffer(block), c_int.from_buffer(block, 4)
second.value = 513
print(first.value, block, c_int.from_buffer_copy(b"\5\0\0\0").value, list(first._objects), first._b_base_, first._b_needsfree_)
attempt(block.append, 1)
for args in ((b"xxxx",), (bytearray(2),), (bytearray(8), -1), (bytearray(8), 6), (memoryview(bytearray(16))[::2],), (3,)):
    attempt(c_int.from_buffer, *args)
attempt(c_int.from_buffer_copy, b"x")
attempt(c_int.from_address, "x")
source = c_int(99)
print(c_int.from_address(addressof(source)).value, cast(byref(source), POINTER(c_int))[0])
attempt(sizeof, 3)
attempt(alignment, 3)
attempt(addressof, 3)
attempt(byref, 3)
attempt(byref, c_int(), "x")

for value in (c_int(3), c_double(1.5), c_char(b"q"), c_longlong(-2**40)):
    print(pickle.loads(pickle.dumps(value)))
for value in (c_char_p(b"3"), c_void_p(1), pointer(c_int())):
    attempt(pickle.dumps, value)

buffer = create_string_buffer(b"hello", 10)
print(buffer.value, buffer.raw, len(buffer), string_at(buffer), string_at(addressof(buffer), 3), wstring_at(create_unicode_buffer("w\u20ac")))
memset(buffer, ord("z"), 3)
memmove(addressof(buffer) + 5, b"MOVED", 5)
print(buffer.raw)
small = create_string_buffer(4)
attempt(resize, small, 2)
resize(small, 100)
print(sizeof(small), small.raw, len(small))
attempt(resize, 3, 1)
attempt(resize, first, 100)
