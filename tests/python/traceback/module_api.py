"""The traceback module: format functions, extract, walk, limits, TracebackException, print_stack."""

import sys
import traceback

def a(x): return b(x)
def b(x):
    y = x + 1
    return c(y)
def c(z): raise KeyError(z)

try:
    a(1)
except KeyError as e:
    err = e
print(traceback.format_exception_only(err), traceback.format_exception_only(KeyError, err))
print("".join(traceback.format_exception(err)))
print("".join(traceback.format_tb(err.__traceback__, limit=2)))
print("".join(traceback.format_tb(err.__traceback__, limit=-1)))
for fs in traceback.extract_tb(err.__traceback__):
    print(fs.name, fs.lineno > 0, fs.line, fs.filename.rsplit("/")[-1], fs.colno is not None, fs.end_colno)
te = traceback.TracebackException.from_exception(err, capture_locals=True)
print("".join(te.format()))
print(te.exc_type.__name__, str(te), len(te.stack))
def stack(): return traceback.extract_stack()
print([f.name for f in stack()], [f.name for f in traceback.extract_stack(limit=1)])
def printing(): traceback.print_stack(file=sys.stdout)
printing()
try:
    try:
        a(1)
    except KeyError:
        raise ValueError("second")
except ValueError as e:
    print(traceback.format_exc(limit=1))
    print("".join(traceback.format_exception(e, chain=False)))
    traceback.print_exception(e, file=sys.stdout, limit=0)
print(traceback.format_exception_only(SyntaxError("bad", ("f.py", 2, 3, "x = = 1\n"))), traceback.format_exception_only(None), traceback.format_exception_only(5) if False else "-")
print(traceback.format_list([("file.py", 1, "name", "text"), ("other.py", 5, "f", None)]))
tb = err.__traceback__
names = []
while tb:
    names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno, sorted(k for k in tb.tb_frame.f_locals if len(k) == 1)[:3]))
    tb = tb.tb_next
print(names[1:])
print([f.f_code.co_name for f, _ in traceback.walk_tb(err.__traceback__)])
class Weird(Exception):
    def __str__(self): raise ValueError("no str")
print(traceback.format_exception_only(Weird()))
class Module(Exception): pass
Module.__module__ = "some.module"
print(traceback.format_exception_only(Module("m")), traceback.format_exception_only(Module("multi\nline")))
traceback.clear_frames(err.__traceback__)
print(err.__traceback__.tb_next.tb_frame.f_locals)
