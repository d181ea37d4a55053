# Source to tree to code and to text: the same program in each form.
import ast
import textwrap

SOURCE = textwrap.dedent('''
    """The module's own text."""
    from __future__ import annotations
    import os.path as p, sys
    from . import x as y
    from ..pkg.mod import *
    global_one: int = 0x10
    (paren): str
    obj.attr: list[int] = [1, 2.5, 3j, -1, 1_000_000_000_000_000_000_000]

    @deco(1, *a, k=2, **kw)
    class C(Base, metaclass=M, **more):
        """doc"""
        x = y = z = ...
        a, (b, *c) = d[1:2, ..., ::3]
        x @= y; x //= z; x **= 2; x <<= 1; x >>= 1; x |= 1; x &= 1; x ^= 1; x %= 3

    async def coro(a, /, b: int = 3, *args: "str", c, d=None, **kw) -> None:
        async with a as b, c: pass
        async for i in range(3): await i
        else: yield 1
        return

    def f(*, only): return lambda x, *y, z=1, **w: (yield)
    def g():
        nonlocal_ = 1
        def h():
            nonlocal nonlocal_
            global paren
            del nonlocal_, a[0], b.c
        yield from h()
        try: raise ValueError(1) from None
        except (A, B) as e: assert e, "message"
        except: raise
        else: pass
        finally:
            while not 1 < 2 <= 3 != 4 is None is not 5 in 6 not in 7: break
            else: continue_ = 1
        try: pass
        except* OSError as eg: pass
        for i, in (1,), : continue
        with (open("a") as b, open("c")): pass
        if a and b or not c: pass
        elif d if e else f: pass
        else: ...

    match command.split():
        case ["go", ("north" | "south") as direction, *rest] if rest: pass
        case {"x": 1, "y": [_, *_], **others}: pass
        case Point(x=0, y=-1.5) | Point(1, z=None): pass
        case 1+2j | -3-4j | "text" | b"bytes" | True | a.b.c: pass
        case _: pass

    print(f"{x!r:>{width}.{prec}} {y=} {{}} {z!s}" "tail" rf"\\d{q}", {1: 2, **d}, {1, 2}, [i for i in x if i if j for k in l],
          {a: b for a, b in c}, {s for s in t}, (g async for g in h), (n := 10), a[b:=1], u"kind", b'\\x00\\xff', *args, sep="")
    print(-x ** -y, ~(a + b) * c, (a, b)[0], (lambda: 0)(), "it's", 'say "hi"', "\\N{BULLET}\\ud800", 1e400, -1e-5, not a == b, (yield_ if a else b))
''')


def same_code(a, b):
    if (a.co_code, a.co_names, a.co_varnames, a.co_freevars, a.co_flags) != (b.co_code, b.co_names, b.co_varnames, b.co_freevars, b.co_flags):
        return False
    if list(a.co_positions()) != list(b.co_positions()) or len(a.co_consts) != len(b.co_consts):
        return False
    return all(same_code(x, y) if hasattr(x, "co_code") else repr(x) == repr(y) for x, y in zip(a.co_consts, b.co_consts))


tree = ast.parse(SOURCE)
print(ast.dump(tree, include_attributes=True, indent=1))
text = ast.unparse(tree)
print(text)
print("unparsed is the same tree:", ast.dump(ast.parse(text)) == ast.dump(tree))
print("code from tree and from text:", same_code(compile(tree, "f", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT),
                                                  compile(SOURCE, "f", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)))
print("a tree stays what it was:", ast.dump(ast.parse(SOURCE)) == ast.dump(tree))
print(compile(tree, "f", "exec", ast.PyCF_ONLY_AST) is tree)

for mode, source in (("eval", "[x ** 2 for x in range(5)]"), ("single", "sum([1, 2, 3])"), ("exec", "result = 6 * 7")):
    t = compile(source, "<test>", mode, ast.PyCF_ONLY_AST)
    print(mode, ast.dump(t))
    scope = {}
    if mode == "eval":
        print(eval(compile(t, "<test>", mode)))
    else:
        exec(compile(t, "<test>", mode), scope)
        print(scope.get("result"))


class Double(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node) if isinstance(node.value, int) else node

    def visit_Call(self, node):
        self.generic_visit(node)
        node.keywords.append(ast.keyword("sep", ast.Constant("-")))
        return node


t = ast.fix_missing_locations(Double().visit(ast.parse("for i in range(2): print(i, 10, [3, 4])")))
exec(compile(t, "<doubled>", "exec"))


class Names(ast.NodeVisitor):
    def __init__(self):
        self.seen = []

    def visit_Name(self, node):
        self.seen.append((node.id, type(node.ctx).__name__, node.lineno, node.col_offset))


v = Names()
v.visit(ast.parse("a = b\nc += d[e]\ndel f\nwhile g: (h := i)"))
print(v.seen)
print(ast.literal_eval("{'a': [1, 2.5, (3, None)], b'x': {True, -4}, 'c': 1+2j}"))
for bad in ("f()", "a", "1 if 2 else 3", "[x for x in y]", "-'a'"):
    try:
        print(ast.literal_eval(bad))
    except Exception as e:
        print(bad, type(e).__name__, str(e)[:60])
src = "if x:\n    very_long = call(1,\n        2)\n"
print(repr(ast.get_source_segment(src, ast.parse(src).body[0].body[0].value, padded=True)))
print(ast.get_docstring(tree), ast.get_docstring(tree.body[8]))
print([type(n).__name__ for n in ast.walk(ast.parse("a + b * c"))])
print(list(ast.iter_fields(ast.parse("x").body[0])) != [], [type(c).__name__ for c in ast.iter_child_nodes(ast.parse("x = 1").body[0])])
