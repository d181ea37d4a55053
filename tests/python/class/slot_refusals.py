"""Which of several things wrong with __slots__ is named, and how instances with slots reduce."""
import copy
def att(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class A:
    __slots__=('a','b')
class B(A): __slots__ = ()
class C(A): pass
class D: __slots__ = ('__dict__',)
class E: __slots__ = ('__weakref__',)
class F: __slots__ = ('a', '__dict__')
class G(A): __slots__ = ('__weakref__','c')
for cls in (A,B,C,D,E,F,G):
    for p in (0,1,2,3,4): att(lambda: cls().__reduce_ex__(p)[1:])
    o=cls()
    try:
        o.a=1
        for p in (0,1,2): att(lambda: o.__reduce_ex__(p)[1:])
        print(copy.copy(o).a)
    except BaseException as e: print(cls, e)
def slots(bases, s, **kw):
    att(lambda: type('T', bases, {'__slots__': s, **kw}))
class P: pass
slots((P,), ('__dict__','x'), x=1)
slots((P,), ('x','__dict__'), x=1)
slots((P,), ('__dict__',))
slots((P,), ('__weakref__',))
slots((P,), ('__weakref__','x'),x=1)
slots((), ('__dict__','__dict__'))
slots((), ('__weakref__','__weakref__','x'),x=1)
slots((int,), ('a','1b'))
slots((int,), ('__dict__','x'))
slots((int,), ('__weakref__',))
slots((), ('a', 5, '1'), a=1)
slots((), ('1', 'a'), a=1)
slots((), ('__class__',))
slots((), ('__qualname__',))
slots((), ('a','a'))
slots((), 'ab'); slots((), {'a': 1}); slots((), iter(['a', 'b'])); slots((), b'ab')
