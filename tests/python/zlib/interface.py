"""Everything of zlib: whole data and pieces, every flush, limits, dictionaries, copies, checksums, and all that is refused."""

import zlib, copy, gzip, io
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
def cut(x): return x if not isinstance(x,(bytes,str)) or len(x)<60 else (len(x),zlib.crc32(x if isinstance(x,bytes) else x.encode()))
data=b''.join(b'line %d of some text %d\n'%(i,i*i%97) for i in range(5000)); rnd=bytes((i*i*7+i*13+(i>>3))%256 for i in range(70000))
for d in (b'',b'a',data,rnd,b'x'*10**6):
    for kw in ({},dict(level=0),dict(level=1),dict(level=9),dict(wbits=-15),dict(wbits=31),dict(wbits=9),dict(level=6,wbits=-9)):
        c=zlib.compress(d,**kw); w=kw.get('wbits',15); print(kw,len(c),zlib.crc32(c),zlib.decompress(c,w)==d,zlib.decompress(c,w,1)==d,show(zlib.decompress,c,wbits=47) if w==31 and len(d)<2 else '')
for a,k in [((),{}),((5,),{}),(('a',),{}),((b'a',10),{}),((b'a',-2),{}),((b'a',1,5),{}),((b'a',1,16),{}),((b'a','x'),{}),((b'a',1,15,1),{}),((),{'data':b''}),((b'a',),{'level':1,'wbits':-15}),((memoryview(b'abc')[::2],),{})]:
    print('compress',len(a),k,cut(show(zlib.compress,*a,**k)))
z=zlib.compress(data)
for a,k in [((),{}),(('a',),{}),((b'',),{}),((b'abc',),{}),((z[:-1],),{}),((z[:100],),{}),((z+b'xyz',),{}),((z,-15),{}),((z,31),{}),((z,47),{}),((z,0),{}),((z,99),{}),((z,15,0),{}),((z,15,-1),{}),((z,15,'x'),{}),((z,),{'wbits':15,'bufsize':5}),((z[:50]+b'\xff\xff\xff'+z[53:],),{}),((z[:-4]+b'abcd',),{}),((z,15,1<<70),{}),((z,8),{}),((zlib.compress(data,wbits=9),8),{}),((zlib.compress(b'a',wbits=-15),-15),{}),((b'\x78\x9c',),{})]:
    print('decompress',a[1:],k,cut(show(zlib.decompress,*a,**k)))
for a,k in [((),{}),((99,),{}),((1,7),{}),((1,8,99),{}),((1,8,15,0),{}),((1,8,15,10),{}),((1,8,15,8,99),{}),((1,8,15,8,0,b'abc'),{}),((1,8,15,8,0,'abc'),{}),((1,8,15,8,0,None),{}),((1,8,15,8,0,b'',1),{}),((),{'level':1,'memLevel':9,'strategy':2,'zdict':b'line of some text'}),((),{'foo':1}),(('x',),{}),((1,8,15,8,0,b''),{}),((1,8,-15,8,0,b'a'),{}),((1,8,31,8,0,b'a'),{})]:
    c=show(zlib.compressobj,*a,**k); print('compressobj',a,k,c if isinstance(c,tuple) else (type(c),cut(c.compress(data)+c.flush())))
for a,k in [((),{}),((99,),{}),((15,b'a'),{}),((15,5),{}),((15,None),{}),((-15,b'a'),{}),((15,b'',1),{}),(('x',),{}),((0,),{}),((31,),{}),((),{'zdict':b'abc','wbits':15}),((15,'abc'),{})]:
    c=show(zlib.decompressobj,*a,**k); print('decompressobj',a,k,c if isinstance(c,tuple) else (type(c),cut(show(c.decompress,z)),c.eof,c.unused_data,len(c.unconsumed_tail)))
