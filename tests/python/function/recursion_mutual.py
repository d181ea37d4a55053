"""Recursive programs: parser combinators, flood, mutual recursion, memo, trampolines."""

def char(c):
    return lambda s, i: [(c, i + 1)] if s[i:i + 1] == c else []

def seq(*ps):
    def parse(s, i):
        results = [((), i)]
        for p in ps:
            results = [(vs + (v,), k) for vs, j in results for v, k in p(s, j)]
        return results
    return parse

def alt(*ps):
    return lambda s, i: [r for p in ps for r in p(s, i)]

def many(p):
    def parse(s, i):
        out = [((), i)]
        for v, j in p(s, i):
            if j > i:
                out += [((v,) + vs, k) for vs, k in parse(s, j)]
        return out
    return parse

def lazy(f):
    return lambda s, i: f()(s, i)

def fmap(f, p):
    return lambda s, i: [(f(v), j) for v, j in p(s, i)]

digit = alt(*(char(d) for d in "0123456789"))
number = fmap(lambda v: int(v[0] + "".join(v[1])), seq(digit, many(digit)))
atom = alt(number, fmap(lambda v: v[1], seq(char("("), lazy(lambda: expr), char(")"))))
term = fmap(lambda v: v[0] if not v[1] else v[0] * __import__("functools").reduce(lambda a, b: a * b, [x[1] for x in v[1]]), seq(atom, many(seq(char("*"), atom))))
expr = fmap(lambda v: v[0] + sum(x[1] for x in v[1]), seq(term, many(seq(char("+"), term))))

def evaluate(text):
    full = [v for v, i in expr(text, 0) if i == len(text)]
    return full[0] if full else None

print([evaluate(t) for t in ("1+2*3", "(1+2)*3", "12*(3+4)+5", "2*3*4", "1+", "((7))")])

def trampoline(f, *args):
    result = f(*args)
    while callable(result):
        result = result()
    return result

def countdown(n, acc=0):
    return acc if n == 0 else lambda: countdown(n - 1, acc + n)

print(trampoline(countdown, 5000))

def is_even(n): return n == 0 or is_odd(n - 1)
def is_odd(n): return n != 0 and is_even(n - 1)
print([is_even(n) for n in range(6)], is_odd(301))
def mc91(n): return n - 10 if n > 100 else mc91(mc91(n + 11))
print([mc91(n) for n in (1, 50, 99, 100, 101, 150)])
def tak(x, y, z): return z if y >= x else tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
print(tak(10, 6, 2))
def female(n): return 1 if n == 0 else n - male(female(n - 1))
def male(n): return 0 if n == 0 else n - female(male(n - 1))
print([female(n) for n in range(12)], [male(n) for n in range(12)])
def change(amount, coins):
    if amount == 0: return 1
    if amount < 0 or not coins: return 0
    return change(amount - coins[0], coins) + change(amount, coins[1:])
print(change(60, (50, 25, 10, 5, 1)))
def gray(n): return [""] if n == 0 else ["0" + g for g in gray(n - 1)] + ["1" + g for g in reversed(gray(n - 1))]
print(gray(4))
Y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(Y(lambda self: lambda n: 1 if n < 2 else n * self(n - 1))(20))
def walk(tree, path=()):
    for k, v in tree.items():
        yield path + (k,)
        if isinstance(v, dict):
            yield from walk(v, path + (k,))
print(list(walk({"a": {"b": {}, "c": {"d": 1}}, "e": 2})))
