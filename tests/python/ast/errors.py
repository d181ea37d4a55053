# What compile() says of trees that no parser makes, and of parsing errors.
import ast
from ast import *


def attempt(label, f):
    try:
        r = f()
        print(label, "->", "fine" if hasattr(r, "co_code") else r)
    except Exception as e:
        print(label, "->", type(e).__name__, e)


def loc(node):
    return ast.fix_missing_locations(node)


def stmt(label, s):
    attempt(label, lambda: compile(loc(Module([s], [])), "f", "exec"))


def expr(label, e):
    attempt(label, lambda: compile(loc(Expression(e)), "f", "eval"))


L, S, D = Load(), Store(), Del()
x, one = Name("x", L), Constant(1)
noargs = arguments([], [], None, [], [], None, [])

attempt("wrong root", lambda: compile(Module([], []), "f", "eval"))
attempt("wrong root", lambda: compile(Expression(one), "f", "exec"))
attempt("not a root", lambda: compile(one, "f", "exec"))
attempt("base class", lambda: compile(AST(), "f", "exec"))
attempt("func_type", lambda: compile(FunctionType([], one), "f", "func_type"))
attempt("bad mode", lambda: compile("1", "f", "evil"))
attempt("bad mode for trees", lambda: compile("1", "f", "evil", PyCF_ONLY_AST))
attempt("no position", lambda: compile(Module([Pass()], []), "f", "exec"))
attempt("no column", lambda: compile(Module([Pass(lineno=1)], []), "f", "exec"))
attempt("no end", lambda: compile(Module([Pass(lineno=1, col_offset=0)], []), "f", "exec"))
attempt("line not a number", lambda: compile(Module([Pass(lineno="1", col_offset=0)], []), "f", "exec"))
attempt("line too big", lambda: compile(Module([Pass(lineno=2**40, col_offset=0)], []), "f", "exec"))
attempt("line None", lambda: compile(Module([Pass(lineno=None, col_offset=0)], []), "f", "exec"))
attempt("lines backwards", lambda: compile(Module([Pass(lineno=5, col_offset=0, end_lineno=2)], []), "f", "exec"))
attempt("columns backwards", lambda: compile(Module([Pass(lineno=5, col_offset=9, end_col_offset=2)], []), "f", "exec"))
attempt("negative line", lambda: compile(Module([Pass(lineno=-1, col_offset=0, end_lineno=2)], []), "f", "exec"))
attempt("negative column", lambda: compile(Module([Pass(lineno=1, col_offset=-1, end_col_offset=2)], []), "f", "exec"))
attempt("body missing", lambda: compile(Module(), "f", "exec"))
attempt("type_ignores missing", lambda: compile(Module([]), "f", "exec"))
attempt("body not a list", lambda: compile(Module((), []), "f", "exec"))
attempt("statement expected", lambda: compile(Module([one], []), "f", "exec"))
attempt("statement expected", lambda: compile(Module([3], []), "f", "exec"))
attempt("expression expected", lambda: compile(loc(Expression(Pass())), "f", "eval"))
attempt("None as expression", lambda: compile(Expression(None), "f", "eval"))
stmt("None statement", If(one, [None], []))
stmt("type ignore", TypeIgnore(1, "x"))
attempt("type ignores", lambda: compile(Module([], [TypeIgnore(1, "x"), TypeIgnore(2, 3)]), "f", "exec"))
attempt("type ignores", lambda: compile(Module([], [Pass()]), "f", "exec"))

