"""The types and constructors of _md5, _sha1, _sha256, _sha512, _sha3 and _blake2: attributes, signatures and every refusal."""

import _md5,_sha1,_sha256,_sha512,_sha3,_blake2
def reprs(h):
    import re; return re.sub('0x[0-9a-f]+','0x',repr(h))
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
for m in (_md5,_sha1,_sha256,_sha512,_sha3,_blake2):
    print('==',m.__name__,[n for n in dir(m) if not n.startswith('__')])
    for n in dir(m):
        v=getattr(m,n)
        if n.startswith('__'): continue
        if isinstance(v,type):
            print(n,v,v.__mro__,v.__text_signature__,[(x,getattr(getattr(v,x),'__text_signature__',None) if callable(getattr(v,x)) else getattr(v,x)) for x in sorted(set(vars(v))-{'__doc__','__module__','__new__'})],reprs(show(v)), v.__flags__>>10&1,show(v,b'a').hexdigest() if hasattr(show(v,b'a'),'hexdigest') and 'shake' not in n else '')
            print('  ', show(lambda: type('X',(v,),{})))
        else: print(n,getattr(v,'__text_signature__',v if not isinstance(v,frozenset) else sorted(v)))

for h in (_md5.md5(),_sha1.sha1(),_sha256.sha224(),_sha512.sha384(),_sha3.sha3_224(),_sha3.shake_128(),_blake2.blake2b()):
    print(reprs(h),h.name,h.block_size,h.digest_size,type(h),type(h).__name__)
    print(show(h.update),show(h.update,'a'),show(h.update,1),show(h.update,b'a'),show(h.update,memoryview(b'abcd').cast('B',(2,2))),show(h.update,memoryview(b'abcd')[::2]),show(h.update,string=b''),show(h.update,data=b''),show(h.update,msg=b'')  )
    print(show(h.digest),show(h.digest,5),show(h.digest,length=5),show(h.hexdigest,-1),show(h.hexdigest,1<<40), show(h.digest,'a'),show(h.digest,1<<65),show(h.hexdigest,3))

    c=show(h.copy); print(reprs(c)); print(show(setattr,h,'x',1),show(setattr,h,'name',1),show(setattr,h,'digest_size',1))
for f in (_md5.md5,_sha1.sha1,_sha256.sha256,_sha512.sha512,_sha3.sha3_256,_blake2.blake2b,_blake2.blake2s):
    print(f.__name__,[show(f,*a,**k) if isinstance(show(f,*a,**k),tuple) else 'ok' for a,k in [((),{}),((b'',),{}),((1,),{}),(('',),{}),((None,),{}),((b'',1),{}),((),{'string':b''}),((),{'data':b''}),((),{'usedforsecurity':False}),((b'',),{'usedforsecurity':[]}),((b'',),{'foo':1}),(('md5',b'',b''),{}),(('nope',),{}),(('MD5','x'),{}),(('md5',),{'string':5}),((b'a'*3,b'b',b'c',b'd'),{})]])

h=_sha3.shake_128(b'a')
print(show(h.update),show(h.update,'a'),show(h.update,1),show(h.update,string=b''))
for a in [(),(5,),(-1,),(1<<40,),(1<<29,),('a',),(1<<65,),(1.5,),(None,)]: 
    r=show(h.digest,*a); print(a, r if len(r)<100 else len(r)); r=show(h.hexdigest,*a) if a!=((1<<29)-1,) else ''; print(a, r if len(r)<100 else len(r))
print(show(h.digest,length=5))
for c in (_sha3.sha3_224,_sha3.shake_128,_sha3.shake_256):
    x=c(); print(x._capacity_bits,x._rate_bits,x._suffix,x.block_size,x.digest_size,x.name)
B=_blake2.blake2b
class P:
    def __getattr__(s,n): raise KeyError(n)
    def __bool__(s): raise KeyError('bool')
for k in [dict(digest_size=0),dict(digest_size=65),dict(digest_size=-1),dict(digest_size='a'),dict(digest_size=1<<40),dict(key=b'a'*65),dict(key='a'),dict(salt=b'a'*17),dict(salt=5),dict(person=b'a'*17),dict(fanout=-1),dict(fanout=256),dict(fanout='x'),dict(depth=0),dict(depth=256),dict(depth=-1),dict(leaf_size=-1),dict(leaf_size=1<<32),dict(leaf_size=1<<64),dict(leaf_size=1.5),dict(node_offset=-1),dict(node_offset=1<<64),dict(node_offset='a'),dict(node_depth=-1),dict(node_depth=256),dict(inner_size=-1),dict(inner_size=65),dict(last_node='a'),dict(last_node=5.0),dict(usedforsecurity=0),dict(usedforsecurity=P()),dict(last_node=P()),dict(node_offset=(1<<64)-1,leaf_size=(1<<32)-1,fanout=0,depth=255,node_depth=255,inner_size=64,last_node=True,key=b'k',salt=b's',person=b'p',digest_size=5),dict(key=memoryview(b'abcd')[::2])]+[dict(fanout='a',digest_size=0),dict(leaf_size='a',digest_size=0),dict(leaf_size=-1,depth=0),dict(key=b'a'*65,node_depth=-1)]:
    r=show(B,b'abc',**k); print(sorted(k),r if isinstance(r,tuple) else r.hexdigest()[:20]); r=show(_blake2.blake2s,b'abc',**k); print('  s',r if isinstance(r,tuple) else r.hexdigest()[:20])
print(show(_blake2.blake2s,node_offset=(1<<48)-1).hexdigest()[:9],show(_blake2.blake2s,node_offset=(1<<48)), show(_blake2.blake2s,'a'), show(_blake2.blake2s,data=b''))
print(_sha3.sha3_256(b'', usedforsecurity=False).name, show(_sha3.sha3_384,b'',usedforsecurity=P()), show(_md5.md5,usedforsecurity=P()))

