# Unraisable exceptions that C code raises get a traceback of the frame that ran; unawaited coroutines when the warnings module is broken.
import sys
import warnings
import weakref


def show(u):
    tb, lines = u.exc_traceback, []
    while tb:
        lines.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(type(u.exc_value).__name__, u.exc_value, u.err_msg, lines)


sys.unraisablehook = show


def f():
    try:
        yield
    except GeneratorExit:
        yield "foo!"


def main():
    g = f()
    next(g)
    del g


main()


class A:
    def __del__(self):
        raise ValueError(1)


class B:
    __del__ = 5


a = A()
del a
b = B()
del b


class C:
    pass


c = C()
w = weakref.ref(c, lambda r: 1 / 0)
del c
c = C()
w = weakref.ref(c, 7)
del c


async def cor():
    pass


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for broken in (None, lambda c: 1 / 0, 5):
        warnings._warn_unawaited_coroutine = broken
        if broken is None:
            del warnings._warn_unawaited_coroutine
        cor()
    print([(str(w.message), w.lineno) for w in caught])
