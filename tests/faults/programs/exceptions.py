# Raising, catching, chaining, groups, notes, tracebacks, context managers, finally.
import sys
from _step import step


def nested():
    try:
        try:
            {}["missing"]
        except KeyError as e:
            raise ValueError("bad") from e
    except ValueError as e:
        return type(e.__cause__).__name__, str(e), e.__traceback__.tb_lineno


def context():
    try:
        try:
            1 / 0
        finally:
            [][1]
    except IndexError as e:
        if isinstance(e.__context__, MemoryError):
            raise e.__context__
        return type(e.__context__).__name__, str(e)


def groups():
    seen = []
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [KeyError(3)])])
    except* ValueError as e:
        seen.append(len(e.exceptions))
    except* (TypeError, KeyError) as e:
        seen.append(len(e.exceptions))
    return seen


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        self.kind = kind
        return kind is not MemoryError


def managed():
    with Manager() as m:
        raise RuntimeError("swallowed")
    return m.kind.__name__


def notes():
    e = OSError(2, "no such", "name")
    e.add_note("first")
    e.add_note("second")
    return str(e), e.errno, e.__notes__, repr(e), isinstance(e, FileNotFoundError)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def recursion():
    def forever():
        return forever()
    try:
        forever()
    except RecursionError as e:
        return deep(50), type(e).__name__


def frames():
    return sys._getframe(0).f_code.co_name, sorted(sys._getframe(0).f_locals)


def messages():
    found = []
    for code in ("int('x')", "[].pop()", "None.x", "undefined_name", "'a' + 1", "len(5)", "(lambda a: a)()", "float('y')", "[1,2].index(9)", "x = 1 if"):
        try:
            eval(code)
        except MemoryError:
            raise
        except Exception as e:
            found.append(f"{type(e).__name__}: {e}")
    return found


for f in (nested, context, groups, managed, notes, frames, messages):
    step(f)
sys.setrecursionlimit(150)
step(recursion)