c=zlib.compressobj(); out=[]
for i in range(0,len(data),1000):
    out.append(c.compress(data[i:i+1000]))
    if i%7000==0: out.append(c.flush([zlib.Z_SYNC_FLUSH,zlib.Z_FULL_FLUSH,zlib.Z_PARTIAL_FLUSH,zlib.Z_BLOCK,zlib.Z_NO_FLUSH][i//7000%5]))
c2=c.copy(); c3=copy.deepcopy(c); c4=copy.copy(c)
out.append(c.flush()); s=b''.join(out); print(len(s),zlib.crc32(s),zlib.decompress(s)==data,c2.flush()==out[-1]==c3.flush(),c4.compress(b'more')+c4.flush())
print(show(c.compress,b'a'),show(c.flush),show(c.flush,0),show(c.flush,99),show(c.copy),show(c.compress),show(c.compress,'a'),show(c.compress,data=b''),show(c.flush,'x'),show(zlib.compressobj().flush,99),show(zlib.compressobj().flush,2))
for maxlen in (1,10,1000,100000):
    d=zlib.decompressobj(); got=[]; buf=s+b'trailing'; n=0
    while not d.eof and n<20000:
        got.append(d.decompress(buf,maxlen)); buf=d.unconsumed_tail; n+=1
    g=b''.join(got); print(maxlen,n,g==data,d.eof,d.unused_data,d.unconsumed_tail,d.flush(),show(d.decompress,b'x'),d.unused_data,show(d.copy))
for step in (1,7,500,4096):
    d=zlib.decompressobj(); g=b''
    for i in range(0,len(s),step): g+=d.decompress(s[i:i+step])
    print(step,g==data,d.eof,d.flush(),d.unused_data)
d=zlib.decompressobj(); x=d.decompress(s[:300],50); print(len(x),len(d.unconsumed_tail)); e=d.copy(); print(len(d.flush()),len(d.unconsumed_tail),d.eof,len(e.flush(10)),e.unconsumed_tail==d.unconsumed_tail); print(show(d.flush,0),show(d.flush,-1),show(d.flush,'x'),show(d.decompress,b'',-1),show(d.decompress,b'',max_length=5),show(d.decompress),show(d.decompress,b'',0,0),show(d.decompress,'a'),show(d.decompress,b'a',1<<70))
d=zlib.decompressobj(); print(show(d.decompress,b'garbage'),d.eof,d.unused_data,d.unconsumed_tail,show(d.decompress,b'x'),show(d.flush))
zd=b'line of some text '*3; c=zlib.compressobj(zdict=zd); s2=c.compress(data[:500])+c.flush(); print(len(s2)); d=zlib.decompressobj(zdict=bytearray(zd)); print(d.decompress(s2)==data[:500],show(zlib.decompressobj().decompress,s2),show(zlib.decompressobj(zdict=b'bad').decompress,s2),show(zlib.decompress,s2)); d2=d.copy(); print(d2.eof)
print(zlib.adler32(b''),zlib.adler32(data),zlib.adler32(data,5),zlib.adler32(rnd,-1),zlib.crc32(rnd,1<<40|7),zlib.crc32(rnd,-5),show(zlib.crc32),show(zlib.crc32,'a'),show(zlib.crc32,b'a','x'),show(zlib.adler32,b'a',1,2),show(zlib.adler32,b'',value=1))
print(show(type(c)),show(type(d)),show(setattr,d,'eof',1),show(setattr,d,'unused_data',b''),zlib.error.__mro__,zlib.ZLIB_VERSION==zlib.ZLIB_RUNTIME_VERSION,[n for n in dir(zlib) if n[:2]!='__'])
print({n:getattr(zlib,n) for n in dir(zlib) if isinstance(getattr(zlib,n),int)},zlib.__version__)
for T in (type(c),type(d)): print(T,[(x,getattr(getattr(T,x),'__text_signature__',None)) for x in sorted(set(vars(T))-{'__doc__','__module__'})])
for f in (zlib.adler32,zlib.compress,zlib.compressobj,zlib.crc32,zlib.decompress,zlib.decompressobj): print(f.__text_signature__)
g=gzip.compress(data,mtime=0); print(len(g),zlib.crc32(g),gzip.decompress(g+gzip.compress(b'more',mtime=1))==data+b'more',show(gzip.decompress,g[:-1]),show(gzip.decompress,b'x'*20),show(gzip.decompress,g[:-8]+b'\0'*8))
c=zlib.compressobj(); d=zlib.decompressobj()
for o in (c,d):
    for n in ('copy','__copy__','__deepcopy__','flush','compress','decompress'):
        if hasattr(o,n):
            for a,k in [((),{}),((1,2,3),{}),((),{'x':1}),((b'',),{'y':2})]: print(n,a,k,cut(show(getattr(o.copy(),n),*a,**k)) if not hasattr(show(getattr(o.copy(),n),*a,**k),'copy') else 'obj')
