"""Decorators with state, wraps by hand, class decorators, decorator expressions, order of application."""

log = []

def mark(tag):
    log.append(f"make {tag}")
    def decorate(f):
        log.append(f"apply {tag} to {f.__name__}")
        def wrapper(*args, **kwargs):
            log.append(f"enter {tag}")
            try:
                return f(*args, **kwargs)
            finally:
                log.append(f"leave {tag}")
        wrapper.__name__, wrapper.__wrapped__ = f.__name__, f
        return wrapper
    return decorate

@mark("outer")
@mark("inner")
def work(x):
    log.append("work")
    return x * 2

print(work(21), work.__name__, work.__wrapped__.__wrapped__(1))
print("\n".join(log))
log.clear()

def retry(times, *errors):
    def decorate(f):
        def wrapper(*args):
            for attempt in range(1, times + 1):
                try:
                    return f(*args)
                except errors as error:
                    log.append(f"attempt {attempt}: {error!r}")
            raise RuntimeError(f"{f.__name__} failed {times} times")
        return wrapper
    return decorate

attempts = iter([ValueError("a"), KeyError("b"), None, ValueError("c"), ValueError("d"), ValueError("e"), TypeError("not caught")])

@retry(3, ValueError, KeyError)
def flaky():
    error = next(attempts)
    if error:
        raise error
    return "fine"

for _ in range(3):
    try:
        print(flaky())
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)
print(log)

def singleton(cls):
    instance = None
    def get(*args):
        nonlocal instance
        if instance is None:
            instance = cls(*args)
        return instance
    return get

@singleton
class Config:
    def __init__(self, v):
        self.v = v

print(Config(1).v, Config(2).v, Config(3) is Config(4))

def add_methods(**methods):
    def decorate(cls):
        for name, f in methods.items():
            setattr(cls, name, f)
        return cls
    return decorate

@add_methods(double=lambda self: self.n * 2, __len__=lambda self: self.n)
class Num:
    def __init__(self, n):
        self.n = n

print(Num(4).double(), len(Num(7)))
table = {}
@(lambda f: table.setdefault(f.__name__, f))
def listed(): return "listed"
@table.get
def key(): pass
print(listed(), list(table), key)
class Dispatch:
    def __init__(self): self.handlers = {}
    def on(self, kind): return lambda f: self.handlers.setdefault(kind, f)
    def __call__(self, v): return self.handlers.get(type(v), lambda v: f"unknown {v}")(v)
d = Dispatch()
@d.on(int)
def _(v): return f"int {v}"
@d.on(str)
def _(v): return f"str {v}"
print(d(1), d("x"), d(1.5))
