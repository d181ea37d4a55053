"""In-place operators on builtins: identity kept or not, aliasing, tuples of targets, failures that half succeed."""

cases = {"list +=": ([1], "+=", [2]), "list *=": ([1], "*=", 2), "list += tuple": ([1], "+=", (2,)), "list += str": ([1], "+=", "ab"), "tuple +=": ((1,), "+=", (2,)), "str +=": ("a", "+=", "b"), "int +=": (1, "+=", 2), "set |=": ({1}, "|=", {2}), "set &=": ({1, 2}, "&=", {2}), "set -=": ({1, 2}, "-=", {2}), "set ^=": ({1, 2}, "^=", {2, 3}), "frozenset |=": (frozenset([1]), "|=", {2}), "dict |=": ({1: 1}, "|=", {2: 2}), "dict |= pairs": ({1: 1}, "|=", [(3, 4)]), "bytearray +=": (bytearray(b"a"), "+=", b"b"), "bytearray *=": (bytearray(b"a"), "*=", 3), "bytes +=": (b"a", "+=", b"b"), "float **=": (2.0, "**=", 3), "int //=": (7, "//=", 2), "int <<=": (1, "<<=", 70), "bool &=": (True, "&=", False), "bool +=": (True, "+=", True), "complex -=": (1j, "-=", 1)}
for name, (value, op, other) in cases.items():
    alias = value
    ns = {"v": value, "o": other}
    exec(f"v {op} o", ns)
    print(name, ns["v"], alias, ns["v"] is alias)
for value, op, other in (([1], "+=", 5), ([1], "+=", None), ((1,), "+=", [2]), ("a", "+=", 1), (1, "+=", "a"), ({1}, "|=", [2]), ({1}, "-=", [1]), ({}, "|=", 5), ({}, "|=", [1]), (bytearray(), "+=", "s"), (b"", "+=", bytearray(b"x")), (None, "+=", 1), ([1], "*=", "a"), ([1], "*=", 1.5), (1, "@=", 1), (1.5, "<<=", 1), ([1], "-=", [1]), ({1}, "+=", {2}), (range(3), "+=", range(3)), (frozenset(), "|=", [1]), (1j, "//=", 1), (1, "/=", 0), (1, "%=", 0), (1, "<<=", -1)):
    ns = {"v": value, "o": other}
    try:
        exec(f"v {op} o", ns)
        print(repr(value), op, repr(other), "=>", ns["v"])
    except Exception as e:
        print(repr(value), op, repr(other), "=>", type(e).__name__, e)
t = ([1], 2)
try:
    t[0] += [5]
except TypeError as e:
    print(e, t)
try:
    t[1] += 5
except TypeError as e:
    print(e, t)
class Half:
    def __iadd__(self, o):
        self.changed = o
        return NotImplemented
h = Half()
try:
    h += 5
except TypeError as e:
    print(e, h.changed)
class Returns:
    def __iadd__(self, o): return "replaced"
    def __isub__(self, o): return None
r = s = Returns()
r += 1
s -= 1
print(r, s)
class Attr:
    def __init__(self): self.reads, self._v = 0, [0]
    @property
    def v(self):
        self.reads += 1
        return self._v
    @v.setter
    def v(self, x): self._v = ("set", x)
a = Attr()
a.v += [1]
print(a._v, a.reads)
d = {"k": [1]}
d["k"] += [2]
alias = d["k"]
alias += [3]
print(d, d["k"] is alias)
l = [[0]] * 3
l[0] += [1]
l[1] = l[1] + [2]
print(l)
x = [1, 2, 3]
y = x
x = x + [4]
y += [5]
print(x, y)
def f(acc=[]):
    acc += [len(acc)]
    return acc
f(); f()
print(f())
i = 0
i += (i := 5) + i
print(i)
n = [1, 2]
n[0], n[1] = n[1], n[0] = 5, 6
print(n)
class M:
    def __init__(self, v): self.v = v
    def __imatmul__(self, o): self.v = ("matmul", o); return self
    def __ilshift__(self, o): self.v = (self.v, "<<", o); return self
m = M(1)
m @= 2
m <<= 3
print(m.v)
total = 0
for k in range(10): total += k; total *= 1; total -= 0; total ^= 0; total |= 0
print(total)
s = "x"
for k in range(5): s += s[k % len(s)] + str(k)
print(s)
