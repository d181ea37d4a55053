# Numbers beyond the range of C types in time, os and marshal; surrogates in names of types; values that do not fit array formats.
import array
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class I:
    def __index__(self): return 5
for fmt in 'bBhHiIlLqQfd':
    a=array.array(fmt,[1,2,3]); m=memoryview(a)
    for v in (I(), 7, 3.5, 'x', b'1', 2**70, None, True, -1):
        def st(): m[0]=v; return a[0]
        print(fmt, repr(v)[:8] if not isinstance(v,I) else 'I', end=' '); t(st)
import time
for y in (0,-1,-1000,-2**31,2**31-1,12345,10000,-2**31-1,2**31,2**31+1900, -2**31+1900, -2**31+1899):
    tt=(y,1,1,0,0,0,0,1,-1)
    print(y, end=' '); t(lambda: time.strftime('%Y',tt)); t(lambda: time.asctime(tt))
for a in ((1900,)*5,(1900,13,1,0,0,0,0,1,-1),(1900,1,1,0,0,0,7,1,-1),(1900,1,1,0,0,0,-2,1,-1),(1900,1,1,0,0,0,-1,1,-1),(1900,0,0,0,0,0,0,0,-1),(1900,1,1,24,0,0,0,1,-1),(1900,1,1,-1,0,0,0,1,-1),(1900,1,1,0,0,62,0,1,-1),(1900,1,1,0,0,0,0,367,-1),(1900,1,1,0,0,0,0,1,5)):
    t(lambda: time.asctime(a)); t(lambda: time.strftime('%j %a',a))
import os
for f in (os.chown, os.lchown):
  for u,g in ((2**32-1,-1),(2**32,0),(-2,0),(2**31,0),(2**64,1),(-2**40,2),('a',1),(1.5,2),(0,2**32-1),(I(),0)):
    t(lambda: f('no such file',u,g))
import marshal
t(lambda: marshal.loads(b'I\xfe\xdc\xba\x98\x76\x54\x32\x10'))
t(lambda: marshal.loads(b'I\x01\x23\x45\x67\x89\xab\xcd\xef')); t(lambda: marshal.loads(b'I\x08\x19\x2a\x3b\x4c\x5d\x6e\x7f'))
t(lambda: marshal.loads(b'f\x031.5')); t(lambda: marshal.loads(b'x\x031.5\x012'))
import io
class BR(io.BytesIO):
    def readinto(self,buf):
        n=super().readinto(buf)
        if n is not None and n>4: n+=10**6
        return n
t(lambda: marshal.load(BR(marshal.dumps('abcdefghijk'))))
def bt(**k):
    return type(k.get('n','A'),(),{'__doc__':k.get('d')})
t(lambda: type('A\udcdcB',(),{})); t(lambda: type('A',(),{'__doc__':'x\udcdcy'})); 
def setn(): A=type('A',(),{}); A.__name__='A\udcdcB'
t(setn)

from collections import OrderedDict
class S(OrderedDict): pass
class Out:
    class In(OrderedDict): pass
print(repr(OrderedDict()), repr(S(a=1)), repr(Out.In(b=2)))
