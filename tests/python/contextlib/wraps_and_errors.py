"""Wrong use of contextlib managers: single use, generators that misbehave, exceptions with tracebacks kept and notes."""

import contextlib

def names_of(tb):
    while tb:
        yield tb.tb_frame.f_code.co_name
        tb = tb.tb_next

@contextlib.contextmanager
def cm(mode=""):
    if mode == "raise before": raise ValueError("before")
    try:
        yield "value"
    except TypeError as e:
        if mode == "swallow": return
        if mode == "replace": raise OSError("replaced")
        if mode == "reraise": raise
        if mode == "yield again": yield "again"
    if mode == "raise after": raise LookupError("after")
    if mode == "yield twice": yield

def use(mode, exc=None):
    try:
        with cm(mode) as v:
            if exc: raise exc
        return "ok " + v
    except BaseException as e: return repr(e), repr(e.__context__), repr(e.__cause__)
for mode in ("", "raise before", "raise after", "yield twice"): print(mode or "plain", use(mode))
for mode in ("", "swallow", "replace", "reraise", "yield again"): print(mode or "plain", use(mode, TypeError("t")))
for exc in (KeyError("k"), StopIteration("s"), GeneratorExit(), KeyboardInterrupt(), RuntimeError("r"), StopIteration()): print(type(exc).__name__, use("", exc))
m = cm()
with m: pass
try:
    with m: pass
except (RuntimeError, AttributeError) as e: print(type(e).__name__, e)
try:
    with contextlib.contextmanager(lambda: 5)(): pass
except (TypeError, AttributeError) as e: print(type(e).__name__, e)
try:
    cm("a", "b", "c")
except TypeError as e: print(e)
@contextlib.contextmanager
def documented(a: int):
    "the doc"
    yield a
print(documented.__name__, documented.__doc__, documented.__wrapped__.__name__, documented.__annotations__, type(documented(1)).__name__, documented(1).__doc__)
def raiser(): raise ValueError("deep")
try:
    with cm("reraise"), cm(): raiser()
except ValueError as e:
    print(list(names_of(e.__traceback__)))
e = TypeError("same object")
try:
    with cm("reraise"): raise e
except TypeError as got: print(got is e, len(list(names_of(got.__traceback__))) >= 1)
class Exits:
    def __init__(self, r): self.r = r
    def __enter__(self): return self
    def __exit__(self, *a):
        if isinstance(self.r, Exception): raise self.r
        return self.r
def stack(*rs, exc=None):
    try:
        with contextlib.ExitStack() as s:
            for r in rs: s.enter_context(Exits(r))
            if exc: raise exc
        return "done"
    except Exception as x:
        chain = []
        while x: chain.append(repr(x)); x = x.__context__
        return chain
print(stack(), stack(None, exc=ValueError("v")), stack(True, exc=ValueError("v")), stack(None, True, exc=KeyError(1)), stack(OSError("exit"), exc=ValueError("v")), stack(OSError("outer"), LookupError("inner"), exc=ValueError("body")), stack(True, OSError("then swallowed")), stack(OSError("last"), True, exc=ValueError("v")))
with contextlib.suppress(): print("suppress nothing")
try:
    with contextlib.suppress(5): raise ValueError
except TypeError as x: print(x)
with contextlib.suppress(ValueError) as r: print(r)
