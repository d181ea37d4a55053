"""Scopes of comprehensions: free variables, class bodies, nested functions, locals(), walrus targets, iteration variables."""

x, y = "module x", "module y"
print([x for x in range(2)], x, {x: y for x in range(1)}, {x for x in "a"}, list(x for x in "b"), x)

def f(a):
    b = [a + i for i in range(2)]
    c = [[a + i + j for j in range(i)] for i in range(3)]
    def g():
        return [a for _ in range(2)], [b for _ in range(1)]
    return b, c, g()

print(f(10))

class C:
    n = 2
    ok = [i for i in range(n)]
    lam = [lambda: n_outer for _ in range(1)]
    n_outer = "class level"
    try:
        fails = [n for _ in range(2)]
    except NameError as e:
        fails = str(e)
    nested_ok = [[i for i in range(j)] for j in range(3)]
    try:
        cond = [i for i in range(3) if i < n]
    except NameError as e:
        cond = str(e)

n_outer = "module level"
print(C.ok, C.lam[0](), C.fails, C.nested_ok, C.cond, hasattr(C, "i"))

def locals_in():
    q = 5
    return [sorted(locals()) for _ in [1]], [sorted(locals()) for _ in [1] if q], sorted(locals())

print(locals_in())

def walrus():
    total = 0
    partial = [total := total + v for v in range(5)]
    found = any((hit := v) > 2 for v in range(5))
    return partial, total, found, hit, [last := v for v in "ab"], last

print(walrus())
print([w := 5, w], [(w := i) for i in range(3)], w, {(k := c): (v := ord(c)) for c in "ab"}, k, v)

def closure_list():
    fs = [lambda: i for i in range(3)]
    gs = [lambda i=i: i for i in range(3)]
    hs = [(lambda j: lambda: j)(i) for i in range(3)]
    return [f() for f in fs], [g() for g in gs], [h() for h in hs]

print(closure_list())

def nonlocal_in():
    count = 0
    def bump():
        nonlocal count
        count += 1
        return count
    return [bump() for _ in range(3)], count

print(nonlocal_in())
for bad in ("[x := i for x in range(2)]", "[(x := 1) for x in range(2)]", "[i for i in (j := range(2))]", "class D:\n [k := 1 for _ in range(1)]", "[x for x in *a]", "{**k for k in []}", "[*x for x in []]", "(x for x in [] for)", "[x for x]", "[x, y for x in []]", "f(x for x in [], 1)", "[x for 5 in []]", "{x: for x in []}", "[x if y for x in []]", "[for x in y]", "async_ = [x async for x in []]"):
    try:
        exec(bad)
        print("fine", bad)
    except SyntaxError as e:
        print(bad.replace("\n", " "), "|", e.msg)
def deep():
    return [[[[(a, b, c, d) for d in range(c)] for c in range(b)] for b in range(a)] for a in range(4)]
print(deep())
def exec_in():
    ns = {}
    exec("v = [i * k for i in range(k)] if (k := 3) else 0", ns)
    return ns["v"]
print(exec_in(), eval("[i + q for i in range(2)]", {"q": 10}))
try:
    eval("[i + q2 for i in range(2)]", {}, {"q2": 10})
except NameError as e:
    print(e)
def unbound():
    try:
        return [z for _ in range(1)]
    except NameError as e:
        return str(e)
    finally:
        z = 1
print(unbound(), [i for i in range(3)][-1], [f"{i}{j}" for i, j in zip("ab", range(2))], [a for a, *_ in [(1, 2), (3,)]])
