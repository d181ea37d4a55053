"""math: all functions on ordinary and special arguments, domain and range errors, integers of any size."""

import math

inf, nan = math.inf, math.nan
for name in "acos acosh asin asinh atan atanh cbrt ceil cos cosh degrees erf erfc exp exp2 expm1 fabs floor frexp gamma isfinite isinf isnan lgamma log log10 log1p log2 modf radians sin sinh sqrt tan tanh trunc ulp".split():
    row = []
    for v in (0.0, -0.0, 0.5, -0.5, 1, -1, 2, 1e-300, 1e300, 1000, inf, -inf, nan, True):
        try:
            r = getattr(math, name)(v)
            row.append(f"{r:.14g}" if isinstance(r, float) else repr(r) if not isinstance(r, tuple) else tuple(f"{x:.14g}" for x in r))
        except (ValueError, OverflowError) as e: row.append(f"{type(e).__name__}: {e}")
    print(name, *row, sep=" | ")
for name in "atan2 copysign fmod hypot ldexp log nextafter pow remainder dist comb perm gcd lcm isclose".split():
    row = []
    for a, b in ((1, 2), (0.0, 0.0), (-1, 3), (7, 3), (2, 0.5), (inf, 1), (1, inf), (nan, 1), (1, 0), (5, 2), (-8, 2), (10, 10)):
        try:
            r = getattr(math, name)(a, b) if name != "dist" else math.dist((a, 1), (b, 2))
            row.append(f"{r:.14g}" if isinstance(r, float) else repr(r))
        except (ValueError, OverflowError, TypeError, ZeroDivisionError) as e: row.append(f"{type(e).__name__}: {e}")
    print(name, *row, sep=" | ")
print(math.pi, math.e, math.tau, math.factorial(30), math.isqrt(10**40 + 5), math.gcd(), math.gcd(12, 18, 27), math.lcm(4, 6, 10), math.prod([1, 2, 3.5]), math.prod([], start=7), math.fsum([0.1] * 10), math.fsum([1e100, 1, -1e100]), math.comb(50, 25), math.perm(10), math.perm(10, 3), math.hypot(3, 4, 12), math.log(10**400), math.log2(2**2000), math.log10(10**500), math.log(8, 2), math.floor(-2.5), math.ceil(10**30 + 0), math.isclose(1, 1 + 1e-10), math.isclose(0, 1e-12, abs_tol=1e-9), math.ldexp(0.5, 10), math.dist([1, 2, 3], [4, 6, 3]), math.copysign(1, -0.0), math.nextafter(1, 2), math.ulp(1.0), math.modf(-3.25), math.frexp(40), math.remainder(7, 4), math.trunc(-1.9), math.exp(700) > 1e300, math.pow(2, -1074), math.cbrt(27), math.exp2(10))
for bad in (lambda: math.factorial(-1), lambda: math.factorial(2.5), lambda: math.factorial("x"), lambda: math.isqrt(-1), lambda: math.isqrt(2.0), lambda: math.gcd(1.5), lambda: math.comb(-1, 2), lambda: math.comb(5, -1), lambda: math.perm(3, -1), lambda: math.sqrt("x"), lambda: math.log(0), lambda: math.log(-1), lambda: math.log(2, 0), lambda: math.log(5, 1), lambda: math.exp(1000), lambda: math.floor(nan), lambda: math.ceil(inf), lambda: math.ldexp(1, 10**10), lambda: math.fsum([1, "a"]), lambda: math.fsum([inf, -inf]), lambda: math.dist([1], [1, 2]), lambda: math.isclose(1, 2, rel_tol=-1), lambda: math.pow(0, -1), lambda: math.fmod(1, 0), lambda: math.sin(), lambda: math.sin(1, 2), lambda: math.hypot("a"), lambda: math.prod(5), lambda: math.sqrt(10**400), lambda: math.gamma(-1), lambda: math.lgamma(0), lambda: math.acos(2), lambda: math.trunc("x"), lambda: math.factorial(10**20), lambda: math.atan2(1), lambda: math.lcm("a"), lambda: math.sin(None)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
