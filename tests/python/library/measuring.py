# doctest, trace, profile, pstats, code, codeop, dis of small things, runpy, linecache, traceback.
import code
import codeop
import contextlib
import doctest
import io
import linecache
import os
import profile
import pstats
import runpy
import sys
import trace
import traceback
import types


def documented(x):
    """
    >>> documented(2)
    4
    >>> documented("a")
    'aa'
    >>> documented(None)
    Traceback (most recent call last):
    ...
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    >>> documented([1])   # doctest: +ELLIPSIS
    [1, ...]
    >>> documented(3)
    7
    >>> print("a\\n\\nb")
    a
    <BLANKLINE>
    b
    """
    return x * 2


out = io.StringIO()
with contextlib.redirect_stdout(out):
    runner = doctest.DocTestRunner(verbose=False)
    for t in doctest.DocTestFinder().find(documented, "documented", globs={"documented": documented}):
        result = runner.run(t)
print(result, out.getvalue().replace(__file__, "FILE"))
print(doctest.script_from_examples(">>> 1 + 1\n2\ntext\n"))


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


p = profile.Profile()
print(p.runcall(fib, 8))
s = io.StringIO()
stats = pstats.Stats(p, stream=s).strip_dirs().sort_stats("calls")
print(stats.total_calls, stats.prim_calls, [(k[2], v[0], v[1]) for k, v in stats.stats.items() if k[2] == "fib"])
t = trace.Trace(count=True, trace=False, countfuncs=False)
print(t.runfunc(fib, 4), sorted(n for (f, line), n in t.results().counts.items() if f == __file__))
t = trace.Trace(count=False, trace=False, countfuncs=True)
t.runfunc(fib, 3)
print(sorted(k[2] for k in t.results().calledfuncs))
print([codeop.compile_command(x) is not None for x in ("1", "if 1:", "def f():\n  pass\n", "(1,")])
for bad in ("1 +", "a b"):
    try:
        print(codeop.compile_command(bad))
    except SyntaxError as e:
        print(e.msg)
console = code.InteractiveConsole({"x": 5})
with contextlib.redirect_stdout(io.StringIO()) as o, contextlib.redirect_stderr(io.StringIO()) as e:
    print(console.push("if x:"), console.push("    x + 1"), console.push(""), console.push("1/0"), console.push("a b"))
print(o.getvalue(), e.getvalue())
with open("mod_to_run.py", "w") as f:
    f.write("import sys\nname = __name__\nargs = sys.argv[1:]\n")
print(runpy.run_path("mod_to_run.py", {"given": 1}, "special")["name"], linecache.getline("mod_to_run.py", 2), linecache.getline("none", 1))
sys.path.insert(0, ".")
print(runpy.run_module("mod_to_run", run_name="rn")["name"])
try:
    runpy.run_module("no_such_module")
except ImportError as e:
    print(e)


def deep(n):
    if n == 0:
        raise KeyError("bottom")
    deep(n - 1)


try:
    try:
        deep(6)
    except KeyError as e:
        raise ValueError("outer") from e
except ValueError as e:
    te = traceback.TracebackException.from_exception(e, capture_locals=True, limit=4)
    print("".join(te.format()).replace(__file__, "FILE"))
    print([f.name for f in traceback.extract_tb(e.__cause__.__traceback__)], traceback.format_exception_only(e), len(traceback.format_stack()))
    e.add_note("a note")
    print("".join(traceback.format_exception(e, chain=False)).replace(__file__, "FILE"))
print(traceback.StackSummary.from_list([("f.py", 3, "g", "code"), ("f.py", 3, "g", "code")] * 5).format())
