"""throw(), send() and close() of generators, coroutines and their awaitables, fresh and used up, with arguments that are wrong in number or kind."""
import sys, types
def attempt(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
async def co(): pass
async def ag(): yield 1
def gen(): yield 1
BAD = [(), (5,), (ValueError, 1, 5), (ValueError, ValueError(1), None), (ValueError(1), 5), (ValueError, 1, None, 4), (type,), (ValueError(2),), (KeyError, ValueError(3)), (ValueError, None, None)]
def done_co():
    c = co()
    try: c.send(None)
    except StopIteration: pass
    return c
def fresh_co(): return co()
def done_gen():
    g = gen(); list(g); return g
def done_asend():
    a = ag(); s = a.asend(None)
    try: s.send(None)
    except StopIteration: pass
    return s
def closed_asend():
    s = ag().asend(None); s.close(); return s
def done_athrow():
    a = ag(); s = a.athrow(ValueError)
    try: s.send(None)
    except ValueError: pass
    return s
def done_aclose():
    a = ag(); s = a.aclose()
    try: s.send(None)
    except StopIteration: pass
    return s
import warnings; warnings.simplefilter('ignore')
for make in (done_co, fresh_co, done_gen, gen, done_asend, closed_asend, done_athrow, done_aclose, lambda: ag().asend(None), lambda: ag().athrow(KeyError), lambda: ag().aclose(), lambda: done_co().__await__(), lambda: anext(ag(), 5)):
    print(make.__name__)
    for args in BAD:
        try: c = make()
        except BaseException as e: print('make', e); continue
        attempt(lambda: c.throw(*args))
        attempt(lambda: c.send(None))
    attempt(lambda: make().throw(x=1))
    attempt(lambda: make().send())
    attempt(lambda: make().close(1))
    attempt(lambda: make().send(x=1))
