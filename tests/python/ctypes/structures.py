# ctypes: structures and unions: layout, bit fields, packing, anonymous fields, byte orders, inheritance, what is kept alive.
import ctypes
from ctypes import *


def attempt(f, *args):
    try:
        r = f(*args)
    except Exception as e:
        print(f"{type(e).__name__}: {e}")
    else:
        print(r)


class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_int)]


class Named(Structure):
    _fields_ = [("name", c_char_p), ("at", POINTER(c_int)), ("where", Point), ("aliases", c_char_p * 2)]


p = Point(1, y=2)
print(p.x, p.y, sizeof(p), Point.x, Point.y, Point.y.offset, Point.y.size, memoryview(p).format, bytes(p))
for f in (lambda: Point(1, 2, 3), lambda: Point(1, x=2), lambda: setattr(p, "x", "no"), lambda: delattr(p, "x"), lambda: p[0], lambda: Structure(), lambda: Point.x.__get__(3),
          lambda: Point.x.__set__(3, 4), lambda: setattr(Named(), "where", 5), lambda: setattr(Named(), "where", c_int()), lambda: Named(where=("bad",)), lambda: Point.from_param(3)):
    attempt(f)
p.other = "an attribute"
print(p.other, Named(where=(7, 8)).where.y)

n = Named()
n.name = b"key"
n.at = (c_int * 2)(10, 20)
n.where = p
n.aliases[1] = b"alias"
p.x = 99
print(n.name, n.at[1], n.where.x, n.aliases[:], sorted(n._objects), n.where._b_base_ is n, n.aliases._objects)
print(memoryview(Named()).format, memoryview((Point * 3)()).shape, memoryview((Point * 3 * 2)()).ndim)


class Derived(Point):
    _fields_ = [("z", c_double)]


d = Derived(1, 2, 3.5)
print(d.x, d.y, d.z, sizeof(d), Derived.z.offset, isinstance(d, Point))


class Plain(Point):
    pass


print(sizeof(Plain), Plain(3, 4).y)


class Bits(Structure):
    _fields_ = [("a", c_int, 3), ("b", c_int, 5), ("c", c_uint, 30), ("d", c_short, 4), ("e", c_char), ("text", c_char * 4), ("wide", c_wchar * 3), ("f", c_longlong, 40)]


b = Bits(-1, 7, 5, -3, b"q", b"ab", "zz", 2**39 - 1)
print(b.a, b.b, b.c, b.d, b.e, b.text, b.wide, b.f, sizeof(Bits), bytes(b))
for field in "abcdef":
    print(getattr(Bits, field))
b.a, b.b, b.f = 8, -16, -1
print(b.a, b.b, b.c, b.f)
b.text = b"abcd"
print(b.text)
attempt(setattr, b, "text", b"abcde")
attempt(setattr, b, "text", "abc")
attempt(setattr, b, "wide", "abcd")
attempt(setattr, b, "wide", b"a")


class Overlay(Union):
    _fields_ = [("i", c_int), ("f", c_float), ("bytes", c_ubyte * 4), ("long", c_longlong)]


u = Overlay(f=1.5)
print(u.i, list(u.bytes), sizeof(u), Overlay.f, memoryview(u).format)


class Packed(Structure):
    _pack_ = 1
    _fields_ = [("a", c_char), ("b", c_int), ("c", c_short)]


class Packed2(Structure):
    _pack_ = 2
    _fields_ = [("a", c_char), ("b", c_double)]


print(sizeof(Packed), Packed.b.offset, sizeof(Packed2), Packed2.b.offset, alignment(Packed), alignment(Packed2), memoryview(Packed()).format)


class Tagged(Structure):
    _anonymous_ = ["u"]
    _fields_ = [("kind", c_int), ("u", Overlay)]


t = Tagged(1)
t.f = 2.0
print(t.i, t.u.i, Tagged.f, t.kind)


class Nested(Structure):
    _anonymous_ = ("inner",)
    _fields_ = [("first", c_byte), ("inner", Tagged)]


print(Nested.f.offset, Nested.kind.offset, Nested(inner=t).f)


class Big(BigEndianStructure):
    _fields_ = [("a", c_int), ("b", c_short, 4), ("c", c_short, 12), ("d", c_double), ("e", c_int * 2)]


print(bytes(Big(1, 2, 3, 1.5, (7, 8))), Big(1, 2, 3).c, Big.b, Big.c)


class Link(Structure):
    pass


Link._fields_ = [("value", c_int), ("next", POINTER(Link))]
chain = Link(1, pointer(Link(2, pointer(Link(3)))))
print(chain.next.contents.value, chain.next[0].next.contents.value, bool(chain.next.contents.next.contents.next))
attempt(lambda: chain.next.contents.next.contents.next.contents)


def structure(**body):
    return lambda: type("S", (Structure,), body)


for f in (structure(_fields_=[("a", 3)]), structure(_fields_=[3]), structure(_fields_=3), structure(_fields_=[("a", c_int, 40)]), structure(_fields_=[("a", c_int, 0)]),
          structure(_fields_=[("a", c_double, 4)]), structure(_fields_=[("a", c_char, 4)]), structure(_fields_=[(3, c_double)]), structure(_pack_=-1, _fields_=[("a", c_int)]),
          structure(_pack_="x", _fields_=[("a", c_int)]), structure(_anonymous_=["b"], _fields_=[("a", c_int)]), structure(_anonymous_=["a"], _fields_=[("a", c_int)]),
          structure(_anonymous_=3, _fields_=[("a", c_int)]), lambda: setattr(Point, "_fields_", []), lambda: setattr(Late, "_fields_", [("a", c_int), ("b", Late)])):
    class Late(Structure):
        pass
    attempt(f)


class Abstract(Structure):
    _abstract_ = True


attempt(Abstract)
attempt(sizeof, Abstract)
