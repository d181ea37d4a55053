"""Reflected and unary operators and truth of classes written in Python, seen from their frames: results, refusals, errors, tracebacks, traces."""
import sys
import traceback


class R:
    """Refuses what it is told to."""
    refuse = ()

    def __radd__(self, o):
        return NotImplemented if "add" in self.refuse else ("radd", o, sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno)

    def __rmul__(self, o):
        return NotImplemented if "mul" in self.refuse else ("rmul", o)

    def __rsub__(self, o):
        raise KeyError(o)

    def __index__(self):
        return 2


class Sub(int):
    def __radd__(self, o):
        return "Sub.radd", int(o)


class FSub(float):
    def __radd__(self, o):
        return "FSub.radd", o


class CSub(complex):
    def __radd__(self, o):
        return "CSub.radd", o


class NoRight:
    __radd__ = None

    def __mul__(self, o):
        return "mul"


def reflected():
    r = R()
    for left in 1, 2.5, 10**30, 1e300, 1e-300, True, "s", [1], (1,), None, 1j, b"x", {}, frozenset():
        print(left + r)
    x = [1]
    x += r
    print(x)
    x = 7
    x += r
    x = "t"
    x *= r
    print(x)
    print(1 + Sub(2), 1.5 + Sub(2), True + Sub(2), 1 + FSub(2), 1.5 + FSub(2), 1 + CSub(1), 1.5 + CSub(1), "s" * Sub(2))
    r.refuse = ("add", "mul")
    for text in "1 + r", "2.5 + r", "'s' + r", "[1] + r", "'s' * r", "[1] * r", "2 * r", "None + r", "1 + NoRight()", "1 * NoRight()", "1 - r":
        try:
            print(text, eval(text, globals(), {"r": r}))
        except Exception as e:
            print(text, type(e).__name__, e)
    x = [5]
    x *= r
    print(x)
    for op in "x = [1]; x += r", "x = 1; x += r", "x = ''; x += r", "x = 1; x @= r":
        try:
            exec(op, {"r": r})
        except Exception as e:
            print(op, type(e).__name__, e)
    try:
        3 - r
    except KeyError as e:
        print([(f.name, f.line) for f in traceback.extract_tb(e.__traceback__)])


class U:
    def __neg__(self):
        return "neg"

    def __pos__(self):
        return "pos"

    def __invert__(self):
        raise OverflowError(sys._getframe(1).f_lineno)


def unary():
    u = U()
    print(-u, +u, -U())
    try:
        ~u
    except OverflowError as e:
        print("invert", e)
    try:
        -R()
    except TypeError as e:
        print(e)


class B:
    def __init__(self, answer):
        self.answer = answer

    def __bool__(self):
        return self.answer

    def __repr__(self):
        return f"B({self.answer})"


class L:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


def tests(v):
    out = ["if" if v else "else", not v, "not" if not v else "is", v and 1, v or 2, [1 for _ in (1,) if v], 1 if v else 0, bool(v)]
    n = 0
    while v:
        n += 1
        v = B(n < 3)
    return out + [n]


def truth():
    for v in B(True), B(False):
        print(tests(v))
    for n in 0, 1, True, False, 10**18:
        v = L(n)
        print(n, "yes" if v else "no", not v, (v and 5) == 5, (v or 6) == 6)
    for v in B(1), B(None), B(10**30), L(-1), L(10**30), L(1.5), L("a"):
        for f in (lambda: 1 if v else 0), (lambda: not v), (lambda: v and 1), (lambda: v or 1):
            try:
                print(f())
            except Exception as e:
                print(type(e).__name__, e, [t.lineno - f.__code__.co_firstlineno for t in traceback.extract_tb(e.__traceback__)][1:])


class Dying:
    def __init__(self, n):
        self.n = n

    def __bool__(self):
        return self.n > 1

    def __del__(self):
        print("del", self.n)


def order():
    if Dying(2):
        print("true")
    if not Dying(1):
        print("false")
    print(not Dying(3))
    x = Dying(4) and "after"
    print(x)


def traced():
    events = []

    def tracer(frame, event, arg):
        events.append((frame.f_code.co_name, event, frame.f_lineno - traced.__code__.co_firstlineno if frame.f_code.co_name == "traced" else 0))
        return tracer
    sys.settrace(tracer)
    1 + R()
    if B(True):
        -U()
    not L(0)
    sys.settrace(None)
    print(events)


class Deep:
    def __bool__(self):
        return True if self else False

    def __neg__(self):
        return -self

    def __radd__(self, o):
        return 1 + self


def deep():
    for f in (lambda: 1 if Deep() else 0), (lambda: -Deep()), (lambda: 1 + Deep()):
        try:
            f()
        except RecursionError as e:
            print(e)


def switched():
    """A class that changes while its method runs."""
    class C:
        def __radd__(self, o):
            del C.__radd__
            return NotImplemented

        def __bool__(self):
            C.__len__ = lambda self: 0
            del C.__bool__
            return True
    c = C()
    print("yes" if c else "no", "yes" if c else "no")
    try:
        1 + c
    except TypeError as e:
        print(e)


def in_generator():
    v = B(True)
    if v:
        yield 1 + R()
    yield -U()
    yield not v


for f in reflected, unary, truth, order, traced, deep, switched:
    f()
print([x[0] if isinstance(x, tuple) else x for x in in_generator()])
