"""SyntaxErrors shown with their source line and caret: from exec, from compile with a file name, and uncaught at the end."""

import sys

for source in ("x = (1 +\n", "def f(:\n    pass", "print 'hello'", "a = 1\n  b = 2\n", "if x\n    y", "x = 'unterminated", "for i in range(3) print(i)", "é = ñ ñ", "\tx = 1 +", "f(a, b for b in c)", "x = {1: 2, 3}", "return 5", "class C:\n    def f(self):\n        break", "lambda: (yield) = 1", "def f():\n\tif 1:\n        pass", "x = 1 if 2", "from __future__ import nope", "import a.b as", "a = b = c +", "assert x, y, z", "while 1: x = \\ 2", "'''abc\ndef", "x = 08", "with open(x) as 5: pass", "f'{a b}'", "f'{x!}'"):
    try:
        exec(compile(source, "given.py", "exec"))
    except SyntaxError:
        sys.excepthook(*sys.exc_info())
exec("good = 1\nbad = = 2\n")
