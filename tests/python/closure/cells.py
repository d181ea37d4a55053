"""Closure cells: sharing, late binding, deletion, cell_contents, nested three deep, defaults against cells, recursion."""

def counter(start):
    n = start
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def dec(by=1):
        nonlocal n
        n -= by
        return n
    def get(): return n
    return inc, dec, get

inc, dec, get = counter(10)
inc(); inc(5); dec(2)
other = counter(0)
other[0]()
print(get(), other[2](), inc.__closure__[0] is dec.__closure__[0], inc.__closure__[0] is other[0].__closure__[0], inc.__closure__[0].cell_contents, inc.__code__.co_freevars)
inc.__closure__[0].cell_contents = 100
print(get(), inc())

def three():
    a = 1
    def two():
        b = 2
        def one():
            nonlocal a, b
            a, b = a + 10, b + 20
            return a, b
        return one, lambda: (a, b)
    return two() + (lambda: a,)

one, both, just_a = three()
print(one(), both(), one(), just_a(), one.__code__.co_freevars, both.__closure__[0].cell_contents)

def unset():
    def inner(): return later
    try:
        inner()
    except NameError as e:
        print(e)
    try:
        inner.__closure__[0].cell_contents
    except ValueError as e:
        print(e)
    later = 1
    print(inner())
    del later
    try:
        inner()
    except NameError as e:
        print(e)
    later = 2
    return inner

print(unset()())
def make_adders(): return [lambda x: x + i for i in range(3)], [lambda x, i=i: x + i for i in range(3)]
late, early = make_adders()
print([f(10) for f in late], [f(10) for f in early])
def param_cell(p, *args, k=1, **kw):
    def show(): return p, args, k, kw
    p += 1
    args += ("more",)
    kw["new"] = k
    return show
print(param_cell(1, 2, 3, k=4, z=5)())
def recursive():
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    f, fact2 = fact, fact
    return f(10), fact2 is f
print(recursive())
class Holder:
    def __init__(self): self.v = 0
    def adders(self): return lambda n: setattr(self, "v", self.v + n) or self.v
h = Holder()
add = h.adders()
print(add(5), add(6), h.v, add.__closure__[0].cell_contents is h)
def loop_cells():
    out = []
    for i in range(3):
        def f():
            nonlocal_i = i
            return nonlocal_i
        out.append(f)
    i = "after"
    return [f() for f in out]
print(loop_cells())
def exc_cell():
    try:
        raise ValueError("in cell")
    except ValueError as e:
        f = lambda: e
        inside = repr(f())
    try:
        f()
    except NameError as err:
        return inside, str(err)
print(exc_cell())
def gen_cell():
    x = 0
    def bump():
        nonlocal x
        x += 1
    for _ in range(3):
        bump()
        yield x
print(list(gen_cell()))
def with_class():
    secret = "captured"
    class K:
        attr = secret
        def m(self): return secret
        secret = "class attr"
    secret = "changed"
    return K.attr if hasattr(K, "attr") else None, K().m(), K.secret
try:
    print(with_class())
except NameError as e:
    print(e)
import types
cell = types.CellType(5)
print(cell.cell_contents, types.CellType() == types.CellType(), types.CellType(1) < types.CellType(2))
f = types.FunctionType(get.__code__, {}, "made", None, (cell,))
print(f(), f.__name__)
for bad in (lambda: types.FunctionType(get.__code__, {}), lambda: types.FunctionType(get.__code__, {}, None, None, ()), lambda: types.FunctionType(get.__code__, {}, None, None, (5,)), lambda: types.CellType().cell_contents, lambda: types.CellType(1, 2)):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
