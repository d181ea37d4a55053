"""Carets of binary operators, subscripts, calls, attributes, long and multi-line expressions: one traceback per statement."""

import sys

def show(f, *args):
    try:
        f(*args)
    except Exception:
        sys.excepthook(*sys.exc_info())

def binary(a, b): return (a + 1) * (b - "x") + 3
def subscript(d): return d["a"]["b"]["c"] + d["a"]["zz"]["y"]
def call(x): return len(x) + abs(x)
def attribute(x): return x.real.imag.nothing.more
def multi_line(a):
    return [
        a + 1,
        a / 0,
        a + 3,
    ]
def multi_call(a):
    return max(
        a,
        a.missing_attribute,
        key=None,
    )
def unicode_line(a): return "é€" + "ñ" + a + "ü"
def compare(a): return a < 5 < "x" < 6
def unary(a): return 1 + -a
def lambda_inside(a): return (lambda q: q[0].x)(a)
def comprehension(a): return [1 / v for v in a if v is not None]
def nested_parens(a): return ((a)(1) + (a)(0))
def star(a): return print(*a, **a)
def unpack(a):
    x, y = a
def raising(a): raise ValueError("plain raise") from None
def assertion(a): assert a == 2, f"a is {a}"
def generator(a): return list(1 / (v - 1) for v in range(a))
def deep_subscript(m): return m[0][1][2][3]
def slice_(a): return a[1:"x"]
def setitem(a): a[0] = a[1] = 5
def delete(a): del a["k"]
def augmented(a): a["k"] += 1
def with_(a):
    with a: pass
def for_(a):
    for x in a: pass
def import_(a): import no_such_module_here
def starred_call(f, a): return f(1, *[2, 3], k=a / 0)
def method_chain(s): return s.strip().lower().split(1).join("x")
def tabs(a):
	return a   +	a.nope
def long_line(a): return a.first_attribute_name_that_is_long + a.second_attribute_name_that_is_long * a.third_attribute_name + 123456789 + (a.fourth / 0)

for f, args in ((binary, (1, 2)), (subscript, ({"a": {"b": {"c": 1}}},)), (call, ("abc",)), (attribute, (1,)), (multi_line, (1,)), (multi_call, (1,)), (unicode_line, (5,)), (compare, (1,)), (unary, ("s",)), (lambda_inside, ([1],)), (comprehension, ([1, None, 0],)), (nested_parens, (lambda v: 1 / v,)), (star, (5,)), (unpack, ([1, 2, 3],)), (raising, (1,)), (assertion, (1,)), (generator, (3,)), (deep_subscript, ([[1, [2, 3, "x"]]],)), (slice_, ("abc",)), (setitem, ((1, 2),)), (delete, ({},)), (augmented, ({},)), (with_, (5,)), (for_, (5,)), (import_, (1,)), (starred_call, (print, 1)), (method_chain, (" x ",)), (tabs, (1,)), (long_line, (1,))):
    show(f, *args)
