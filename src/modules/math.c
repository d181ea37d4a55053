// math: the functions of real numbers, on the C library. Sums and norms are in math_sums.c, integers in math_integers.c.
//
// Errors follow one rule: a NaN out of no NaN is a domain error, an infinity out of finite numbers a range error (or a pole: domain error).
#include "modules/math.h"

#include <errno.h>
#include <limits.h>
#include <math.h>

#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define FN(name) static MATH(name)
#define UNUSED MATH_UNUSED

static const double pi = 3.141592653589793238462643383279502884197;

Value math_domain_error(Thread *t) { return raise_value_error(t, "math domain error"); }
Value math_range_error(Thread *t) { return raise_overflow(t, "math range error"); }

bool math_as_double(Thread *t, Value v, double *out) {
  *out = v_is_float(v) ? float_value(v) : number_as_double(t, v);
  return *out != -1.0 || !error_pending(t);
}

// --- One argument ---------------------------------------------------------------------------------------------------------------------------

static Value apply1(Thread *t, Value arg, double (*f)(double), bool can_overflow) {
  double x;
  if (!math_as_double(t, arg, &x)) return V_NULL;
  double r = f(x);
  if (isnan(r) && !isnan(x)) return math_domain_error(t);
  if (isinf(r) && isfinite(x)) return can_overflow ? math_range_error(t) : math_domain_error(t);
  return float_new(t, r);
}

#define FUNCTION1(name, f, can_overflow) FN(name) { UNUSED; return apply1(t, args[0], f, can_overflow); }
FUNCTION1(acos, acos, false)
FUNCTION1(acosh, acosh, false)
FUNCTION1(asin, asin, false)
FUNCTION1(asinh, asinh, false)
FUNCTION1(atan, atan, false)
FUNCTION1(atanh, atanh, false)
FUNCTION1(cbrt, cbrt, false)
FUNCTION1(cos, cos, false)
FUNCTION1(cosh, cosh, true)
FUNCTION1(erf, erf, false)
FUNCTION1(erfc, erfc, false)
FUNCTION1(exp, exp, true)
FUNCTION1(exp2, exp2, true)
FUNCTION1(expm1, expm1, true)
FUNCTION1(fabs, fabs, false)
FUNCTION1(log1p, log1p, false)
FUNCTION1(sin, sin, false)
FUNCTION1(sinh, sinh, true)
FUNCTION1(sqrt, sqrt, false)
FUNCTION1(tan, tan, false)
FUNCTION1(tanh, tanh, false)
FUNCTION1(gamma, math_gamma_of, true)
FUNCTION1(lgamma, math_lgamma_of, true)

FN(degrees) {
  UNUSED;
  double x;
  return math_as_double(t, args[0], &x) ? float_new(t, x * (180.0 / pi)) : V_NULL;
}
FN(radians) {
  UNUSED;
  double x;
  return math_as_double(t, args[0], &x) ? float_new(t, x * (pi / 180.0)) : V_NULL;
}

#define TEST1(name, test)                                           \
  FN(name) {                                                        \
    UNUSED;                                                         \
    double x;                                                       \
    return math_as_double(t, args[0], &x) ? v_from_bool(test(x)) : V_NULL; \
  }
TEST1(isfinite, isfinite)
TEST1(isinf, isinf)
TEST1(isnan, isnan)

FN(frexp) {
  UNUSED;
  double x;
  int exponent = 0;
  if (!math_as_double(t, args[0], &x)) return V_NULL;
  if (x != 0 && isfinite(x)) x = frexp(x, &exponent);
  return tuple_from_stolen(t, (Value[]){float_new(t, x), v_from_smi(exponent)}, 2);
}

FN(modf) {
  UNUSED;
  double x, whole;
  if (!math_as_double(t, args[0], &x)) return V_NULL;
  double fraction = modf(x, &whole);
  return tuple_from_stolen(t, (Value[]){float_new(t, fraction), float_new(t, whole)}, 2);
}

FN(ulp) {
  UNUSED;
  double x;
  if (!math_as_double(t, args[0], &x)) return V_NULL;
  x = fabs(x);
  if (isnan(x) || isinf(x)) return float_new(t, x);
  double next = nextafter(x, INFINITY);
  return float_new(t, isinf(next) ? x - nextafter(x, 0) : next - x);
}

