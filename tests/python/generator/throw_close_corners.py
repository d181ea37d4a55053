"""throw() and close() of generators: in every state, with every kind of argument, through yield from, and with finally blocks that interfere."""

import sys
import warnings

warnings.simplefilter("ignore")
sys.unraisablehook = lambda u: print("unraisable", type(u.object).__name__, repr(u.exc_value), u.err_msg)


def attempt(action):
    try:
        print("ok", repr(action()))
    except BaseException as error:
        print(type(error).__name__, error, "| context:", repr(error.__context__), "| cause:", repr(error.__cause__))


def simple():
    try:
        got = yield 1
        print("got", got)
        yield 2
    finally:
        print("finally")


for arguments in ((), (5,), ("x",), (ValueError,), (ValueError, "text"), (ValueError, ("a", "b")), (ValueError, ValueError("inner")), (ValueError("made"),), (ValueError("made"), "value"), (ValueError, None, 5),
                  (int,), (ValueError, KeyError("k")), (KeyError, ("only",)), (None,), (ValueError, None, None), (ValueError, 1, None, 2), (StopIteration,), (StopIteration, 7), (GeneratorExit,), (SystemExit, 3), (OSError, (2, "no"))):
    g = simple()
    next(g)
    attempt(lambda: g.throw(*arguments))
    attempt(lambda: next(g))
print("-- before the start")
g = simple()
attempt(lambda: g.throw(ValueError("early")))
attempt(lambda: g.send(None))
attempt(lambda: g.close())
g = simple()
attempt(lambda: g.send(1))
attempt(lambda: g.close())
attempt(lambda: next(g))
attempt(lambda: g.throw(KeyError("after")))


def swallow():
    while True:
        try:
            yield "in"
        except GeneratorExit:
            print("refusing")
            yield "again"
            return "done"
        except ValueError as error:
            print("caught", error)


print("-- close refused")
g = swallow()
next(g)
attempt(lambda: g.throw(ValueError, "one"))
attempt(lambda: g.close())
attempt(lambda: g.close())
attempt(lambda: next(g))


def returns():
    try:
        yield
    except GeneratorExit:
        return 42


g = returns()
next(g)
attempt(lambda: g.close())


def raises_other():
    try:
        yield
    finally:
        raise KeyError("from finally")


g = raises_other()
next(g)
attempt(lambda: g.close())
g = raises_other()
next(g)
attempt(lambda: g.throw(ValueError("thrown")))


class Delegate:
    def __init__(self, **methods):
        self.__dict__.update(methods)

    def __iter__(self):
        return self

    def __next__(self):
        return "item"


class WithThrow(Delegate):
    def throw(self, *args):
        print("throw", len(args), args[0])
        return "from throw"

    def close(self):
        print("close called")
        raise RuntimeError("close failed")


class StopInThrow(Delegate):
    def throw(self, *args):
        raise StopIteration("result of throw")


class BadAttribute(Delegate):
    @property
    def throw(self):
        raise LookupError("no throw for you")

    @property
    def close(self):
        raise LookupError("no close for you")


def outer(inner):
    try:
        result = yield from inner
        print("result", result)
        yield "after"
    except Exception as error:
        print("outer saw", type(error).__name__, error)
        raise
    finally:
        print("outer finally")


print("-- delegation")
for make in (Delegate, WithThrow, StopInThrow, BadAttribute, swallow, returns, raises_other):
    print(make.__name__)
    g = outer(make())
    next(g)
    attempt(lambda: g.send(3) if make is Delegate else None)
    g = outer(make())
    next(g)
    attempt(lambda: g.throw(ValueError("through")))
    g = outer(make())
    next(g)
    attempt(lambda: g.close())


def reenter():
    yield 1
    try:
        next(me)
    except ValueError as error:
        print(error)
    try:
        me.throw(KeyError)
    except ValueError as error:
        print(error)
    try:
        me.close()
    except ValueError as error:
        print(error)
    yield me.gi_running, me.gi_frame is not None


me = reenter()
print(next(me), next(me), me.gi_running, me.gi_suspended, me.gi_yieldfrom)
me.close()
print(me.gi_frame, me.gi_suspended, me.gi_code.co_name)


def stops():
    yield 1
    raise StopIteration("inside")


def next_of_empty():
    yield next(iter(()))


for make in (stops, next_of_empty):
    attempt(lambda: list(make()))


def handled():
    try:
        yield 1
    except ValueError:
        print(sys.exc_info()[0])
        yield 2
        print(sys.exc_info()[0])
        raise


g = handled()
next(g)
print(g.throw(ValueError("kept")), sys.exc_info())
try:
    1 / 0
except ZeroDivisionError:
    attempt(lambda: next(g))
