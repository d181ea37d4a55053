"""Everything array.array does and refuses, argument by argument."""

import array, sys, copy, io, pickle
from array import array as A
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
class Ix:
    def __init__(s,n): s.n=n
    def __index__(s): return s.n
    def __repr__(s): return f'Ix({s.n})'
class Bad:
    def __index__(s): raise KeyError('ix')
    def __float__(s): raise KeyError('fl')
vals=[0,-1,127,128,255,256,-129,1<<15,1<<16,1<<31,1<<32,-(1<<31)-1,1<<63,1<<64,-1<<63,-(1<<63)-1,1<<200,1.5,1e39,float('inf'),'a','ab','',b'a',None,True,Ix(5),Ix(-1),Ix(1<<70),Bad(),'\U0001F600']
for c in 'bBuhHiIlLqQfd':
    seen=[]
    for v in vals:
        r=show(A,c,[v])
        seen.append(r)
    print(c,A(c).itemsize,seen)
for a in [(),('x',),('',),('bb',),(5,),(None,),('b',5),('b','a'),('u','abc'),('u',b'ab\0\0'),('b',b'abc'),('i',b'abc'),('i',b'abcdefgh'),('i',bytearray(b'abcd')),('b',A('i',[1,2,3])),('b',A('i',[300])),('d',A('u','ab')),('u',A('b',[1])),('u',A('u','xy')),('i',range(5)),('i',(1,2,'x')),('i',[1,2.5]),('d',iter([1,2])),('d',[1],2),('i',A('i')),('f',(x for x in [1,2]))]:
    print(a[:1], show(A, *a))
print(show(A,typecode='b'),show(A,'b',[1],foo=2))
class S(A):
    def __init__(self,*a,foo=1,**k): self.foo=foo
print(show(S,'b',[1],foo=2),S('b',[1,2]).foo, type(S('b',[1,2])[0:1]), type(S('b')+S('b')))
a=A('i',range(10))
for i in [0,-1,9,10,-10,-11,1<<70,'a',None,1.5,Ix(3),slice(2,5),slice(None,None,-2),slice(8,2),slice(None,None,0),slice('a',None),(1,2)]:
    print(i,show(lambda: a[i]),show(lambda: A('i',range(10)).__setitem__(i,7)),show(lambda: A('i',range(10)).__delitem__(i)))
def do(f,*args,c='i',init=range(10)):
    x=A(c,init); r=show(f,x,*args); return r,x
for i,v in [(slice(2,5),A('i',[100,101])),(slice(2,5),A('i',[1,2,3,4,5,6])),(slice(5,2),A('i',[1])),(slice(None),A('i')),(slice(None,None,2),A('i',[0]*5)),(slice(None,None,2),A('i',[0]*4)),(slice(None,None,-1),A('i',range(10))),(slice(None,None,2),A('i')),(slice(2,5),A('b',[1])),(slice(2,5),[1,2]),(slice(2,5),5),(3,'x'),(3,1<<40),(slice(20,30),A('i',[5])),(slice(5,1,-1),A('i',[1,2,3,4]))]:
    print(i,do(A.__setitem__,i,v))
