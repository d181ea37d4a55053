"""Chained comparisons, boolean operators, conditional expressions, identity and membership in unusual nestings."""

calls = []
def v(x):
    calls.append(x)
    return x

def show(*r):
    print(*r, calls)
    calls.clear()

show(v(1) < v(2) < v(3) < v(4))
show(v(1) < v(2) > v(5) < v(4))
show(v(1) == v(1.0) == v(True) is not v(None))
show(v(3) in v([1, 2, 3]) == v(True))
show(v("a") in v("abc") in v(["abc"]))
show(v(1) is v(1) != v(2))
show(not v(1) == v(2), not v(0) is v(None), v(1) not in v([2]))
show((v(1) < v(2)) < v(3), v(1) < (v(2) < v(3)))
show(v(0) or v("") or v([]) or v(None))
show(v(1) and v("x") and v([0]))
show(v(0) and v(1) or v(2) and v(3))
show(v(1) or v(2) and v(3), (v(1) or v(2)) and v(3))
show(not v(0) and not v(1), not (v(0) or v(0)))
show(v("then") if v(1) else v("else"), v("then") if v(0) else v("mid") if v(0) else v("last"))
show((v(1) if v(0) else v(2)) if v(1) else v(3))
show([v(1), v(2)][v(0)] if v(True) else None)
show((lambda: v(1) or v(2))() + (v(0) or v(5)))
show([x for x in (v(0), v(1)) if x and v(x) or not v(9)])
show(1 < 2 < 3 != 4 in [4], 1 < 3 < 2, 1 != 1 or 2, None is None is None, [] == [] is not [], "a" < "b" < "c" > "a" <= "a")
show(v(5) if v(3) > v(2) > v(1) and v(0) < v(1) else v(6))
class B:
    def __init__(self, n, truth=True): self.n, self.truth = n, truth
    def __bool__(self):
        calls.append(f"bool{self.n}")
        return self.truth
    def __lt__(self, o): return B(f"{self.n}<{o.n}", self.truth)
    def __repr__(self): return f"B{self.n}"
a, b, c, f = B("a"), B("b"), B("c"), B("f", False)
show(a and b, f and b, a or b, f or b, not a, not f)
show(a < b < c, f < b < c, a < f < c)
show((a and b) or c, a and (f or c), f or f or c, a and b and f and c)
if a and not f or c: show("if taken")
if (a or f) and f: show("no")
elif f or a < b: show("elif")
while f or a: show("while"); break
show([x for x in (a, f) if x], [1 if x else 0 for x in (a, f)], any((f, a, b)), all((a, f, b)), bool(a), a if f else b)
assert a or f
show("assert")
x = a and 1
y = f or 2
z = (a and f) or 3
show(x, y, z)
def ret(p): return p and "yes" or "no"
show(ret(a), ret(f), ret(1), ret([]))
nan = float("nan")
show(nan == nan, nan is nan, nan in [nan], nan != nan, [nan] == [nan], not nan, nan < nan <= nan, 1 < nan, sorted([nan, 1]) is not None)
show(1 == 1.0 == True, (1, 2) < (1, 3) < (2,), {1} < {1, 2} < {1, 2, 3}, "" or 0 or () or "end", 0 if [] else 1 if {} else 2, True + True * 2, not not 5, -1 ** 2, (-1) ** 2, 2 ** -1, ~1 + 2, 1 + 2 << 3, 1 << 2 + 1, 5 & 3 | 4 ^ 1, 7 // 2 * 3 % 4, 1 if True else 2 + 3, (1 if False else 2) + 3, "a" "b" * 2, not 1 in [2], 1 - -1, 3 - 2 - 1, 2 ** 2 ** 3, 10 % 4 ** 2, 6 / 2 * 3)
