"""functools.partial, partialmethod, wraps, update_wrapper, reduce, cmp_to_key, total_ordering."""

import functools as ft

def f(a, b, *args, k=0, **kw): return a, b, args, k, kw
p = ft.partial(f, 1, k=5)
print(p(2), p(2, 3, k=6, z=1), p.func is f, p.args, p.keywords, ft.partial(p, 9)(), ft.partial(p, 9).func is f, ft.partial(int, base=2)("101"), repr(ft.partial(print, 1, sep="-")).replace("built-in ", ""))
p.attr = "set"; print(p.attr, p.__dict__)
for bad in (lambda: ft.partial(), lambda: ft.partial(5), lambda: ft.partial(f)(), lambda: ft.partial(f, a=1)(2, 3), lambda: ft.reduce(lambda a, b: a, []), lambda: ft.reduce(5, [1, 2]), lambda: ft.reduce(max, 5), lambda: ft.cmp_to_key(), lambda: ft.cmp_to_key(5)(1) < ft.cmp_to_key(5)(2), lambda: ft.total_ordering(type("N", (), {}))):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
class C:
    def base(self, a, b): return (type(self).__name__, a, b)
    half = ft.partialmethod(base, "fixed")
    static = ft.partialmethod(staticmethod(lambda a, b: a + b), 10)
    cls = ft.partialmethod(classmethod(lambda c, a: (c.__name__, a)), 7)
    plain = ft.partial(lambda *a: a, "p")
print(C().half(2), C().static(5), C.cls(), C().cls(), C().plain("x"))
def deco(g):
    @ft.wraps(g)
    def wrapper(*a, **k):
        "wrapper doc"
        return ("wrapped", g(*a, **k))
    return wrapper
@deco
def target(x: int) -> str:
    "target doc"
    return x
target.extra = 1
print(target(5), target.__name__, target.__doc__, target.__wrapped__(6), target.__annotations__, target.__qualname__, target.__module__, ft.WRAPPER_ASSIGNMENTS, ft.WRAPPER_UPDATES)
class Callable:
    def __call__(self): return "called"
w = ft.update_wrapper(Callable(), target); print(w.__name__, w.__doc__, w(), w.extra)
print(ft.reduce(lambda a, b: a * b, range(1, 6)), ft.reduce(lambda a, b: a + b, ["x"], "start "), ft.reduce(lambda a, b: a - b, [10, 1, 2]), ft.reduce(max, [3, 9, 2], 5), ft.reduce(lambda a, b: [*a, b], "abc", []), ft.reduce(None, [1]) if False else ft.reduce(None, [], 5))
cmp = lambda a, b: (len(a) > len(b)) - (len(a) < len(b)) or (a < b) - (a > b)
print(sorted("pear fig apple kiwi date".split(), key=ft.cmp_to_key(cmp)), max("a bb cc".split(), key=ft.cmp_to_key(cmp)), ft.cmp_to_key(cmp)("a") < ft.cmp_to_key(cmp)("bb"), ft.cmp_to_key(cmp)("a") == ft.cmp_to_key(cmp)("a"), ft.cmp_to_key(cmp)("q").obj)
@ft.total_ordering
class V:
    def __init__(self, *n): self.n = n
    def __eq__(self, o): return self.n == o.n if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return self.n < o.n if isinstance(o, V) else NotImplemented
    def __repr__(self): return "V" + ".".join(map(str, self.n))
print(V(1, 2) <= V(1, 2), V(2) >= V(1, 9), V(1) > V(0), V(1) != V(2), sorted([V(3), V(1), V(2, 5)]), max(V(1), V(2)))
try:
    V(1) <= 5
except TypeError as e: print(e)
@ft.total_ordering
class G:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __ge__(self, o): return self.n >= o.n
print(G(1) < G(2), G(1) <= G(1), G(3) > G(2), G(3) > G(3))
compose = lambda *fs: ft.reduce(lambda g, h: lambda x: g(h(x)), fs)
print(compose(str, lambda x: x + 1, abs)(-4), list(map(ft.partial(pow, 2), range(5))), list(map(ft.partial(f, k=1), [1], [2])))
