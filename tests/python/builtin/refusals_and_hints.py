# A metaclass that answers everything; length hints that fail; states of closed streams; descriptors that are none; future flags.
class Metaclass(type):
    def __getattribute__(self, name): return True
class Class(metaclass=Metaclass):
    @classmethod
    def attribute(self): return False
    def method(self): return False
for _ in range(20): print(Class.attribute, Class.method, end=' ')
print()
def f(): return Class.attribute
print(all(f() for i in range(1025)))
class M2(type):
    def __getattribute__(self, name): return lambda *a: (name, a)
class D(metaclass=M2):
    @classmethod
    def attribute(self): return False
    def __call__(self): return 1
print(all(D.attribute()==('attribute',()) for i in range(1000)), D.foo(3))
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class C2:
    def __lt__(self, o):
        L2[:]=[]; return True
L2=[C2() for i in range(3)]
t(lambda: L2.sort()); print(len(L2))
L3=[]
def k(v): L3.append(v); return v
L3=[3,2,1]; t(lambda: L3.sort(key=k)); print(L3)
class BL:
    def __len__(self): raise RuntimeError('hi')
    def __iter__(self): return iter(())
class BLH:
    def __length_hint__(self): raise RuntimeError('hint')
    def __iter__(self): return iter(())
    def __next__(self): raise StopIteration
class BLT(BLH):
    def __length_hint__(self): raise TypeError('hint')
class BLN(BLH):
    def __length_hint__(self): return -1
class BLS(BLH):
    def __length_hint__(self): return 'x'
class BLI(BLH):
    def __length_hint__(self): return NotImplemented
class BLO(BLH):
    def __length_hint__(self): return 2**80
for c in (BL,BLH,BLT,BLN,BLS,BLI,BLO):
    t(lambda: [].extend(c())); t(lambda: list(c())); t(lambda: tuple(c())); t(lambda: bytearray(c()) ); t(lambda: bytes(c())); t(lambda: b''.join(c())); t(lambda: set(c())); t(lambda: [*c()]); t(lambda: bytearray().extend(c())); t(lambda: [].__iadd__(c()))
import io
for c in (io.BytesIO, io.StringIO):
    m=c(); m.close()
    t(lambda: m.__setstate__((b'' if c is io.BytesIO else '', 0, None) if c is io.BytesIO else ('','',0,None)))
    m=c(); t(lambda: m.__setstate__(0)); t(lambda: m.__setstate__(()));
import fcntl
class BF:
    def __init__(s,f): s.f=f
    def fileno(s): return s.f
for fd in (-1, BF(-1), 'spam', BF('spam'), BF(2**40), 2**40, BF(None), None, 1.5):
    t(lambda: fcntl.fcntl(fd, fcntl.F_GETFD)); t(lambda: fcntl.flock(fd, 1)); t(lambda: fcntl.lockf(fd, 1)); t(lambda: fcntl.ioctl(fd,0))
import select
t(lambda: select.select([-1],[],[],0)); t(lambda: select.poll().register(-1)); t(lambda: select.poll().register(BF(-2)))
import os
t(lambda: os.fchdir(-1)); t(lambda: os.fsync(-1)); t(lambda: os.fdatasync(BF(-1))); 
import __future__
for n in __future__.all_feature_names:
    f=getattr(__future__,n)
    t(lambda: (n, compile('1','f','exec',f.compiler_flag).co_flags & f.compiler_flag))
from collections import defaultdict
class sub(defaultdict):
    def __init__(self): self.default_factory=self._factory
    def _factory(self): return []
d=sub(); print(repr(d)[:40], '...' in repr(d))
d=defaultdict(); d.default_factory=d; 
d=defaultdict(int); d[1]=d; print(d)
class MyE(Exception): pass
class FI(io.FileIO):
    def __setattr__(s,n,v):
        if n=='name': raise MyE('blocked')
        return super().__setattr__(n,v)
fd=os.open('zz',os.O_CREAT|os.O_RDWR); t(lambda: FI(fd)); t(lambda: os.close(fd)); t(lambda: FI('zz'))
