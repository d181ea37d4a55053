"""Everything of csv: dialects, 46 lines under 19 dialects, 35 rows under 21, limits, errors and wrong calls."""

import csv, _csv, io, pickle, copy
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
print([n for n in dir(_csv) if n[:2]!='__' or n=='__version__'],_csv.__version__)
for n in dir(_csv):
    v=getattr(_csv,n)
    if n[:2]=='__' : continue
    if isinstance(v,type): print(n,v,v.__mro__,v.__text_signature__,v.__flags__>>10&1,[(x,getattr(getattr(v,x),'__text_signature__',None) if callable(getattr(v,x)) else getattr(v,x)) for x in sorted(set(vars(v))-{'__doc__','__module__','__weakref__','line_num'})])
    elif callable(v): print(n,v.__text_signature__)
    elif n!='_dialects': print(n,v)
D=_csv.Dialect
def dd(d): return (d.delimiter,d.quotechar,d.escapechar,d.doublequote,d.skipinitialspace,d.lineterminator,d.quoting,d.strict) if not isinstance(d,tuple) else d
class C1: delimiter=';'; quotechar="'"; quoting=1; strict=1; lineterminator='\n'
class C2(csv.Dialect): pass
class Bad: 
    @property
    def delimiter(self): raise KeyError('x')
for a,k in [((),{}),((1,2),{}),(('excel',),{}),(('nope',),{}),((None,),{}),((C1,),{}),((C1(),),{'delimiter':'|'}),((Bad(),),{}),((5,),{}),((),{'foo':1})]+[((),{n:v}) for n in ('delimiter','quotechar','escapechar','doublequote','skipinitialspace','lineterminator','quoting','strict') for v in (None,'','a','ab',5,b'a','é','\n','\0',' ',True,0,1.5,-1,99,'\U0001F600',[])]+[((),{'quoting':3,'quotechar':None}),((),{'quoting':0,'quotechar':None}),((),{'quoting':0,'quotechar':''}),((),{'delimiter':'a','quotechar':'a'}),((),{'strict':show,'doublequote':[]}),((),{'quoting':1<<40}),((),{'quoting':1<<70}),((),{'dialect':'excel-tab'}),((D(),),{}),((D(delimiter=';'),),{'quotechar':'x'})]:
    print([x if isinstance(x,(str,int,type(None))) else type(x).__name__ for x in a],{n:v if v is not show else 's' for n,v in k.items()},dd(show(D,*a,**k)))
d=D(); print(D(d) is d, D(d,delimiter=',') is d, show(pickle.dumps,d),show(copy.copy,d),show(setattr,d,'delimiter',';'),show(setattr,d,'strict',1),show(setattr,d,'x',1),show(delattr,d,'quoting'))
print(csv.list_dialects(),show(csv.register_dialect),show(csv.register_dialect,5),show(csv.register_dialect,'a'),show(csv.register_dialect,'b',C1),show(csv.register_dialect,'c','excel',delimiter='#'),show(csv.register_dialect,'d',foo=1),show(csv.register_dialect,'e','nope'),show(csv.register_dialect,'f',quoting=9),show(csv.register_dialect,'g',1,2))
print(sorted(csv.list_dialects()),dd(show(csv.get_dialect,'b')),dd(show(csv.get_dialect,'c')),show(csv.get_dialect,'zz'),show(csv.get_dialect,5),show(csv.get_dialect),show(csv.get_dialect,[]),show(csv.unregister_dialect,'b'),show(csv.unregister_dialect,'b'),show(csv.unregister_dialect,[]),show(csv.unregister_dialect),show(csv.list_dialects,1),sorted(csv.list_dialects()),csv.get_dialect('c') is csv.get_dialect('c'),csv.get_dialect(name='c').delimiter if 1 else '')
print(show(csv.field_size_limit),show(csv.field_size_limit,100),show(csv.field_size_limit,'a'),show(csv.field_size_limit,1.5),show(csv.field_size_limit,None),show(csv.field_size_limit,1<<70),show(csv.field_size_limit,1,2),show(csv.field_size_limit),show(csv.field_size_limit,131072),show(csv.field_size_limit,True),csv.field_size_limit(131072))
for a,k in [((),{}),((5,),{}),(([],'nope'),{}),(([],5,6),{}),(([],),{'foo':1}),((['a'],),{'delimiter':''}),((['a,b'],None),{}),(([],'excel'),{'quoting':2}),((None,),{}),(([],'excel-tab',),{'strict':True})]:
    r=show(csv.reader,*a,**k); print('reader',a,k,r if isinstance(r,tuple) else (type(r),dd(r.dialect),r.line_num))
