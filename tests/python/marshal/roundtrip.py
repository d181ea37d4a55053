"""marshal: round trips of every supported type, references, versions, files, errors; code objects that still run."""

import io
import marshal

values = [None, True, False, ..., StopIteration, 0, 1, -1, 2**31, -2**31, 2**62, 2**64, 10**100, -(10**50), 0.0, -0.0, 1.5, 1e300, float("inf"), 5e-324, 1j, 1.5 - 2j, "", "abc", "é€😀", "\ud800", "x" * 300, b"", b"bytes\0", (), (1,), (1, (2, ("x",))), [], [1, [2]], {}, {"a": 1, 2: (3,)}, set(), {1}, frozenset([1, "a"]), tuple(range(300)), bytearray(b"ba"), memoryview(b"mv")]
for v in values:
    for ver in (0, 2, 4):
        r = marshal.loads(marshal.dumps(v, ver))
        if not (r == v or isinstance(v, (bytearray, memoryview)) and r == bytes(v)): print("MISMATCH", ver, ascii(v), ascii(r))
print(len(values), marshal.loads(marshal.dumps(float("nan"))) != 0, str(marshal.loads(marshal.dumps(-0.0))), marshal.version)
shared = ["s"]; r = marshal.loads(marshal.dumps([shared, shared])); print(r[0] is r[1], marshal.loads(marshal.dumps(("interned", "interned")))); l = [1]; l.append(l)
try:
    r = marshal.loads(marshal.dumps(l)); print(r[1] is r)
except ValueError as e: print(e)
for bad in (lambda: marshal.dumps(object()), lambda: marshal.dumps(int), lambda: marshal.dumps([lambda: 0]), lambda: marshal.dumps({1: open}), lambda: marshal.loads(b""), lambda: marshal.loads(b"?"), lambda: marshal.loads(b"["), lambda: marshal.loads("text"), lambda: marshal.loads(5), lambda: marshal.loads(b"[\xff\xff\xff\x7f"), lambda: marshal.loads(b"s\x10\x00\x00\x00abc"), lambda: marshal.load(5), lambda: marshal.dump(1, 5), lambda: marshal.dumps(), lambda: marshal.loads(b"r\x05\x00\x00\x00"), lambda: marshal.dumps(range(3)), lambda: marshal.dumps(type("T", (tuple,), {})((1,))) and "tuple subclass"):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
f = io.BytesIO()
for v in (1, "two", [3]): marshal.dump(v, f)
f.seek(0); print([marshal.load(f) for _ in range(3)])
try:
    marshal.load(f)
except EOFError as e: print("EOFError", e)
with open("m.bin", "wb") as g: marshal.dump({"k": [1.5, None]}, g)
with open("m.bin", "rb") as g: print(marshal.load(g))
def func(a, b=2, *c, d=4, **e):
    "doc"
    def inner(x): return x + a
    return [inner(i) for i in range(b)], {k: d for k in "xy"}, f"{a!r:>3}", (lambda q: q * 2)(d), 10**20, 1.5j, b"z"
import types
code = marshal.loads(marshal.dumps(func.__code__)); g = types.FunctionType(code, {}, "copy", (2,)); g.__kwdefaults__ = {"d": 4}
print(g(1) == func(1), code == func.__code__, code.co_name, code.co_varnames, code.co_consts[0], code.co_firstlineno == func.__code__.co_firstlineno, list(code.co_lines()) == list(func.__code__.co_lines()), list(code.co_positions()) == list(func.__code__.co_positions()), code.co_exceptiontable == func.__code__.co_exceptiontable, hash(code) == hash(func.__code__))
m = compile("import math\ntry:\n    x = math.sqrt(16)\nexcept ValueError:\n    x = None\nclass C:\n    def m(self): return __class__\nr = C().m().__name__\n", "mod.py", "exec"); ns = {"__name__": "m"}; exec(marshal.loads(marshal.dumps(m)), ns); print(ns["x"], ns["r"])
deep = ()
for _ in range(500): deep = (deep,)
print(marshal.loads(marshal.dumps(deep)) == deep)
for _ in range(5000): deep = (deep,)
try:
    marshal.dumps(deep); print("fine")
except ValueError as e: print(e)
big = {i: (str(i), [i] * 3) for i in range(2000)}; print(marshal.loads(marshal.dumps(big)) == big)
