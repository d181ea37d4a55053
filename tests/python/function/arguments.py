"""Binding of arguments: positional-only, keyword-only, defaults, star forms, evaluation order."""

def f1(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw

print(f1(1, d=4), f1(1, 2, 3, 4, 5, d=6, z=7), f1(1, c=9, d=0, a=10, b=11), f1(*[1, 2], **{"d": 1}), f1(1, *(2,), 3, *[4], d=5, **{"e": 6}, **{"x": 7}))

def f2(*, k): return k
def f3(*args, **kw): return args, kw
def f4(a, /): return a
def f5(a, b=[]):
    b.append(a)
    return b
def f6(): pass

print(f2(k=1), f3(1, a=2), f4(5), f5(1), f5(2), f5(3, []), f6())
for call in ("f1()", "f1(1)", "f1(d=1)", "f1(1, 2, 3, d=4, c=5)", "f2()", "f2(1)", "f2(k=1, j=2)", "f4(a=1)", "f4()", "f4(1, 2)", "f6(1)", "f6(1, 2)", "f6(x=1)", "f3(*5)", "f3(**5)", "f3(**{1: 2})", "f3(a=1, **{'a': 2})",
             "f5()", "f5(1, 2, 3)", "f5(1, a=2)", "f2(**{'k': 1, 'k2': 2})", "f3(*[1], **[2])", "(lambda a, b: 0)(1)", "(lambda a, b, c: 0)()", "(lambda *, a, b: 0)()", "(lambda *, a, b, c: 0)(b=1)", "(lambda a, b=1: 0)(1, 2, 3)", "f1(1, 2, b=3, d=1)"):
    try:
        print(call, eval(call))
    except TypeError as error:
        print(call, error)
log = []
def t(x):
    log.append(x)
    return x
f3(t(1), *t([2, 3]), t(4), k=t(5), **t({"m": 6}), n=t(7))
print(log)
log.clear()
t(f3)(*t((1,)), a=t(2))
print(len(log), log[1:])

def order(a=t("default a"), *, b: t("annotation b") = t("default b")) -> t("return annotation"):
    pass

print(log[3:])

class C:
    def m(self, a, b=1): return a, b
    @classmethod
    def k(cls, a): return a
    @staticmethod
    def s(a): return a
    def __call__(self, x): return x

for call in ("C().m()", "C().m(1, 2, 3)", "C.m()", "C.m(1)", "C().k()", "C.k(1, 2)", "C.s()", "C().s(1, 2)", "C()()", "C(1)", "C().m(1, self=2)", "C().__call__()"):
    try:
        print(call, eval(call))
    except TypeError as error:
        print(call, error)
