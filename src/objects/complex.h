// complex: a pair of doubles, always boxed.
#ifndef WEFT_OBJECTS_COMPLEX_H
#define WEFT_OBJECTS_COMPLEX_H

#include "objects/type.h"

typedef struct Complex { Object ob; double real, imag; } Complex;

Value complex_new(Thread *t, double real, double imag);
Value complex_power(Thread *t, double xr, double xi, double yr, double yi);   // x ** y; ZeroDivisionError, OverflowError
// The parts of what stands for a complex number: by __complex__, __float__ or __index__. 0, or -1 with an exception.
int number_as_complex(Thread *t, Value v, double *real, double *imag);
bool complex_init(Thread *t);

#endif
