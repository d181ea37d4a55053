"""Line numbers of frames and tracebacks: multi-line calls, decorators, with, loops, f_lineno while running."""

import sys

base = sys._getframe().f_lineno
def here(): return sys._getframe(1).f_lineno - base
print(here(), (
    here(),
    here()), [here()
              for _ in range(2)])
def f(a,
      b=here()):
    return (here(),
            b)
print(f(
    here()), f(0,
               here()))
if (here() and
        here()): print(here())
for x in (here(),
          here()):
    print(x, here())
def tb_line(g):
    try:
        g()
    except Exception as e:
        tb, out = e.__traceback__, []
        while tb:
            out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - base))
            tb = tb.tb_next
        return out
def multi():
    x = 1
    return (x +
            x /
            0)
def in_with():
    with open("/dev/null") as fh:
        fh.x = 1
        raise ValueError
def in_loop():
    for i in range(3):
        if i == 2:
            [].pop()
def in_call():
    return max(1,
               [][0],
               2)
def deco():
    @(lambda f: f)
    @(lambda f: 1 / 0)
    def inner(): pass
def in_comp():
    return [i
            for i in range(3)
            if 1 / (i - 1)]
def in_finally():
    try:
        raise ValueError
    finally:
        x = 1
def in_dict():
    return {"a": 1,
            "b": undefined,
            }
def reraised():
    try:
        [].pop()
    except IndexError as e:
        raise e
def in_assert():
    assert (1 ==
            2), "x"
for g in (multi, in_with, in_loop, in_call, deco, in_comp, in_finally, in_dict, reraised, in_assert):
    print(g.__name__, tb_line(g))
code = compile("\n\nx = 1\n\ny = x / 0\n", "f", "exec")
print(sorted({l for _, _, l in code.co_lines() if l}), code.co_firstlineno, f.__code__.co_firstlineno - base)
def frame_walk():
    fr, names = sys._getframe(), []
    while fr:
        names.append((fr.f_code.co_name, fr.f_lineno - base > 0))
        fr = fr.f_back
    return names
print((lambda: [frame_walk() for _ in range(1)])())
class C:
    line = here()
    def m(self): return sys._getframe().f_code.co_name, sys._getframe().f_code.co_qualname, sys._getframe().f_back.f_code.co_name
print(C.line, C().m(), sys._getframe().f_code.co_name, sys._getframe().f_globals is globals(), sys._getframe().f_builtins["len"] is len)