stmt("name not a str", FunctionDef(3, noargs, [Pass()], []))
stmt("name None", FunctionDef(None, noargs, [Pass()], []))
stmt("comment not a str", FunctionDef("f", noargs, [Pass()], [], None, 3))
stmt("no args", FunctionDef("f", None, [Pass()], []))
stmt("args wrong", FunctionDef("f", one, [Pass()], []))
stmt("empty function", FunctionDef("f", noargs, [], []))
stmt("empty async", AsyncFunctionDef("f", noargs, [], []))
stmt("decorator stores", FunctionDef("f", noargs, [Pass()], [Name("x", S)]))
stmt("returns stores", FunctionDef("f", noargs, [Pass()], [], Name("x", S)))
stmt("arg wrong", FunctionDef("f", arguments([], [3], None, [], [], None, []), [Pass()], []))
stmt("arg None", FunctionDef("f", arguments([], [arg(None)], None, [], [], None, []), [Pass()], []))
stmt("defaults", FunctionDef("f", arguments([], [], None, [], [], None, [one]), [Pass()], []))
stmt("kw_defaults", FunctionDef("f", arguments([], [], None, [arg("a")], [], None, []), [Pass()], []))
stmt("kw_defaults None", FunctionDef("f", arguments([], [], None, [arg("a")], [None], None, []), [Pass()], []))
stmt("annotation stores", FunctionDef("f", arguments([], [arg("a", Name("x", S))], None, [], [], None, []), [Pass()], []))
stmt("vararg annotation", FunctionDef("f", arguments([], [], arg("a", Name("x", S)), [], [], None, []), [Pass()], []))
stmt("empty class", ClassDef("C", [], [], [], []))
stmt("base stores", ClassDef("C", [Name("x", S)], [], [Pass()], []))
stmt("keyword stores", ClassDef("C", [], [keyword("k", Name("x", S))], [Pass()], []))
stmt("empty delete", Delete([]))
stmt("delete None", Delete([None]))
stmt("delete loads", Delete([x]))
stmt("empty assign", Assign([], one))
stmt("assign to None", Assign([None], one))
stmt("assign loads", Assign([x], one))
stmt("assign constant", Assign([one], one))
stmt("assign value None", Assign([Name("x", S)], None))
stmt("augassign", AugAssign(x, Add(), one))
stmt("augassign op", AugAssign(Name("x", S), None, one))
stmt("augassign op", AugAssign(Name("x", S), And(), one))
stmt("annassign", AnnAssign(Attribute(x, "a", S), one, None, 1))
stmt("annassign fine", AnnAssign(Attribute(x, "a", S), x, None, 0))
stmt("annassign simple", AnnAssign(Name("x", S), x, None, "yes"))
stmt("for", For(x, one, [Pass()], []))
stmt("for iter", For(Name("x", S), Name("x", S), [Pass()], []))
stmt("for body", For(Name("x", S), x, [], []))
stmt("for else", For(Name("x", S), x, [Pass()], [Expr(Name("x", S))]))
stmt("while", While(x, [], []))
stmt("if", If(x, [], []))
stmt("with", With([], [Pass()]))
stmt("with body", With([withitem(x)], []))
stmt("with as", With([withitem(x, x)], [Pass()]))
stmt("with wrong", With([x], [Pass()]))
stmt("raise", Raise(None, x))
stmt("raise", Raise(Name("x", S)))
stmt("try", Try([Pass()], [], [], []))
stmt("try else", Try([Pass()], [], [Pass()], [Pass()]))
stmt("try body", Try([], [], [], [Pass()]))
stmt("handler body", Try([Pass()], [ExceptHandler(x, "y", [])], [], []))
stmt("handler type", Try([Pass()], [ExceptHandler(Name("x", S), "y", [Pass()])], [], []))
stmt("trystar", TryStar([Pass()], [], [], []))
stmt("assert", Assert(Name("x", S)))
stmt("assert message", Assert(x, Name("x", S)))
stmt("import", Import([]))
stmt("import alias", Import([x]))
stmt("import from", ImportFrom("m", [], 0))
stmt("import level", ImportFrom("m", [alias("a")], -1))
stmt("import no level", ImportFrom("m", [alias("a")]))
stmt("global", Global([]))
stmt("global", Global([3]))
stmt("nonlocal", Nonlocal([]))
stmt("expr", Expr(Name("x", S)))
stmt("match", Match(x, []))
stmt("match body", Match(x, [match_case(MatchAs(), None, [])]))

