"""Frame objects: f_back, f_locals, f_lineno, clear, locals of live generators, frames kept after return, f_globals."""

import sys

def outer(x):
    y = x + 1
    return inner(y)
def inner(z):
    f = sys._getframe()
    return f, f.f_back, [g.f_code.co_name for g in chain(f)]
def chain(f):
    while f: yield f; f = f.f_back
f, back, names = outer(5)
print(names, f.f_locals["z"], back.f_locals, f.f_code.co_name, f.f_back is back or f.f_back, f.f_globals is globals(), f.f_lasti >= 0, f.f_trace, f.f_trace_lines, f.f_trace_opcodes, repr(f).split("file")[0].split(" at ")[0])
f.clear(); print(f.f_locals)
def g():
    a = 1
    yield sys._getframe()
    a = 2
    yield a
it = g(); fr = next(it); print(fr.f_locals, fr is it.gi_frame, fr.f_back)
try:
    fr.clear(); print(fr.f_locals, list(it))
except RuntimeError as e: print(e)
def running():
    try: sys._getframe().clear()
    except RuntimeError as e: return str(e)
print(running())
def loc():
    a, b = 1, [2]
    d = locals(); a = 5
    first = dict(d); d2 = locals()
    return first, d is d2, d2["a"], sys._getframe().f_locals["a"]
print(loc())
def cells():
    c = "cell"
    def use(): return c
    return sys._getframe().f_locals["c"], use(), sorted(sys._getframe().f_locals)
print(cells())
class K:
    x = 1; fl = sorted(n for n in sys._getframe().f_locals if not n.startswith("__")); here = sys._getframe().f_code.co_name
print(K.fl, K.here)
try:
    def bad(): local_in_bad = 7; raise ValueError
    bad()
except ValueError as e: print(e.__traceback__.tb_next.tb_frame.f_locals)
def caller_name(depth=1): return sys._getframe(depth).f_code.co_name
def who(): return caller_name(2)
print(who(), caller_name(0), (lambda: caller_name(1))(), [caller_name(1) for _ in [1]])
def mutual(n): return len(list(chain(sys._getframe()))) if n == 0 else mutual(n - 1)
print(mutual(10) - mutual(0))
def jumper():
    out = []
    out.append(1)
    out.append(2)
    out.append(3)
    return out
def tr(frame, event, arg):
    if event == "line" and frame.f_lineno == jumper.__code__.co_firstlineno + 3:
        try: frame.f_lineno += 1
        except ValueError as e: errors.append(str(e))
    return tr
errors = []; sys.settrace(lambda f, e, a: tr if f.f_code is jumper.__code__ else None); r = jumper(); sys.settrace(None); print(r, errors)
try:
    sys._getframe().f_lineno = 5
except ValueError as e: print(e)
print(sys._current_frames()[__import__("threading").get_ident()].f_code.co_name, len(sys._current_frames()) >= 1, sys._getframe().f_builtins["print"] is print)
