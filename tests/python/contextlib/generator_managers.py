"""contextlib: contextmanager, closing, suppress, redirect_stdout, nullcontext, ExitStack, ContextDecorator, AbstractContextManager."""

import contextlib
import io
import sys

log = []
@contextlib.contextmanager
def tag(name):
    log.append("+" + name)
    try:
        yield name.upper()
    except ValueError as e:
        log.append(f"caught {e}")
    finally:
        log.append("-" + name)

with tag("a") as a, tag("b"): log.append(a)
with tag("v"): raise ValueError("swallowed")
try:
    with tag("k"): raise KeyError("through")
except KeyError as e: log.append(repr(e))
print(log); log.clear()
@tag("deco")
def f(x): log.append(x); return x * 2
print(f(2), f(3), log, f.__name__); log.clear()
@contextlib.contextmanager
def twice(): yield 1; yield 2
@contextlib.contextmanager
def never(): return; yield
@contextlib.contextmanager
def stop(): yield; raise StopIteration("x")
for m in (twice, never):
    try:
        with m(): pass
    except RuntimeError as e: print(e)
try:
    with tag("stop"): raise StopIteration("in body")
except (StopIteration, RuntimeError) as e: print(repr(e))
log.clear()
with contextlib.suppress(KeyError, IndexError): {}["x"]
with contextlib.suppress(LookupError): [][1]
try:
    with contextlib.suppress(KeyError): 1 / 0
except ZeroDivisionError as e: print(e)
buf, err = io.StringIO(), io.StringIO()
with contextlib.redirect_stdout(buf), contextlib.redirect_stderr(err):
    print("captured"); print("to err", file=sys.stderr)
print(repr(buf.getvalue()), repr(err.getvalue()))
class Closes:
    def close(self): log.append("closed")
with contextlib.closing(Closes()) as c: log.append(type(c).__name__)
with contextlib.nullcontext(5) as n: log.append(n)
print(log); log.clear()
class CD(contextlib.ContextDecorator):
    def __enter__(self): log.append("enter"); return self
    def __exit__(self, *a): log.append(a[0] and a[0].__name__); return True
@CD()
def g(): raise ValueError
print(g(), log); log.clear()
with contextlib.ExitStack() as s:
    print(s.enter_context(tag("x")), s.enter_context(tag("y")))
    s.callback(log.append, "callback"); s.push(lambda *a: log.append(("push", a[0]))); s.callback(print, "last in first out", end="\n")
print(log); log.clear()
with contextlib.ExitStack() as s:
    s.push(lambda t, v, tb: True); s.callback(lambda: 1 / 0); s.enter_context(tag("z"))
    raise KeyError("first")
print(log); log.clear()
s = contextlib.ExitStack(); s.callback(log.append, "moved"); t = s.pop_all(); s.close(); print(log); t.close(); print(log)
try:
    with contextlib.ExitStack() as s: s.enter_context(5)
except TypeError as e: print(e)
try:
    with contextlib.ExitStack() as s:
        s.callback(lambda: {}["second"]); s.callback(lambda: [][1]); raise ValueError("first")
except KeyError as e: print(repr(e), repr(e.__context__), repr(e.__context__.__context__))
class Abs(contextlib.AbstractContextManager):
    def __exit__(self, *a): return None
with Abs() as ab: print(type(ab).__name__, isinstance(Closes(), contextlib.AbstractContextManager), isinstance(s, contextlib.AbstractContextManager))
with contextlib.chdir("/"): import os; print(os.getcwd())
def many(n):
    with contextlib.ExitStack() as st:
        return [st.enter_context(tag(str(i))) for i in range(n)]
log.clear(); print(many(4), log)
