# Compiling, executing, parsing and marshalling code.
import marshal
from _step import step

SOURCE = '''
import sys
def f(a, b=1, *args, c: int = 2, **kw) -> str:
    "doc"
    x = [i for i in range(a) if i % 2]
    try:
        with open(a) as g, h() as (i, j):
            yield g
    except (OSError, ValueError) as e:
        raise RuntimeError(f"{e!r:>{b}} {x}") from e
    finally:
        del x
    while b:
        b -= 1
        if b == 3: break
        elif b > 5 and a or not c: continue
    else:
        return lambda q, /, r: q @ r
class C(f, metaclass=type):
    y: int = 5
    async def m(self):
        async for z in self: await z
        return {**self, 'a': 1, 'b': {1, 2}}, self[1:2, ...]
match f:
    case [1, {'x': C(y=2)}] | None if f: pass
    case str() as s: pass
assert f, "message"
'''


def compiles():
    code = compile(SOURCE, "name.py", "exec")
    names = [c.co_name for c in code.co_consts if hasattr(c, "co_name")]
    return names, len(code.co_code), code.co_names


def runs():
    space = {}
    exec("def g(n):\n  return n * 2\nresult = [g(i) for i in range(5)]\nclass D: z = result\n", space)
    return space["result"], space["D"].z, eval("sum(result) + g(1)", space)


def marshals():
    code = compile(SOURCE, "name.py", "exec")
    data = marshal.dumps([code, {"a": (1, 2.5, "é", b"x", None, 2 ** 90, frozenset([1])), "b": [True, 1j]}])
    back = marshal.loads(data)
    return len(back), back[0] == code, back[1]["a"]


def errors():
    found = []
    for text in ("f(", "x = = 1", "def f(:", "'abc", "a b", "1 = x", "return", "if x:\n", "f(a=1, 2)", "nonlocal x", "(1, 2", "0777", "x = \"\"\"", "é = $"):
        try:
            compile(text, "bad", "exec")
        except SyntaxError as e:
            found.append((e.msg, e.lineno, e.offset))
    return found


for f in (compiles, runs, marshals, errors):
    step(f)
