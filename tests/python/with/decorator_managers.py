"""Context managers from generators written by hand, reuse, use as decorators, state after failure."""

class GeneratorManager:
    def __init__(self, f, args, kw): self.make = lambda: f(*args, **kw)
    def __enter__(self):
        self.gen = self.make()
        return next(self.gen)
    def __exit__(self, kind, value, tb):
        if kind is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator did not stop")
        try:
            self.gen.throw(value)
        except StopIteration as stop:
            return stop is not value
        except BaseException as e:
            if e is value:
                return False
            raise
        raise RuntimeError("generator did not stop after throw")
    def __call__(self, f):
        def wrapper(*a, **k):
            with self:
                return f(*a, **k)
        return wrapper

def manager(f): return lambda *a, **k: GeneratorManager(f, a, k)

@manager
def tag(name, swallow=()):
    print(f"<{name}>", end="")
    try:
        yield name.upper()
    except swallow as e:
        print(f"[swallowed {e!r}]", end="")
    finally:
        print(f"</{name}>")

with tag("a") as a, tag("b"):
    print(a, end="")
with tag("s", swallow=(ValueError, KeyError)):
    raise ValueError("inside")
try:
    with tag("p", swallow=KeyError):
        raise ValueError("propagates")
except ValueError as e:
    print(repr(e))
@tag("decorated")
def work(x):
    print(x, end="")
    return x * 2
print(work(21), work(1))
@manager
def twice():
    yield 1
    yield 2
@manager
def replaces():
    try:
        yield
    except ValueError as e:
        raise KeyError("replaced") from e
@manager
def none():
    return
    yield
@manager
def reraises():
    try:
        yield
    except ValueError:
        raise
for m, body in ((twice, None), (replaces, ValueError("v")), (none, None), (reraises, ValueError("same")), (twice, ValueError("t"))):
    try:
        with m():
            if body:
                raise body
        print("fine")
    except BaseException as e:
        print(repr(e), "cause", repr(e.__cause__), e is body)
t = tag("reused")
for i in range(2):
    with t:
        print(i, end="")
try:
    with t:
        with t:
            print("nested reuse", end="")
except (RuntimeError, StopIteration) as e:
    print(repr(e))
class Counting:
    active = most = 0
    def __enter__(self):
        cls = type(self)
        cls.active += 1
        cls.most = max(cls.most, cls.active)
        return cls.active
    def __exit__(self, *a): type(self).active -= 1
def recurse(n):
    with Counting() as depth:
        return recurse(n - 1) if n else depth
print(recurse(10), Counting.active, Counting.most)
for n in range(50):
    try:
        with Counting(), Counting():
            if n % 3 == 0:
                raise ValueError
            if n % 5 == 0:
                continue
    except ValueError:
        pass
print(Counting.active, Counting.most)
def lots():
    with Counting() as a, Counting() as b, Counting() as c, Counting() as d, Counting() as e, Counting() as f:
        return [a, b, c, d, e, f]
print(lots(), Counting.active)
class Lock:
    held = False
    def __enter__(self):
        assert not self.held
        self.held = True
    def __exit__(self, *a): self.held = False
lock = Lock()
def gen():
    with lock:
        yield lock.held
g = gen()
print(next(g), lock.held)
g.close()
print(lock.held, [x for x in gen()], lock.held)
