"""with: managers that lack a half, whose methods are odd, fail or swallow; what is looked up where and when; targets; return, break and exceptions inside."""


def attempt(label, action):
    try:
        print(label, "->", action())
    except BaseException as error:
        print(label, "->", type(error).__name__, error, "| context", repr(error.__context__))


class M:
    def __init__(self, name="m", enter=None, leave=None, swallow=False):
        self.name, self.enter, self.leave, self.swallow = name, enter, leave, swallow

    def __enter__(self):
        print("enter", self.name, end="; ")
        if self.enter:
            raise self.enter
        return self.name

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, type(value).__name__, tb is None, end="; ")
        if self.leave:
            raise self.leave
        return self.swallow


def run(*managers, body=None):
    if len(managers) == 1:
        with managers[0] as got:
            if body:
                raise body
        return got
    with managers[0] as a, managers[1] as b:
        if body:
            raise body
    return a, b


class NoEnter:
    def __exit__(self, *a): pass


class NoExit:
    def __enter__(self): pass


class Neither: pass


class OnInstance:
    def __init__(self):
        self.__enter__ = self.__exit__ = lambda *a: 1


class NoneMethods:
    __enter__ = None
    __exit__ = None


class Arity:
    def __enter__(self): return 1
    def __exit__(self): return 1


class AsyncOnly:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): pass


class BadTruth:
    def __bool__(self): raise LookupError("no truth")


class Getattr:
    def __getattr__(self, name): return lambda *a: 1


class Descr:
    @property
    def __enter__(self):
        print("enter looked up", end="; ")
        return lambda: "from property"

    @property
    def __exit__(self):
        print("exit looked up", end="; ")
        return lambda *a: None


class RaisingDescr:
    @property
    def __enter__(self): raise AttributeError("hidden by property")
    def __exit__(self, *a): pass


for value in (NoEnter(), NoExit(), Neither(), OnInstance(), NoneMethods(), Arity(), AsyncOnly(), Getattr(), Descr(), RaisingDescr(), 5, None, "x", M, open, [], (i for i in ())):
    attempt(value.__name__ if isinstance(value, type) else type(value).__name__, lambda: run(value))
for swallow in (True, False, 0, 1, "", "x", [], None, NotImplemented, BadTruth()):
    attempt(f"swallow {type(swallow).__name__}", lambda: run(M(swallow=swallow), body=ValueError("body")))
    attempt("   no error", lambda: run(M(swallow=swallow)))
attempt("enter fails", lambda: run(M(enter=KeyError("enter"))))
attempt("second enter fails", lambda: run(M("a"), M("b", enter=KeyError("enter"))))
attempt("second enter fails, first swallows", lambda: run(M("a", swallow=True), M("b", enter=KeyError("enter"))))
attempt("exit fails", lambda: run(M(leave=KeyError("leave"))))
attempt("exit fails after body", lambda: run(M(leave=KeyError("leave")), body=ValueError("body")))
attempt("inner exit fails, outer swallows", lambda: run(M("a", swallow=True), M("b", leave=KeyError("leave")), body=ValueError("body")))
attempt("inner swallows", lambda: run(M("a"), M("b", swallow=True), body=ValueError("body")))
for body in (GeneratorExit("g"), KeyboardInterrupt("k"), SystemExit(3), StopIteration(5), ExceptionGroup("eg", [ValueError(1)])):
    attempt(type(body).__name__, lambda: run(M(swallow=True), body=body))
    attempt(type(body).__name__, lambda: run(M(), body=body))


def returns():
    with M("r", swallow=True):
        return "value"


def returns_and_exit_fails():
    with M("r", leave=KeyError("after return")):
        return "value"


def loops():
    seen = []
    for i in range(4):
        with M(str(i), swallow=True):
            if i == 0:
                continue
            if i == 2:
                break
            seen.append(i)
            raise ValueError(i)
    else:
        seen.append("else")
    return seen


def generator():
    with M("g"):
        yield 1
        yield 2


def targets():
    box, items = type("Box", (), {})(), [0, 0]
    with M("x") as box.attr, M("y") as items[1], M("pq") as (a, b), M("rs") as [c, *d]:
        pass
    return box.attr, items, a, b, c, d


def bad_target():
    with M("abc") as (a, b):
        print("never")


def swallowed_bad_target():
    with M("abc", swallow=True) as (a, b):
        print("never")
    return "went on"


def parenthesised():
    with (M("p") as a, M("q"), M("r") as b,):
        return a, b


def as_tuple():
    with (M("p"), M("q")):
        return "two managers"


def real_tuple():
    with (M("p"), M("q")) if True else None:
        return "never"


def reraises():
    try:
        with M("r"):
            raise ValueError("v")
    except ValueError as error:
        return error.__traceback__.tb_lineno - reraises.__code__.co_firstlineno, error.__traceback__.tb_next


def nested_context():
    try:
        raise KeyError("outer")
    except KeyError:
        with M("n"):
            raise ValueError("inner")


def changed_class():
    m = M("c")
    with m:
        m.__class__ = type("Other", (M,), {"__exit__": lambda self, *a: print("other exit")})
        M.__exit__, saved = (lambda self, *a: print("replaced exit")), M.__exit__
    M.__exit__ = saved


def deleted_name():
    m = M("d")
    with m as m:
        del m
    return "fine"


for function in (returns, returns_and_exit_fails, loops, targets, bad_target, swallowed_bad_target, parenthesised, as_tuple, real_tuple, reraises, nested_context, changed_class, deleted_name):
    attempt(function.__name__, function)
g = generator()
next(g)
attempt("close generator", g.close)
g = generator()
next(g)
attempt("throw into generator", lambda: g.throw(ValueError("thrown")))
for source in ("with: pass", "with a as 1: pass", "with a as f(): pass", "with a as b + c: pass", "with a, : pass", "with (a as b): pass", "with (a as b), c: pass", "with (a as b) as c: pass", "with a as (b): pass", "with (yield) as b: pass", "with a as *b: pass", "with a as (*b,): pass", "with a b: pass", "with (a, b as c,): pass", "with (): pass", "with a as None: pass", "with a as b.c, d as e[0]: pass",
               "async with a: pass", "with a:", "with a as b as c: pass", "with (a, b) as c: pass", "with (a := b): pass", "with a := b: pass", "with lambda: 1: pass", "with a if b else c as d: pass", "with (a for b in c): pass", "with (a as b for c in d): pass", "with *a: pass", "with (*a, b): pass", "with a as __debug__: pass"):
    try:
        compile(source, "<s>", "exec")
        print(source, "| compiles")
    except SyntaxError as error:
        print(source, "|", error.msg, error.lineno, error.offset, error.end_offset)
