"""Resources opened in a loop, transactional cleanup with pop_all, reentrant and reusable managers, nested suppression."""

import contextlib

opened, closed = [], []
class Res:
    def __init__(self, n):
        if n in fails: raise OSError(f"cannot open {n}")
        self.n = n; opened.append(n)
    def __enter__(self): return self
    def __exit__(self, *a): closed.append(self.n)
    close = __exit__

def open_all(names):
    with contextlib.ExitStack() as stack:
        res = [stack.enter_context(Res(n)) for n in names]
        stack.pop_all()
        return res
fails = set()
print([r.n for r in open_all("abc")], opened, closed); fails = {"z"}
try:
    open_all("xyzw")
except OSError as e: print(e, opened, closed)
@contextlib.contextmanager
def nested_tags(*names):
    with contextlib.ExitStack() as s:
        for n in names: out.append(f"<{n}>"); s.callback(out.append, f"</{n}>")
        yield out
out = []
with nested_tags("a", "b", "c") as o: o.append("text")
print("".join(out))
@contextlib.contextmanager
def temporarily(d, **changes):
    old = {k: d.get(k, missing) for k in changes}
    d.update(changes)
    try:
        yield d
    finally:
        for k, v in old.items():
            if v is missing: del d[k]
            else: d[k] = v
missing = object(); env = {"x": 1}
with temporarily(env, x=2, y=3):
    print(env)
    with temporarily(env, x=9): print(env)
    print(env)
print(env)
sup = contextlib.suppress(ValueError)
with sup:
    with sup: raise ValueError
    print("still here")
def retry(n, f, *errors):
    for i in range(n):
        with contextlib.suppress(*errors):
            return f(i)
    return "gave up"
print(retry(5, lambda i: 10 // (i - 2) if i > 2 else [][i], IndexError, ZeroDivisionError), retry(2, lambda i: {}[i], KeyError))
class Timer(contextlib.ContextDecorator):
    def __init__(self): self.calls = 0
    def __enter__(self): self.calls += 1; return self
    def __exit__(self, *a): return False
t = Timer()
@t
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(6), t.calls)
@contextlib.contextmanager
def group():
    errors = []
    def run(f):
        try: f()
        except Exception as e: errors.append(e)
    yield run
    if errors: raise ExceptionGroup("several", errors)
try:
    with group() as run:
        run(lambda: 1 / 0); run(lambda: print("fine")); run(lambda: {}["k"])
except* ZeroDivisionError as g: print("zero", g.exceptions)
except* KeyError as g: print("key", g.exceptions)
@contextlib.contextmanager
def chain():
    try: yield
    except KeyError as e: raise ValueError("translated") from e
try:
    with chain(): {}["q"]
except ValueError as e: print(repr(e), repr(e.__cause__), e.__traceback__ is not None)
@contextlib.contextmanager
def locked(state):
    assert not state["held"]; state["held"] = True
    try: yield
    finally: state["held"] = False
state = {"held": False}
def guarded(n):
    with locked(state):
        if n: raise LookupError(n)
        return "ok"
for n in (0, 1, 0):
    try: print(guarded(n), state)
    except LookupError as e: print(repr(e), state)
