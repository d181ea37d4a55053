# Trace events around generators, iterators and coroutines: StopIteration seen by who steps them, the call event of throw() and close().
import sys
def run(f):
    ev=[]
    def tr(fr,e,a):
        if fr.f_code.co_filename!=__file__: return None
        ev.append((fr.f_code.co_name, fr.f_lineno-f.__code__.co_firstlineno, e, None if a is None else type(a).__name__ if e=='exception' and not isinstance(a,tuple) else (a[0].__name__ if e=='exception' else repr(a)[:20])))
        return tr
    sys.settrace(tr)
    try: f()
    except Exception: pass
    sys.settrace(None)
    print(f.__name__)
    for x in ev: print('  ',x)
def gen():
    yield 1
    return 2
def a():
    for i in gen():
        x=1
def b():
    any([])
    list(i for i in range(2))
def c():
    def g():
        x = yield from gen()
        try:
            yield 3
        finally:
            y=1
    for i in g(): pass
def d():
    try: next(iter([]))
    except StopIteration: pass
    it=gen(); next(it); it.close()
def e():
    async def arange(n):
        for i in range(n):
            yield i
    async def f():
        async for i in arange(3):
            if i > 10: break
    try: f().send(None)
    except StopIteration: pass
def g():
    try: raise Exception
    except Exception as exc:
        x=1
def h():
    class CM:
        def __enter__(self): pass
        def __exit__(self,*a): return True
    with CM():
        1/0
def i():
    def raises(): raise ValueError
    try: raises()
    except: pass
for f in (a,b,c,d,e,g,h,i): run(f)
