# cmath: every function over ordinary and special arguments; ordinary results to twelve digits, special ones exactly.
import cmath
import math

inf, nan = cmath.inf, cmath.nan
parts = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e-310, 1e200, -1e308, 710.0, inf, -inf, nan]


def shown(x, unsigned=False):
    if isinstance(x, tuple):
        return tuple(map(shown, x))
    if unsigned:   # C99 leaves open the signs of zeros and infinities that come of NaNs and of infinite angles
        x = complex(abs(x.real), abs(x.imag)) if isinstance(x, complex) else abs(x)
    if isinstance(x, complex):
        return f"{shown(x.real)} {shown(x.imag)}j"
    if x != x:
        return "nan"
    if x == 0 or math.isinf(x):
        return str(x)
    return "tiny" if abs(x) < 1e-290 else f"{x:.11e}"


functions = [cmath.acos, cmath.acosh, cmath.asin, cmath.asinh, cmath.atan, cmath.atanh, cmath.cos, cmath.cosh, cmath.exp, cmath.log, cmath.log10, cmath.phase,
             cmath.polar, cmath.sin, cmath.sinh, cmath.sqrt, cmath.tan, cmath.tanh, cmath.isfinite, cmath.isinf, cmath.isnan]
for f in functions:
    for re in parts:
        row = []
        for im in parts:
            try:
                if f is cmath.phase and abs(re) > 1e100 and abs(im) < 1e-300:
                    continue   # CPython reports an underflow of atan2 as overflow
                row.append(shown(f(complex(re, im)), re != re or im != im or math.isinf(im) or math.isinf(re)))
            except Exception as e:
                row.append(f"{type(e).__name__}: {e}")
        print(f.__name__, re, row)
for r in parts:
    row = []
    for phi in (0.0, -0.0, 1.0, -2.0, math.pi, inf, -inf, nan):
        try:
            row.append(shown(cmath.rect(r, phi)))
        except Exception as e:
            row.append(f"{type(e).__name__}: {e}")
    print("rect", r, row)


class C:
    def __complex__(self): return 3 + 4j


class F:
    def __float__(self): return 2.0


class I:
    def __index__(self): return 9


class Bad:
    def __complex__(self): return 1.0


for call in (lambda: cmath.sqrt(C()), lambda: cmath.sqrt(F()), lambda: cmath.sqrt(I()), lambda: cmath.sqrt(Bad()), lambda: cmath.sqrt("1"), lambda: cmath.sqrt(), lambda: cmath.log(8, 2), lambda: cmath.log(0),
             lambda: cmath.log(1, 0), lambda: cmath.log(2, 1), lambda: cmath.isclose(1, 1 + 1e-10), lambda: cmath.isclose(1, 2, rel_tol=-1), lambda: cmath.isclose(1j, 1.1j, abs_tol=0.2), lambda: cmath.isclose(inf, inf),
             lambda: cmath.isclose(complex(nan, 0), 0), lambda: cmath.rect("a", 1), lambda: cmath.sqrt(True), lambda: cmath.polar(10**400)):
    try:
        r = call()
        print(r if isinstance(r, bool) else shown(r))
    except Exception as e:
        print(type(e).__name__, e)
print(cmath.pi, cmath.e, cmath.tau, cmath.infj, cmath.nanj, cmath.sqrt.__text_signature__, cmath.log.__text_signature__)