class NoWrite: pass
class W5: write=5
for a,k in [((),{}),((5,),{}),((NoWrite(),),{}),((W5(),),{}),((io.StringIO(),'nope'),{}),((io.StringIO(),),{'foo':1})]: r=show(csv.writer,*a,**k); print('writer',len(a),k,r if isinstance(r,tuple) else (type(r),dd(r.dialect)))
lines=['','\n','\r\n','a','a,b','a,b\n','a,b\r\n','a,b\r','a\rb','a\nb','a\r\nb','"a"','"a","b"','"a,b",c','"a""b"','"a"b','"a"b,c','a"b"','"a\nb"','"a','"a\n','"a"\n','"a" ,b',' "a", "b"','a, b ,c','"",""','""','"""','""""',',','a,','"a"""','a\0b','\0','é,€,😀','a\\,b','"a\\"b"','a\\','"a\\','a\\\n','a\\\nb','1,2.5,"x"','"1",x','1,,2',"'a','b'","'a''b'",'a;b;c','a\tb',' a','  ','"a" "b"','a,"b\r\nc",d\r\n','x"y','\\','a,\\\r\n','"a\\\nb"']
opts=[{},{'strict':True},{'escapechar':'\\'},{'skipinitialspace':True},{'quoting':2},{'quoting':3},{'quoting':3,'escapechar':'\\'},{'doublequote':False},{'doublequote':False,'escapechar':'\\'},{'quotechar':"'"},{'delimiter':';'},{'delimiter':'\t'},{'quotechar':None},{'strict':True,'escapechar':'\\','doublequote':False},{'delimiter':'€'},{'quotechar':'é'},{'delimiter':' ','skipinitialspace':True},{'escapechar':'"'},{'lineterminator':'X'}]
for o in opts:
    for l in lines:
        r=csv.reader([l],**o); x=show(list,r); print(o,ascii(l),ascii(x),r.line_num)
    r=csv.reader(lines,**o); out=[]
    for _ in range(80):
        x=show(next,r); out.append(x)
        if x==('StopIteration',''): break
    print(o,ascii(out),r.line_num)
for it in (['a',5],[b'a'],[None],iter(['a','b']),'ab\nc',{'x':1},['a',['b']],[]): r=csv.reader(it); print(show(list,r),r.line_num)
def gen():
    yield 'a,b'; yield '"c'; raise KeyError('gen')
r=csv.reader(gen()); print(next(r),show(next,r),show(next,r),r.line_num)
csv.field_size_limit(5); print([show(list,csv.reader([l])) for l in ('abcde','abcdef','"abcdef"','a,b,c,d,e,f,g','"ab\ncdef"','é'*6)]); csv.field_size_limit(131072)
class Str: 
    def __str__(s): return 'S,"'
class BadStr:
    def __str__(s): raise KeyError('str')
class F(float):
    def __repr__(s): return 'F!'
rows=[[],[''],['',''],[None],[None,None],['a'],['a','b'],['a,b'],['a"b'],['"'],['a\nb'],['a\rb'],['a\r\n'],[' a'],['a '],[1,2.5,True,10**30,1e100,-0.0,float('nan'),float('inf'),0.1],[Str()],[b'x'],['é','€','😀'],['\\'],['a\\b'],['a\\"b'],["'"],['a;b','c\td'],['\0'],'abc',('t','u'),{'k':1},iter(['i','j']),[[1,2]],['#','-'],['X'],[F(1.5)],['','a'],['a',''],[' '],['\t'],[1j]]
wopts=[{},{'quoting':1},{'quoting':2},{'quoting':3},{'quoting':3,'escapechar':'\\'},{'quoting':3,'quotechar':None},{'escapechar':'\\'},{'doublequote':False},{'doublequote':False,'escapechar':'\\'},{'quotechar':"'"},{'delimiter':';','lineterminator':'\n'},{'lineterminator':'X'},{'lineterminator':''},{'lineterminator':'!!é'},{'delimiter':'€','quotechar':'é'},{'quoting':2,'escapechar':'\\','doublequote':False},{'escapechar':'"'},{'quotechar':None},{'skipinitialspace':True},{'delimiter':' '},{'delimiter':' ','skipinitialspace':True}]
for o in wopts:
    for row in rows:
        f=io.StringIO(newline=''); w=csv.writer(f,**o)
        if hasattr(row,'__next__'): row=iter(['i','j'])
        x=show(w.writerow,row); print(o,ascii(row) if not hasattr(row,'__next__') and not 'object' in repr(row) else '?',x,ascii(f.getvalue()))
f=io.StringIO(); w=csv.writer(f)
print(show(w.writerow),show(w.writerow,5),show(w.writerow,None),show(w.writerow,[BadStr()]),show(w.writerow,[1],[2]),show(w.writerows),show(w.writerows,5),show(w.writerows,[[1,2],[3]]),show(w.writerows,[[1],5]),show(w.writerows,iter([['q']])),f.getvalue(),show(setattr,w,'dialect',1),show(w.writerow,seq=[1]))
class W:
    def write(s,x): return ('wrote',x)
print(csv.writer(W()).writerow([1,'a']),csv.writer(W()).writerows([[1]]))
class WB:
    def write(s,x): raise KeyError(x)
print(show(csv.writer(WB()).writerow,[1]),show(csv.writer(WB()).writerows,[[1]]))
r=csv.reader(['a']); print(iter(r) is r,show(setattr,r,'line_num',5),show(setattr,r,'dialect',1),show(r.__next__),show(r.__next__),[n for n in dir(r) if n not in dir(object) and n!='__module__'],csv.Error.__mro__,csv.Error)
print(list(csv.DictReader(['a,b','1,2','3','4,5,6','','"x\ny",z'],restkey='r',restval='v')))
f=io.StringIO(newline=''); w=csv.DictWriter(f,['a','b'],restval='-'); w.writeheader(); w.writerows([{'a':1},{'b':2,'a':3}]); print(repr(f.getvalue()),show(w.writerow,{'c':1}))
s=csv.Sniffer(); print(s.sniff('a;b;c\n1;2;3\n4;5;6\n').delimiter,s.has_header('name,age\nbob,5\nal,6\n'),dd(csv.get_dialect('unix')),dd(csv.get_dialect('excel-tab')))
def rec():
    yield 'a,"b'; yield 'c",' + next(csv.reader(['n,m']))[1]
print(list(csv.reader(rec())))
