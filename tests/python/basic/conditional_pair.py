# Two locals assigned from a conditional pair: values, order of deaths, their lines, tracing begun in between, nesting and jumps around it.
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died:", self.name, "in line", sys._getframe(1).f_lineno - sys._getframe(1).f_code.co_firstlineno)


def choose(flag, x, y):
    a, b = (x, y) if flag else (y, x)
    return a, b


def swap(flag, a, b):
    a, b = (b, a) if flag else (a, b)
    return a, b


def same_target(flag, x, y):
    a, a = (x, y) if flag else (y, x)
    return a


def computed(flag, x):
    a, b = (x + 1, x * 2) if flag else (-x, [x])
    b, c = (b, a) if flag and a else (a, "c")
    return a, b, c


def longer(flag, x):
    a, b = (x, 1) if flag == 0 else (2, x) if flag == 1 else (x, x)
    return a, b


def mixed(flag, x, pair):
    a, b = (x, x) if flag else pair
    return a, b


def below(flag, x, y):
    def inner():
        a, b = (x, y) if flag else (y, x)
        return a - b
    return [x, (lambda a: [a, *((p, q) for p, q in [choose(flag, a, y)])])(x), inner()]


def deaths(flag):
    a, b = Noisy("a"), Noisy("b")
    a, b = (
        1, 2
    ) if flag else (3, 4)
    print("stored", a, b)
    a, b = Noisy("c"), Noisy("d")
    a, b = (b, a) if flag else (a, b)
    print("kept", a.name, b.name)
    a, b = (None, a) if flag else (b, None)
    print("one left")


def in_loop(n):
    x, y = 0, 1
    for i in range(n):
        x, y = (y, x + y) if i % 3 else (x + 1, y)
        if i == 5:
            continue
        a, b = (i, x) if x < y else (y, i)
    else:
        a, b = (a, b, ) if n else (0, 0)
    return x, y, a, b


def in_try(flag, x):
    try:
        a, b = (x, 1 // x) if flag else (1 // x, x)
    except ZeroDivisionError as error:
        a, b = ("no", str(error)) if flag else (str(error), "no")
    finally:
        c, d = (a, b) if flag else (b, a)
    return a, b, c, d


def generator(flag):
    a, b = (yield 1, (yield 2)) if flag else ((yield 3), 4)
    a, b = (b, a) if flag else (a, b)
    yield a, b


def wrong(flag, x):
    a, b = (x, x) if flag else (x, x, x)
    return a, b


def trace(frame, event, argument):
    print("trace", event, frame.f_lineno - frame.f_code.co_firstlineno)
    return trace


def begin(value):
    sys.settrace(trace)
    sys._getframe(1).f_trace = trace
    return value


def traced(flag, value):
    a, b = (value, begin(2)) if flag else (begin(2), value)
    c = a + b
    a, b = (c, a) if flag else (a, c)
    return a, b, c


def late(flag, value):
    a, b = (value, value) if flag else (begin(value), value)
    for k in range(3):
        b, a = (a, b) if k else (b, begin(a))
    return a, b


for flag in (True, False):
    print(choose(flag, 1, 2), choose(flag, "x", [1]), swap(flag, 1, 2), same_target(flag, 1, 2), computed(flag, 5))
    print([longer(k, "x") for k in range(3)], mixed(flag, 1, (2, 3)), mixed(flag, 1, "ab"), below(flag, 7, 8))
    deaths(flag)
    print(in_loop(0 + 9), in_try(flag, 0), in_try(flag, 1))
    g = generator(flag)
    sent = next(g)
    while not isinstance(sent, tuple):
        print("sent", sent)
        sent = g.send(sent * 10)
    print(sent)
    try:
        print(wrong(flag, 1))
    except ValueError as error:
        print(error)
    for function in traced, late:
        result = function(flag, 5)
        sys.settrace(None)
        print(result)

try:
    (lambda: mixed(False, 1, 5))()
except TypeError as error:
    print(error)
