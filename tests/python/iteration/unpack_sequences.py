# Taking sequences apart: two to nine targets, of lists, tuples, their subclasses and iterators; what fails, what dies and when.
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


class L(list):
    def __iter__(self):
        return iter("xyz")


class T(tuple):
    def __iter__(self):
        return iter("uvw")


def three(value):
    try:
        a, b, c = value
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    return a, b, c


def two(value):
    try:
        a, b = value
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    return a, b


def nine(value):
    try:
        a, b, c, d, e, f, g, h, i = value
    except Exception as err:
        return f"{type(err).__name__}: {err}"
    return a + b + c, d + e + f, g + h + i


def four(value):
    try:
        a, b, c, d = value
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    return d, c, b, a


for n in range(11):
    print(n, two(list(range(n))), two(tuple(range(n))), three(list(range(n))), three(tuple(range(n))), four(list(range(n))), four(tuple(range(n))),
          nine(list(range(n))), nine(tuple(range(n))))
for value in (L([1, 2, 3]), T((1, 2, 3)), "abc", {1: 2, 3: 4, 5: 6}, iter([7, 8, 9]), (i for i in "gen"), 5, None, b"xyz", [None, True, 2.5], [10**30, -1, "s"]):
    print(three(value))
print(two(L([1, 2])), two("ab"), two(T([1, 2])))


def rotate(n):
    a, b, c = [1, 2, 3]
    for _ in range(n):
        a, b, c = [b, c, a]
    for _ in range(n):
        a, b, c = b, c, a
    return a, b, c


print(rotate(0), rotate(1), rotate(2))


def into_its_own():
    a = [[1, 2, 3], "b", "c"]
    a, b, c = a
    print(a, b, c)
    a, b, c = a
    print(a, b, c)
    x = ("x", "y", "z")
    y, x, x = x
    print(x, y)
    p, p, p = [Loud("p1"), Loud("p2"), Loud("p3")]
    print("p is", p.name)
    q = [Loud("q1"), Loud("q2")]
    q, q = q
    print("q is", q.name)
    r, s, t, u = [Loud("r"), Loud("s"), Loud("t"), Loud("u")]
    r, s, t, u = u, t, s, r
    print(r.name, s.name, t.name, u.name)
    r = s = t = u = None


into_its_own()


def deaths():
    x, y, z = Loud("x"), Loud("y"), Loud("z")
    x, y, z = [Loud("new x"), Loud("new y"), Loud("new z")]
    print("rebound")
    x, y, z = (1, 2, 3)
    print("numbers")
    try:
        x, y, z = [Loud("few"), Loud("er")]
    except ValueError as e:
        print(e)
    try:
        x, y, z = [Loud("o"), Loud("n"), Loud("e"), Loud("more")]
    except ValueError as e:
        print(e)
    print(x, y, z)


deaths()


def failing():
    yield 1
    yield 2
    raise KeyError("third")


print(three(failing()))
a, b, c = [1, 2, 3]          # a module's names
print(a, b, c)


class Body:
    a, b, c = [4, 5, 6]
    (d, e), f = [[7, 8], 9]


print(Body.a, Body.b, Body.c, Body.d, Body.e, Body.f)


def nested():
    (a, b, c), [d, e, f], (g, (h, i)) = [[1, 2, 3], (4, 5, 6), [7, (8, 9)]]
    return a, b, c, d, e, f, g, h, i


print(nested())


def cells():
    a, b, c = [1, 2, 3]

    def inner():
        return a + b
    a, b, d = [10, 20, 30]
    return inner(), c, d


print(cells())


def generator():
    for a, b, c in [[1, 2, 3], (4, 5, 6), "xyz"]:
        a, b, c = c, b, a
        got = yield a, b, c
        if got:
            a, b, c = got
            yield [a, b, c]


print([x for x in generator()])
g = generator()
print(next(g), g.send(["s", "e", "n"]), next(g))


def traced():
    events = []

    def tracer(frame, event, arg):
        if frame.f_code is body.__code__:
            events.append((event, frame.f_lineno - body.__code__.co_firstlineno, sorted(frame.f_locals.items())))
            return tracer

    def body():
        x, y, z = [1, 2, 3]
        x, y, z = z, y, x
        return x
    sys.settrace(tracer)
    body()
    sys.settrace(None)
    print(events)


traced()


def line():
    try:
        (a,
         b,
         c) = [1]
    except ValueError as e:
        return e.__traceback__.tb_lineno - line.__code__.co_firstlineno


print(line())
