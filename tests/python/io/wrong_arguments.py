"""Streams that refuse: base classes, bad modes, readline() overridden, descriptors that are none."""
import io, os
open('f.txt','w').write('a\nb\n')
def mk(base, ret):
    class I(base):
        def readline(self, *a):
            r = super().readline(*a); return ret(r)
    return I
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
up=lambda r: r.upper()
t(lambda: list(mk(io.StringIO,up)('a\nb')))
t(lambda: list(mk(io.StringIO,lambda r: 5)('a\nb')))
t(lambda: list(mk(io.StringIO,lambda r: None)('a\nb')))
t(lambda: list(mk(io.BytesIO,up)(b'a\nb')))
t(lambda: list(mk(io.BytesIO,lambda r: 5)(b'a\nb')))
t(lambda: list(mk(io.TextIOWrapper,up)(io.BytesIO(b'a\nb'))))
t(lambda: list(mk(io.TextIOWrapper,lambda r: 5)(io.BytesIO(b'a\nb'))))
t(lambda: list(mk(io.BufferedReader,up)(io.FileIO('f.txt'))))
t(lambda: list(mk(io.BufferedReader,lambda r: 5)(io.FileIO('f.txt'))))
t(lambda: list(mk(io.BufferedReader,lambda r: 'x')(io.FileIO('f.txt'))))
t(lambda: list(mk(io.FileIO,up)('f.txt')))
t(lambda: list(mk(io.FileIO,lambda r: 5)('f.txt')))
t(lambda: mk(io.FileIO,up)('f.txt').readlines())
t(lambda: mk(io.StringIO,up)('a\nb\n').readlines())
t(lambda: mk(io.BytesIO,up)(b'a\nb\n').readlines())
t(lambda: mk(io.TextIOWrapper,up)(io.BytesIO(b'a\nb')).readlines())
class R(io.RawIOBase):
    def readable(self): return True
    def writable(self): return True
class NotBytes(R):
    def read(self, n=-1): return 'text'
for f in (lambda: io.BufferedReader(R()).read(5), lambda: io.BufferedReader(NotBytes()).read(5), lambda: io.TextIOWrapper(NotBytes()).read(), lambda: io.TextIOWrapper(NotBytes()).readline(), lambda: io.TextIOWrapper(NotBytes()).read(2), lambda: R().read(), lambda: R().read(3), lambda: R().readall(), lambda: R().readinto(bytearray(3)), lambda: R().write(b'x'), lambda: R().readline(), lambda: R().readlines(), lambda: list(R()), lambda: R().seek(0), lambda: R().tell(), lambda: R().truncate(), lambda: R().fileno(), lambda: R().isatty(), lambda: R().seekable(), lambda: R().writelines([b'a']), lambda: R().flush(), lambda: io.IOBase().readline(), lambda: io.IOBase().read(), lambda: io.BufferedIOBase().read(), lambda: io.BufferedIOBase().read1(), lambda: io.BufferedIOBase().readinto(bytearray(1)), lambda: io.BufferedIOBase().write(b''), lambda: io.BufferedIOBase().detach(), lambda: io.TextIOBase().read(), lambda: io.TextIOBase().readline(), lambda: io.TextIOBase().write(''), lambda: io.TextIOBase().detach(), lambda: io.TextIOBase().encoding, lambda: io.TextIOBase().newlines, lambda: io.TextIOBase().errors, lambda: list(io.TextIOBase()), lambda: io.BufferedWriter(R()).write(b'x'), lambda: io.BufferedRandom(R()), lambda: io.BufferedReader(io.StringIO()), lambda: io.BufferedReader(5), lambda: io.BufferedWriter(io.FileIO('f.txt')), lambda: io.BufferedReader(io.FileIO('g.txt','w')), lambda: io.BufferedReader(R(), 0), lambda: io.BufferedReader(R(), -5), lambda: io.TextIOWrapper(5), lambda: io.TextIOWrapper(io.StringIO('a')).read(), lambda: open(99), lambda: open(99,'wb',0), lambda: io.FileIO(99), lambda: open(-1), lambda: open(2**40), lambda: open('f.txt','rw'), lambda: open('f.txt','q'), lambda: open('f.txt',''), lambda: open('f.txt','rb+',buffering=1), lambda: open('f.txt','r',buffering=0), lambda: open('f.txt','rb',encoding='utf-8'), lambda: open('f.txt','rb',newline=''), lambda: open('f.txt','rb',errors='x'), lambda: open('f.txt',newline='q'), lambda: open('f.txt',encoding='nope'), lambda: open('f.txt',errors='nope'), lambda: open('f.txt','U'), lambda: open('f.txt','xw'), lambda: open('f.txt','x'), lambda: open('f.txt','rt+b'), lambda: open('f.txt','r+x'), lambda: open('f.txt','rr'), lambda: open('f.txt', 'w', closefd=False), lambda: open('f.txt', opener=lambda p,f: -1), lambda: open('f.txt', opener=lambda p,f: 'x'), lambda: open('f.txt', opener=lambda p,f: -5), lambda: open('f.txt', opener=5)):
    t(f)
