"""When objects die: at reassignment, end of function, end of expression, on exceptions, on del, in containers."""

class T:
    def __init__(self, n): self.n = n
    def __del__(self): print(f"~{self.n}", end=" ")
    def __add__(self, o): return T(f"({self.n}+{o.n})")
    def method(self): return self

def say(x): print(x, end=" ")
T("dropped at once"); say("after|")
x = T("x1"); x = T("x2"); say("reassigned|")
T("a") + T("b"); say("sum dropped|")
def f(p):
    q = T("local q")
    say("in f")
    return p
f(T("argument")); say("returned|")
y = f(T("kept")); say("kept alive|")
del y; say("deleted|")
l = [T("l0"), T("l1"), T("l2")]
l[1] = None; say("item replaced|")
l.pop(); say("popped|")
del l[:]; say("cleared|")
d = {"k": T("dk")}
d["k"] = T("dk2"); say("value replaced|")
d.pop("k"); say("popped|")
def raises():
    z = T("local of raiser")
    raise ValueError(T("argument of exception"))
try:
    raises()
except ValueError as e:
    say("handling")
say("handled|")
def gen():
    g = T("in generator")
    yield 1
    say("resumed")
    yield 2
it = gen()
next(it); say("suspended"); del it; say("generator gone|")
for i in (T("tuple item") for _ in range(2)): say("loop")
say("loop done"); del i; say("|")
class Holder:
    def __init__(self): self.first, self.second = T("attr first"), T("attr second")
    def __del__(self): say("~Holder")
h = Holder(); del h; say("|")
(lambda v: say("lambda"))(T("lambda arg")); say("|")
[T(f"comp{i}").n for i in range(2)]; say("comprehension|")
a, b = T("ta"), T("tb")
a, b = b, a; say("swapped")
del a; say("del a"); del b; say("|")
def closure():
    c = T("captured")
    return lambda: c.n
k = closure(); say(k()); del k; say("closure gone|")
with_value = T("w").method().method().n; say("chain|")
def nested():
    n1 = T("n1")
    def inner():
        n2 = T("n2")
        return n1.n
    return inner()
nested(); say("nested|")
try:
    try: raise KeyError(T("first exc"))
    finally: say("finally")
except KeyError: say("except")
say("|")
s = {T("in set")}; s.clear(); say("set cleared|")
def default(p=T("default")): pass
del default; say("function gone|")
class Cls: attr = T("class attr")
del Cls
import gc; gc.collect(); say("class gone|")
x = None; say("x gone|")
if T("condition"): say("taken|")
while T("while cond"): say("once"); break
say("|")
f"{T('in fstring').n}"; say("|")
assert T("asserted"); say("|")
t = (T("tt0"), (T("tt1"),)); del t; say("tuple gone|")
glob = T("global at exit")
print()
