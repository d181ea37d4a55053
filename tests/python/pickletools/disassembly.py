# pickletools: pickles of every protocol taken apart, optimised, annotated, and damaged ones refused.
import collections
import datetime
import io
import pickle
import pickletools


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


class Reduced:
    def __reduce__(self):
        return list, ((1, 2),), None, iter([3, 4])


class State:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 1

    def __getnewargs_ex__(self):
        return (), {}


shared = ["again"]
value = {"n": [None, True, False, 0, 255, 256, -1, 2**31, -2**40, 2**100, 1.5], "s": "text", "u": "ünï\n\\", "b": b"bytes", "t": ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)), "sets": [{1}, frozenset([2])], "shared": [shared, shared], "empty": [{}, [], ""]}
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    print("protocol", protocol)
    pickletools.dis(pickle.dumps(value, protocol))
for thing in (Point(1, "two"), Reduced(), datetime.date(2020, 1, 2), collections.OrderedDict(a=1), len, Point, range(3), 1j, bytearray(b"x"), Ellipsis):
    for protocol in (0, 2, 4):
        try:
            pickletools.dis(pickle.dumps(thing, protocol), indentlevel=1)
        except Exception as e:
            print(type(e).__name__, e)
long = pickle.dumps([["a" * 300, list(range(5)), "b" * 70000][0:2], "same", "same"] * 2, 4)
short = pickletools.optimize(long)
print(len(long), len(short), pickle.loads(long) == pickle.loads(short))
pickletools.dis(short)
out = io.StringIO()
pickletools.dis(pickle.dumps([1, "a", (2,)], 2), out=out, annotate=40)
print(out.getvalue())
memo = {}
stream = io.BytesIO(pickle.dumps(["first"], 2) + pickle.dumps(["second"], 2))
pickletools.dis(stream, memo=memo)
pickletools.dis(stream, memo={})
print(sorted(memo))
print([(op.name, arg, pos) for op, arg, pos in pickletools.genops(pickle.dumps({"k": (1, -2)}, 3))])
for bad in (b"", b"\xff.", b"I1", b"(.", b"N", b"NN.", b"0.", b"g5\n.", b"p0\n.", b"I1\np0\nI2\np0\n0.", b"\x80\x09N.", b"\x8cz", b"X\xff\xff\xff\xff", b"S'unclosed\n.", b"Lx\n.", b"t.", b"\x95\x05\0\0\0\0\0\0\0N.", b"cmodule\n", b"\x8a\x02\x01", b"U\x05ab."):
    try:
        pickletools.dis(bad, out=io.StringIO())
        print(bad, "fine")
    except Exception as e:
        print(bad, type(e).__name__, e)
print(len(pickletools.opcodes), pickletools.code2op["N"].name, pickletools.code2op["}"].stack_after, pickletools.opcodes[0].arg.name, pickletools.stackslice.name, pickletools.uint1.n, pickletools.read_uint2(io.BytesIO(b"\x01\x02")),
      pickletools.read_long1(io.BytesIO(b"\x02\xff\x00")), pickletools.read_stringnl(io.BytesIO(b"'a\\nb'\n")), pickletools.read_float8(io.BytesIO(bytes([0x3f, 0xf8] + [0] * 6))))
