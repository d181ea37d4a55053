// cmath: the functions of complex numbers. Those of infinities and NaNs are the C library's, whose special values are those of C99's Annex G, as CPython's are.
//
// Errors: a pole, and an infinite angle, are domain errors; an infinity out of finite numbers is a range error.
#include <complex.h>
#include <math.h>

#include "modules/cmath_finite.h"
#include "modules/math.h"
#include "objects/complex.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"

typedef double complex Complex_;
typedef enum Outcome { FINE, DOMAIN_ERROR, RANGE_ERROR } Outcome;

#define CMATH(name) static Value cmath_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)self, (void)nargs, (void)kwnames

static bool argument(Thread *t, Value v, Complex_ *z) {
  double real, imag;
  if (number_as_complex(t, v, &real, &imag) < 0) return false;
  *z = CMPLX(real, imag);
  return true;
}

static Value result(Thread *t, Complex_ z) { return complex_new(t, creal(z), cimag(z)); }

static bool is_finite(Complex_ z) { return isfinite(creal(z)) && isfinite(cimag(z)); }
static bool overflowed(Complex_ from, Complex_ to) { return is_finite(from) && (isinf(creal(to)) || isinf(cimag(to))); }

// --- Which arguments are errors ---------------------------------------------------------------------------------------------------------------

static Outcome never(Complex_ z, Complex_ r) { return (void)z, (void)r, FINE; }
static Outcome pole_of_atanh(Complex_ z, Complex_ r) { return (void)r, fabs(creal(z)) == 1 && cimag(z) == 0 ? DOMAIN_ERROR : FINE; }
static Outcome pole_of_atan(Complex_ z, Complex_ r) { return (void)r, creal(z) == 0 && fabs(cimag(z)) == 1 ? DOMAIN_ERROR : FINE; }
static Outcome pole_of_log(Complex_ z, Complex_ r) { return (void)r, z == 0 ? DOMAIN_ERROR : FINE; }

// The angle is the imaginary part (cosh, sinh) or the real one (cos, sin).
static Outcome angle_imag(Complex_ z, Complex_ r) {
  return isinf(cimag(z)) && !isnan(creal(z)) ? DOMAIN_ERROR : overflowed(z, r) ? RANGE_ERROR : FINE;
}
static Outcome angle_real(Complex_ z, Complex_ r) {
  return isinf(creal(z)) && !isnan(cimag(z)) ? DOMAIN_ERROR : overflowed(z, r) ? RANGE_ERROR : FINE;
}
static Outcome angle_of_exp(Complex_ z, Complex_ r) {
  bool grows = isfinite(creal(z)) || (isinf(creal(z)) && creal(z) > 0);
  return isinf(cimag(z)) && grows ? DOMAIN_ERROR : overflowed(z, r) ? RANGE_ERROR : FINE;
}
static Outcome angle_of_tanh(Complex_ z, Complex_ r) { return (void)r, isinf(cimag(z)) && isfinite(creal(z)) ? DOMAIN_ERROR : FINE; }
static Outcome angle_of_tan(Complex_ z, Complex_ r) { return (void)r, isinf(creal(z)) && isfinite(cimag(z)) ? DOMAIN_ERROR : FINE; }

// --- One argument ---------------------------------------------------------------------------------------------------------------------------------

static Value apply(Thread *t, Value arg, Complex_ (*f)(Complex_), Outcome (*judge)(Complex_ z, Complex_ r)) {
  Complex_ z;
  if (!argument(t, arg, &z)) return V_NULL;
  Complex_ r = f(z);
  Outcome outcome = judge(z, r);
  return outcome == FINE ? result(t, r) : outcome == DOMAIN_ERROR ? math_domain_error(t) : math_range_error(t);
}

// Infinities and NaNs, where the C library, by a later edition of the standard than CPython follows, knows one part although the other is a NaN,
// or where the standard leaves a sign open.
static Complex_ acos_of(Complex_ z) { return isinf(creal(z)) && isnan(cimag(z)) ? CMPLX(NAN, INFINITY) : cacos(z); }
static Complex_ acosh_of(Complex_ z) { return creal(z) == 0 && isnan(cimag(z)) ? CMPLX(NAN, NAN) : cacosh(z); }
static Complex_ cosh_of(Complex_ z) { return isnan(creal(z)) && cimag(z) == 0 ? CMPLX(NAN, 0) : ccosh(z); }
static Complex_ sinh_of(Complex_ z) { return creal(z) == 0 && isnan(cimag(z)) ? CMPLX(0, NAN) : csinh(z); }
static Complex_ exp_of(Complex_ z) { return creal(z) == -INFINITY && !isfinite(cimag(z)) ? CMPLX(0, 0) : cexp(z); }
static Complex_ tanh_of(Complex_ z) {
  if (isinf(creal(z)) && isinf(cimag(z))) return CMPLX(copysign(1, creal(z)), 0);
  return creal(z) == 0 && isnan(cimag(z)) ? CMPLX(NAN, NAN) : ctanh(z);
}

