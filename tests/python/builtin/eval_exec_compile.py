"""eval, exec and compile: modes, flags, code objects, namespaces, errors with their positions."""

print(eval("1 + 2"), eval(" \t 3"), eval("x + y", {"x": 1, "y": 2}), eval("x", {"x": 1}, {"x": "local"}), eval(compile("6 * 7", "<c>", "eval")), eval(b"'bytes source'"), eval(bytearray(b"1")))
ns = {}
exec("a = 1\nb = a + 1\ndef f(x): return x * b\nclass C: v = f(10)", ns)
print(ns["b"], ns["f"](5), ns["C"].v, sorted(k for k in ns if k != "__builtins__"))
local = {}
exec("x = 1\ny = [x for _ in range(2)] if False else x", {}, local)
print(local)
code = compile("total = sum(range(n))", "file.py", "exec")
for n in (5, 10):
    ns = {"n": n}
    exec(code, ns)
    print(ns["total"])
print(code.co_filename, code.co_name, type(code).__name__, code.co_names, eval(compile("(lambda q: q + 1)(1)", "f", "eval")))
single = compile("1 + 1\n", "<s>", "single")
exec(single)
exec(compile("x = 5; x; None; 'shown'\n", "<s>", "single"))
exec(compile("if True:\n    7\n\n", "<s>", "single"))
for source, mode in (("x = 1", "eval"), ("1 +", "eval"), ("def f(:\n pass", "exec"), ("a b", "exec"), ("x = (1,\n", "exec"), ("  x = 1", "exec"), ("if 1:\nx", "exec"), ("if 1:\n  x\n y", "exec"), ("'abc", "exec"), ("'''abc", "exec"), ("1 = x", "exec"), ("f() = 1", "exec"), ("return 1", "exec"), ("break", "exec"), ("continue", "exec"), ("yield 1", "exec"), ("await x", "exec"), ("x = 5 5", "exec"), ("a, b += 1", "exec"), ("None = 1", "exec"), ("def f(a, a): pass", "exec"), ("import *", "exec"), ("from x import", "exec"), ("class", "exec"), ("for x in", "exec"), ("while", "exec"), ("lambda x: ", "exec"), ("[1, 2", "exec"), ("{1: 2,", "exec"), ("1 if 2", "exec"), ("not", "exec"), ("x = = 1", "exec"), ("x ? y", "exec"), ("a\x00b", "exec"), ("", "eval"), ("\n", "eval"), ("1; 2", "single"), ("1\n2", "single"), ("0777", "exec"), ("1__0", "exec"), ("0xg", "exec"), ("1.e", "exec"), ("f'{'", "exec"), ("f'{}'", "exec"), ("f'{x!z}'", "exec"), ("b'\u00e9'", "exec"), ("'\\N{nope}'", "exec"), ("'\\x1'", "exec"), ("@", "exec"), ("print 1", "exec"), ("exec 'x'", "exec"), ("else:", "exec"), ("try: pass", "exec"), ("with x: pass\nelse: pass", "exec"), ("async x", "exec"), ("def f(): pass = 1", "exec"), ("x = {a b}", "exec"), ("del f()", "exec"), ("assert", "exec"), ("raise x from", "exec"), ("global", "exec"), ("a := 1", "exec"), ("(a := 1", "exec"), ("f(a for a in b, c)", "exec"), ("f(x=1, 2)", "exec"), ("f(**a, *b)", "exec"), ("f(a=1, a=2)", "exec"), ("f(1=2)", "exec"), ("f(True=1)", "exec"), ("def f(*): pass", "exec"), ("def f(a=1, b): pass", "exec"), ("\u20ac = 1", "exec"), ("x = \u201cquoted\u201d", "exec")):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), mode, "fine")
    except (SyntaxError, ValueError) as e:
        print(ascii(source), type(e).__name__, ascii(getattr(e, "msg", str(e))), *(getattr(e, a, None) for a in ("lineno", "offset", "end_lineno", "end_offset")))
for bad in (lambda: compile("1", "f", "nope"), lambda: compile(5, "f", "exec"), lambda: compile("1", "f"), lambda: eval(5), lambda: eval("1", 5), lambda: exec("1", {}, 5), lambda: exec(None), lambda: eval("1", []), lambda: compile("1", 5, "exec"), lambda: compile("1", "f", "exec", 1 << 30), lambda: eval("x y"), lambda: eval("undefined"), lambda: exec("1/0"), lambda: eval("a\n b"), lambda: compile("x", "f\0g", "exec"), lambda: eval(compile("x = 1", "f", "exec"))):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
def scopes():
    v = "function local"
    return eval("v"), [eval("v", {"v": "given"}) for _ in range(1)], eval("[i for i in range(3)]"), eval("(lambda: v2)()", {"v2": "global"})
print(scopes())
import builtins
exec("import builtins as b; r = b.len('abc')", ns)
print(ns["r"], "__builtins__" in ns, eval("__name__", {"__name__": "set"}), eval("__builtins__", {}) is not None)
