"""with statement details: evaluation order, target kinds, __exit__ arguments and return values, nesting in loops and functions."""

log = []
class M:
    def __init__(self, name, ret=None): self.name, self.ret = name, ret
    def __enter__(self):
        log.append("+" + self.name)
        return self.name
    def __exit__(self, kind, value, tb):
        log.append(f"-{self.name}({kind.__name__ if kind else ''})")
        return self.ret

def flush():
    print(" ".join(log))
    log.clear()

def make(name, ret=None):
    log.append("make " + name)
    return M(name, ret)

with make("a") as x, make("b") as y:
    log.append("body")
flush()
d, l = {}, [0]
class O: pass
o = O()
with M("item") as d["k"], M("attr") as o.a, M("elem") as l[0], M("tu") as (p, q), M("xyz") as [r, *s]:
    print(d, o.a, l, p, q, r, s)
flush()
for ret in (None, False, True, 0, 1, "", "yes", [], [0]):
    try:
        with M("r", ret):
            raise ValueError(ret)
        print(repr(ret), "swallowed")
    except ValueError:
        print(repr(ret), "propagated")
log.clear()
def ret():
    with M("a"):
        with M("b"):
            return "value"
print(ret())
flush()
for i in range(3):
    with M(str(i)):
        if i == 0: continue
        break
flush()
class Enter:
    def __enter__(self): raise KeyError("enter")
    def __exit__(self, *a): log.append("never")
try:
    with M("outer"), Enter():
        log.append("never")
except KeyError as e:
    print(repr(e))
flush()
class ExitRaises(M):
    def __exit__(self, *a): raise OSError(f"exit of {self.name}")
try:
    with ExitRaises("one"), ExitRaises("two"):
        raise ValueError("body")
except OSError as e:
    print(e, "|", repr(e.__context__), "|", repr(e.__context__.__context__))
class BoolRaises:
    def __bool__(self): raise TypeError("no truth")
try:
    with M("b", BoolRaises()):
        raise ValueError("v")
except TypeError as e:
    print(e, repr(e.__context__))
for bad in ("with 5: pass", "with None as x: pass", "with O(): pass", "with M('a') as (u, v): pass", "with undefined: pass", "with M('t') as 5: pass", "with M('t') as f(): pass", "with (M('a'), M('b')) as c: pass", "with: pass", "with M('a') as x.y.z: pass", "with M('q') as u, 5: pass"):
    log.clear()
    try:
        exec(bad)
        print(bad, "fine", log)
    except Exception as e:
        print(bad, "|", type(e).__name__, e.msg if isinstance(e, SyntaxError) else e, log)
log.clear()
class Inst:
    pass
i = Inst()
i.__enter__ = lambda: 1
i.__exit__ = lambda *a: None
try:
    with i: pass
except TypeError as e:
    print(e)
class NoExit:
    def __enter__(self): return 1
class NoEnter:
    def __exit__(self, *a): return 1
for c in (NoExit, NoEnter):
    try:
        with c(): pass
    except TypeError as e:
        print(e)
with (
    M("p1") as a,
    M("p2"),
): log.append(a)
with (M("single")): pass
with (yield_ := M("walrus")) as w: log.append(yield_.name + w)
with M("x") as x, \
     M("y") as y: log.append(x + y)
flush()
def gen():
    with M("gen"):
        yield 1
        yield 2
g = gen()
next(g)
del g
for _ in gen(): break
flush()
def deep(n):
    if n == 0:
        raise ValueError("deep")
    with M(str(n), n == 3):
        deep(n - 1)
    return n
print(deep(5))
flush()
class Tb:
    def __enter__(self): return self
    def __exit__(self, k, v, tb):
        self.info = (k.__name__, str(v), tb.tb_frame.f_code.co_name, tb.tb_next.tb_frame.f_code.co_name)
        return True
def fails(): [].pop()
def run():
    with Tb() as t:
        fails()
    return t.info
print(run())
