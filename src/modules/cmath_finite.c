// Elementary functions of finite complex numbers, after W. Kahan's "Branch cuts for complex elementary functions".
//
// Each formula keeps the signs of zeros, by which the sides of a branch cut are told apart, and loses no digits where terms cancel. A number
// that is so large that its square would overflow has a formula of its own, in which what is too small to count is left out.
#include "modules/cmath_finite.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

typedef double complex Z;

static const double LARGE = DBL_MAX / 4;
static double root_of_large(void) { return sqrt(LARGE); }
static double log_of_large(void) { return log(LARGE); }

// z times i and times -i, without a multiplication that would spoil a zero's sign.
static Z times_i(Z z) { return CMPLX(-cimag(z), creal(z)); }
static Z times_minus_i(Z z) { return CMPLX(cimag(z), -creal(z)); }

static bool is_large(Z z) { return fabs(creal(z)) > LARGE || fabs(cimag(z)) > LARGE; }
static double log_of_twice(Z large) { return log(hypot(creal(large) / 2, cimag(large) / 2)) + M_LN2 * 2; }

Z cmath_finite_sqrt(Z z) {
  double re = creal(z), im = cimag(z), x = fabs(re), y = fabs(im), s;
  if (re == 0 && im == 0) return CMPLX(0, im);
  if (x < DBL_MIN && y < DBL_MIN) {      // subnormal: scaled up by an odd power of two, as the sum wants halving
    x = ldexp(x, DBL_MANT_DIG);
    s = ldexp(sqrt(x + hypot(x, ldexp(y, DBL_MANT_DIG))), -(DBL_MANT_DIG + 1) / 2);
  } else {
    x /= 8;
    s = 2 * sqrt(x + hypot(x, y / 8));
  }
  double d = y / (2 * s);
  return re >= 0 ? CMPLX(s, copysign(d, im)) : CMPLX(d, copysign(s, im));
}

Z cmath_finite_acos(Z z) {
  double re = creal(z), im = cimag(z);
  if (is_large(z)) return CMPLX(atan2(fabs(im), re), re < 0 ? -copysign(log_of_twice(z), im) : copysign(log_of_twice(z), -im));
  Z below = cmath_finite_sqrt(CMPLX(1 - re, -im)), above = cmath_finite_sqrt(CMPLX(1 + re, im));
  return CMPLX(2 * atan2(creal(below), creal(above)), asinh(creal(above) * cimag(below) - cimag(above) * creal(below)));
}

Z cmath_finite_acosh(Z z) {
  double re = creal(z), im = cimag(z);
  if (is_large(z)) return CMPLX(log_of_twice(z), atan2(im, re));
  Z below = cmath_finite_sqrt(CMPLX(re - 1, im)), above = cmath_finite_sqrt(CMPLX(re + 1, im));
  return CMPLX(asinh(creal(below) * creal(above) + cimag(below) * cimag(above)), 2 * atan2(cimag(below), creal(above)));
}

Z cmath_finite_asinh(Z z) {
  double re = creal(z), im = cimag(z);
  if (is_large(z)) return CMPLX(im >= 0 ? copysign(log_of_twice(z), re) : -copysign(log_of_twice(z), -re), atan2(im, fabs(re)));
  Z above = cmath_finite_sqrt(CMPLX(1 + im, -re)), below = cmath_finite_sqrt(CMPLX(1 - im, re));
  return CMPLX(asinh(creal(above) * cimag(below) - creal(below) * cimag(above)), atan2(im, creal(above) * creal(below) - cimag(above) * cimag(below)));
}

Z cmath_finite_asin(Z z) { return times_minus_i(cmath_finite_asinh(times_i(z))); }

// Of a number whose real part is not negative.
static Z atanh_right(double re, double im) {
  double y = fabs(im);
  if (re > root_of_large() || y > root_of_large()) {
    double h = hypot(re / 2, im / 2);
    return CMPLX(re / 4 / h / h, -copysign(M_PI_2, -im));
  }
  if (re == 1 && y < sqrt(DBL_MIN)) {
    if (y == 0) return CMPLX(INFINITY, im);
    return CMPLX(-log(sqrt(y) / sqrt(hypot(y, 2))), copysign(atan2(2, -y) / 2, im));
  }
  return CMPLX(log1p(4 * re / ((1 - re) * (1 - re) + y * y)) / 4, -atan2(-2 * im, (1 - re) * (1 + re) - y * y) / 2);
}

Z cmath_finite_atanh(Z z) {
  if (!signbit(creal(z))) return atanh_right(creal(z), cimag(z));
  Z mirrored = atanh_right(-creal(z), -cimag(z));
  return CMPLX(-creal(mirrored), -cimag(mirrored));
}

Z cmath_finite_atan(Z z) { return times_minus_i(cmath_finite_atanh(times_i(z))); }

// cosh and sinh of a real number, divided by e where they themselves would overflow; *factor makes up for it.
static double hyperbolic(double (*f)(double), double x, double *factor) {
  bool beyond = fabs(x) > log_of_large();
  *factor = beyond ? M_E : 1;
  return f(beyond ? x - copysign(1, x) : x);
}

Z cmath_finite_cosh(Z z) {
  double factor, c = hyperbolic(cosh, creal(z), &factor), s = hyperbolic(sinh, creal(z), &factor);
  return CMPLX(cos(cimag(z)) * c * factor, sin(cimag(z)) * s * factor);
}
Z cmath_finite_sinh(Z z) {
  double factor, c = hyperbolic(cosh, creal(z), &factor), s = hyperbolic(sinh, creal(z), &factor);
  return CMPLX(cos(cimag(z)) * s * factor, sin(cimag(z)) * c * factor);
}
Z cmath_finite_cos(Z z) { return cmath_finite_cosh(times_i(z)); }
Z cmath_finite_sin(Z z) { return times_minus_i(cmath_finite_sinh(times_i(z))); }

Z cmath_finite_exp(Z z) {
  bool beyond = creal(z) > log_of_large();
  double length = exp(beyond ? creal(z) - 1 : creal(z)), factor = beyond ? M_E : 1;
  return CMPLX(length * cos(cimag(z)) * factor, length * sin(cimag(z)) * factor);
}

Z cmath_finite_log(Z z) {
  double x = fabs(creal(z)), y = fabs(cimag(z)), angle = atan2(cimag(z), creal(z));
  if (is_large(z)) return CMPLX(log(hypot(x / 2, y / 2)) + M_LN2, angle);
  if (x < DBL_MIN && y < DBL_MIN) return CMPLX(log(hypot(ldexp(x, DBL_MANT_DIG), ldexp(y, DBL_MANT_DIG))) - DBL_MANT_DIG * M_LN2, angle);
  double h = hypot(x, y);
  if (h < 0.71 || h > 1.73) return CMPLX(log(h), angle);
  double longer = fmax(x, y), shorter = fmin(x, y);
  return CMPLX(log1p((longer - 1) * (longer + 1) + shorter * shorter) / 2, angle);
}

Z cmath_finite_tanh(Z z) {
  double re = creal(z), im = cimag(z);
  if (fabs(re) > log_of_large()) return CMPLX(copysign(1, re), 4 * sin(im) * cos(im) * exp(-2 * fabs(re)));
  double x = tanh(re), y = tan(im), c = 1 / cosh(re), xy = x * y, below = 1 + xy * xy;
  return CMPLX(x * (1 + y * y) / below, y / below * c * c);
}
Z cmath_finite_tan(Z z) { return times_minus_i(cmath_finite_tanh(times_i(z))); }
