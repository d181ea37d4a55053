# `for ... in range(...)`: every kind of argument, names that hide range, what fails, and what profilers are told.
import sys


def over(*args):
    try:
        if len(args) == 1:
            out = []
            for i in range(args[0]):
                out.append(i)
                if len(out) == 5:
                    break
            return out
        if len(args) == 2:
            return [i for i, _ in zip(range(args[0], args[1]), "12345")] + [i for i in range(args[0], args[1]) if -9 < i < 9][:5]
        out = []
        for i in range(args[0], args[1], args[2]):
            out.append(i)
            if len(out) == 5:
                break
        return out
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


big = 2**61
for args in [(0,), (3,), (-3,), (True,), (Index(4),), (1.0,), ("3",), (None,), (big,), (2**70,), (-2**70,), (2, 5), (5, 2), (-2, 2), (0, 0), (big - 2, big + 3),
             (Index(1), Index(3)), (1, 2.0), (0, 10, 3), (10, 0, -3), (0, 10, -1), (10, 0, 1), (0, 10, 0), (0, 10, 1.5), (0, 10, True), (big - 4, big + 4, 2),
             (-big - 4, -big + 4, 2), (big + 4, big - 4, -3), (0, 2**63, 2**61), (0, -2**63, -2**61), (0, 1, 2**64), (0, 3, Index(2)), (1, 8, big), (8, 1, -big),
             (big - 1, -big, -(big - 1)), (-big, big - 1, big - 1)]:
    print(args if not any(isinstance(a, Index) for a in args) else "Index", over(*args))


def wrong():
    for bad in ("range()", "range(1, 2, 3, 4)", "range(stop=3)", "range(*[1], **{'a': 1})"):
        try:
            exec(f"for i in {bad}: pass")
        except TypeError as e:
            print(e)


wrong()


def hidden(range):
    for i in range(3):
        yield i


print(list(hidden(lambda n: "abc"[:n])), list(hidden(reversed.__class__)) if False else "", list(hidden(range)))


class Sub:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter([self.n])


print(list(hidden(Sub)))


def kept():
    r = range(3)
    for i in r:
        pass
    return r, list(r), i


print(kept())


def nested(n):
    return sum(1 for a in range(n) for b in range(a) for c in range(b, n, 2)), [[j for j in range(i)] for i in range(4)], {i: i for i in range(3)}


print(nested(8))


def exhausted():
    it = None
    for i in range(2):
        for j in range(i):
            it = (i, j)
    else:
        return it


print(exhausted())


def profiled():
    seen = []

    def profiler(frame, event, arg):
        if frame.f_code is body.__code__:
            seen.append((event, getattr(arg, "__name__", arg)))

    def body():
        n = 0
        for i in range(2):
            n += len("ab")
        return n
    sys.setprofile(profiler)
    body()
    sys.setprofile(None)
    print(seen)
    lines = []

    def tracer(frame, event, arg):
        if frame.f_code is body.__code__:
            lines.append((event, frame.f_lineno - body.__code__.co_firstlineno))
            return tracer
    sys.settrace(tracer)
    body()
    sys.settrace(None)
    print(lines)


profiled()


def failing_line():
    try:
        for i in range(
                1,
                "x"):
            pass
    except TypeError as e:
        return e.__traceback__.tb_lineno - failing_line.__code__.co_firstlineno, str(e)


print(failing_line())
