"""Functional programming with closures: composition, currying, church numerals, streams, memo, pipelines, state monads."""

compose = lambda *fs: (lambda x: x) if not fs else (lambda x: fs[0](compose(*fs[1:])(x)))
print(compose(lambda x: x + 1, lambda x: x * 2, abs)(-5), compose()(7))

def curry(f, n, *args):
    return f(*args) if len(args) >= n else lambda *more: curry(f, n, *args, *more)

add3 = curry(lambda a, b, c: a + b * 10 + c * 100, 3)
print(add3(1)(2)(3), add3(1, 2)(3), add3(1)(2, 3), add3(1, 2, 3))
zero = lambda f: lambda x: x
succ = lambda n: lambda f: lambda x: f(n(f)(x))
plus = lambda m: lambda n: lambda f: lambda x: m(f)(n(f)(x))
times = lambda m: lambda n: lambda f: m(n(f))
to_int = lambda n: n(lambda k: k + 1)(0)
one, two = succ(zero), succ(succ(zero))
three = plus(one)(two)
print([to_int(n) for n in (zero, one, two, three, times(three)(three), three(two), two(three))])
cons = lambda a, b: lambda pick: pick(a, b)
car, cdr = lambda p: p(lambda a, b: a), lambda p: p(lambda a, b: b)
lst = cons(1, cons(2, cons(3, None)))
def to_list(p): return [] if p is None else [car(p)] + to_list(cdr(p))
def fold(f, acc, p): return acc if p is None else fold(f, f(acc, car(p)), cdr(p))
print(to_list(lst), fold(lambda a, b: a * 10 + b, 0, lst))
stream = lambda head, tail: (head, tail)
def ints(n): return stream(n, lambda: ints(n + 1))
def smap(f, s): return stream(f(s[0]), lambda: smap(f, s[1]()))
def sfilter(f, s):
    while not f(s[0]):
        s = s[1]()
    return stream(s[0], lambda: sfilter(f, s[1]()))
def stake(n, s):
    out = []
    while n:
        out.append(s[0])
        s, n = s[1](), n - 1
    return out
def sieve(s): return stream(s[0], lambda: sieve(sfilter(lambda n: n % s[0], s[1]())))
print(stake(5, smap(lambda n: n * n, ints(1))), stake(12, sieve(ints(2))))
def memo(f):
    cache = {}
    def g(*a):
        if a not in cache:
            cache[a] = f(*a)
        return cache[a]
    g.cache = cache
    return g
lcs = memo(lambda a, b: "" if not a or not b else a[0] + lcs(a[1:], b[1:]) if a[0] == b[0] else max(lcs(a[1:], b), lcs(a, b[1:]), key=len))
print(lcs("AGGTAB", "GXTXAYB"), len(lcs.cache))
unit = lambda v: lambda s: (v, s)
bind = lambda m, f: lambda s: (lambda r: f(r[0])(r[1]))(m(s))
push = lambda v: lambda s: (None, s + [v])
pop = lambda s: (s[-1], s[:-1])
program = bind(push(1), lambda _: bind(push(2), lambda _: bind(pop, lambda a: bind(pop, lambda b: bind(push(a * 10 + b), lambda _: unit("ok"))))))
print(program([0]))
def pipeline(*stages): return lambda data: [data := stage(data) for stage in stages][-1]
print(pipeline(lambda d: [x for x in d if x % 2], lambda d: list(map(lambda x: x ** 2, d)), sum)(range(10)))
def observable():
    handlers = []
    def on(f):
        handlers.append(f)
        return lambda: handlers.remove(f)
    def emit(*a): return [h(*a) for h in list(handlers)]
    return on, emit
on, emit = observable()
off = on(lambda v: v + 1)
on(lambda v: v * 2)
first = emit(10)
off()
print(first, emit(10))
def flip(f): return lambda a, b: f(b, a)
def partial(f, *a, **k): return lambda *b, **l: f(*a, *b, **{**k, **l})
print(flip(divmod)(3, 10), partial(print, "a", sep="-")("b", "c"), partial(int, base=2)("101"), (lambda f, *a: f(*a))(max, 1, 5, 3), [*map(lambda f: f(4), [lambda x: x, lambda x: -x, float])])
fix = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))
print(fix(lambda rec: lambda n: n if n < 2 else rec(n - 1) + rec(n - 2))(15), (lambda s: s % s)("(lambda s: s %% s)(%r)") == "x" or "quine-like")
