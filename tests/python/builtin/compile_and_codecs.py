# compile() with top-level await, from __future__ in wrong places, file names of other kinds; $PYTHONBREAKPOINT; escapes and cut-off UTF-8.
import ast
from ast import PyCF_ALLOW_TOP_LEVEL_AWAIT as A
import asyncio,types
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
for s in ('import asyncio\na = 1\nawait asyncio.sleep(0, result=1)','async def f(): return 3\na=await f()','a=[i async for i in g()]','async with q: pass'):
    for mode in ('exec','single'):
        try:
            co=compile(s,'?',mode,flags=A); print(mode, co.co_flags & 0x80, co.co_names)
            g={}
            r=eval(co,g)
            if type(r).__name__=='coroutine': asyncio.run(r)
            print(g.get('a'))
        except Exception as e: print(type(e).__name__,e)
co=compile('await asyncio.sleep(0, result=3)','?','eval',flags=A)
t(lambda: asyncio.run(eval(co,{'asyncio':asyncio})))
t(lambda: asyncio.run(types.FunctionType(co,{'asyncio':asyncio})()))
import os,sys
for v in ('.','..','.foobar','foobar.','.int','int.','nope','no.such','sys.nope','','0','len'):
    os.environ['PYTHONBREAKPOINT']=v
    import warnings
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        t(lambda: breakpoint([1,2]) if v=='len' else breakpoint())
        print(v,[str(x.message) for x in w])
for s in ('from __future__ import *','"""d"""\nfrom __future__ import absolute_import\n"spam, bar"\nfrom __future__ import print_function','from __future__ import (absolute_import,\n braces)','def f():\n from __future__ import nested_scopes','from __future__ import nested_scopes, rested_snopes','class C:\n from __future__ import nested_scopes','import x\nfrom __future__ import division','x=1;from __future__ import division','from __future__ import division;x=1\nfrom __future__ import annotations','"a";"b"\nfrom __future__ import annotations'):
    try: compile(s,'f','exec'); print('ok')
    except SyntaxError as e: print(e, e.lineno,e.offset)
t(lambda: compile('1',b'f','eval').co_filename); 
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    t(lambda: compile('1',bytearray(b'f'),'eval').co_filename); t(lambda: compile('1',memoryview(b'f'),'eval').co_filename); t(lambda: compile('1',list(b'f'),'eval').co_filename); print([str(x.message) for x in w])
import codecs
for f in (codecs.escape_decode, codecs.unicode_escape_decode):
  for b in (b'\\z',b'\\8',b'\\501',b'\\n\\q',b'\\\\'):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        t(lambda: f(b)); print([(x.category.__name__,str(x.message)) for x in w])
d=codecs.getincrementaldecoder('utf-8')('surrogatepass')
t(lambda: (d.decode(b'\xed'),d.decode(b'\xa0'),d.decode(b'\x80'), d.decode(b'',True)))
d=codecs.getincrementaldecoder('utf-8')('surrogatepass'); t(lambda: (d.decode(b'\xed'),d.decode(b'\xb0'),d.decode(b'\x80x\xed\xa0')))
d=codecs.getincrementaldecoder('utf-8')('strict'); t(lambda: (d.decode(b'\xed'),d.decode(b'\xa0')))
d=codecs.getincrementaldecoder('utf-8')('replace'); t(lambda: (d.decode(b'\xed'),d.decode(b'\xa0'),d.decode(b'\x80')))
t(lambda: b'\xed\xa0'.decode('utf-8','surrogatepass')); t(lambda: b'\xed\xa0\x80'.decode('utf-8','surrogatepass'))
m=memoryview(bytearray(b'abc')); t(lambda: m.__setitem__(0,b'd'))
