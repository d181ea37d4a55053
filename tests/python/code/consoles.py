# code and codeop: consoles fed line by line, incomplete and wrong input, exits, nested use, displays, own compilers.
import code
import codeop
import contextlib
import io
import sys
import warnings


class Scripted(code.InteractiveConsole):
    """A console that reads a script and keeps what it writes."""

    def __init__(self, text, **kw):
        super().__init__(**kw)
        self.lines, self.out = iter(text.split("\n")), []

    def raw_input(self, prompt=""):
        try:
            line = next(self.lines)
        except StopIteration:
            raise EOFError
        self.out.append(prompt + line)
        if line == "^C":
            raise KeyboardInterrupt
        return line

    def write(self, data):
        self.out.append(data)


def session(text, locals=None, **kw):
    console = Scripted(text, locals=locals, **{k: kw.pop(k) for k in ("filename",) if k in kw})
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        console.interact(**kw)
    print("".join(x if x.endswith("\n") else x + "\n" for x in console.out), stream.getvalue(), sep="~~\n")
    return console


session("1 + 1\nx = 5\nif x:\n    print('yes')\n\ndef f(a,\n      b=2):\n    return a * b\n\nf(x)\n_", banner="", exitmsg="")
session("1/0\ndef g():\n    raise ValueError('g')\n\ng()\nundefined\nx = (1,\n^C\n'after'", locals={"__name__": "here"}, banner="Welcome", exitmsg="Bye")
session("for\nx = = 1\n'abc\n\"\"\"open\nstill\"\"\"\nif 1:\nprint(2)\n  indented\nclass A:\n  x = 1\n\nA.x\n@property\ndef p(): pass\n\np\ntry:\n    1/0\nexcept ZeroDivisionError as e:\n    e\n\nλ = 1; λ\n\t\n# comment\n\\\n1\n1 if", banner="", filename="<mine>")

sys.ps1, sys.ps2 = "in: ", "..: "
session("[\n1]\nimport sys; sys.displayhook(7)\nNone\nraise SystemError", banner="")
try:
    session("raise SystemExit(4)", banner="")
except SystemExit as e:
    print("exited", e.code)
del sys.ps1, sys.ps2
hooked = []
sys.excepthook, keep = lambda *a: hooked.append(a[0].__name__), sys.excepthook
session("1/0\nx =", banner="", exitmsg="")
sys.excepthook = keep
print(hooked)

i = code.InteractiveInterpreter({"y": 3})
i.write = lambda data: print("W", data.rstrip())
print(i.runsource("y + "), i.runsource("y +1"), i.runsource("if y:"), i.runsource("if y:\n  z = 1\n"), i.runsource("z = 1; w = 2", symbol="exec"), i.runsource("y", symbol="eval"), sorted(k for k in i.locals if len(k) == 1))
i.runcode(compile("y += 1\nboom()", "<c>", "exec"))
try:
    compile("a b", "<s>", "exec")
except SyntaxError:
    i.showsyntaxerror("shown.py")
c = code.InteractiveConsole()
print(c.push("a = [1,"), c.buffer, c.push("2]"), c.buffer, c.locals["a"], c.resetbuffer())
SOURCES = ["", "1", "1 +", "(", ")", "if 1:", "if 1:\n  x", "if 1:\n  x\n", "x\n", "'", "'''", "'''\n", "\\", "x \\", "def f():", "@d", "class", "lambda", "f(", "a b", "for x in y: pass", "else:", "try:\n  x\n", "try:\n  x\nexcept:\n  y\n", "async def f():\n  await", "match x:", "match x:\n  case 1:\n", "x = 1\ny = 2", "# c", "  ", " x", "\t", "del f()", "return", "yield", "{", "[x for", "f'{x", "f'''{x}", "0777", "a\n\nb", "if 1: pass\nelse", "x;", "raise", "with a", "print 1", "if x = 1:", "\x00"]
for source in SOURCES:
    row = []
    for symbol in ("single", "eval", "exec"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                r = codeop.compile_command(source, "<s>", symbol)
            row.append(None if r is None else "code")
        except (SyntaxError, ValueError, OverflowError) as e:
            row.append(f"{type(e).__name__}: {e.args[0]}")
    print(repr(source), row)
compiler = codeop.CommandCompiler()
compiler("from __future__ import annotations\n")
ns = {}
exec(compiler("def f(x: undefined): pass\n"), ns)
print(ns["f"].__annotations__, codeop.Compile()("1 + 1", "<c>", "eval").co_name, codeop.compile_command("x", symbol="eval") is not None)
for wrong in (lambda: codeop.compile_command("x", symbol="nope"), lambda: codeop.compile_command(5), lambda: code.InteractiveConsole().push(5), lambda: code.compile_command("x y")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
