"""Futures and tasks looked at from outside: attributes, reprs, messages, callbacks and their contexts, cancellation in every phase, what
coroutines may yield, and the module's functions."""
import asyncio, contextvars, gc, re, sys, threading, weakref
import _asyncio
from asyncio import base_futures, events, futures, tasks

def tell(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: r = f"{type(e).__name__}: {e}"
    r = r if isinstance(r, str) else repr(r)
    print(re.sub(r" at 0x\w+| object at 0x\w+", "", re.sub(r"Task-\d+", "Task-N", r)))

print(asyncio.Future is _asyncio.Future, asyncio.Task.__mro__[1] is asyncio.Future, asyncio.Future.__module__, tasks._PyTask.__name__, futures._PyFuture.__name__, sorted(n for n in dir(_asyncio) if not n.startswith("__")))
print(sorted(set(dir(asyncio.Future)) - set(dir(object))), sorted(set(dir(asyncio.Task)) - set(dir(asyncio.Future))))
print(asyncio.Future[int], asyncio.Task[str], base_futures.isfuture(asyncio.Future))
raw = asyncio.Future.__new__(asyncio.Future)
for name in ("result", "exception", "cancel", "cancelled", "done", "get_loop", "__await__", "__iter__", "__repr__"): tell(getattr(raw, name))
for name in ("_state", "_loop", "_callbacks", "_result", "_exception", "_log_traceback", "_source_traceback", "_cancel_message", "_asyncio_future_blocking"): tell(getattr, raw, name)
tell(raw.set_result, 1); tell(raw.add_done_callback, print); tell(raw.remove_done_callback, print)
rawtask = asyncio.Task.__new__(asyncio.Task)
for name in ("_coro", "_must_cancel", "_fut_waiter", "_log_destroy_pending"): tell(getattr, rawtask, name)
tell(rawtask.get_name); tell(rawtask.cancelling)
del rawtask
tell(asyncio.Future, 1); tell(asyncio.Task); tell(asyncio.Task, 3, loop=asyncio.new_event_loop()); tell(asyncio.Future, loop=3)

var = contextvars.ContextVar("var", default="unset")
async def nap(n=0):
    for _ in range(n): await asyncio.sleep(0)
    return n
async def fail(e): raise e

async def attributes():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    print(f, f._state, f._loop is loop, f._callbacks, f._result, f._exception, f._log_traceback, f._source_traceback, f._asyncio_future_blocking, f.get_loop() is loop)
    tell(f.result); tell(f.exception)
    seen = []
    def note(fut): seen.append((fut is f, var.get()))
    ctx = contextvars.copy_context(); ctx.run(var.set, "inner")
    f.add_done_callback(note); f.add_done_callback(note, context=ctx); f.add_done_callback(seen.append)
    print([c[0] is note for c in f._callbacks], f.remove_done_callback(seen.append), f.remove_done_callback(print), len(f._callbacks))
    tell(repr, f)
    f.set_result("done" * 20)
    tell(f.set_result, 1); tell(f.set_exception, ValueError()); print(f.cancel(), f.done(), f.cancelled(), f.result()[:4], f.exception(), f)
    await nap(2)
    print(seen)
    f.add_done_callback(note); await nap(1); print(len(seen), f._callbacks)
    g = loop.create_future(); g.set_exception(KeyError); tell(g.result); tell(g.exception); print(g, g._log_traceback)
    for bad in (1, StopIteration, StopIteration(3), int): tell(loop.create_future().set_exception, bad)
    h = loop.create_future(); print(h.cancel("msg"), h._cancel_message, h.cancel(), h); tell(h.result); tell(h.exception); tell(h._make_cancelled_error); tell(h.set_result, 1)
    def attempt(o, n, *v): setattr(o, n, *v) if v else delattr(o, n)
    k = loop.create_future()
    for n, v in (("_log_traceback", True), ("_log_traceback", False), ("_asyncio_future_blocking", 1), ("_state", 1), ("_result", 1), ("_callbacks", []), ("_loop", None), ("_cancel_message", "x")): tell(attempt, k, n, v)
    print(k._asyncio_future_blocking, k._cancel_message)
    for n in ("_log_traceback", "_asyncio_future_blocking", "_cancel_message"): tell(attempt, k, n)
    k.extra = 5; print(k.extra, weakref.ref(k)() is k)
    class Sub(asyncio.Future):
        def __repr__(self): return "<Sub>"
    s = Sub(); loop.call_soon(s.set_result, 7); print(await s, s)

async def iterators():
    f = asyncio.get_running_loop().create_future()
    it = iter(f); print(type(it).__name__, next(it) is f, f._asyncio_future_blocking); tell(next, it)
    it = f.__await__(); f._asyncio_future_blocking = False; print(it.send(None) is f); f.set_result(9)
    tell(it.send, None); tell(next, it); tell(it.close)
    for args in ((ValueError,), (ValueError("v"),), (ValueError, "v"), (ValueError, ValueError("w")), (ValueError("v"), 1), (3,), (ValueError, None, 3), (GeneratorExit,)):
        tell(f.__await__().throw, *args)
    tell(f.__await__().throw)
    def gen(): return (yield from f)
    tell(next, gen())
    n = asyncio.get_running_loop().create_future(); n.set_result(None); tell(next, iter(n)); tell(iter(n).send, 1)

class Odd:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
class Foreign:
    _asyncio_future_blocking = True
    def __init__(self, loop): self.loop, self.cbs, self.done = loop, [], False
    def get_loop(self): return self.loop
    def add_done_callback(self, cb, context): self.cbs.append(cb); self.loop.call_soon(self.finish, context=context)
    def finish(self): self.cbs.pop()(self)
    def result(self): return 42
    def cancel(self, msg=None): print("foreign cancel", msg); return False
    def __repr__(self): return "<Foreign>"

async def yields():
    loop, other = asyncio.get_running_loop(), asyncio.new_event_loop()
    async def go(o): return await o
    foreign_loop_future = other.create_future(); foreign_loop_future._asyncio_future_blocking = True
    for o in (Odd(3), Odd(loop.create_future()), Odd(foreign_loop_future), Odd(x for x in ()), Odd(Foreign(other)), Odd(None)):
        try: print("got", await asyncio.create_task(go(o)))
        except RuntimeError as e: tell(str, e)
    try: print("foreign", await asyncio.create_task(go(Odd(Foreign(loop)))))
    except RuntimeError as e: tell(str, e)
    async def self_await(): await t
    t = asyncio.create_task(self_await())
    try: await t
    except RuntimeError as e: tell(str, e)
    t = asyncio.create_task(go(Odd(Foreign(loop)))); await nap(1); print(t._fut_waiter, t.cancel("m"), t._must_cancel)
    try: await t
    except asyncio.CancelledError as e: print(repr(e))
    other.close()

async def cancelling():
    t = asyncio.create_task(nap(5), name="n1"); print(t.get_name(), t, t._fut_waiter, t._coro.__name__, t.get_coro() is t._coro); t.set_name(7); print(t.get_name())
    print(t.cancel("before start"), t._must_cancel, t.cancelling(), t)
    try: await t
    except asyncio.CancelledError as e: print(repr(e), t.cancelled(), t.cancelling())
    print(t.cancel(), t)
    t = asyncio.create_task(asyncio.sleep(100)); await nap(1); print(t, t.cancel(), t.cancel(), t.cancelling(), t.uncancel(), t.uncancel(), t.uncancel(), t._fut_waiter.cancelled())
    try: await t
    except asyncio.CancelledError as e: print(repr(e), t)
    async def stubborn():
        try: await asyncio.sleep(100)
        except asyncio.CancelledError as e: return repr(e)
    t = asyncio.create_task(stubborn()); await nap(1); t.cancel("no"); print(await t, t)
    async def cancel_self(): asyncio.current_task().cancel("me"); return "result"
    t = asyncio.create_task(cancel_self())
    try: await t
    except asyncio.CancelledError as e: print(repr(e), t.cancelled())
    async def outer(inner): await inner
    inner = asyncio.create_task(asyncio.sleep(100)); o = asyncio.create_task(outer(inner)); await nap(2); o.cancel("deep")
    try: await o
    except asyncio.CancelledError as e: print(repr(e), e.__context__ is not None, inner.cancelled(), o.cancelled()); tell(inner.result); tell(inner.result)
    t = asyncio.create_task(fail(ValueError("v")))
    try: await t
    except ValueError as e: print(repr(e), t, t.exception() is e)
    tell(t.set_result, 1); tell(t.set_exception, KeyError); print(t.get_stack()[0].f_code.co_name)
    t = asyncio.create_task(asyncio.sleep(0.001, "slept")); await nap(1); print([f.f_code.co_name for f in t.get_stack()]); t.print_stack(limit=1, file=sys.stdout); print(await t)
    step = []
    class Loop:
        def call_soon(self, cb, *a, context=None): step.append((cb, a, context)); 
        def get_debug(self): return False
    l = Loop(); t = asyncio.Task(nap(0), loop=l, context=contextvars.copy_context())
    cb = step[0][0]; print(type(cb).__name__, cb.__self__ is t); tell(cb, 1); tell(cb, a=1)
    asyncio.tasks._leave_task(asyncio.get_running_loop(), asyncio.current_task()) if False else None
    tell(cb); print(t); tell(cb)

async def functions():
    loop, me = asyncio.get_running_loop(), asyncio.current_task()
    print(me in asyncio.all_tasks(), _asyncio._current_tasks.get(loop) is me, _asyncio.get_event_loop() is loop, _asyncio._get_event_loop() is loop, _asyncio._get_running_loop() is loop)
    tell(_asyncio._enter_task, loop, me); tell(_asyncio._leave_task, loop, None); tell(_asyncio._leave_task, 5, me)
    _asyncio._enter_task(5, "a task"); tell(_asyncio._enter_task, 5, "b"); _asyncio._leave_task(5, "a task")
    class T: pass
    t = T(); _asyncio._register_task(t); print(t in _asyncio._all_tasks); _asyncio._unregister_task(task=t); print(t in _asyncio._all_tasks)
    tell(_asyncio._register_task); tell(_asyncio._enter_task, 1)

for main in (attributes, iterators, yields, cancelling, functions):
    print("--", main.__name__); asyncio.run(main())
tell(_asyncio.get_running_loop); print(_asyncio._get_running_loop())
_asyncio._set_running_loop("a loop"); print(_asyncio.get_running_loop()); _asyncio._set_running_loop(None)

# What nobody looked at, and tasks that die in the middle.
class Handler:
    def get_debug(self): return False
    def call_soon(self, *a, context=None): pass
    def call_exception_handler(self, c): tell(str, sorted((k, type(v).__name__, v if isinstance(v, (str, Exception)) else "") for k, v in c.items()))
f = asyncio.Future(loop=Handler()); f.set_exception(ValueError("lost")); del f; gc.collect()
c = nap(1); t = asyncio.Task(c, loop=Handler()); del t; gc.collect(); c.close()
c = nap(1); t = asyncio.Task(c, loop=Handler()); t._log_destroy_pending = False; del t; gc.collect(); c.close()

# A loop for each thread.
results = {}
async def in_thread(k):
    async def part(i): await asyncio.sleep(0); var.set((k, i)); await asyncio.sleep(0); return var.get()
    parts = [asyncio.create_task(part(i)) for i in range(20)]
    assert all(p in asyncio.all_tasks() for p in parts)
    results[k] = [r for r in await asyncio.gather(*parts)] == [(k, i) for i in range(20)], var.get()
threads = [threading.Thread(target=lambda k=k: asyncio.run(in_thread(k))) for k in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(results.items()))
