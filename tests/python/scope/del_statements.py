"""del of names, attributes, items, slices, tuples of targets; unbound after del; del in loops and closures."""

a = b = c = d = 1
del a, (b, [c])
for name in "abcd":
    try:
        print(name, eval(name))
    except NameError as e:
        print(e)
lst, dct = list(range(10)), {"x": 1, "y": {"z": 2}}
del lst[0], lst[-1], lst[2:4], lst[::2]
del dct["x"], dct["y"]["z"]
print(lst, dct)
class O: pass
o = O()
o.p, o.q, o.inner = 1, 2, O()
o.inner.deep = [1, 2]
del o.p, o.inner.deep[0]
print(vars(o).keys(), o.inner.deep)
def local():
    x = 1
    del x
    try:
        return x
    except UnboundLocalError as e:
        msg = str(e)
    x = 2
    return msg, x
print(local())
def loop():
    out = []
    for i in range(3):
        out.append(i)
        del i
    try:
        out.append(i)
    except UnboundLocalError as e:
        out.append(str(e))
    return out
print(loop())
def double():
    x = 1
    del x
    del x
try:
    double()
except UnboundLocalError as e:
    print(e)
def closure():
    x = 1
    def get(): return x
    del x
    try:
        get()
    except NameError as e:
        print(e)
    x = 5
    return get()
print(closure())
def conditional(flag):
    if flag:
        y = 1
    try:
        return y
    except UnboundLocalError as e:
        return str(e)
print(conditional(True), conditional(False))
for bad in ("del undefined_thing", "del o.nothing", "del lst[100]", "del dct['none']", "del (1).real", "del 'abc'[0]", "del (1, 2)[0]", "del o['k']", "del lst['a']", "del lst[::0]", "del len", "del int.x", "del int.real", "del None.x"):
    try:
        exec(bad)
        print(bad, "fine")
    except Exception as e:
        print(bad, "|", type(e).__name__, e)
for bad in ("del 1", "del f()", "del x + y", "del [1]", "del (a, 1)", "del *a", "del a = 1", "del", "del (yield)", "del None", "del a.b()", "del x if y else z", "del 'a'", "del {}", "del (x for x in y)", "del -a", "del a, *b"):
    try:
        compile(bad, "<test>", "exec")
        print(bad, "fine")
    except SyntaxError as e:
        print(bad, "|", e.msg)
class Tracked:
    def __init__(self, n): self.n = n
    def __del__(self): print("gone", self.n, end="; ")
t, u = Tracked(1), Tracked(2)
v = t
del t
print("still", v.n)
del v
w = [u, Tracked(3)]
del u, w[1]
print("list holds", len(w))
del w
def order():
    x, y = Tracked("x"), Tracked("y")
    del y
    print("after del y", end="; ")
order()
print()
class Item:
    def __delitem__(self, k): print("delitem", k)
    def __delattr__(self, k): print("delattr", k)
i = Item()
del i[0], i["a", 1], i[1:2], i.x, (i.y), [i[...]]
del (), []
def g():
    del (yield 1)[0]
it = g()
next(it)
target = [1, 2]
try:
    it.send(target)
except StopIteration:
    print(target)
def param(p):
    del p
    try:
        p
    except UnboundLocalError as e:
        return str(e)
print(param(1))
globals()["dyn"] = 1
del dyn
print("dyn" in globals())
