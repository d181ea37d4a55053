# StringIO and TextIOWrapper with newlines of all kinds, null characters in them.
import io
def T(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
for nl in (None,'','\n','\r','\r\n','\0','\n\0','\r\0','\r\n\0','a','\0\n',5,b'\n'):
    print(repr(nl)); T(lambda: io.StringIO('a\nb\rc\r\nd\0e\0\n', newline=nl).readlines()); T(lambda: io.StringIO('a\nb\r\n\0', newline=nl).getvalue()); T(lambda: io.StringIO(newline=nl).newlines)
    def g():
        s=io.StringIO(newline=nl); s.write('x\ny\rz\r\n\0w'); return s.getvalue(), s.newlines
    T(g)
    T(lambda: io.TextIOWrapper(io.BytesIO(b'a\nb\rc\r\nd\0e'), newline=nl).readlines())
    T(lambda: io.StringIO('a', newline=nl).__getstate__())
s=io.StringIO()
for st in (('x','\0',0,None),('x','\n\0',0,None),('x','\r',0,{}),('x',5,0,None),('x','q',0,None)):
    T(lambda: s.__setstate__(st)); T(lambda: s.getvalue())
    T(lambda: open('/dev/null', newline='\0')); T(lambda: open('/dev/null', newline='\n\0'))