// floor and ceil: the type's own method if it has one.
static Value round_to_int(Thread *t, Value v, Value method, double (*f)(double)) {
  if (!v_is_float_exact(v)) {
    Value bound;
    int found = object_lookup_special(t, v, method, &bound);
    if (found < 0) return V_NULL;
    if (found) {
      Value r = object_call0(t, bound);
      v_drop(t, bound);
      return r;
    }
  }
  double x;
  return math_as_double(t, v, &x) ? int_from_double(t, f(x)) : V_NULL;
}
FN(floor) { UNUSED; return round_to_int(t, args[0], N(__floor__), floor); }
FN(ceil) { UNUSED; return round_to_int(t, args[0], N(__ceil__), ceil); }

FN(trunc) {
  UNUSED;
  if (v_is_float_exact(args[0])) return int_from_double(t, float_value(args[0]));
  Value bound;
  int found = object_lookup_special(t, args[0], N(__trunc__), &bound);
  if (found < 0) return V_NULL;
  if (!found) return raise_type_error(t, "type %.100T doesn't define __trunc__ method", args[0]);
  Value r = object_call0(t, bound);
  v_drop(t, bound);
  return r;
}

// --- Logarithms ---------------------------------------------------------------------------------------------------------------------------

// Ints beyond the floats are taken apart: log(m * 2**e) = log(m) + e * log(2).
static Value logarithm(Thread *t, Value v, double (*f)(double)) {
  if (v_is_int(v)) {
    if (int_sign(v) <= 0) return math_domain_error(t);
    double x = int_as_double(t, v);
    if (x != -1.0 || !error_pending(t)) return float_new(t, f(x));
    if (!error_matches(t, &exc_OverflowError)) return V_NULL;
    error_clear(t);
    int64_t exponent;
    x = int_frexp(v, &exponent);
    return float_new(t, f(x) + f(2.0) * (double)exponent);
  }
  return apply1(t, v, f, false);
}

FN(log) {
  (void)self;
  if (native_no_keywords(t, "log", kwnames) < 0) return V_NULL;
  if (nargs < 1 || nargs > 2) return raise_type_error(t, "math.log requires 1 to 2 arguments");
  Value x = logarithm(t, args[0], log);
  if (nargs == 1 || v_is_null(x)) return x;
  Value base = logarithm(t, args[1], log);
  Value r = v_is_null(base) ? V_NULL : number_binary(t, x, base, OP_TRUE_DIVIDE);
  v_drop(t, x);
  v_drop(t, base);
  return r;
}
FN(log2) { UNUSED; return logarithm(t, args[0], log2); }
FN(log10) { UNUSED; return logarithm(t, args[0], log10); }

// --- Two arguments -------------------------------------------------------------------------------------------------------------------------

static bool two_doubles(Thread *t, const Value *args, double *x, double *y) {
  return math_as_double(t, args[0], x) && math_as_double(t, args[1], y);
}

static Value apply2(Thread *t, const Value *args, double (*f)(double, double)) {
  double x, y;
  if (!two_doubles(t, args, &x, &y)) return V_NULL;
  double r = f(x, y);
  if (isnan(r) && !isnan(x) && !isnan(y)) return math_domain_error(t);
  if (isinf(r) && isfinite(x) && isfinite(y)) return math_range_error(t);
  return float_new(t, r);
}
FN(atan2) { UNUSED; return apply2(t, args, atan2); }
FN(copysign) {
  UNUSED;
  double x, y;
  return two_doubles(t, args, &x, &y) ? float_new(t, copysign(x, y)) : V_NULL;
}
FN(fmod) { UNUSED; return apply2(t, args, fmod); }
FN(remainder) { UNUSED; return apply2(t, args, remainder); }
FN(nextafter) {
  UNUSED;
  double x, y;
  return two_doubles(t, args, &x, &y) ? float_new(t, nextafter(x, y)) : V_NULL;
}