expr("boolop", BoolOp(And(), [one]))
expr("boolop op", BoolOp(Add(), [one, one]))
expr("boolop None", BoolOp(And(), [one, None]))
expr("unary", UnaryOp(Not(), Name("x", S)))
expr("lambda", Lambda(noargs, Name("x", S)))
expr("ifexp", IfExp(one, one, Name("x", S)))
expr("dict", Dict([one], []))
expr("dict", Dict([one], [None]))
expr("dict unpack", Dict([None], [x]))
expr("set", Set([None]))
expr("listcomp", ListComp(one, []))
expr("listcomp", ListComp(one, [comprehension(x, one, [], 0)]))
expr("listcomp if", ListComp(one, [comprehension(Name("x", S), one, [None], 0)]))
expr("dictcomp", DictComp(one, one, []))
expr("compare", Compare(one, [], []))
expr("compare", Compare(one, [Lt()], [one, one]))
expr("compare op", Compare(one, [Add()], [one]))
expr("call", Call(one, [None], []))
expr("call", Call(one, [], [keyword("a", Name("x", S))]))
expr("name", Name("True", L))
expr("name", Name("None", L))
expr("name", Name(b"x", L))
expr("name ctx", Name("x", None))
expr("attribute", Attribute(Name("x", S), "a", L))
expr("starred", List([Starred(Name("x", S), L)], L))
expr("tuple ctx", Tuple([one], S))
expr("tuple", Tuple([Name("x", S)], L))
expr("subscript", Subscript(x, Name("x", S), L))
expr("slice", Subscript(x, Slice(Name("x", S)), L))
expr("constant", Constant([]))
expr("constant", Constant((1, [])))
expr("constant", Constant(frozenset({(1, print)})))
expr("constant kind", Constant(1, 3))
expr("constant fine", Constant((1, (2.5, b"x", None, ...), frozenset({True}))))
expr("field deleted", (lambda n: (delattr(n, "value"), n)[1])(Constant(1)))


class Text(str):
    pass


class Count(int):
    pass


expr("str subclass", Constant(Text("x")))
expr("int subclass", Constant(Count(3)))
expr("name subclass", Name(Text("x"), L))


def case(label, p):
    stmt(label, Match(x, [match_case(p, None, [Pass()])]))


case("value", MatchValue(x))
case("value", MatchValue(Constant(None)))
case("value", MatchValue(Constant((1, 2))))
case("value", MatchValue(Constant(...)))
case("value", MatchValue(UnaryOp(USub(), Constant("a"))))
case("value", MatchValue(UnaryOp(UAdd(), one)))
case("value", MatchValue(BinOp(one, Mult(), Constant(2j))))
case("value", MatchValue(BinOp(one, Add(), one)))
case("value fine", MatchValue(BinOp(UnaryOp(USub(), one), Sub(), Constant(2j))))
case("value fine", MatchValue(Attribute(x, "a", L)))
case("singleton", MatchSingleton(3))
case("singleton", MatchSingleton("x"))
case("singleton fine", MatchSingleton(None))
case("sequence", MatchSequence([MatchStar("True")]))
case("star", MatchStar("x"))
case("or", MatchOr([MatchAs()]))
case("or star", MatchOr([MatchStar("a"), MatchAs()]))
case("as", MatchAs(MatchAs(), None))
case("as _", MatchAs(None, "_"))
case("as None", MatchAs(None, "None"))
case("mapping", MatchMapping([one], [], None))
case("mapping rest", MatchMapping([], [], "_"))
case("mapping key", MatchMapping([x], [MatchAs()], None))
case("mapping key", MatchMapping([Constant(True)], [MatchAs()], None))
case("class", MatchClass(one, [], [], []))
case("class", MatchClass(x, [], ["a"], []))
case("class", MatchClass(x, [], ["None"], [MatchAs()]))
case("class star", MatchClass(x, [MatchStar("a")], [], []))
case("pattern expected", Pass())


class Shrinking(list):
    pass


class Evil(ast.Constant):
    @property
    def value(self):
        body.clear()
        return 1


body = [Expr(Evil()), Expr(Evil()), Pass()]
attempt("list changes", lambda: compile(loc(Module(body, [])), "f", "exec"))


class Raising(ast.Pass):
    @property
    def lineno(self):
        raise KeyError("line")


attempt("property raises", lambda: compile(Module([Raising(col_offset=0)], []), "f", "exec"))

deep = one
for _ in range(100_000):
    deep = UnaryOp(Not(), deep, lineno=1, col_offset=0)
try:
    compile(Expression(deep), "f", "eval")
except RecursionError as e:
    print("RecursionError", e)
deep = None

for source in ("a b", "(", "if x:\npass", "'abc", "x = 1 +", "def f(:\n pass", "f(x for x in y, 1)", "1 = x", "async def f(): [await x for x in y] = 1"):
    try:
        ast.parse(source)
    except SyntaxError as e:
        print(repr(source), type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text))
print(ast.dump(ast.parse("return 3; yield; break")))
attempt("but no code", lambda: compile(ast.parse("return 3"), "f", "exec"))
attempt("nul", lambda: ast.parse("a\0b"))
attempt("not text", lambda: ast.parse(3))
