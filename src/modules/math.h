// What the files of math share.
#ifndef WEFT_MODULES_MATH_H
#define WEFT_MODULES_MATH_H

#include "objects/type.h"

#define MATH(name) Value math_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define MATH_UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// A real number's value; false: TypeError or OverflowError.
bool math_as_double(Thread *t, Value v, double *out);
Value math_domain_error(Thread *t);   // V_NULL, with ValueError
Value math_range_error(Thread *t);    // V_NULL, with OverflowError
// isclose()'s tolerances, what is absent being the default; false: an exception.
bool math_tolerances(Thread *t, Value relative, Value absolute, double out[2]);

// math_integers.c
MATH(comb);
MATH(perm);
MATH(factorial);
MATH(isqrt);
MATH(gcd);
MATH(lcm);
// math_sums.c
MATH(fsum);
MATH(prod);
MATH(hypot);
MATH(dist);
// math_gamma.c: NaN where there is none, infinities where they overflow.
double math_gamma_of(double x);
double math_lgamma_of(double x);

#endif
