"""Everything of _hashlib: digests by every name, keyed hashes, key derivation, and all that they refuse."""

import _hashlib, hashlib, hmac, re
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
def reprs(h): return re.sub('0x[0-9a-f]+','0x',repr(h))
m=_hashlib
print([n for n in dir(m) if not n.startswith('__')])
for n in dir(m):
    v=getattr(m,n)
    if n.startswith('__'): continue
    if isinstance(v,type):
        print(n,v,v.__mro__,v.__text_signature__,[(x,getattr(getattr(v,x),'__text_signature__',None) if callable(getattr(v,x)) else getattr(v,x)) for x in sorted(set(vars(v))-{'__doc__','__module__','__weakref__'})],show(v),v.__flags__>>10&1)
    elif n!='_constructors': print(n,getattr(v,'__text_signature__',v if not isinstance(v,frozenset) else sorted(v)))
print(type(m._constructors),{f.__name__:n for f,n in m._constructors.items()})
print(sorted(hashlib.algorithms_available),sorted(hashlib.algorithms_guaranteed))
data=bytes((i*i*31+i)%251 for i in range(5000))
for n in sorted(m.openssl_md_meth_names):
    h=m.new(n,data); h.update(data[:77]); c=h.copy(); c.update(b'x')
    print(n,reprs(h),h.name,h.block_size,h.digest_size,h.hexdigest(20) if 'XOF' in repr(h) else h.hexdigest(),c.hexdigest(20) if 'XOF' in repr(h) else c.digest()[:5])
for n in ['MD5','SHA1','sha-1','SHA256','sha2-256','SHA512_224','sha512-224','sha512_256','blake2b','BLAKE2b','blake2b512','blake2s256','SHA3-256','sha3_256','shake128','shake_128','SHAKE-256','nope','','md4','ripemd160','whirlpool','sm3','md5-sha1','null','MD5\0','é']:
    h=show(m.new,n); print(n,reprs(h) if not isinstance(h,tuple) else h, h.name if not isinstance(h,tuple) else ''); h=show(hashlib.new,n); print('   ',reprs(h))
for h in (m.new('md5'),m.openssl_shake_128(),m.hmac_new(b'',digestmod='md5')):
    print(reprs(h),h.name,h.block_size,h.digest_size,type(h),type(h).__name__)
    print(show(h.update),show(h.update,'a'),show(h.update,1),show(h.update,b'a'),show(h.update,memoryview(b'abcd').cast('B',(2,2))),show(h.update,memoryview(b'abcd')[::2]),show(h.update,string=b''),show(h.update,data=b''),show(h.update,msg=b''),show(h.update,b'',b'')  )
    print(show(h.digest),show(h.digest,5),show(h.digest,length=5),show(h.digest,-1),show(h.hexdigest,-1),show(h.hexdigest,1<<62), show(h.digest,'a'),show(h.digest,1<<65),show(h.hexdigest,3),show(h.hexdigest,1.5),show(h.digest,0),show(h.hexdigest,length=0))
    c=show(h.copy); print(reprs(c)); print(show(setattr,h,'x',1),show(setattr,h,'name',1),show(setattr,h,'digest_size',1),show(h.copy,1))
cases=[((),{}),((b'',),{}),((1,),{}),(('',),{}),((None,),{}),((b'',1),{}),((),{'string':b''}),((),{'data':b''}),((),{'usedforsecurity':False}),((b'',),{'usedforsecurity':[]}),((b'',),{'foo':1}),(('md5',b'',b''),{}),(('nope',),{}),(('MD5','x'),{}),(('md5',),{'string':5}),((b'a'*3,b'b',b'c',b'd'),{}),(('md5',b'x'),{'usedforsecurity':False}),((),{'name':'sha1','string':b'q'})]
for f in (m.openssl_md5,m.new,m.openssl_shake_256):
    print(f.__name__,[show(f,*a,**k) if isinstance(show(f,*a,**k),tuple) else 'ok' for a,k in cases])
K=[((),{}),((b'k',),{}),((b'k',b'm'),{}),((b'k',b'm','md5'),{}),((b'k',),{'digestmod':'sha256'}),((b'k',None,'md5'),{}),((b'k','m','md5'),{}),(('k',b'm','md5'),{}),((b'k',b'm','nope'),{}),((b'k',b'm',5),{}),((b'k',b'm',m.openssl_sha1),{}),((b'k',b'm',hashlib.md5),{}),((b'k',b'm',m.new),{}),((b'k',b'm',None),{}),((b'k'*200,b'm'*5000,'sha512'),{}),((b'',b'','shake_128'),{}),((b'',b'','sha3_256'),{}),((b'k',b'm','md5',1),{}),((b'k',),{'msg':b'm','digestmod':'md5'}),((b'k',b'm'),{'digest':'md5'}),((bytearray(b'k'),memoryview(b'm'),'md5'),{}),((b'k',b'm',[]),{}),((b'k',b'm',b'md5'),{})]
for a,k in K:
    x=show(m.hmac_new,*a,**k); print('new',len(a),sorted(k),x.hexdigest() if not isinstance(x,tuple) else x); x=show(m.hmac_digest,*a,**k); print('dig',x)
