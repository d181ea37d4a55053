"""Comprehensions as frames, traces, tracebacks, profilers and changed builtins see them: with and without cells, in generators and classes."""
import sys, gc
def f(n):
    a = 10; b = 20; c = 3; d = 4; e = 5
    def g(): return a, b, c, d, e
    print([x for x in range(n)], [x + a for x in range(n)], {x: a + b for x in range(n)}, {x + a + b + c for x in range(n)})
    print([x + a + b + c + d for x in range(n)], [x + a + b + c + d + e for x in range(n)])
    print([[y + x + a for y in range(x)] for x in range(n)])
    print([(lambda: x + a)() for x in range(n)])
    print([q for q in [p * 2 for p in (range(n) if n > 2 else ())]])
    def gen():
        r = [x + a for x in range((yield 1))]
        r2 = [x + b for x in (yield 2)]
        yield r, r2
    i = gen(); next(i); print(i.send(3), i.send([1, 2]))
    print([sys._getframe().f_code.co_name for x in (1,)], [sys._getframe(1).f_code.co_name for x in (1,)])
    print([sorted(sys._getframe().f_locals.items(), key=lambda k: k[0])[1:] for zz in (a,)])
    class K:
        v = 3
        l = [x for x in range(v)]
        m = [__class__ for x in ()]
    print(K.l)
f(4)
def h(): return [1 / x for x in (1, 0)]
try: h()
except ZeroDivisionError as ex:
    tb = ex.__traceback__
    while tb:
        last = tb.tb_frame
        print(last.f_code.co_name, tb.tb_lineno, last.f_globals is globals(), sorted(last.f_locals) if tb.tb_next is None else '')
        tb = tb.tb_next
print(last.f_back.f_code.co_name)
ev = []
def tr(fr, e, arg): ev.append((fr.f_code.co_name, e, fr.f_lineno)); return tr
def on(x):
    sys.settrace(tr); sys._getframe(1).f_trace = tr
    return x
def k():
    z = 1
    r = [x + z for x in on([1, 2])]
    w = [x
         for x in [y for y in r]]
    sys.settrace(None)
    return r, w
print(k()); print(ev)
ev = []
def prof(fr, e, arg): ev.append((fr.f_code.co_name, e))
def k2():
    z = 1
    r = [on2(x) + z for x in [1, 2]]
    sys.setprofile(None)
    return r
def on2(x): sys.setprofile(prof); return x
print(k2()); print(ev)
def deep(n): return [deep(n + 1) for x in (1,)]
try: deep(0)
except RecursionError as ex: print(ex)
g = {'len': len}
exec('''
def f(): return [abs(x) for x in (-1,)]
print(f())
__builtins__ = {'abs': lambda x: 'mine', 'print': print}
print(f())
print([abs(x) for x in (-1,)])
del __builtins__
print(f())
''', g)
def many():
    t = 0
    for i in range(3000): t += len([j for j in (i, i)]) + len({j for j in (i,)}) + len({j: i for j in (1,)})
    return t
print(many())
async def co():
    async def agen():
        yield 1
    return [x async for x in agen()], [await aw(x) for x in [1]], [x for x in await aw([3])]
async def aw(x): return x
import asyncio
print(asyncio.run(co()))
