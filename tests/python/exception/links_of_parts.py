"""The cause, context and suppressed context of exception groups and of the parts that except* makes of them."""
import sys, traceback
def show(e, depth=0):
    if e is None: return
    print('  '*depth, repr(e), 'cause', repr(e.__cause__), 'context', repr(e.__context__), e.__suppress_context__, [f.lineno for f in traceback.extract_tb(e.__traceback__)])
    for x in getattr(e, 'exceptions', ()): show(x, depth+1)
    show(e.__context__, depth+1)
def a():
    try:
        raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
    except* ValueError as e:
        raise TypeError('new')
def b():
    try:
        raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
    except* ValueError as e:
        raise TypeError('c') from e
    except* KeyError as e:
        raise TypeError('d')
def c():
    try:
        raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError:
        try:
            raise ExceptionGroup('x', [ValueError(1)])
        except* KeyError:
            pass
def d():
    try:
        raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError:
        try:
            raise ValueError(5)
        except* ValueError as e:
            raise KeyError('c') from e
def e():
    for i in range(2):
        try:
            if i: raise ExceptionGroup('g', [ValueError(1)])
        except* ValueError:
            try:
                raise KeyError(3)
            except* KeyError as e:
                raise ValueError('c') from e
def f():
    for i in range(2):
        try:
            if i: raise ExceptionGroup('g', [ValueError(1)])
        except* KeyError:
            pass
def g():
    try:
        raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError:
        try:
            raise ExceptionGroup('x', [ValueError(1), KeyError(2)])
        except* KeyError as e:
            raise ValueError('c') from e
def h():
    try:
        raise ValueError(1)
    except* ValueError:
        try:
            raise KeyError(1)
        except* KeyError as e:
            raise ValueError('c') from None
for fn in (a,b,c,d,e,f,g,h):
    print(fn.__name__)
    try: fn()
    except BaseException as ex: show(ex)
