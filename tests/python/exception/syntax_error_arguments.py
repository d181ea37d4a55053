"""What SyntaxError takes as details."""
def t(f):
    try: e=f(); print(e.args, e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, str(e))
    except Exception as e: print(type(e).__name__, e)
for d in ((),(1,),(1,2),(1,2,3),(1,2,3,4),(1,2,3,4,5),(1,2,3,4,5,6),(1,2,3,4,5,6,7),5,None,'abcd','abcdef',[1,2,3,4],{1:2,2:3,3:4,4:5},(None,None,None,None),range(4),iter((1,2,3,4))):
    t(lambda: SyntaxError('m',d)); t(lambda: IndentationError('m',d))
t(lambda: SyntaxError()); t(lambda: SyntaxError('m')); t(lambda: SyntaxError('m',(1,2,3,4),5)); t(lambda: SyntaxError('m', x=1)); t(lambda: SyntaxError('m',('f.py',3,None,None)));t(lambda: SyntaxError('m',('d/f.py','3',None,None)));t(lambda: SyntaxError(None,('d/f.py',2**70,None,None)))
