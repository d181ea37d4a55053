"""What json reads, writes and refuses: every kind of literal, hook, option and fault."""

import builtins
def print(*a): builtins.print(*(x if isinstance(x,str) and x.isascii() else ascii(x) for x in a))
import json, _json, math, sys
sys.set_int_max_str_digits(4300)
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
docs=['','  ','null','true','false','nul','tru','-','-a','0','00','01','-0','1.','1.5','1e','1e5','1E+5','-1.5e-3','1e400','-1e400','123456789012345678','1234567890123456789','-9223372036854775808','1'*40,'1'*5000,'"','"a','"a"','"\\','"\\u','"\\u12','"\\u12"','"\\u1234','"\\u1234"','"\\ud83d\\ude00"','"\\ud83d"','"\\ud83dx"','"\\ud83d\\u0041"','"\\ud83d\\uzzzz"','"\\ude00"','"\\x"','"\\n\\t\\r\\b\\f\\/\\"\\\\"','"\t"','"\x00"','"é€😀"','"é\\n"','"€\\u00e9"','[','[]','[ ]','[1','[1,','[1,]','[1 2]','[,]','[1, 2 , 3 ]','{','{}','{ }','{"a"','{"a":','{"a":1','{"a":1,','{"a":1,}','{a:1}','{"a" 1}','{"a":1 "b":2}','{"a":1,"a":2}','{1:2}','NaN','Infinity','-Infinity','-Inf','[NaN]','nan','1 2','[1]]','\ufeff1',' [1 ] ','{"a":[{"b":null}],"c":{"d":[[]]}}','"€','[€]','{"€":"é","é":1.5e3,"😀":[1,-2.5,12345678901234567890]}','"a\nb"','\x0b1','[1\x0c]','"' + 'x'*100+'"', '{"'+'k'*80+'":1}', '[1.0,2.50,1e22,1e23,123456789.123456789,0.1,5e-324,2.2250738585072014e-308,1.7976931348623157e308,9007199254740993,0.30000000000000004]']
for d in docs:
    print(repr(d)[:60],show(json.loads,d),show(json.loads,d,strict=False) if '\t' in d or '\n' in d else '',show(json.JSONDecoder().raw_decode,d))
    print('   ',show(json.loads,d,parse_float=lambda s:('f',s),parse_int=lambda s:('i',s),parse_constant=lambda s:('c',s),object_pairs_hook=lambda p:p),show(json.loads,d,object_hook=lambda o:sorted(o)))
class A:
    def __repr__(s): return 'A'
class I(int):
    def __repr__(s): return 'I!'
class F(float):
    def __repr__(s): return 'F!'
class S(str): pass
class L(list): pass
class D(dict):
    def items(s): return [('x',1),('y',[2])]
class T(tuple): pass
import collections, enum
class E(enum.IntEnum): A=3
rec=[1]; rec.append(rec); rd={}; rd['a']={'b':rd}
vals=[None,True,False,0,-1,1<<61,-(1<<61)-1,1<<70,10**30,1.0,-0.0,1e100,1.5,0.1,1e16,1e-7,float('inf'),float('-inf'),float('nan'),'','a','"\\/\b\f\n\r\t\x00\x1f\x7f\x80é€😀\ud800','x'*300,[],(),{},[[]],[()],{'a':{}},[1,2.5,'x',None,True],{'b':1,'a':[1,{'c':2}]},{1:2,2.5:3,None:4,True:5,False:6,float('inf'):7},{(1,2):3},{A():1},A(),[A()],I(5),F(2.5),S('hé'),L([1,2]),D(a=1),D(),T((1,)),collections.OrderedDict([('z',1),('a',2)]),collections.namedtuple('P','x y')(1,2),E.A,{E.A:E.A},{I(3):1},{F(1.5):1},{S('k'):1},rec,rd,b'x',{1,2},range(3),{'a':1,1:2},[[[1]]]]
for v in vals:
    print(repr(v)[:50],show(json.dumps,v))
    for k in (dict(ensure_ascii=False),dict(sort_keys=True),dict(skipkeys=True),dict(allow_nan=False),dict(separators=(',',':')),dict(check_circular=False) if v is not rec and v is not rd else {},dict(default=lambda o:['def',str(type(o).__name__)]),dict(default=lambda o:o),dict(indent=2)): print('   ',sorted(k),show(json.dumps,v,**k))
deep=[]; 
for i in range(100000): deep=[deep]
print(show(json.dumps,deep)[0],show(json.loads,'['*100000)[0],show(json.loads,'{"a":'*100000)[0])
print(show(json.dumps,A(),default=lambda o:A())[0])
e=json.encoder
for a in [(),(1,)*9,({},None,None,None,None,': ',0,0,0),({},None,None,None,':',5,0,0,0),({},None,None,None,5,5,0,0,0),({},None,lambda s:5,None,':',',',0,0,0),({},None,lambda s:'<%s>'%s,None,'€',' ; ',0,0,0),({},None,e.encode_basestring,None,':',',',1,1,1)]:
    x=show(e.c_make_encoder,*a); print(a if len(a)<3 else a[3:],x if isinstance(x,tuple) else (show(x,['a',{'k€':1}],0),show(x,1),show(x,1,2,3),show(x,obj=1,_current_indent_level=0),show(x,1,'a'),x.indent,x.key_separator,x.item_separator,x.sort_keys,x.skipkeys))
s=json.JSONDecoder().scan_once
print(show(s,'[1]',0),show(s,'[1]',-1),show(s,'[1]',3),show(s,'[1]',5),show(s,b'1',0),show(s,'1'),show(s,string='12',idx=1),show(s,'1','a'),s.strict,s.object_hook,s.object_pairs_hook,s.parse_float,s.parse_int)
print(show(json.scanner.c_make_scanner),show(json.scanner.c_make_scanner,5),show(setattr,s,'strict',1))
for a in [('abc"',0),('abc"',-1),('abc"',4),('abc"',5),('a\tb"',0),('a\tb"',0,False),('a\tb"',0,True),(b'a',0),('a',),('a','b'),('"x',1),('a',0,1,2),('€"',0),('a"b',0),('\\u00e9\\n"z',0)]: print(a,show(_json.scanstring,*a))
for a in ['','é','"',5,None,b'a','\ud800','\U0010ffff','a'*20+'\x7f'+'b'*20]: print(repr(a),show(_json.encode_basestring,a),show(_json.encode_basestring_ascii,a))
print(show(_json.encode_basestring),show(_json.encode_basestring_ascii,'a','b'))
x=json.loads('[{"name":1,"v":2},{"name":3,"v":4}]'); print([a is b for a,b in zip(x[0],x[1])])
class Bad(dict):
    def items(s): return 5
class Bad2(dict):
    def items(s): return [(1,2,3)]
class Bad3(dict):
    def items(s): return iter([1])
for b in (Bad(a=1),Bad2(a=1),Bad3(a=1)): print(show(json.dumps,b),show(json.dumps,b,sort_keys=True))
def mut(o): d.clear(); return 'gone'
d={'a':A(),'b':1}; print(show(json.dumps,d,default=mut),d)
l=[1,A(),2,3]
print(show(json.dumps,l,default=lambda o:l.clear() or 'x'))
print(json.JSONEncoder(separators=(',',':'),ensure_ascii=False).encode({'é':['€',1]}),list(json.JSONEncoder(indent=1).iterencode([1,{'a':2}])))