FN(pow) {
  UNUSED;
  double x, y;
  if (!two_doubles(t, args, &x, &y)) return V_NULL;
  double r = pow(x, y);
  if (isfinite(x) && isfinite(y)) {
    if (isnan(r) || (isinf(r) && x == 0)) return math_domain_error(t);
    if (isinf(r)) return math_range_error(t);
  }
  return float_new(t, r);
}

FN(ldexp) {
  UNUSED;
  double x;
  if (!math_as_double(t, args[0], &x)) return V_NULL;
  if (!v_is_int(args[1])) return raise_type_error(t, "Expected an int as second argument to ldexp.");
  int64_t exponent;
  if (!int_as_i64(args[1], &exponent)) exponent = int_sign(args[1]) < 0 ? INT64_MIN : INT64_MAX;
  if (x == 0 || !isfinite(x)) return float_new(t, x);
  if (exponent > INT_MAX) return math_range_error(t);
  if (exponent < INT_MIN) return float_new(t, copysign(0, x));
  double r = ldexp(x, (int)exponent);
  return isinf(r) ? math_range_error(t) : float_new(t, r);
}

bool math_tolerances(Thread *t, Value relative, Value absolute, double out[2]) {
  out[0] = 1e-9;
  out[1] = 0;
  if (!v_is_absent(relative) && !math_as_double(t, relative, &out[0])) return false;
  if (!v_is_absent(absolute) && !math_as_double(t, absolute, &out[1])) return false;
  if (!(out[0] < 0 || out[1] < 0)) return true;   // NaNs pass
  raise_value_error(t, "tolerances must be non-negative");
  return false;
}

FN(isclose) {
  UNUSED;
  double a, b, tolerance[2];
  if (!two_doubles(t, args, &a, &b) || !math_tolerances(t, args[2], args[3], tolerance)) return V_NULL;
  if (a == b) return V_TRUE;
  if (isinf(a) || isinf(b)) return V_FALSE;
  double difference = fabs(b - a);
  return v_from_bool(difference <= fabs(tolerance[0] * b) || difference <= fabs(tolerance[0] * a) || difference <= tolerance[1]);
}