for i in [slice(2,5),slice(None),slice(None,None,3),slice(None,None,-3),slice(5,2),slice(20,30),slice(-3,None),slice(8,1,-2)]: print(i,do(A.__delitem__,i))
x=A('i',range(4)); x[1:3]=x; print(x); x[::2]=x[:3]; print(x); x[:]=x; print(x)
for n,args in [('append',(5,)),('append',('a',)),('append',()),('append',(1,2)),('extend',(A('i',[1]),)),('extend',(A('b',[1]),)),('extend',([1,2],)),('extend',(5,)),('extend',([1,'a',3],)),('fromlist',([1,2],)),('fromlist',((1,2),)),('fromlist',([1,'a'],)),('fromlist',([],)),('insert',(0,5)),('insert',(-1,5)),('insert',(100,5)),('insert',(-100,5)),('insert',(0,'a')),('insert',('a',5)),('insert',(1,)),('pop',()),('pop',(0,)),('pop',(-1,)),('pop',(10,)),('pop',(-11,)),('pop',('a',)),('pop',(1,2)),('remove',(5,)),('remove',(50,)),('remove',('a',)),('remove',(5.0,)),('count',(5,)),('count',('x',)),('index',(5,)),('index',(5.0,)),('index',(50,)),('index',(5,6)),('index',(5,0,3)),('index',(5,-8,-1)),('index',(5,'a')),('reverse',()),('byteswap',()),('tolist',()),('tobytes',()),('tounicode',()),('fromunicode',('abc',)),('frombytes',(b'abcd',)),('frombytes',(b'abc',)),('frombytes',('abc',)),('frombytes',(5,)),('frombytes',(A('i',[7]),)),('frombytes',(memoryview(b'abcdefgh')[::2],)),('__copy__',()),('__deepcopy__',({},)),('__reduce_ex__',(2,)),('__reduce_ex__',(3,)),('__reduce_ex__',('a',)),('__sizeof__',()),('tofile',(5,)),('fromfile',(5,1)),('__contains__',(5,)),('__contains__',('x',)),('__iadd__',(A('i',[1]),)),('__iadd__',([1],)),('__iadd__',(A('b'),)),('__add__',(A('i',[1]),)),('__add__',([1],)),('__add__',(A('b'),)),('__mul__',(2,)),('__mul__',(-1,)),('__mul__',('a',)),('__imul__',(2,)),('__imul__',(0,)),('__rmul__',(2,)),('__mul__',(1<<62,)),('__len__',()),('__repr__',())]:
    r=do(lambda x,*a: getattr(x,n)(*a),*args)
    print(n,args if 'memory' not in str(args) else '',r if n!='__sizeof__' else '')
print(do(lambda x: x.tounicode(),c='u',init='héllo\U0001F600'),do(lambda x: x.fromunicode('é'),c='u',init='h'),do(lambda x:x.fromunicode(5),c='u',init='h'),do(lambda x:x.fromunicode(b''),c='i'),do(lambda x:x.tobytes(),c='u',init='ab'))
for c in 'bBhHiIlLqQfdu': x=A(c,'abc' if c=='u' else [1,2,3]); x.byteswap() if c!='u' else 0; print(x, repr(A(c)), x.tobytes(), x.buffer_info()[1], memoryview(x).format, memoryview(x).itemsize, memoryview(x).shape)
m=memoryview(a)
for f in (lambda:a.append(1),lambda:a.pop(),lambda:a.extend([1]),lambda:a.__delitem__(0),lambda:a.__setitem__(slice(0,2),A('i',[1])),lambda:a.__setitem__(slice(0,2),A('i',[1,2])),lambda:a.__imul__(2),lambda:a.__iadd__(A('i',[1])),lambda:a.insert(0,1),lambda:a.remove(1),lambda:a.frombytes(b'abcd'),lambda:a.fromlist([1]),lambda:a.fromlist([]),lambda:a.__imul__(1),lambda:a.__delitem__(slice(0,0)),lambda:a.extend([]),lambda: a.frombytes(b''),lambda:a.reverse()): print(show(f))
m[0]=99; print(a); m.release(); a.append(3)
it=iter(a); print(type(it),next(it),it.__reduce__()[1][0]==a, it.__reduce__()[2]); it.__setstate__(9); it.__setstate__(-5); it.__setstate__(99); print(list(it),it.__reduce__()); print([n for n in dir(it) if n[:2]!='__' or n in('__setstate__','__length_hint__','__reduce__')],show(type(it)),show(it.__setstate__,'a'))
for x,y in [(A('i',[1,2]),A('i',[1,2])),(A('i',[1,2]),A('b',[1,2])),(A('i',[1,2]),A('i',[1,3])),(A('d',[1.0]),A('i',[1])),(A('d',[float('nan')]),A('d',[float('nan')])),(A('u','ab'),A('u','b')),(A('u','a'),A('i',[97])),(A('B',[200]),A('b',[-1])),(A('i',[1]),A('i',[1,2])),(A('i'),[]),(A('Q',[1<<63]),A('q',[-1]))]:
    print(x,y,[show(lambda op=op: getattr(x,op)(y)) for op in ('__eq__','__ne__','__lt__','__le__','__gt__','__ge__')],show(lambda:x<y))
