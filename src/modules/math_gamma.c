// The gamma function by Lanczos' approximation (13 terms, Boost's coefficients), which is more precise than many C libraries' own.
//
// gamma(x) = (x+g-0.5)^(x-0.5) / e^(x+g-0.5) * S(x), S a rational function; negative x by reflection.
#include <math.h>

#include "modules/math.h"

enum { TERMS = 13, WHOLE = 23 };
static const double pi = 3.141592653589793238462643383279502884197, log_pi = 1.144729885849400174143427351353058711647;
static const double g = 6.024680040776729583740234375, g_minus_half = 5.524680040776729583740234375;
static const double numerator[TERMS] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
static const double denominator[TERMS] = {0.0, 39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
                                          2637558.0, 357423.0, 32670.0, 1925.0, 66.0, 1.0};
// gamma of 1, 2, 3...: exact.
static const double whole[WHOLE] = {
    1.0, 1.0, 2.0, 6.0, 24.0, 120.0, 720.0, 5040.0, 40320.0, 362880.0, 3628800.0, 39916800.0, 479001600.0, 6227020800.0, 87178291200.0,
    1307674368000.0, 20922789888000.0, 355687428096000.0, 6402373705728000.0, 121645100408832000.0, 2432902008176640000.0,
    51090942171709440000.0, 1124000727777607680000.0};

// S(x) for x > 0. For large x the polynomials are evaluated in 1/x, so that nothing overflows.
static double lanczos_sum(double x) {
  double n = 0, d = 0;
  if (x < 5.0) {
    for (int i = TERMS; --i >= 0;) {
      n = n * x + numerator[i];
      d = d * x + denominator[i];
    }
  } else {
    for (int i = 0; i < TERMS; i++) {
      n = n / x + numerator[i];
      d = d / x + denominator[i];
    }
  }
  return n / d;
}

// sin(pi x), exact where that is 0 or 1.
static double sin_pi(double x) {
  double y = fmod(fabs(x), 2.0), r;
  switch ((int)round(2.0 * y)) {
    case 0: r = sin(pi * y); break;
    case 1: r = cos(pi * (y - 0.5)); break;
    case 2: r = sin(pi * (1.0 - y)); break;   // not -sin(pi (y - 1)): keeps the sign of a zero
    case 3: r = -cos(pi * (y - 1.5)); break;
    default: r = sin(pi * (y - 2.0)); break;
  }
  return copysign(1.0, x) * r;
}

double math_gamma_of(double x) {
  if (isnan(x) || x == INFINITY) return x;
  if (x == -INFINITY || x == 0) return NAN;
  if (x == floor(x)) {
    if (x < 0) return NAN;
    if (x <= WHOLE) return whole[(int)x - 1];
  }
  double size = fabs(x);
  if (size < 1e-20) return 1.0 / x;
  if (size > 200.0) return x < 0 ? 0.0 / sin_pi(x) : INFINITY;
  double y = size + g_minus_half, error;
  // What the addition lost is put back by a first-order correction.
  if (size > g_minus_half) error = (y - size) - g_minus_half;
  else error = (y - g_minus_half) - size;
  error = error * g / y;
  double r;
  if (x < 0) {
    r = -pi / sin_pi(size) / size * exp(y) / lanczos_sum(size);
    r -= error * r;
    if (size < 140.0) return r / pow(y, size - 0.5);
    double root = pow(y, size / 2.0 - 0.25);
    return r / root / root;
  }
  r = lanczos_sum(size) / exp(y);
  r += error * r;
  if (size < 140.0) return r * pow(y, size - 0.5);
  double root = pow(y, size / 2.0 - 0.25);
  return r * root * root;
}

double math_lgamma_of(double x) {
  if (isnan(x)) return x;
  if (isinf(x)) return INFINITY;
  if (x == floor(x) && x <= 2.0) return x <= 0 ? NAN : 0.0;
  double size = fabs(x);
  if (size < 1e-20) return -log(size);
  double r = log(lanczos_sum(size)) - g;
  r += (size - 0.5) * (log(size + g - 0.5) - 1);
  if (x < 0) r = log_pi - log(fabs(sin_pi(size))) - log(size) - r;
  return r;
}
