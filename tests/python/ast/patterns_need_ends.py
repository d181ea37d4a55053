# Where patterns end has to be said, unlike of other nodes: missing positions, None, nodes built by hand and compiled.
import ast


def tree(pattern, **positions):
    for name, value in {"lineno": 2, "col_offset": 6, "end_lineno": 2, "end_col_offset": 7, **positions}.items():
        if value is not ...:
            setattr(pattern, name, value)
    module = ast.parse("match subject:\n case 1: found = True\n case _: found = False")
    module.body[0].cases[0].pattern = pattern
    return module


for kind in (lambda: ast.MatchValue(ast.copy_location(ast.Constant(5), ast.parse("x").body[0])), lambda: ast.MatchSingleton(None), lambda: ast.MatchSequence([]), lambda: ast.MatchAs(None, "name"), lambda: ast.MatchStar("rest"), lambda: ast.MatchOr([]), lambda: ast.MatchMapping([], [], None), lambda: ast.MatchClass(ast.copy_location(ast.Name("int", ast.Load()), ast.parse("x").body[0]), [], [], [])):
    for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
        for value in (..., None, "x"):
            try:
                compile(tree(kind(), **{name: value}), "<tree>", "exec")
                print(type(kind()).__name__, name, value, "compiled")
            except (TypeError, ValueError, SyntaxError) as e:
                print(type(kind()).__name__, name, value, type(e).__name__, e)
for cls in (ast.pattern, ast.MatchAs, ast.expr, ast.stmt, ast.arg, ast.excepthandler, ast.alias, ast.keyword, ast.match_case):
    print(cls.__name__, cls._attributes, [(n, getattr(cls, n)) for n in ("lineno", "end_lineno", "end_col_offset") if hasattr(cls, n)])
try:
    ast.MatchAs().end_lineno
except AttributeError as e:
    print(e)
expression = ast.Expression(ast.Constant(7, lineno=1, col_offset=0))
print(eval(compile(expression, "<tree>", "eval")))
for node in ast.walk(fixed := ast.fix_missing_locations(tree(ast.MatchSingleton(True), lineno=..., end_lineno=...))):
    if isinstance(node, ast.pattern):
        print(ast.dump(node, include_attributes=True))
space = {"subject": True}
exec(compile(fixed, "<tree>", "exec"), space)
print(space["found"], ast.unparse(fixed))
