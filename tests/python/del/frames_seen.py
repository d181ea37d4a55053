"""What a finaliser sees of the call stack when a frame ends: its caller."""
import sys, warnings, traceback
def here(d=1):
    f=sys._getframe(d); out=[]
    while f: out.append((f.f_code.co_name,f.f_lineno)); f=f.f_back
    return out
class D:
    def __init__(self,n): self.n=n
    def __del__(self): print(self.n, here(1)); warnings.warn('dying '+self.n, UserWarning, 2); print(sys._getframe(1).f_locals.keys() if sys._getframe(1).f_code.co_name!='<module>' else 'module')
def f(x=None):
    d=D('local'); y=5
    return y
def g():
    d=D('raise'); y=1
    raise ValueError
def gen():
    d=D('gen'); yield 1
def gen2():
    d=D('gen2')
    yield 1
def keep():
    d=D('kept'); fr=sys._getframe()
    return 1
def outer():
    a=1
    f()
    b=2
    try: g()
    except ValueError: pass
    for i in gen(): pass
    z=gen2(); next(z); del z
    keep()
    [D('comp') for i in [1]]
    (lambda q: 0)(D('arg'))
outer()
import gc; gc.collect()
class E:
    def __del__(self): raise KeyError('in del')
def h():
    e=E()
    return 1
h()
f(D('argument'))
class C:
    d=D('class body')
del C
def rec(n):
    d=D('r%d'%n)
    if n: rec(n-1)
rec(2)
