"""global and nonlocal declarations, exec and eval scopes, locals and globals dictionaries, builtins shadowing, del."""

g = 1
def set_global():
    global g, made
    g += 1
    made = "made in function"
    def inner():
        global g
        g *= 10
    inner()
set_global()
print(g, made, globals()["g"], "made" in globals())

def nested_global():
    g = "local"
    def use():
        global g
        return g
    return use(), g
print(nested_global())

def shadow():
    len = lambda x: "shadowed"
    r = len([])
    del len
    try:
        return r, len([])
    except UnboundLocalError as e:
        return r, str(e)
print(shadow())
len_backup, len = len, lambda x: "module level len"
print(len([1]))
del len
print(len([1]))
def exec_scopes():
    a = 1
    exec("a = 2; b = 3")
    loc = locals()
    ns = {"a": 10}
    exec("a += 1; c = a", ns)
    exec("d = a + e", {"e": 5}, ns)
    return a, "b" in loc, ns["a"], ns["c"], ns["d"], eval("a + 1"), eval("a", {"a": "given"}), eval("x", {"x": 1}, {"x": 2})
print(exec_scopes())
def locals_dict():
    a = 1
    d = locals()
    b = 2
    d["a"] = "changed"
    d["new"] = 3
    e = locals()
    return a, d is e, sorted(e)
print(locals_dict())
exec("def defined(x):\n    return x * g\n")
print(defined(2), eval("defined(3)"), "defined" in globals())
class Body:
    x = 1
    exec("y = x + 1")
    z = eval("y + 1")
    loc = sorted(k for k in locals() if not k.startswith("_"))
print(Body.y, Body.z, Body.loc)
for code in ("def f():\n  x = 1\n  global x", "def f(x):\n  global x", "def f():\n  nonlocal x", "nonlocal x", "def f():\n  print(x)\n  nonlocal x", "def f():\n  x = 1\n  def g():\n    x = 2\n    nonlocal x", "def f(a, a): pass", "def f():\n  nonlocal x, y", "class C:\n  nonlocal q", "def f():\n  global y\n  nonlocal y", "def f():\n  import os\n  global os", "def f():\n  x: int\n  global x", "global zz; zz = 1", "def f():\n  for x in y: pass\n  global x", "def f():\n  def g(): nonlocal x\n  x = 1", "x = 1\ndef f():\n  nonlocal x", "def f(x):\n  def g(x):\n    nonlocal x"):
    try:
        exec(code, {})
        print("fine")
    except SyntaxError as e:
        print(e.msg, e.lineno)
try:
    exec("undefined_in_exec", {})
except NameError as e:
    print(e)
ns = {"__builtins__": {"len": lambda x: 99}}
print(eval("len([])", ns))
for expr in ("abs(1)", "print"):
    try:
        eval(expr, ns)
    except NameError as e:
        print(e)
class Dict(dict):
    def __missing__(self, k): return f"<{k}>"
print(eval("a + b", Dict(a="A")), eval("c", {}, Dict()))
def f(): return free_name
free_name = "set later"
print(f())
del free_name
try:
    f()
except NameError as e:
    print(e)
x = [1]
def aug():
    try:
        x += [2]
    except UnboundLocalError as e:
        return str(e)
def mut():
    x.append(2)
print(aug(), mut(), x)
for v in range(2):
    def show(): return v
v = "rebound"
print(show(), __name__, vars() is globals(), dir()[:1] == sorted(globals())[:1])
import builtins
builtins.added_builtin = "visible everywhere"
print(added_builtin, (lambda: added_builtin)())
del builtins.added_builtin
try:
    added_builtin
except NameError as e:
    print(e)