P=[((),{}),(('sha256',b'p',b's',1),{}),(('sha256',b'p',b's',1000,20),{}),(('md5',b'p',b's',0),{}),(('md5',b'p',b's',-1),{}),(('md5',b'p',b's',1<<40),{}),(('md5',b'p',b's',1,0),{}),(('md5',b'p',b's',1,-1),{}),(('md5',b'p',b's',1,1<<40),{}),(('nope',b'p',b's',1),{}),((5,b'p',b's',1),{}),(('md5','p',b's',1),{}),(('md5',b'p','s',1),{}),(('md5',b'p',b's','x'),{}),(('md5',b'p',b's',1,'x'),{}),(('md5',b'p',b's',1.5),{}),((),dict(hash_name='sha1',password=b'p',salt=b's',iterations=2,dklen=None)),(('md5',b'p',b's',1<<70),{}),(('md5',b'p',b's',1,1<<70),{}),(('md\0',b'p',b's',1),{}),(('md5',b'p',b's',1,True),{}),(('md5',b'',b'',1),{}),((b'md5',b'p',b's',1),{})]
for a,k in P: print('pbkdf2',a[3:],show(m.pbkdf2_hmac,*a,**k))
S=[dict(),dict(salt=b's'),dict(salt=b's',n=2),dict(salt=b's',n=2,r=1),dict(salt=b's',n=2,r=8,p=1),dict(salt=b's',n=3,r=8,p=1),dict(salt=b's',n=1,r=8,p=1),dict(salt=b's',n=0,r=8,p=1),dict(salt=b's',n=-2,r=8,p=1),dict(salt=b's',n=1<<70,r=8,p=1),dict(salt=b's',n='x',r=8,p=1),dict(salt=b's',n=2,r=0,p=1),dict(salt=b's',n=2,r=-1,p=1),dict(salt=b's',n=2,r='x',p=1),dict(salt=b's',n=2,r=8,p=0),dict(salt=b's',n=2,r=8,p=1.5),dict(salt=b's',n=2,r=8,p=1,dklen=0),dict(salt=b's',n=2,r=8,p=1,dklen=-1),dict(salt=b's',n=2,r=8,p=1,dklen=1<<40),dict(salt=b's',n=2,r=8,p=1,dklen=10),dict(salt=b's',n=2,r=8,p=1,maxmem=-1),dict(salt=b's',n=2,r=8,p=1,maxmem=1<<40),dict(salt=b's',n=2,r=8,p=1,maxmem=100),dict(salt=b's',n=1<<20,r=8,p=1),dict(salt='s',n=2,r=8,p=1),dict(salt=None,n=2,r=8,p=1),dict(salt=b's',n=None,r=8,p=1),dict(salt=b's',n=2,r=1<<40,p=1),dict(salt=b's',n=2,r=1<<70,p=1),dict(salt=b's',n=2,r=8,p=1,foo=1),dict(salt=b's',n=2,r=8,p=1,dklen='x'),dict(salt=b's',n=True,r=8,p=1),dict(salt=b'',n=16,r=1,p=1)]
for k in S: print('scrypt',{x:y for x,y in k.items()},show(m.scrypt,b'pw',**k))
print(show(m.scrypt),show(m.scrypt,'pw',salt=b's',n=2,r=8,p=1),show(m.scrypt,b'',salt=b'',n=16,r=1,p=1),show(m.scrypt,b'a',b's'))
C=[(b'a',b'a'),(b'a',b'b'),('a','a'),('a','ab'),('é','é'),('a',b'a'),(b'a',bytearray(b'a')),(1,2),(None,'a'),(memoryview(b'ab'),b'ab'),('',''),(memoryview(b'abcd')[::2],b'ac')]
for a in C: print(show(m.compare_digest,*a),show(hmac.compare_digest,*a))
print(show(m.compare_digest),show(m.get_fips_mode),show(m.get_fips_mode,1),m.UnsupportedDigestmodError,m.UnsupportedDigestmodError.__mro__)
print(hmac.new(b'key',b'msg','sha256').hexdigest(),hmac.digest(b'key',b'msg',hashlib.sha1),hmac.HMAC(b'k',digestmod=hashlib.sha3_256).name,reprs(hashlib.sha256()),hashlib.sha256,hashlib.blake2b,hashlib.sha3_256,hashlib.md5(usedforsecurity=False).hexdigest())
class H(m.HASH): pass
print(show(H),H.__mro__)
