"""Iterable unpacking: targets of every form, star positions, errors, order of evaluation and assignment."""

a, b = 1, 2
a, b = b, a
(c), (d,) = 3, [4]
[e, (f, *g)], *h = ["e", "fgh"], 1, 2
*i, = range(3)
j, *k, l = "xyz"
*m, n = [1]
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n)
x = [0, 0, 0]
x[0], x[1], *x[2:] = 9, 8, 7, 6
print(x)
p, p[0] = [1, 2], "assigned after p"
print(p)
class O:
    def __setattr__(self, n, v):
        print("set", n, v)
        object.__setattr__(self, n, v)
    def __setitem__(self, k, v): print("item", k, v)
o = O()
o.a, o[1], o.b = "abc"
(o.c, *o.d), o["k"] = [1, 2, 3], 4
for o.loop, (o.inner, *_) in [(1, "ab"), (2, "c")]: pass
log = []
def t(v):
    log.append(v)
    return v
t([0])[t(0)], t([0])[t(0)] = t("right1"), t("right2")
print(log)
x = y = z = t([])
print(x is y is z)
for code in ("a, b = 1, 2, 3", "a, b = 1,", "a, b = []", "a, *b, c = [1]", "a, *b = []", "a, b = 5", "a, b = None", "a, b = {1}", "(a, b), c = 1, 2", "a, b = iter([1])", "[] = [1]", "() = 5", "[] = []", "a, = 1, 2", "a, b = (x for x in range(5))", "*a, b = 5", "for a, b in [(1, 2), (3,)]: pass", "a, b = 'abc'", "a, (b, c) = 1, (2, 3, 4)", "a, b, c = {1: 2}", "a, b = object()", "[a, b] = range(10**9)"):
    try:
        exec(code)
        print(code, "| fine")
    except Exception as e:
        print(code, "|", type(e).__name__, e)
for code in ("*a = [1]", "*a, *b = [1]", "a, b += 1, 2", "(a, b): int = 1, 2", "[*a] = 1", "*a", "x = *a", "(*a) = 1", "f(*) ", "1, a = 2", "a, f() = 1, 2", "a + 1, b = 1, 2", "for *a in x: pass", "a, None = 1, 2", "(a := 1), b = 1, 2", "del *a", "print(*a, **b, *c)", "{*a: 1}", "[**a]", "lambda *: 0", "def f(*): pass"):
    try:
        compile(code, "<t>", "exec")
        print(code, "| fine")
    except SyntaxError as e:
        print(code, "|", e.msg)
class Count:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 100: raise StopIteration
        return self.n
c = Count()
a, b, *rest = c
print(a, b, len(rest), c.n)
c = Count()
try:
    a, b = c
except ValueError as e:
    print(e, c.n)
first, (second, [third, *fourth], fifth), *sixth = "1", ("2", "345", "6"), "7", "8"
print(first, second, third, fourth, fifth, sixth)
def f(): return 1, [2, 3], {"k": 4}
a, [b, c], d = f()
print(a, b, c, d, *f(), sep="|")
print([*range(2), *"ab", *[]], (*(), *[1]), {*"aa"}, {**{"a": 1}, **{"a": 2, "b": 3}}, [(*a, b) for *a, b in [(1, 2, 3), "xy"]])
matrix = [(1, 2), (3, 4)]
(a, b), (c, d) = matrix
(a, b), (c, d) = zip(*matrix)
print(a, b, c, d)
swap = {"x": 1, "y": 2}
swap["x"], swap["y"] = swap["y"], swap["x"]
print(swap, sum(a * b for a, b in matrix), max(matrix, key=lambda p: p[0] - p[1]))
