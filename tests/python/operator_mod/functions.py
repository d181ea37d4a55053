"""Every function of the operator module on builtins and on objects with dunders; errors."""

import operator as o

print([f(7, 3) for f in (o.add, o.sub, o.mul, o.truediv, o.floordiv, o.mod, o.pow, o.lshift, o.rshift, o.and_, o.or_, o.xor, o.lt, o.le, o.eq, o.ne, o.ge, o.gt, o.is_, o.is_not)], [f(5) for f in (o.neg, o.pos, o.invert, o.abs, o.not_, o.truth, o.index, o.inv)])
l = [1, 2, 3]
print(o.getitem(l, 1), o.setitem(l, 0, 9), l, o.delitem(l, 0), l, o.contains(l, 3), o.countOf([1, 1, 2], 1), o.indexOf("abc", "c"), o.concat([1], [2]), o.length_hint(l), o.length_hint(iter(l)), o.length_hint(5, 7), o.call(max, 1, 5), o.call(dict, a=1), o.matmul)
print(o.iadd([1], [2]), o.imul([1], 2), o.iconcat([1], (2,)), o.iand({1, 2}, {2}), o.ior({1}, {2}), o.ixor({1}, {1, 2}), o.isub(5, 3), o.itruediv(6, 4), o.ifloordiv(7, 2), o.imod(7, 4), o.ipow(2, 5), o.ilshift(1, 4), o.irshift(16, 2))
a = o.attrgetter("real", "imag", "__class__.__name__"); i = o.itemgetter(1, -1, slice(0, 2)); m = o.methodcaller("split", ",", maxsplit=1)
print(a(3 + 4j), o.attrgetter("real")(5), i("abcd"), o.itemgetter("k")({"k": 1}), m("a,b,c"), o.methodcaller("upper")("x"), repr(a), repr(o.itemgetter(1, "x")), repr(m), o.attrgetter("a.b")(type("X", (), {"a": type("Y", (), {"b": "deep"})})))
class N:
    def __add__(self, x): return ("add", x)
    def __matmul__(self, x): return ("mm", x)
    def __imatmul__(self, x): return ("imm", x)
    def __index__(self): return 3
    def __getitem__(self, k): return ("item", k)
    def __contains__(self, k): return k == "in"
    def __call__(self, *a, **k): return (a, k)
    def __bool__(self): return False
    def __length_hint__(self): return 42
    def __eq__(self, x): return "eq"
    def __neg__(self): return "neg"
n = N(); print(o.add(n, 1), o.matmul(n, 2), o.imatmul(n, 3), o.index(n), o.getitem(n, "k"), o.contains(n, "in"), o.call(n, 1, a=2), o.not_(n), o.truth(n), o.length_hint(n), o.eq(n, 0), o.neg(n))
for bad in (lambda: o.add(1), lambda: o.add(1, "a"), lambda: o.index(1.5), lambda: o.itemgetter(), lambda: o.attrgetter(), lambda: o.attrgetter(5), lambda: o.methodcaller(), lambda: o.methodcaller(5), lambda: o.itemgetter(9)("ab"), lambda: o.attrgetter("zz")(1), lambda: o.methodcaller("nope")(1), lambda: o.concat(1, 2), lambda: o.indexOf([1], 2), lambda: o.length_hint(1, "x"), lambda: o.getitem(5, 0), lambda: o.contains(5, 1), lambda: o.truediv(1, 0), lambda: o.iconcat(1, 2), lambda: o.itemgetter(1)(1, 2), lambda: o.countOf(5, 1), lambda: o.not_()):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
rows = [("b", 2), ("a", 2), ("c", 1)]
print(sorted(rows, key=o.itemgetter(1)), sorted(rows, key=o.itemgetter(1, 0)), list(map(o.itemgetter(0), rows)), list(map(o.mul, [1, 2], [3, 4])), sum(map(o.mul, range(4), range(4))), max(rows, key=o.itemgetter(0)), list(map(o.methodcaller("title"), ["ab"])), o.__add__(1, 2), o.__getitem__([5], 0), sorted(n for n in o.__all__)[:6], len(o.__all__))
