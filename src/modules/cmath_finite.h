// The functions of cmath for finite arguments, by formulas whose every rounding step is known: the C library's own differ in the last bit from one to the next.
// What they give near a pole or beyond the range is for the caller to judge. Pure; any thread.
#ifndef WEFT_MODULES_CMATH_FINITE_H
#define WEFT_MODULES_CMATH_FINITE_H

#include <complex.h>

#ifndef CMPLX   // the C library has it for gcc only
#define CMPLX(real, imag) __builtin_complex((double)(real), (double)(imag))
#endif

double complex cmath_finite_sqrt(double complex z);
double complex cmath_finite_acos(double complex z);
double complex cmath_finite_acosh(double complex z);
double complex cmath_finite_asin(double complex z);
double complex cmath_finite_asinh(double complex z);
double complex cmath_finite_atan(double complex z);
double complex cmath_finite_atanh(double complex z);
double complex cmath_finite_cos(double complex z);
double complex cmath_finite_cosh(double complex z);
double complex cmath_finite_exp(double complex z);
double complex cmath_finite_log(double complex z);      // z is not 0
double complex cmath_finite_sin(double complex z);
double complex cmath_finite_sinh(double complex z);
double complex cmath_finite_tan(double complex z);
double complex cmath_finite_tanh(double complex z);

#endif
