# Every node class as a program sees it: bases, fields, documentation, construction, attributes, copying.
import ast
import copy
import weakref

names = sorted(n for n in dir(ast) if isinstance(getattr(ast, n), type) and issubclass(getattr(ast, n), ast.AST))
for name in names:
    cls = getattr(ast, name)
    print(name, cls.__name__, cls.__qualname__, cls.__module__, [b.__name__ for b in cls.__mro__])
    print("   ", cls._fields, cls._attributes, getattr(cls, "__match_args__", None))
    print("   ", repr(cls.__doc__))
    print("   ", sorted((k, v) for k, v in vars(cls).items() if v is None))
    print("   ", repr(cls), ast.dump(cls()) if not cls._fields else "")


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


attempt("no arguments", lambda: vars(ast.Name()))
attempt("positional", lambda: vars(ast.Name("x", ast.Load())))
attempt("keywords", lambda: sorted(vars(ast.Name(ctx=1, id=2, lineno=3, extra=4))))
attempt("mixed", lambda: vars(ast.BinOp(1, right=3, op=2)))
attempt("too many", lambda: ast.Name(1, 2, 3))
attempt("too many for one", lambda: ast.Expr(1, 2))
attempt("none allowed", lambda: ast.Load(1))
attempt("twice", lambda: ast.Name("x", id="y"))
attempt("missing field", lambda: ast.Name().id)
attempt("optional field", lambda: ast.FunctionDef().returns)
attempt("optional attribute", lambda: (ast.Name().end_lineno, ast.arg().end_col_offset))
attempt("missing attribute", lambda: ast.Name().lineno)
attempt("equality is identity", lambda: ast.Load() == ast.Load())
attempt("hashable", lambda: isinstance(hash(ast.Pass()), int))
attempt("weakref", lambda: weakref.ref(node)() is node)
node = ast.Name("spam", ast.Load(), lineno=1)
attempt("weakref", lambda: weakref.ref(node)() is node)
attempt("AST has no weakrefs", lambda: weakref.ref(ast.AST()))
attempt("reduce", lambda: node.__reduce__()[:2])
attempt("reduce state", lambda: sorted(node.__reduce__()[2]))
attempt("reduce_ex", lambda: [x.__class__.__name__ for x in node.__reduce_ex__(2)])

clone = copy.copy(node)
print(clone is node, vars(clone).keys() == vars(node).keys(), clone.ctx is node.ctx)
deep = copy.deepcopy(ast.parse("f(x, *y)[1:2]"))
print(ast.dump(deep))
node.colour = "red"
del node.id
print(sorted(vars(node)), hasattr(node, "id"))
base = ast.AST()
base.anything = 1
print(vars(base), base._fields)


class Mine(ast.Name):
    _fields = ("id", "ctx", "shade")


m = Mine("x", ast.Load(), "blue")
print(m.shade, m._fields, isinstance(m, ast.expr), Mine.__match_args__, ast.dump(m))
Mine._fields = ("only",)
attempt("fields changed", lambda: Mine(1, 2))
print(Mine("one").only)


class NoFields(ast.AST):
    _fields = 3


attempt("fields of a wrong type", lambda: NoFields())
ast.AST.marker = "everywhere"
print(ast.Pass.marker, ast.Load().marker)
del ast.AST.marker
print(hasattr(ast.Pass, "marker"))

match ast.parse("a + 1", mode="eval").body:
    case ast.BinOp(ast.Name(name), ast.Add(), ast.Constant(value=v)):
        print("matched", name, v)

print(ast.PyCF_ONLY_AST, ast.PyCF_TYPE_COMMENTS, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
tree = ast.parse("a\nb\nc + d - e")
loads = {id(n) for n in ast.walk(tree) if isinstance(n, ast.Load)}
print("one Load for all:", len(loads) == 1)
