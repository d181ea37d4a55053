"""Calls of builtin functions and methods at sites that have seen others: callee, self and builtins change after warming up."""
import builtins
import sys


def each(functions, value):
    out = []
    for f in functions:
        try:
            out.append(f(value))
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    return out


class Callable:
    def __call__(self, x):
        return "called", x


class Point:
    def __init__(self, x):
        self.x = x


warm = [len] * 50
print(each(warm + [repr, lambda x: ("lambda", x), type, str.upper, "abc".find, Callable(), int, len, None, max, Point.__init__, sorted] + warm, "abc")[45:63])


class MyList(list):
    pass


class Loud(list):
    def append(self, x):
        print("loud", x)
        super().append(x)


class Appender:
    append = list.append


class Own:
    def append(self, x):
        return ("own", x)


class Slot:
    def __init__(self):
        self.append = lambda x: ("slot", x)


class Static:
    @staticmethod
    def append(x):
        return ("static", x)


def add(target, x):
    return target.append(x)


def appends():
    l = []
    for i in range(50):
        add(l, i)
    for target in (l, MyList(), Loud(), Own(), Slot(), Static(), bytearray(), l):
        print(type(target).__name__, add(target, 65))
    for target in (Appender(), 5, None):
        try:
            add(target, 1)
        except Exception as error:
            print(type(error).__name__, error)
    for i in range(50):
        add(l, i)
    print(len(l), sum(x for x in l))


appends()


def add_twice(target, x):
    r = target.append(x), target.append(target)
    return r


def selves():
    for i in range(20):
        l = []
        print(add_twice(l, i) if i > 18 else add_twice(l, i) and "", end="")
    print(l[0], l[1] is l)
    # A temporary list, its only reference on the stack.
    for i in range(20):
        r = [i].append(i)
        s = [].copy()
    print(r, s)


selves()


class Watched:
    def __init__(self, log):
        self.log = log

    def __del__(self):
        self.log.append("gone")


def lifetimes():
    log = []
    for i in range(20):
        [].append(Watched(log))
        len((Watched(log),))
        [Watched(log)].clear()
    print(len(log))


lifetimes()


def gets(d, key):
    return d.get(key), d.get(key, "default")


def dicts():
    class D(dict):
        def get(self, *args):
            return "mine"

    class E(dict):
        pass

    for d in [{"a": 1}] * 40 + [D(a=2), E(a=3), {"a": 4}]:
        r = gets(d, "a"), gets(d, "b")
    print(r, gets(D(), "x"), gets(E(x=5), "x"))
    try:
        gets({}, [])
    except TypeError as error:
        print(error)
    try:
        gets([], 0)
    except AttributeError as error:
        print(error)


dicts()


def lengths(n):
    total = 0
    for i in range(n):
        total += len("ab")
    return total


print(lengths(100))
real = builtins.len
builtins.len = lambda x: 1000
print(lengths(2))
builtins.len = real
print(lengths(2))
len = lambda x: 5
print(lengths(2))
del len
print(lengths(2))


def wrong(n):
    for i in range(n):
        try:
            len()
        except TypeError as error:
            a = str(error)
        try:
            len(1, 2)
        except TypeError as error:
            b = str(error)
        try:
            [].append()
        except TypeError as error:
            c = str(error)
        try:
            [].append(1, 2)
        except TypeError as error:
            d = str(error)
        try:
            {}.get()
        except TypeError as error:
            e = str(error)
    return a, b, c, d, e


print(*wrong(60), sep="\n")


def profiled():
    events = []

    def profiler(frame, event, arg):
        if event.startswith("c_") and frame.f_code.co_name == "work":
            events.append((event, arg.__name__))

    def work(n):
        l = []
        for i in range(n):
            l.append(i)
            len(l)
            "x".find("y")

    work(60)
    sys.setprofile(profiler)
    work(2)
    sys.setprofile(None)
    work(60)
    print(events)


profiled()


def traced_midway():
    lines = []

    def tracer(frame, event, arg):
        lines.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
        return tracer

    def work(n):
        l = []
        for i in range(n):
            if i == n - 2:
                sys._getframe().f_trace = tracer
                sys.settrace(tracer)
            l.append(i)
            len(l)
        sys.settrace(None)
        return l

    work(60)
    lines.clear()
    work(60)
    print(lines)


traced_midway()


def raising(l):
    out = []
    for x in l:
        try:
            out.append(len(x))
        except TypeError as error:
            out.append(error.__traceback__.tb_lineno - raising.__code__.co_firstlineno)
    return out


print(raising(["a"] * 30 + [1, (), None]))
