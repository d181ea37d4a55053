"""Everything of lzma: formats, presets, filter chains, pieces, limits, properties, errors and wrong calls."""

import lzma, _lzma, pickle, io, zlib
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
def hash_(x): return zlib.crc32(x)
def cut(x): return x if not isinstance(x,bytes) or len(x)<60 else (len(x),hash_(x))
data=b''.join(b'line %d of some text %d\n'%(i,i*i%97) for i in range(5000)); rnd=bytes((i*i*7+i*13+(i>>3))%256 for i in range(100000))
for d in (b'',b'a',data,rnd,b'x'*10**6):
    for kw in ({},dict(preset=0),dict(preset=1|lzma.PRESET_EXTREME),dict(format=lzma.FORMAT_ALONE,preset=1),dict(check=lzma.CHECK_NONE),dict(check=lzma.CHECK_SHA256,preset=0),dict(check=1),dict(format=lzma.FORMAT_RAW,filters=[{'id':lzma.FILTER_LZMA2,'preset':2}]),dict(filters=[{'id':lzma.FILTER_DELTA,'dist':3},{'id':lzma.FILTER_LZMA2,'dict_size':65536,'lc':1,'lp':2,'pb':0,'mode':1,'nice_len':30,'mf':3,'depth':5}]),dict(filters=[{'id':lzma.FILTER_X86},{'id':33}]),dict(format=lzma.FORMAT_ALONE,filters=[{'id':lzma.FILTER_LZMA1,'dict_size':4096}])):
        c=lzma.compress(d,**kw); r=kw.get('format')==lzma.FORMAT_RAW; print(sorted(kw),len(c),hash_(c),lzma.decompress(c,format=lzma.FORMAT_RAW,filters=kw['filters'])==d if r else lzma.decompress(c)==d)
C=lzma.LZMACompressor; D=lzma.LZMADecompressor
for a,k in [((9,),{}),((),{'format':0}),((),{'format':4}),((),{'format':-1}),((),{'format':'x'}),((),{'check':99}),((),{'check':4,'format':2}),((),{'check':0,'format':2}),((),{'check':-1,'format':2}),((),{'preset':10}),((),{'preset':-1}),((),{'preset':1<<40}),((),{'preset':1<<70}),((),{'preset':'x'}),((),{'preset':1.5}),((),{'preset':6,'filters':[{'id':33}]}),((),{'format':3}),((),{'format':3,'filters':[]}),((),{'filters':[]}),((),{'filters':[{'id':33}]*5}),((),{'filters':5}),((),{'filters':[5]}),((),{'filters':[{}]}),((),{'filters':[{'id':'x'}]}),((),{'filters':[{'id':999}]}),((),{'filters':[{'id':-1}]}),((),{'filters':[{'id':1<<70}]}),((),{'filters':[{'id':33,'foo':1}]}),((),{'filters':[{'id':33,'lc':'x'}]}),((),{'filters':[{'id':33,'lc':99}]}),((),{'filters':[{'id':33,'preset':99}]}),((),{'filters':[{'id':33,'preset':'x'}]}),((),{'filters':[{'id':33,'dict_size':1<<40}]}),((),{'filters':[{'id':3,'dist':0},{'id':33}]}),((),{'filters':[{'id':3,'dist':300},{'id':33}]}),((),{'filters':[{'id':3,'foo':1},{'id':33}]}),((),{'filters':[{'id':4,'start_offset':16},{'id':33}]}),((),{'filters':[{'id':4,'foo':16},{'id':33}]}),((),{'filters':[{'id':lzma.FILTER_LZMA1}]}),((),{'filters':[{'id':33},{'id':33}]}),((),{'format':2,'filters':[{'id':33}]}),((),{'format':2,'filters':[{'id':3},{'id':lzma.FILTER_LZMA1}]}),((),{'format':2,'preset':10}),((),{'filters':({'id':33},)}),((),{'foo':1}),((1,-1,None,None,5),{}),((1,-1,3,None),{}),((),{'filters':[{'id':33,'mode':7}]}),((),{'filters':[{'id':33,'mf':99}]}),((),{'filters':[{'id':33,'lc':None}]}),((),{'filters':[{'id':33.0}]}),((),{'filters':[{'id':33,'preset':None}]}),((),{'filters':[{'id':True}]}),((),{'filters':{'a':1}}),((),{'filters':{}})]:
    x=show(C,*a,**k); print('C',a,{n:v for n,v in k.items()},x if isinstance(x,tuple) else type(x).__name__)
xz=lzma.compress(data); al=lzma.compress(data,format=2); raw=lzma.compress(data,format=3,filters=[{'id':33}])
for a,k in [((9,),{}),((),{'format':1}),((),{'format':2}),((),{'format':3}),((),{'format':3,'filters':[{'id':33}]}),((),{'format':3,'filters':[{'id':33}],'memlimit':10}),((),{'filters':[{'id':33}]}),((),{'memlimit':1000}),((),{'memlimit':1<<40}),((),{'memlimit':-1}),((),{'memlimit':1<<70}),((),{'memlimit':'x'}),((),{'format':'x'}),((),{'foo':1}),((0,None,None,1),{}),((),{'format':3,'filters':[]}),((),{'format':3,'filters':[{'id':999}]})]:
    x=show(D,*a,**k); print('D',a,k,x if isinstance(x,tuple) else (type(x).__name__,x.check,x.eof,x.needs_input,x.unused_data))
    if not isinstance(x,tuple):
        for s in (xz,al,raw): y=show(D,*a,**k); print('   ',cut(show(y.decompress,s)),y.eof,y.check,y.needs_input,show(y.decompress,b'') if not y.eof else '')
