"""Order of evaluation in every kind of expression and statement, told by a log."""

log = []
def t(name, value=None):
    log.append(name)
    return value

def flush(label):
    print(label, " ".join(map(str, log)))
    log.clear()

class O:
    def __init__(self, n): self.n = n
    def __getattr__(self, a):
        log.append(f"{self.n}.{a}")
        return lambda *x: log.append(f"{self.n}.{a}()")
    def __getitem__(self, k): log.append(f"{self.n}[{k}]"); return 1
    def __setitem__(self, k, v): log.append(f"{self.n}[{k}]={v}")
    def __setattr__(self, a, v): log.append(f"{self.__dict__.get('n')}.{a}={v}") if a != "n" else self.__dict__.update(n=v)
    def __call__(self, *a, **k): log.append(f"{self.n}(..)"); return self
    def __add__(self, o): log.append(f"{self.n}+"); return self
    def __bool__(self): log.append(f"bool {self.n}"); return self.n != "f"
    def __lt__(self, o): log.append(f"{self.n}<"); return self
    def __iadd__(self, o): log.append(f"{self.n}+="); return self
    def __enter__(self): log.append(f"enter {self.n}"); return self
    def __exit__(self, *a): log.append(f"exit {self.n}")
    def __contains__(self, x): log.append(f"in {self.n}"); return True

a, b, c, f = O("a"), O("b"), O("c"), O("f")
t("1", a) + t("2", b) + t("3", c); flush("add")
t("1", a)(t("2"), *t("3", []), k=t("4"), **t("5", {})); flush("call")
t("1", a)[t("2", "i")] = t("3", "v"); flush("setitem")
t("1", a).x = t("2", "v"); flush("setattr")
t("1", a)[t("2", "i")] += t("3", 1); flush("augmented item")
x = t("1", a) < t("2", b) < t("3", c); flush("chain")
x = t("1", f) < t("2", b) < t("3", c); flush("chain stops")
x = t("1", f) and t("2", b) or t("3", c); flush("and or")
x = t("2", b) if t("1", f) else t("3", c); flush("conditional")
x = not t("1", a); flush("not")
x = {t("k1"): t("v1"), t("k2"): t("v2")}; flush("dict")
x = [t("1"), *t("2", []), t("3")]; flush("list")
x = t("1", a)[t("2", 1):t("3", 2):t("4", 3)]; flush("slice")
t("1", a)[t("2")], t("3", b).y = t("4", 1), t("5", 2); flush("tuple assign")
p = q = t("1", 5); flush("multi assign")
u = t("1", a)[t("2", 0)] = t("3", 7); flush("multi target")
with t("1", a) as t("2", b).w, t("3", c): t("body"); flush("with")
for t("target", a)[0] in t("iter", [1, 2]): t("body"); flush("for")
t("1", 5) in t("2", a); flush("in")
lambda d=t("default"): 0; flush("lambda default")
def g(p=t("d1"), *, k=t("kd1")) -> t("ret"): pass
flush("def")
@t("dec1", lambda f: t("apply1", f))
@t("dec2", lambda f: t("apply2", f))
def h(x: t("ann") = t("dflt")): pass
flush("decorators")
class K(t("base", object), metaclass=t("meta", type)): t("class body")
flush("class")
[t(("e", i)) for i in t("it", [1, 2]) if t(("c", i), True)]; flush("listcomp")
f"{t('1', 'x')!r:{t('2', '>5')}} {t('3')}"; flush("fstring")
assert t("cond", True), t("never"); flush("assert")
del t("1", {1: 2})[t("2", 1)]; flush("del")
(y := t("1")), t("2"); flush("walrus")
try:
    raise t("exc", ValueError) from t("cause", KeyError())
except t("match", ValueError): t("handler")
else: t("else")
finally: t("finally")
flush("try")
x = a; x += t("1", b); flush("iadd")
t("1", 2) ** -t("2", 1); flush("pow")
print(t("arg1", "A"), t("arg2", "B"), sep=t("sep", "-"), end=t("end", "\n")); flush("print")
a.meth(t("1")).other if False else a.meth(t("1")); flush("method")
def gen(): yield t("y1", 1); return (yield t("y2", 2))
list(gen()); flush("generator")
import_done = [m for m in (t("1", "sys"),)]; flush("list")
t("1", [3, 1, 2]).sort(key=t("2", lambda v: t(("key", v), v))); flush("sort key")
match t("subject", (1, 2)):
    case (1, y2) if t("guard", False): t("no")
    case (z, _) if t("guard2", True): t("yes")
flush("match")
while t("cond", len(log) < 3): t("loop")
else: t("while else")
flush("while")
