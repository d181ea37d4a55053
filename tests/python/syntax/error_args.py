# What a SyntaxError's args are: the symbol table's errors have the message alone there, and their place in the attributes.
SOURCES = (
    "[x for x in (y := 1)]", "def f(a, a): 0", "global x; x: int", "x = 1\nglobal x\n", "def f():\n x\n nonlocal x", "nonlocal x",
    "from __future__ import y", "def f():\n from a import *", "return", "class A: yield", "[i := 0 for i in x]", "def f():\n  x = 1; global x",
    "break", "f() = 1", "def f(x): global x", "class C:\n [(x := 1) for y in z]", "if 1:\nx", "(", "é = $",
)
for source in SOURCES:
    try:
        compile(source, "<f>", "exec")
    except SyntaxError as e:
        print(repr(e), e.args, e, e.msg, e.filename, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text, e.print_file_and_line)
    try:
        exec(source)
    except SyntaxError as e:
        print(repr(e))
