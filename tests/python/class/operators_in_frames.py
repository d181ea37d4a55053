"""Operators, subscripts, iteration, `with` and calls whose methods are Python functions: results, declined operands, tracebacks, frames, traces."""
import sys
import traceback


class Number:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return Number(self.x + other.x) if isinstance(other, Number) else NotImplemented

    def __radd__(self, other):
        return Number(self.x + other) if isinstance(other, int) else NotImplemented

    def __iadd__(self, other):
        return NotImplemented

    def __isub__(self, other):
        self.x -= other
        return self

    def __eq__(self, other):
        return self.x == other.x if isinstance(other, Number) else NotImplemented

    def __lt__(self, other):
        return [self.x] if self.x < other.x else []

    def __getitem__(self, key):
        return self.x, key

    def __setitem__(self, key, value):
        self.x = key, value
        return "ignored"

    def __contains__(self, key):
        return [] if key != self.x else [1]

    def __call__(self, a, *rest):
        return a, rest

    def __iter__(self):
        yield self.x
        yield -1

    def __repr__(self):
        return f"Number({self.x})"


class Other(Number):
    def __add__(self, other):
        return "Other.__add__"

    def __radd__(self, other):
        return "Other.__radd__"

    def __gt__(self, other):
        return "Other.__gt__"


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n, -self.n


class Manager:
    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        return "entered"

    def __exit__(self, *details):
        print("exit", details[0], len(details))
        return self.swallow


class Strict:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        print("strict exit", kind)


def use(round_):
    a, b = Number(1), Number(2)
    print(a + b, a == b, a != b, a < b, b < a, a[3], 3 in a, 1 in a, 1 not in a)
    print(a(4), a(4, 5, 6), list(a), [x for x in a], a + b + b, 5 + a, [m for m, n in Countdown(3)])
    print(a + Other(3), Other(3) + a, a < Other(4), a == 3, 3 == a, a != 3)
    a["k"] = 9
    print(a)
    a = Number(7)
    a += Number(3)
    print(a)
    a -= 4
    print(a)
    for wrong in (lambda: a + "x", lambda: "x" + a, lambda: a[0] + a, lambda: a < 3, lambda: a > 3):
        try:
            print(wrong())
        except (TypeError, AttributeError) as e:
            print(type(e).__name__, e)
    try:
        a += "x"
    except TypeError as e:
        print(e)
    with Manager(False) as m:
        print(m)
    with Manager(True):
        raise ValueError("swallowed")
    with Strict() as s, Manager(False):
        print(type(s).__name__)
    print("less" if a < b else "not less", "equal" if a == a else "different", "not equal" if a != b else "?")
    for x, y in Countdown(5):
        if x == 2:
            break
    print(x, y)
    if round_ == 2:   # methods that change between rounds
        Number.__add__ = lambda self, other: "replaced"
        Number.__iter__ = lambda self: 3
    if round_ == 3:
        Number.__iter__ = lambda self: iter("ab")
        Number.__getitem__ = classmethod(lambda cls, key: (cls.__name__, key))
        Number.__eq__ = lambda self, other, extra="default": extra


for round_ in range(6):
    try:
        use(round_)
    except TypeError as e:
        print(e)


# --- Frames and tracebacks
class Failing:
    def __add__(self, other):
        return 1 // other

    def __eq__(self, other):
        raise KeyError("eq")

    def __getitem__(self, key):
        return sys._getframe().f_back.f_code.co_name, sys._getframe().f_back.f_lineno - start

    def __iter__(self):
        return 5

    def __next__(self):
        return 1 // 0

    def __call__(self):
        return missing

    def __enter__(self):
        return self

    def __exit__(self, *details):
        raise OSError("exit")


def attempt(action):
    try:
        return action(Failing())
    except Exception:
        for line in traceback.format_exc().splitlines():
            if line.lstrip().startswith("File"):
                line = line[line.index(", line"):]
            print(line)


def iterate(f):
    for x in type("It", (Failing,), {"__iter__": lambda self: self})():
        print(x)


def manage(f):
    with f:
        pass


start = sys._getframe().f_lineno
for _ in range(3):
    attempt(lambda f: f + 0)
    attempt(lambda f: f == 1)
    attempt(lambda f: "yes" if f == 1 else "no")
    print(attempt(lambda f: f[1]))
    attempt(lambda f: f())
    attempt(lambda f: [x for x in f])
    attempt(iterate)
    attempt(manage)


# --- Depth: each level counts what it counts in python3.11
def depth(make):
    count = 0

    class Deep:
        def __eq__(self, other):
            nonlocal count
            count += 1
            return self == other

        def __add__(self, other):
            nonlocal count
            count += 1
            return self + other

        def __call__(self, other):
            nonlocal count
            count += 1
            return self(other)

        def __getitem__(self, key):
            nonlocal count
            count += 1
            return self[key]

        def __contains__(self, key):
            nonlocal count
            count += 1
            return key in self

        def __enter__(self):
            nonlocal count
            count += 1
            with self:
                pass

        def __exit__(self, *details):
            pass

        def __lt__(self, other):
            yield count

    try:
        return make(Deep())
    except RecursionError as e:
        return count, str(e)


for _ in range(2):
    print(depth(lambda d: d == d), depth(lambda d: d + d), depth(lambda d: d(1)), depth(lambda d: d[1]), depth(lambda d: 1 in d))
    print(depth(lambda d: next(d < d)))


def enter(d):
    with d:
        pass


print(depth(enter))


# --- A trace function that is set in the midst
events = []


def tracer(frame, event, arg):
    events.append((frame.f_code.co_name, event))
    return tracer


class Tracing:
    def __add__(self, other):
        sys.settrace(tracer)
        return other

    def __sub__(self, other):
        sys.settrace(None)
        return other

    def __mul__(self, other):
        return other


def traced(t):
    x = t + 1
    y = t * 2
    z = t - 3
    return x + y + z


print([traced(Tracing()) for _ in range(3)], events)