print(show(hash,a),A.__hash__,array.ArrayType is A,array.typecodes,A.__mro__, show(lambda: a+5), show(lambda:5*A('b',[1])), show(lambda:A('b')*1.5))
for p in range(0,5): print(p,pickle.dumps(A('i',[1,2,3]),p) if p<4 else '', pickle.loads(pickle.dumps(A('d',[1.5,2]),p)),pickle.loads(pickle.dumps(A('u','añ'),p)))
print(copy.copy(a),copy.deepcopy(a),show(A('i').__deepcopy__))
R=array._array_reconstructor
for args in [(A,'i',9,b'\0\0\0\1\0\0\0\2'),(A,'i',8,b'\1\0\0\0'),(A,'i',6,b'\1\0'),(A,'i',4,b'\1\0'),(A,'h',9,b'\0\0\0\1'),(A,'b',9,b'\xff\xff\xff\xff'),(A,'b',9,b'\x7f\xff\xff\xff'),(A,'d',14,b'\0\0\x80?'),(A,'d',15,b'?\x80\0\0'),(A,'f',16,b'\0'*7+b'@'),(A,'d',17,b'@'+b'\0'*7),(A,'u',18,b'a\0b\0'),(A,'u',20,b'a\0\0\0'),(A,'u',21,b'\0\0\0a'),(A,'u',18,b'a\0\0\xd8'),(A,'L',13,b'\xff'*8),(A,'i',21,b''),(A,'i',22,b''),(A,'i',-1,b''),(A,'x',1,b''),(5,'i',8,b''),(int,'i',8,b''),(A,'i',8,5),(A,'i','a',b''),(A,5,8,b''),(A,'i',8,b'abc'),(A,'d',16,b'abc'),(A,'ii',8,b''),(),(S,'i',8,b'\1\0\0\0'),(A,'q',0,b'\1'),(A,'B',1,b'\xff'),(A,'u',19,b'\0a\xd8=\xde\0')]:
    print(args[1:],show(lambda: repr(R(*args))))
f=io.BytesIO(); A('i',range(30000)).tofile(f); f.seek(0); x=A('i'); x.fromfile(f,20000); print(len(x),x[-1]); print(show(x.fromfile,f,20000),len(x),x[-1]); print(show(x.fromfile,f,-1),show(x.fromfile,io.StringIO('a'),1),show(x.fromfile,5,1),show(x.fromfile,f,1<<62), show(x.fromfile,f,0))
class W:
    def __init__(s): s.n=[]
    def write(s,b): s.n.append((type(b),len(b)))
w=W(); A('i',range(40000)).tofile(w); print(w.n)
class RR:
    def read(s,n): return 5
print(show(x.fromfile,RR(),3))
for n in dir(A):
    v=getattr(A,n)
    if callable(v) and n not in('__class__',): print(n,getattr(v,'__text_signature__',None),end=' ')
print(A.__text_signature__,A.__flags__&(1<<5),A.typecode,A.itemsize,show(setattr,a,'typecode','b'),show(setattr,a,'x',1), show(setattr,S('i'),'x',1))
import collections.abc; print(issubclass(A,collections.abc.MutableSequence),isinstance(a,collections.abc.Sequence))
match a:
    case [p,*q]: print('seq',p)
import weakref; print(weakref.ref(a)() is a)
print(repr(A('d',[1.5,float('nan'),float('inf')])),repr(A('f',[1.1])),repr(A('u','a\n"\'')),repr(S('i',[1])),str(A('u')),show(repr,A('u',b'\0\xd8\0\0')),show(lambda:A('u',b'\xff\xff\xff\xff')[0]))
