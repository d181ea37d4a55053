# sys.set_asyncgen_hooks and coroutine origins: arguments, per thread, what they call.
import sys
import threading


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


calls = []


def first(agen):
    calls.append(("first", agen.__name__))


def final(agen):
    calls.append(("final", agen.__name__))


async def agen():
    yield 1
    yield 2


def step(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as e:
        return e.value


print(sys.get_asyncgen_hooks(), sys.get_asyncgen_hooks().firstiter)
sys.set_asyncgen_hooks(first, final)
print(sys.get_asyncgen_hooks().firstiter is first, sys.get_asyncgen_hooks()[1] is final)
g = agen()
print(calls, step(g.__anext__()), calls, step(g.asend(None)))
del g
print(calls)
sys.set_asyncgen_hooks(finalizer=None)
print(sys.get_asyncgen_hooks().finalizer, sys.get_asyncgen_hooks().firstiter is first)
seen = []
t = threading.Thread(target=lambda: seen.append(sys.get_asyncgen_hooks()))
t.start()
t.join()
print(seen)
attempt("firstiter", lambda: sys.set_asyncgen_hooks(firstiter=1))
attempt("finalizer", lambda: sys.set_asyncgen_hooks(finalizer="x"))


def refuse(agen):
    raise LookupError("no generators here")


sys.set_asyncgen_hooks(firstiter=refuse)
attempt("refused", lambda: step(agen().__anext__()))
sys.set_asyncgen_hooks(None, None)
print(sys.get_asyncgen_hooks())


async def coro():
    pass


def make():
    return coro()


print(sys.get_coroutine_origin_tracking_depth())
for depth in (0, 1, 2, 100):
    sys.set_coroutine_origin_tracking_depth(depth)
    c = make()
    print(depth, sys.get_coroutine_origin_tracking_depth(), c.cr_origin and [(line, function) for _, line, function in c.cr_origin])
    c.close()
attempt("negative", lambda: sys.set_coroutine_origin_tracking_depth(-1))
attempt("text", lambda: sys.set_coroutine_origin_tracking_depth("x"))
sys.set_coroutine_origin_tracking_depth(0)

try:
    1 / 0
except ZeroDivisionError:
    current = sys._current_exceptions()
    print(len(current), [(t.__name__, str(v), tb is not None) for t, v, tb in current.values()])
print(list(sys._current_exceptions().values()))
