"""Everything of bz2: levels, pieces, limits, errors and wrong calls."""

import bz2, _bz2, pickle, io
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
def cut(x): return x if not isinstance(x,(bytes,str)) or len(x)<60 else (len(x),hash_(x))
import zlib
def hash_(x): return zlib.crc32(x if isinstance(x,bytes) else x.encode())
data=b''.join(b'line %d of some text %d\n'%(i,i*i%97) for i in range(20000)); rnd=bytes((i*i*7+i*13+(i>>3))%256 for i in range(300000))
for d in (b'',b'a',data,rnd,b'x'*10**6):
    for l in (1,5,9): c=bz2.compress(d,l); print(l,len(c),hash_(c),bz2.decompress(c)==d)
for a,k in [((),{}),((0,),{}),((10,),{}),(('x',),{}),((1.5,),{}),((1,2),{}),((),{'compresslevel':5}),((True,),{}),((1<<40,),{})]: x=show(bz2.BZ2Compressor,*a,**k); print(a,k,x if isinstance(x,tuple) else type(x))
for a,k in [((1,),{}),((),{'x':1})]: x=show(bz2.BZ2Decompressor,*a,**k); print(a,k,x if isinstance(x,tuple) else type(x))
c=bz2.BZ2Compressor(); out=[c.compress(data[i:i+5000]) for i in range(0,len(data),5000)]; print([len(o) for o in out if o]); out.append(c.flush()); s=b''.join(out)
print(len(s),hash_(s),bz2.decompress(s)==data,show(c.compress,b'a'),show(c.flush),show(c.compress),show(c.compress,'a'),show(c.compress,data=b''),show(c.flush,1),show(pickle.dumps,c),show(setattr,c,'x',1))
c.__init__(1); print(show(c.compress,data))
for maxlen in (0,1,100,5000,200000,-1,-5):
    d=bz2.BZ2Decompressor(); got=[]; buf=s+b'trailing'; n=0; ni=[]
    while not d.eof and n<3000:
        got.append(d.decompress(buf,maxlen)); buf=b''; n+=1; ni.append(d.needs_input)
    g=b''.join(got); print(maxlen,n,data.startswith(g),len(g),d.eof,d.unused_data,ni[:4],ni[-2:],[len(x) for x in got[:5]])
for step in (1,999,40000):
    d=bz2.BZ2Decompressor(); g=[]; ni=[]
    src=s if step>1 else s[:3000]
    for i in range(0,len(src),step): g.append(d.decompress(src[i:i+step])); ni.append(d.needs_input)
    print(step,hash_(b''.join(g)),d.eof,[len(x) for x in g if x][:6],ni[-3:])
d=bz2.BZ2Decompressor(); print(d.needs_input,d.eof,d.unused_data); print(show(d.decompress,b'garbage, no bzip2'),d.eof,d.needs_input,show(d.decompress,b'x')); d.__init__(); print(show(d.decompress,bz2.compress(b'hi')+b'rest'),d.eof,d.unused_data,d.needs_input,show(d.decompress,b''),show(d.decompress),show(d.decompress,'a'),show(d.decompress,b'',max_length='x'),show(d.decompress,b'',1,2),show(setattr,d,'eof',1),show(setattr,d,'unused_data',1),show(pickle.dumps,d))
d=bz2.BZ2Decompressor(); bad=bytearray(s); bad[5000]^=255; print(show(d.decompress,bytes(bad))); 
d=bz2.BZ2Decompressor(); x=[d.decompress(s[:20000],10),d.needs_input]; x+=[d.decompress(b'',10),d.decompress(s[20000:20100],10),d.needs_input]; print(x, hash_(d.decompress(s[20100:])),d.eof)
for T in (bz2.BZ2Compressor,bz2.BZ2Decompressor): print(T,T.__text_signature__,T.__mro__,[n for n in sorted(set(dir(T))-set(dir(object))) if n!='__module__'],show(lambda: type('X',(T,),{})))
print(show(bz2.decompress,s[:-5]),show(bz2.decompress,b''),show(bz2.decompress,b'xx'),bz2.decompress(bz2.compress(b'a')+bz2.compress(b'b')+b'junk'))
f=io.BytesIO()
with bz2.open(f,'wt',encoding='utf-8') as b: b.write('grüße\n'*1000)
f.seek(0)
with bz2.open(f,'rt',encoding='utf-8') as b: print(b.readline(),len(b.read()),b.seek(0),b.readline())
