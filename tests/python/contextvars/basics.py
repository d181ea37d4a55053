# ContextVar, Token and Context: values, nesting, messages.
import contextvars
import gc
import re
import weakref
from contextvars import Context, ContextVar, Token, copy_context


def show(v):
    return re.sub(r"0x[0-9a-f]+", "0x", repr(v))


def attempt(label, f):
    try:
        print(label, "->", show(f()))
    except Exception as e:
        print(label, "->", type(e).__name__, re.sub(r"0x[0-9a-f]+", "0x", str(e)))


a = ContextVar("a")
b = ContextVar("b", default=42)
print(show(a), show(b), a.name, type(a), type(copy_context()), Token.MISSING, type(Token.MISSING))
attempt("unset", a.get)
attempt("unset with default", lambda: a.get("fallback"))
attempt("default", b.get)
attempt("argument wins", lambda: b.get(None))
t1 = a.set(1)
t2 = a.set(2)
print(a.get(), t1.old_value, t2.old_value, t2.var is a, show(t1))
attempt("reset", lambda: a.reset(t2))
print(a.get(), show(t2))
attempt("reset twice", lambda: a.reset(t2))
attempt("other variable", lambda: b.reset(t1))
attempt("not a token", lambda: a.reset(3))
attempt("other context", lambda: copy_context().run(a.reset, t1))
attempt("reset to nothing", lambda: a.reset(t1))
attempt("gone", a.get)
attempt("no name", ContextVar)
attempt("bad name", lambda: ContextVar(1))
attempt("too many", lambda: ContextVar("a", 1))
attempt("bad keyword", lambda: ContextVar("a", defaults=1))
attempt("token by hand", Token)
attempt("context with arguments", lambda: Context(1))
attempt("read-only", lambda: setattr(a, "name", "x"))
attempt("token attributes", lambda: setattr(t1, "var", 1))
attempt("subclass", lambda: type("Sub", (ContextVar,), {}))
attempt("subclass", lambda: type("Sub", (Context,), {}))
attempt("subclass", lambda: type("Sub", (Token,), {}))
print(ContextVar[int], Token[str], ContextVar.__module__, Context.__module__)
attempt("weakref to a variable", lambda: weakref.ref(a))
attempt("hash of a context", lambda: hash(Context()))
attempt("hash of a token", lambda: hash(t1))
print(hash(a) == hash(a), a == a, a == ContextVar("a"))

ctx = Context()
print(len(ctx), list(ctx), a in ctx, ctx == Context(), ctx != Context(), weakref.ref(ctx)() is ctx)
attempt("order", lambda: ctx < ctx)
attempt("lookup", lambda: ctx[a])
attempt("lookup of a str", lambda: ctx["a"])
attempt("in of a str", lambda: "a" in ctx)
attempt("get of a str", lambda: ctx.get("a"))
attempt("assignment", lambda: ctx.__setitem__(a, 1))
attempt("run nothing", lambda: ctx.run())
attempt("run", lambda: ctx.run(lambda *args, **kw: (args, kw), 1, 2, k=3))


def inside():
    a.set("in")
    b.set("b in")
    attempt("enter again", lambda: ctx.run(print))
    nested = copy_context()
    nested.run(a.set, "nested")
    return a.get(), nested[a], ctx[a], nested == ctx, len(nested)


attempt("inside", lambda: ctx.run(inside))
print(sorted(v.name for v in ctx), sorted(ctx.values()), sorted((k.name, v) for k, v in ctx.items()), sorted(k.name for k in ctx.keys()))
print(a.get("outside"), ctx[a], ctx.get(b), ctx.get(ContextVar("z")), ctx.get(ContextVar("z"), 5))
attempt("exception inside", lambda: ctx.run(lambda: 1 / 0))
attempt("still usable", lambda: ctx.run(a.get))
twin = ctx.copy()
print(twin == ctx, twin is ctx)
twin.run(a.set, "else")
print(twin == ctx, twin[a], ctx[a])

# Many variables: every map stays what it was.
many = [ContextVar(f"v{i}") for i in range(300)]
ctx = Context()
snapshots = []
for i, v in enumerate(many):
    ctx.run(v.set, i)
    if i % 50 == 0:
        snapshots.append((i, ctx.copy()))
tokens = [ctx.run(v.set, -i) for i, v in enumerate(many)]
print(len(ctx), sum(ctx.values()), [(i, len(c), sum(c.values()), all(c[v] == k for k, v in enumerate(many[:i + 1]))) for i, c in snapshots])
for i in list(range(0, 300, 2)) + list(range(299, 0, -2)):
    ctx.run(many[i].reset, tokens[i])
print(sum(ctx.values()), ctx == ctx.copy(), len(ctx))


def set_and_reset():
    fresh = [ContextVar(f"w{i}") for i in range(100)]
    marks = [v.set(i) for i, v in enumerate(fresh)]
    for v, m in list(zip(fresh, marks))[::3]:
        v.reset(m)
    return sorted(c for v, c in copy_context().items() if v.name[0] == "w"), [v.get(None) for v in fresh[:7]]


attempt("set and reset", lambda: Context().run(set_and_reset))


class Thing:
    pass


thing = Thing()
dead = weakref.ref(thing)
ctx = Context()
ctx.run(a.set, thing)
thing.ctx = ctx
del thing, ctx
gc.collect()
print("a cycle through a context is freed:", dead() is None)
loop = ContextVar("loop")
loop.set(loop)
print(show(ContextVar("c", default=[1])))
print(contextvars.__all__, copy_context.__name__)


def generator():
    a.set("generator")
    yield a.get()
    yield a.get()


a.set("main")
g = generator()
print(next(g), a.get())
a.set("changed")
print(next(g), copy_context().run(lambda: (a.set("copy"), a.get())[1]), a.get())
