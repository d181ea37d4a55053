"""Where the carets of a traceback stand: binary operations, subscripts, calls, attributes over one and several lines, wide characters, tabs."""

import linecache
import sys
import traceback

CASES = r'''
x = 1 + "a"
x = (1 +  "a")
x = a.b.c.d
x = a[0][1]["k"]
x = f(1)(2)
x = 1 + 2 * "a" ** 3
x = (1 + 2) * ("a" - 1)
x = [1, 2][5]
x = {"k": 1}["z"]
x = "é日本" + 1 + "ñ"
x = "日本" [ 9 ]
x = "😀😀" % 5 % 6
x = -"a"
x = not f(1)(2)
x = a.missing.b
x = f(1, *5)
x = f(**5)
x = g(a=1, b=2)
a.b = 5 .x
a[0] += "s"
a.value += "s"
del a.nothing
del a[0]
x, y = 1, 2, 3
x, y = 5
[x, *y] = None
for i in 5: pass
with 5: pass
with a as b: pass
x = [i / 0 for i in range(3)]
x = {k: v for k, v in [1]}
x = lambda: 1 / 0; x()
x = yields(1)  ;  next(x)
assert a == 1, "message"
assert not a
raise ValueError("x") from 5
raise 5
import nothing_here
from os import nothing_here
from . import nothing
x = f"{1 + 'a'} and {a.b}"
x = f"{a:{1 / 0}}"
x = a if a.b else a.c
x = a < 1 < "x"
x = 5 in 5
x = a.b(1)(2).c
x = (a
     .b
     .c)
x = f(1,
      2)(3)
x = (1 +
     2 +
     "a")
x = a[
    0
][1]
x = [
    1 / 0
]
print(1, 2, 1 / 0, file=None)
x = [1, 2, 3] [ 1 : "a" ]
x = a @ b
x = a << 1
x = a // 0
x = a ** -1
x = (yield_ := 1 / 0)
x = 1 if 1 / 0 else 2
x = a[1:2, ::3]
x = a[...]
x = await_(1)
class C(5): pass
class C(metaclass=5): pass
@5
def h(): pass
def h(a=1 / 0): pass
def h(a: 1 / 0): pass
x: 1 / 0 = 5
x = (  1   +   "a"  )   # comment
x = "a" "b" + 1
x = 'line' \
    + 5
global_name
undefined(1, 2)
x = undefined.attribute
int("x")
int("x", base=1/0)
"abc".join([1])
	x = 1 + "tab"
match 5:
    case a.b.c: pass
while 1 / 0: pass
if a.b: pass
try: 1 / 0
except 5: pass
return_(1)(
)
'''.strip("\n").split("\n")


class A:
    value = 3

    def __bool__(self):
        raise RuntimeError("no truth")


def f(*args):
    return f if len(args) < 2 else None


def yields(n):
    yield n / 0


def groups():
    """The cases: a line and those that go on with it."""
    found = []
    for line in CASES:
        if found and (line.startswith((" ", "except", ")", "]", "def h")) and not line.startswith("def h(a") or found[-1].endswith("\\")) and found[-1].count("(") + found[-1].count("[") + found[-1].endswith((":", "\\")) + found[-1].startswith(("@", "try")):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


for number, source in enumerate(groups()):
    name = f"<case {number}>"
    source = source.replace("\tx", "if 1:\n\tx")
    linecache.cache[name] = (len(source), None, [line + "\n" for line in source.split("\n")], name)
    try:
        code = compile(source, name, "exec")
    except SyntaxError as error:
        print(number, source, "->", error.msg)
        continue
    scope = {"a": A(), "f": f, "yields": yields, "__name__": "case", "b": [1]}
    try:
        exec(code, scope)
        print(f"{number}: nothing raised")
    except Exception:
        lines = traceback.format_exc().splitlines()
        start = next(i for i, line in enumerate(lines) if name in line)
        print("\n".join(lines[start:]))
    positions = [p for p in code.co_positions() if None not in p]
    print("  ", len(positions), max(p[3] for p in positions), max(p[1] for p in positions))