c=C(); out=[c.compress(data[i:i+5000]) for i in range(0,len(data),5000)]; print([len(o) for o in out if o]); out.append(c.flush()); s=b''.join(out)
print(len(s),hash_(s),lzma.decompress(s)==data,show(c.compress,b'a'),show(c.flush),show(c.compress),show(c.compress,'a'),show(c.compress,data=b''),show(c.flush,1),show(pickle.dumps,c),show(setattr,c,'x',1))

for maxlen in (0,1,100,5000,200000,-1,-5):
    d=D(); got=[]; buf=s+b'trailing'; n=0; ni=[]
    while not d.eof and n<3000:
        x=show(d.decompress,buf,maxlen); buf=b""; n+=1; ni.append(d.needs_input)
        if isinstance(x,tuple): print(maxlen,n,x); break
        got.append(x)
    g=b''.join(got); print(maxlen,n,data.startswith(g),len(g),d.eof,d.unused_data,ni[:4],ni[-2:],[len(x) for x in got[:5]],d.check)
for step in (1,999,4000):
    d=D(); g=[]; ni=[]
    for i in range(0,len(s),step): g.append(d.decompress(s[i:i+step])); ni.append(d.needs_input)
    print(step,hash_(b''.join(g)),d.eof,[len(x) for x in g if x][:6],ni[-3:])
d=D(); print(show(d.decompress,b'garbage, no lzma at all'),d.eof,d.needs_input,show(d.decompress,b'x')); d=D(); print(show(d.decompress,lzma.compress(b'hi')+b'rest'),d.eof,d.unused_data,d.needs_input,show(d.decompress,b''),show(d.decompress),show(d.decompress,'a'),show(d.decompress,b'',max_length='x'),show(d.decompress,b'',1,2),show(setattr,d,'eof',1),show(setattr,d,'check',1),show(pickle.dumps,d))
d=D(); bad=bytearray(s); bad[500]^=255; print(show(d.decompress,bytes(bad)))
d=D(); x=[d.decompress(s[:200],10),d.needs_input]; x+=[d.decompress(b'',10),d.decompress(s[200:300],10),d.needs_input]; print(x, hash_(d.decompress(s[300:])),d.eof)
for T in (C,D): print(T,T.__text_signature__,T.__mro__,[n for n in sorted(set(dir(T))-set(dir(object))) if n!='__module__'],show(lambda: type('X',(T,),{})))
for i in (0,1,2,3,4,10,15,16,99,-1,'x',1<<40): print(i,show(lzma.is_check_supported,i))
for f in ({'id':33},{'id':33,'dict_size':4096},{'id':lzma.FILTER_LZMA1,'preset':3},{'id':3,'dist':5},{'id':4,'start_offset':1024},{'id':999},{},5,{'id':3,'dist':999},{'id':lzma.FILTER_LZMA1,'lc':9}):
    e=show(lzma._encode_filter_properties,f); print(f,e)
    if isinstance(e,bytes): print('  ',show(lzma._decode_filter_properties,f['id'],e))
for a in [(33,b''),(33,b'\xff'),(3,b''),(3,b'\1'),(4,b'\0\4\0\0'),(999,b''),('x',b''),(33,'x'),(33,),(lzma.FILTER_LZMA1,b'\x5d\0\0\1\0'),(lzma.FILTER_LZMA1,b'\xff\0\0\1\0'),(-1,b''),(1<<70,b'')]: print(a,show(lzma._decode_filter_properties,*a))
print(lzma.LZMAError.__mro__,lzma.LZMAError,{n:getattr(_lzma,n) for n in dir(_lzma) if isinstance(getattr(_lzma,n),int)})
for f in (_lzma.is_check_supported,_lzma._encode_filter_properties,_lzma._decode_filter_properties): print(f.__text_signature__)
print(show(lzma.decompress,xz[:-5]),show(lzma.decompress,b''),show(lzma.decompress,b'xx'*20),show(lzma.decompress,lzma.compress(b'a')+lzma.compress(b'b')),show(lzma.decompress,xz,memlimit=1000))
f=io.BytesIO()
with lzma.open(f,'wt',encoding='utf-8') as b: b.write('grüße\n'*1000)
f.seek(0)
with lzma.open(f,'rt',encoding='utf-8') as b: print(b.readline(),len(b.read()),b.seek(0),b.readline())
import collections
class M(collections.UserDict): pass
print(isinstance(show(C,filters=[M(id=33)]),C),show(C,filters=[collections.OrderedDict(id=33)])!=0)
