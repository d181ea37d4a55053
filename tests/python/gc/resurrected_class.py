"""A finaliser brings a class of dying code back to life: its functions find their module's names, though the module is gone."""

import gc
import types

source = '''
name = "a global"
class A:
    count = 0
    def __del__(self):
        A.count += 1
        if A.count < 4: outside.append(A())
    def tell(self): return name, helper(self)
def helper(a): return [k for k in ("x", name)], type(a).count, helper.__name__
'''

gc.collect()
gc.disable()
outside = []
def make():
    m = types.ModuleType("gone")
    m.outside = outside
    exec(source, m.__dict__)
    m.a = m.A()
    m.a.me = m.a
make()
for _ in range(3):
    gc.collect()
    print(len(outside), outside[-1].tell())
    junk = [{i: i} for i in range(1000)]
    print(outside[-1].tell(), "helper" in outside[-1].tell.__func__.__globals__)
    a = outside.pop()
    a.me = a
    del a
print(gc.collect() > 0, outside)

# The same where the new instance belongs to what dies: it goes with the rest.
source = '''
class B:
    def __init__(self, n): self.n = n
    def __del__(self):
        log.append(self.n)
        if self.n: self.next = B(self.n - 1)
'''
log = []
def make():
    m = types.ModuleType("gone too")
    m.log = log
    exec(source, m.__dict__)
    m.b = m.B(3)
    m.b.me = m.b
make()
for _ in range(6): gc.collect()
print(log)
