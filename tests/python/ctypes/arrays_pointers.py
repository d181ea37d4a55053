# ctypes: arrays and pointers: items, slices, text, incomplete types, casts, refused indices and values.
import ctypes
from ctypes import *


def attempt(f, *args):
    try:
        r = f(*args)
    except Exception as e:
        print(f"{type(e).__name__}: {e}")
    else:
        print(r)


Three = c_int * 3
a = Three(1, 2, 3)
print(Three, Three is c_int * 3, Three._length_, Three._type_, len(a), list(a), a[-1], a[0:2], a[::-1], a[5:], sizeof(a), sum(a), 2 in a)
a[1] = 20
a[0:2] = (7, 8)
a[::2] = [70, 90]
print(list(a), [list(row) for row in (c_int * 2 * 3)((1, 2), (3, 4))], bytes(Three(1)))
for f in (lambda: Three(1, 2, 3, 4), lambda: a[3], lambda: a[-4], lambda: a["x"], lambda: a.__setitem__(3, 1), lambda: a.__setitem__(0, "x"), lambda: a.__delitem__(0),
          lambda: a.__setitem__(slice(0, 2), [1]), lambda: a.__setitem__("x", 1), lambda: c_int * -1, lambda: c_int * "x", lambda: c_int * 2**62, lambda: Three() == Three(), lambda: Array()):
    attempt(f)

text, wide = (c_char * 5)(b"a", b"b"), (c_wchar * 4)("x", "\u20ac")
print(text.value, text.raw, text[:], text[1], text[::-2], wide.value, repr(wide[:]), wide[1], wide[::-1] == "\0\0\u20acx")
text.value = b"abcde"
text.raw = b"\0z"
wide.value = "wxyz"
print(text.raw, text.value, wide.value)
for f in (lambda: setattr(text, "value", b"abcdef"), lambda: setattr(text, "value", "a"), lambda: setattr(text, "raw", b"abcdef"), lambda: setattr(wide, "value", "abcde"),
          lambda: setattr(wide, "value", b"a"), lambda: delattr(text, "value"), lambda: Three().value):
    attempt(f)


def array(**body):
    return lambda: type("A", (Array,), body)


for f in (array(), array(_length_=2), array(_length_=-1, _type_=c_int), array(_length_=1, _type_=3), array(_length_="x", _type_=c_int), array(_length_=2**70, _type_=c_int),
          array(_length_=2**61, _type_=c_int)):
    attempt(f)

i = c_int(42)
p = pointer(i)
print(p[0], p.contents, p.contents is i, type(p), POINTER(c_int) is type(p), bool(p), bool(POINTER(c_int)()), p._objects)
p[0] = 43
p.contents = c_int(44)
print(i, p[0], p.contents.value)
array5 = (c_short * 5)(1, 2, 3, 4, 5)
q = cast(array5, POINTER(c_short))
print(q[2], q[:5], q[1:5:2], q[4:0:-1], q[4::-1] if False else "", addressof(q.contents) == addressof(array5))
del array5
print(q[0:5])
pp = pointer(p)
pp[0][0] = 7
print(p[0], pp.contents.contents)
for f in (lambda: POINTER(c_int)().contents, lambda: POINTER(c_int)()[0], lambda: POINTER(c_int)("x"), lambda: POINTER(c_int)(1, 2), lambda: setattr(p, "contents", 3), lambda: p["x"],
          lambda: p[0:1:0], lambda: p[::1], lambda: p[:5:-1], lambda: p.__delitem__(0), lambda: p.__setitem__("x", 1), lambda: p.__setitem__(0, "x"), lambda: POINTER(3), lambda: pointer(3),
          lambda: type("P", (ctypes._Pointer,), {})(), lambda: type("P", (ctypes._Pointer,), {"_type_": 3}), lambda: type("Sub", (POINTER(c_int),), {})(),
          lambda: cast(3, 3), lambda: cast(3, c_int), lambda: POINTER(c_int).from_param("x"), lambda: POINTER(c_int).from_param(c_long())):
    attempt(f)

print(cast(b"hello", POINTER(c_char))[:3], cast(cast(b"text", c_void_p), c_char_p).value, c_char_p.from_buffer_copy(bytes(c_void_p())).value)
print(POINTER(c_int).from_param(None), POINTER(c_int).from_param(Three(5))[0], POINTER(c_int).from_param(byref(i))._obj is i, cast(0, c_char_p).value)
Later = POINTER("Later")
print(Later.__name__)
attempt(Later)
attempt(lambda: Later._type_)


class Thing(Structure):
    _fields_ = [("n", c_int)]


SetPointerType(Later, Thing)
print(Later(Thing(3)).contents.n)
print(ctypes._pointer_type_cache[c_int] is POINTER(c_int), POINTER(None) is c_void_p)
