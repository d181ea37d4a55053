# array: every type code with its limits, conversions, files, slices, buffers that pin it, copies and pickles, and every refusal.
import array
import copy
import io
import operator
import pickle
import sys

LIMITS = {"b": (-2**7, 2**7 - 1), "B": (0, 2**8 - 1), "h": (-2**15, 2**15 - 1), "H": (0, 2**16 - 1), "i": (-2**31, 2**31 - 1), "I": (0, 2**32 - 1), "l": (-2**63, 2**63 - 1), "L": (0, 2**64 - 1), "q": (-2**63, 2**63 - 1), "Q": (0, 2**64 - 1)}
for code in array.typecodes:
    a = array.array(code)
    print(code, a.itemsize, a, len(a), a.buffer_info()[1])
    if code in LIMITS:
        low, high = LIMITS[code]
        a.extend([low, high, 1])
        for value in (low - 1, high + 1, 1.0, "1", None, True):
            try:
                a.append(value)
                print("  appended", value)
            except Exception as e:
                print("  ", value, type(e).__name__, e)
        for attempt in (lambda: a.__setitem__(0, high + 1), lambda: a.insert(0, low - 1), lambda: a.index(1), lambda: a.count(high), lambda: a.remove(5), lambda: a.pop(), lambda: array.array(code, [1, 2**70]), lambda: array.array(code, "x"), lambda: a.fromlist([1, "x"]) , lambda: a.extend([2, "x"])):
            try:
                print("  ", attempt(), end=" ")
            except Exception as e:
                print("  ", type(e).__name__, e, end=" ")
        print(a)
    elif code in "fd":
        a.extend([1.5, -0.0, float("inf"), 1e300, 1, True])
        print("  ", a, a == array.array("d", a), a.tolist(), a.count(1), a.index(1.5))
        for value in ("x", None, 10**400, 1j):
            try:
                a.append(value)
            except Exception as e:
                print("  ", value if value != 10**400 else "huge", type(e).__name__, e)
    else:
        a.fromunicode("héllo☃𝄞")
        print("  ", a, a.tounicode(), a[0], a.count("l"), array.array("u", "ab") + array.array("u", "c"))
        for value in ("ab", "", 5, b"x"):
            try:
                a.append(value)
            except Exception as e:
                print("  ", value, type(e).__name__, e)
    raw = a.tobytes()
    b = array.array(code, raw)
    if code != "u":
        b.byteswap()
    print("  ", len(raw) == len(a) * a.itemsize, b == a if code in "bBu" else b != a, pickle.loads(pickle.dumps(a)) == a, pickle.loads(pickle.dumps(a, 2)) == a, copy.copy(a) == copy.deepcopy(a) == a, a[::-1] == array.array(code, reversed(a)), len(a * 2), a.__reduce_ex__(3)[0].__name__, a.__reduce_ex__(2)[0].__name__)
a = array.array("i", range(10))
a[2:5] = array.array("i", [20, 30])
a[::3] = array.array("i", [-1, -2, -3])
del a[1]
del a[::4]
a[5:2] = array.array("i", [99])
print(a, a[-2:], a[100:], a[::-2], a + a[:1], 2 * a[:2], a * 0, a * -1, 99 in a, "x" in a, a.reverse(), a.pop(0), a.pop(-1), a.index(5, 1), a.index(5, -3, 100), list(a))
a += array.array("i", [7])
a *= 2
a.insert(-1, 5)
a.insert(100, 6)
print(a, a < array.array("i", [99]), a == array.array("q", a), array.array("b", [1]) < array.array("d", [1.5]), array.array("i") == array.array("f"), a != [1], sorted(a)[:3], max(a), sum(a), bytes(array.array("B", b"xy")), bytearray(array.array("H", [1])).hex())
with open("data.bin", "wb") as f:
    array.array("d", [1.5, 2.5, 3.5]).tofile(f)
    f.write(b"tail4567")
with open("data.bin", "rb") as f:
    d = array.array("d")
    d.fromfile(f, 2)
    try:
        d.fromfile(f, 5)
    except EOFError as e:
        print(e, d.tolist()[:3], len(d), f.read())
m = memoryview(a)
for attempt in (lambda: a.append(1), lambda: a.pop(), lambda: a.extend([]), lambda: a.extend([1]), lambda: a.__delitem__(0), lambda: a.__setitem__(slice(0, 1), array.array("i")), lambda: a.__setitem__(0, 5), lambda: a.byteswap(), lambda: a.fromlist([1]), lambda: a.__imul__(2), lambda: a.__iadd__(a), lambda: a.frombytes(b""), lambda: a.reverse()):
    try:
        print(attempt(), end=" ")
    except Exception as e:
        print(type(e).__name__, e, end=" ")
m.release()
print(a.append(1), len(a))
iterator = iter(a)
next(iterator)
print(operator.length_hint(iterator), pickle.loads(pickle.dumps(iterator)).__next__() == a[1], copy.copy(iterator).__reduce__()[2], type(iterator).__name__)


class Sub(array.array):
    def __new__(cls, code, items=(), *, label=""):
        self = super().__new__(cls, code, items)
        self.label = label
        return self


s = Sub("i", [1, 2], label="L")
print(s, s.label, type(s[:1]).__name__, type(s + s).__name__, type(copy.copy(s)).__name__, pickle.loads(pickle.dumps(s)).label, s == array.array("i", [1, 2]))
for wrong in (lambda: array.array(), lambda: array.array("x"), lambda: array.array("ii"), lambda: array.array(5), lambda: array.array("i", 5), lambda: array.array("i", [1], 2), lambda: array.array("u", [1]), lambda: array.array("u", b"abc"), lambda: array.array("i", b"abc"), lambda: array.array("b", "ab"), lambda: array.array("i", array.array("u", "a")), lambda: a.frombytes(b"abc"), lambda: a.frombytes("x"), lambda: a.fromlist((1,)), lambda: a.fromunicode("x"), lambda: a.tounicode(), lambda: a[100], lambda: a["x"], lambda: a.__setitem__(100, 1), lambda: a.__setitem__(slice(0, 1), [1]), lambda: a.__setitem__(slice(0, 1), array.array("b", [1])), lambda: a.__setitem__(slice(0, 4, 2), array.array("i", [1])), lambda: a + [1], lambda: a + array.array("b"), lambda: a.__iadd__([1]), lambda: a * "x", lambda: a < 5, lambda: hash(a), lambda: a.index(12345), lambda: a.remove("x"), lambda: array.array("i").pop(), lambda: a.pop(999), lambda: a.tofile(5), lambda: a.fromfile(io.BytesIO(b"abcd"), -1), lambda: a.fromfile(5, 1), lambda: a.extend(5), lambda: a.extend(array.array("d", [1.0])), lambda: array._array_reconstructor(array.array, "i", 99, b""), lambda: array._array_reconstructor(list, "i", 0, b""), lambda: array._array_reconstructor(array.array, "z", 0, b""), lambda: array._array_reconstructor(array.array, "B", 0, "x"), lambda: array._array_reconstructor(array.array, "h", 3, b"\1\2\3\4"), lambda: array.array("q", bytes(12)), lambda: a.insert("x", 1), lambda: setattr(a, "itemsize", 1)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