// f of i times z, and that divided by i.
static Complex_ turned(Complex_ (*f)(Complex_), Complex_ z) { return f(CMPLX(-cimag(z), creal(z))); }
static Complex_ turned_back(Complex_ z) { return CMPLX(cimag(z), -creal(z)); }
static Complex_ asinh_of(Complex_ z) { return isnan(creal(z)) && isinf(cimag(z)) ? CMPLX(INFINITY, NAN) : casinh(z); }
static Complex_ atanh_of(Complex_ z) { return isnan(creal(z)) && isinf(cimag(z)) ? CMPLX(0, copysign(M_PI_2, cimag(z))) : catanh(z); }
static Complex_ asin_of(Complex_ z) { return turned_back(turned(asinh_of, z)); }
static Complex_ atan_of(Complex_ z) { return turned_back(turned(atanh_of, z)); }
static Complex_ cos_of(Complex_ z) { return turned(cosh_of, z); }
static Complex_ sin_of(Complex_ z) { return turned_back(turned(sinh_of, z)); }
static Complex_ tan_of(Complex_ z) { return turned_back(turned(tanh_of, z)); }

static Complex_ log10_of(Complex_ z) {
  Complex_ r = clog(z);
  return CMPLX(creal(r) / M_LN10, cimag(r) / M_LN10);
}

static Complex_ log10_finite(Complex_ z) {
  Complex_ r = cmath_finite_log(z);
  return CMPLX(creal(r) / M_LN10, cimag(r) / M_LN10);
}

