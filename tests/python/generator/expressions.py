"""Generator expressions: laziness, scoping, evaluation of the first iterable, nesting, closing, errors."""

log = []
def t(x):
    log.append(x)
    return x

g = (t(x) * 2 for x in t([1, 2, 3]) if t(x) != 2)
print(log)
print(next(g), log)
print(list(g), log)
try:
    (x for x in undefined_name)
except NameError as e:
    print(e)
g = (undefined_later for x in [1])
try:
    next(g)
except NameError as e:
    print(e)
try:
    (x for x in 5)
except TypeError as e:
    print(e)
g = (x / 0 for x in [1, 2])
for _ in range(2):
    try:
        print(next(g))
    except (ZeroDivisionError, StopIteration) as e:
        print(repr(e))
x = "outer"
print(list(x for x in range(3)), x, list((x, y) for x in range(2) for y in "ab"[: x + 1]), sum(i * j for i in range(4) for j in range(i)))
def scope():
    n = 10
    fs = list((lambda: n + i) for i in range(3))
    n = 20
    return [f() for f in fs]
print(scope())
class C:
    n = 3
    items = list(i for i in range(n))
    try:
        bad = list(n for i in range(2))
    except NameError as e:
        bad = str(e)
print(C.items, C.bad)
def f(*args): return args
print(f(*(i for i in range(3))), f(i for i in range(2))[0].__class__.__name__, sorted((-i for i in range(3))), ",".join(str(i) for i in range(3)), dict((i, -i) for i in range(2)), set(i % 2 for i in range(5)), max((len(w), w) for w in ["a", "bbb"]), any(i > 2 for i in range(5)), all(i < 2 for i in range(5)), tuple(i for i in ""))
data = [1, 2, 3]
g = (i for i in data)
data.append(4)
next(g)
data.insert(0, 0)
print(list(g))
data = [5, 6]
g = (i for i in data)
data = [7]
print(list(g))
nested = ((j for j in range(i)) for i in range(4))
print([list(inner) for inner in nested])
g = (i for i in range(10))
print(3 in g, list(g), g.gi_frame)
g = ((yield_ := i) for i in range(3))
print(list(g), yield_)
def evens(n): return (i for i in range(n) if not i % 2)
print(sum(evens(10)), list(zip(evens(5), evens(7))), [*evens(3)], *evens(3))
a, *b = (i for i in "abc")
print(a, b, [list(p) for p in ((i, i + 1) for i in range(2))], (lambda: list(i for i in range(2)))())
def first(it): return next(it)
g = (i * i for i in range(3, 6))
print(first(g), first(g), list(g), first(iter([1])))
import_free = (w.upper() if len(w) > 1 else w for w in "a bc d ef".split())
print(list(import_free), list(y for x in range(3) if x for y in [x, -x] if y > 0), list((a, b, c) for a in "x" for b in "yz" for c in range(2)))
g = (i for i in iter(lambda: log.pop() if log else None, None))
print(len(list(g)), log)
g.close()
print(list(g), type(g).__name__, repr(g)[:34])