// --- The module -----------------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"acos($module, x, /)", math_acos, "The angle in radians whose cosine is x.", 0},
    {"acosh($module, x, /)", math_acosh, "The number whose hyperbolic cosine is x.", 0},
    {"asin($module, x, /)", math_asin, "The angle in radians whose sine is x.", 0},
    {"asinh($module, x, /)", math_asinh, "The number whose hyperbolic sine is x.", 0},
    {"atan($module, x, /)", math_atan, "The angle in radians whose tangent is x.", 0},
    {"atan2($module, y, x, /)", math_atan2, "The angle in radians of the point (x, y), in its own quadrant.", 0},
    {"atanh($module, x, /)", math_atanh, "The number whose hyperbolic tangent is x.", 0},
    {"cbrt($module, x, /)", math_cbrt, "The number whose cube is x.", 0},
    {"ceil($module, x, /)", math_ceil, "The smallest integer not below x.", 0},
    {"comb($module, n, k, /)", math_comb, "In how many ways k of n items can be chosen, whatever their order.", 0},
    {"copysign($module, x, y, /)", math_copysign, "The number as large as x and with the sign of y.", 0},
    {"cos($module, x, /)", math_cos, "The cosine of the angle x in radians.", 0},
    {"cosh($module, x, /)", math_cosh, "The hyperbolic cosine: (exp(x) + exp(-x)) / 2.", 0},
    {"degrees($module, x, /)", math_degrees, "The angle of x radians in degrees.", 0},
    {"dist($module, p, q, /)", math_dist, "How far the points p and q are from each other.", 0},
    {"erf($module, x, /)", math_erf, "Error function at x.", 0},
    {"erfc($module, x, /)", math_erfc, "The complementary error function: 1 - erf(x), precise for large x.", 0},
    {"exp($module, x, /)", math_exp, "The power of e with exponent x.", 0},
    {"exp2($module, x, /)", math_exp2, "The power of 2 with exponent x.", 0},
    {"expm1($module, x, /)", math_expm1, "Return exp(x)-1, precise for small x.", 0},
    {"fabs($module, x, /)", math_fabs, "The magnitude of x, as a float.", 0},
    {"factorial($module, n, /)", math_factorial, "Find n!.", 0},
    {"floor($module, x, /)", math_floor, "The largest integer not above x.", 0},
    {"fmod($module, x, y, /)", math_fmod, "The remainder of x / y with the sign of x, as C's fmod computes it.", 0},
    {"frexp($module, x, /)", math_frexp, "The pair (m, e) for which x == m * 2**e, with abs(m) in [0.5, 1).", 0},
    {"fsum($module, seq, /)", math_fsum, "The sum of the items, rounded only once.", 0},
    {"gamma($module, x, /)", math_gamma, "Gamma function at x.", 0},
    {"gcd($module, *integers)", math_gcd, "The largest integer that divides all of them.", 0},
    {"hypot(*coordinates)", math_hypot, "The length of the vector with these coordinates.", NATIVE_NO_SIGNATURE},
    {"isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)", math_isclose, "Whether a and b differ by no more than the tolerances allow.", 0},
    {"isfinite($module, x, /)", math_isfinite, "Whether x is an ordinary number: no infinity, no NaN.", 0},
    {"isinf($module, x, /)", math_isinf, "Whether x is one of the two infinities.", 0},
    {"isnan($module, x, /)", math_isnan, "Whether x is a NaN.", 0},
    {"isqrt($module, n, /)", math_isqrt, "The largest integer whose square is not above n.", 0},
    {"lcm($module, *integers)", math_lcm, "The smallest positive integer that all of them divide.", 0},
    {"ldexp($module, x, i, /)", math_ldexp, "Computes x * 2**i, which puts together what frexp(x) takes apart.", 0},
    {"lgamma($module, x, /)", math_lgamma, "The natural logarithm of abs(gamma(x)).", 0},
    {"log(x, base=math.e, /)", math_log, "The logarithm of x, to base e if none is given.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"log10($module, x, /)", math_log10, "The logarithm of x to base 10.", 0},
    {"log1p($module, x, /)", math_log1p, "The logarithm of 1 + x to base e, without loss for small x.", 0},
    {"log2($module, x, /)", math_log2, "The logarithm of x to base 2.", 0},
    {"modf($module, x, /)", math_modf, "What is behind the point and what is in front of it, as floats with the sign of x.", 0},
    {"nextafter($module, x, y, /)", math_nextafter, "The float next to x in the direction of y.", 0},
    {"perm($module, n, k=None, /)", math_perm, "In how many ways k of n items can be put in order.", 0},
    {"pow($module, x, y, /)", math_pow, "The power of x with exponent y, as a float.", 0},
    {"prod($module, iterable, /, *, start=1)", math_prod, "Multiplies all items with start.", 0},
    {"radians($module, x, /)", math_radians, "The angle of x degrees in radians.", 0},
    {"remainder($module, x, y, /)", math_remainder, "What is left of x after the nearest multiple of y.", 0},
    {"sin($module, x, /)", math_sin, "The sine of the angle x in radians.", 0},
    {"sinh($module, x, /)", math_sinh, "The hyperbolic sine: (exp(x) - exp(-x)) / 2.", 0},
    {"sqrt($module, x, /)", math_sqrt, "The number, not negative, whose square is x.", 0},
    {"tan($module, x, /)", math_tan, "The tangent of the angle x in radians.", 0},
    {"tanh($module, x, /)", math_tanh, "The hyperbolic tangent: sinh(x) / cosh(x).", 0},
    {"trunc($module, x, /)", math_trunc, "The integer part of x.", 0},
    {"ulp($module, x, /)", math_ulp, "What the last bit of x is worth.", 0},
    {0},
};

static int math_exec(Thread *t, Value m) {
  return module_add(t, m, "pi", float_new(t, pi)) < 0 || module_add(t, m, "e", float_new(t, 2.718281828459045235360287471352662497757)) < 0 ||
                 module_add(t, m, "tau", float_new(t, 2 * pi)) < 0 || module_add(t, m, "inf", float_new(t, INFINITY)) < 0 ||
                 module_add(t, m, "nan", float_new(t, NAN)) < 0
             ? -1
             : 0;
}

const ModuleDef module_math = {
    .name = "math",
    .doc = "Functions of real numbers, as C's math library has them.",
    .functions = functions,
    .exec = math_exec,
};