// `special` is for what is not finite, the C library's rules for that being CPython's.
#define FUNCTION(name, finite, special, judge)                                  \
  static Complex_ any_##name(Complex_ z) { return is_finite(z) ? finite(z) : special(z); } \
  CMATH(name) { UNUSED; return apply(t, args[0], any_##name, judge); }
FUNCTION(acos, cmath_finite_acos, acos_of, never)
FUNCTION(acosh, cmath_finite_acosh, acosh_of, never)
FUNCTION(asin, cmath_finite_asin, asin_of, never)
FUNCTION(asinh, cmath_finite_asinh, asinh_of, never)
FUNCTION(atan, cmath_finite_atan, atan_of, pole_of_atan)
FUNCTION(atanh, cmath_finite_atanh, atanh_of, pole_of_atanh)
FUNCTION(cos, cmath_finite_cos, cos_of, angle_real)
FUNCTION(cosh, cmath_finite_cosh, cosh_of, angle_imag)
FUNCTION(exp, cmath_finite_exp, exp_of, angle_of_exp)
FUNCTION(log10, log10_finite, log10_of, pole_of_log)
FUNCTION(sin, cmath_finite_sin, sin_of, angle_real)
FUNCTION(sinh, cmath_finite_sinh, sinh_of, angle_imag)
FUNCTION(sqrt, cmath_finite_sqrt, csqrt, never)
FUNCTION(tan, cmath_finite_tan, tan_of, angle_of_tan)
FUNCTION(tanh, cmath_finite_tanh, tanh_of, angle_of_tanh)

static Complex_ any_log(Complex_ z) { return z == 0 ? CMPLX(-INFINITY, carg(z)) : is_finite(z) ? cmath_finite_log(z) : clog(z); }

CMATH(log) {
  UNUSED;
  Complex_ z, base;
  if (!argument(t, args[0], &z)) return V_NULL;
  bool has_base = !v_is_absent(args[1]);
  if (has_base && !argument(t, args[1], &base)) return V_NULL;
  if (has_base ? base == 0 : z == 0) return math_domain_error(t);      // with a base, nobody minds a z of 0
  if (!has_base) return result(t, any_log(z));
  Value numerator = result(t, any_log(z)), denominator = v_is_null(numerator) ? V_NULL : result(t, any_log(base));
  Value r = v_is_null(denominator) ? V_NULL : number_binary(t, numerator, denominator, OP_TRUE_DIVIDE);
  v_drop(t, numerator);
  v_drop(t, denominator);
  if (!v_is_null(r) || !error_matches(t, &exc_ZeroDivisionError)) return r;
  error_clear(t);
  return math_domain_error(t);
}

// --- Polar coordinates ------------------------------------------------------------------------------------------------------------------------------

CMATH(phase) {
  UNUSED;
  Complex_ z;
  return argument(t, args[0], &z) ? float_new(t, carg(z)) : V_NULL;
}

CMATH(polar) {
  UNUSED;
  Complex_ z;
  if (!argument(t, args[0], &z)) return V_NULL;
  double r = cabs(z);
  if (isinf(r) && is_finite(z)) return math_range_error(t);
  Value items[] = {float_new(t, r), float_new(t, carg(z))};
  return tuple_from_stolen(t, items, 2);
}

static Complex_ from_polar(double r, double phi) {
  if (phi == 0) return CMPLX(r, isnan(r) ? 0 : copysign(0, r) * copysign(1, phi));   // no NaN, whatever r is
  if (isinf(r) && isfinite(phi)) return CMPLX(copysign(INFINITY, r * cos(phi)), copysign(INFINITY, r * sin(phi)));
  if (r == 0 && !isfinite(phi)) return CMPLX(0, 0);
  return CMPLX(r * cos(phi), r * sin(phi));
}

CMATH(rect) {
  UNUSED;
  double r, phi;
  if (!math_as_double(t, args[0], &r) || !math_as_double(t, args[1], &phi)) return V_NULL;
  if (isinf(phi) && r != 0 && !isnan(r)) return math_domain_error(t);
  if (isinf(r) && isnan(phi)) return complex_new(t, fabs(r), NAN);
  return result(t, from_polar(r, phi));
}

// --- Kinds of numbers -------------------------------------------------------------------------------------------------------------------------------

#define KIND(name, expression)                        \
  CMATH(name) {                                       \
    UNUSED;                                           \
    Complex_ z;                                       \
    if (!argument(t, args[0], &z)) return V_NULL;     \
    return v_from_bool(expression);                   \
  }
KIND(isfinite, is_finite(z))
KIND(isinf, isinf(creal(z)) || isinf(cimag(z)))
KIND(isnan, isnan(creal(z)) || isnan(cimag(z)))

CMATH(isclose) {
  UNUSED;
  Complex_ a, b;
  double tolerance[2];
  if (!argument(t, args[0], &a) || !argument(t, args[1], &b) || !math_tolerances(t, args[2], args[3], tolerance)) return V_NULL;
  if (a == b) return V_TRUE;
  if (isinf(creal(a)) || isinf(cimag(a)) || isinf(creal(b)) || isinf(cimag(b))) return V_FALSE;
  double difference = cabs(a - b);
  return v_from_bool(difference <= tolerance[0] * cabs(b) || difference <= tolerance[0] * cabs(a) || difference <= tolerance[1]);
}

// --- The module -------------------------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"acos($module, z, /)", cmath_acos, "The complex number whose cosine is z.", 0},
    {"acosh($module, z, /)", cmath_acosh, "The complex number whose hyperbolic cosine is z.", 0},
    {"asin($module, z, /)", cmath_asin, "The complex number whose sine is z.", 0},
    {"asinh($module, z, /)", cmath_asinh, "The complex number whose hyperbolic sine is z.", 0},
    {"atan($module, z, /)", cmath_atan, "The complex number whose tangent is z.", 0},
    {"atanh($module, z, /)", cmath_atanh, "The complex number whose hyperbolic tangent is z.", 0},
    {"cos($module, z, /)", cmath_cos, "The cosine of z.", 0},
    {"cosh($module, z, /)", cmath_cosh, "The hyperbolic cosine of z.", 0},
    {"exp($module, z, /)", cmath_exp, "The power of e with exponent z.", 0},
    {"isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)", cmath_isclose, "Whether a and b are no further apart than the tolerances allow.", 0},
    {"isfinite($module, z, /)", cmath_isfinite, "Whether both parts are ordinary numbers.", 0},
    {"isinf($module, z, /)", cmath_isinf, "Whether one of the parts is an infinity.", 0},
    {"isnan($module, z, /)", cmath_isnan, "Whether one of the parts is a NaN.", 0},
    {"log($module, z, base=<unrepresentable>, /)", cmath_log, "The logarithm of z, to base e if none is given.", 0},
    {"log10($module, z, /)", cmath_log10, "The logarithm of z to base 10.", 0},
    {"phase($module, z, /)", cmath_phase, "The angle of z seen from zero, in radians.", 0},
    {"polar($module, z, /)", cmath_polar, "The distance of z from zero, and its angle.", 0},
    {"rect($module, r, phi, /)", cmath_rect, "The complex number at distance r and angle phi.", 0},
    {"sin($module, z, /)", cmath_sin, "The sine of z.", 0},
    {"sinh($module, z, /)", cmath_sinh, "The hyperbolic sine of z.", 0},
    {"sqrt($module, z, /)", cmath_sqrt, "The square root of z whose real part is not negative.", 0},
    {"tan($module, z, /)", cmath_tan, "The tangent of z.", 0},
    {"tanh($module, z, /)", cmath_tanh, "The hyperbolic tangent of z.", 0},
    {0},
};

static int cmath_exec(Thread *t, Value m) {
  const struct { const char *name; Value value; } constants[] = {
      {"pi", float_new(t, M_PI)}, {"e", float_new(t, M_E)}, {"tau", float_new(t, 2 * M_PI)}, {"inf", float_new(t, INFINITY)}, {"nan", float_new(t, NAN)},
      {"infj", complex_new(t, 0, INFINITY)}, {"nanj", complex_new(t, 0, NAN)}};
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add(t, m, constants[i].name, constants[i].value) < 0) return -1;
  return 0;
}

const ModuleDef module_cmath = {.name = "cmath", .doc = "Functions of complex numbers.", .functions = functions, .exec = cmath_exec};
