"""Errors that nobody can catch while a frame's locals die: the traceback begins at the caller, for the ending frame is no longer there."""

import sys
import weakref


def hook(unraisable):
    places, tb = [], unraisable.exc_traceback
    while tb:
        places.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(type(unraisable.object).__name__, type(unraisable.exc_value).__name__, unraisable.exc_value, places)


sys.unraisablehook = hook


def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def returns():
    g = ignores()
    next(g)
    return 1


def generates():
    g = ignores()
    next(g)
    yield 1


def keeps_frame():
    g = ignores()
    next(g)
    return sys._getframe()


async def coroutine():
    g = ignores()
    next(g)


def raises():
    g = ignores()
    next(g)
    1 / 0


def looks():
    g = ignores()
    next(g)
    locals()


returns()
list(generates())
frame = keeps_frame()
del frame
try:
    coroutine().send(None)
except StopIteration:
    pass
try:
    raises()
except ZeroDivisionError as error:
    error.__traceback__ = None
g = generates()
next(g)
del g
g = generates()
next(g)
g.close()
looks()
(lambda g: next(g))(ignores())


class Body:
    g = ignores()
    next(g)
    del g


[(g := ignores(), next(g)) for _ in range(2)]
del g
exec("def q():\n g = ignores(); next(g)\nq()")
exec("g = ignores(); next(g); del g")
eval("next(g)", {"g": ignores()})


def weak():
    class Target:
        pass

    target = Target()
    references = [weakref.ref(target, lambda *x: 1 / 0), weakref.ref(target, len), weakref.ref(target, int.bit_count)]
    globals()["kept"] = references


weak()


class NoArguments:
    __del__ = len


class TooMany:
    def __del__(self, x):
        pass


class Raises:
    def __del__(self):
        1 / 0


def dies():
    a, b, c = NoArguments(), TooMany(), Raises()


def dies_generating():
    a, b, c = NoArguments(), TooMany(), Raises()
    yield


dies()
for _ in dies_generating():
    pass
