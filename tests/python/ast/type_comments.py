# ast.parse's options: type comments, older grammars, func_type.
import ast

SOURCE = '''\
def f(a,  # type: int
      b=1,  # type: str
      *args,  # type: float
      c):  # type: (...) -> bool
    x = []  # type: list[int]
    for i in x:  # type: int
        with a as b:  # type: Any
            pass  # type: ignore[code]
    return x  # type: ignore

async def g():
    # type: () -> None
    async for a in b:  # type: str
        y = 1  # type: not ignored
    async with c: # type: int
        pass
'''
for flag in (False, True):
    tree = ast.parse(SOURCE, type_comments=flag)
    print(ast.dump(tree, indent=1))
    print(ast.unparse(tree))

for text in ("() -> int", "(int, *str, **Any) -> List[float]", "(*a) -> b", "(...) -> c.d"):
    try:
        print(ast.dump(ast.parse(text, mode="func_type")), "|", ast.unparse(ast.parse(text, mode="func_type")))
    except SyntaxError as e:
        print(text, e.msg, e.lineno, e.offset)
for text in ("int", "() ->", "(a b) -> c", "(*, a) -> b"):
    try:
        print(ast.dump(ast.parse(text, mode="func_type")))
    except SyntaxError as e:
        print(text, "|", e.msg, e.lineno, e.offset)

SAMPLES = {
    "walrus": "(x := 1)",
    "positional only": "def f(a, /): pass",
    "matmul": "a @ b",
    "underscore": "x = 1_000",
    "f-string": "f'{a}'",
    "annotation": "x: int = 1",
    "async comprehension": "async def f(): return [x async for x in y]",
    "async with": "async def f():\n async with a: pass",
    "await": "async def f(): await x",
    "async name": "async = 3",
    "match": "match x:\n case 1: pass",
    "with parentheses": "with (a as b, c as d): pass",
    "except star": "try: pass\nexcept* A: pass",
    "unpacked index": "a[*b]",
    "return unpacking": "def f(): return *a, b",
    "decorator": "@a[0].b\ndef f(): pass",
    "continue in finally": "for x in y:\n try: pass\n finally: continue",
}
for name, source in SAMPLES.items():
    row = []
    for minor in range(3, 12):
        try:
            ast.parse(source, feature_version=(3, minor))
            row.append("ok")
        except SyntaxError as e:
            row.append(e.msg)
    print(name, row)
print(ast.dump(ast.parse("x", feature_version=8)))
for version in ((2, 7), (3, 99)):
    try:
        print(ast.dump(ast.parse("async = 1", feature_version=version)))
    except Exception as e:
        print(type(e).__name__, e)
