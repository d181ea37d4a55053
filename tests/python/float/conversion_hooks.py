# __float__, __int__, __index__ and __complex__ that return instances of subclasses; powers of zeros and infinities.
import warnings, math, operator, struct, array
class F(float):
    def __float__(self): return 42.
class I(int): pass
class C(complex): pass
class A:
    def __float__(self): return F(3)
    def __int__(self): return I(4)
    def __index__(self): return I(5)
    def __complex__(self): return C(6,1)
class T:
    def __trunc__(self): return I(3)
class B(A):
    __index__ = None
class D:
    def __int__(self): return I(4)
class E:
    def __index__(self): return I(4)
class S(str):
    def __float__(self): return 8.5
class SB(bytes):
    def __float__(self): return 8.5
class FF(float): pass
def t(f, *a):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        try: r = f(*a)
        except BaseException as e: r = (type(e), str(e))
        print(getattr(f,'__name__',f), [type(x).__name__ for x in a], type(r).__name__, r, [str(x.message) for x in w])
for f in (float, complex, int, math.sqrt, math.floor, operator.index.sqrt, bytes, range, hex, math.trunc, bool):
    for v in (A(), T(), D(), E(), F(7), FF(7), S('8'), SB(b'8'), I(3), C(1,2)):
        t(f, v)
t(complex, 1, A()); t(complex, A(), A()); t(complex, F(3), F(4)); t(complex, C(3,4), C(1,2)); t(round, A()); t(divmod, F(3), 2); t(complex, S('8')); t(struct.pack, 'd', A()); t(struct.pack, 'd', F(2)); t(array.array, 'd', [F(2), A()])
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    print('%f' % F(2), '%d' % D(), '%x' % E(), F(2)+1, abs(F(2)), +F(2))
INF, NAN = float('inf'), float('nan')
for x in (0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, INF, -INF, NAN):
    for y in (0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, INF, -INF, NAN):
        try: r = repr(pow(x, y))
        except Exception as e: r = repr(e)
        print(x, y, r)
