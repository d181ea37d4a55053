// The type float, as far as C code asks for it; floats themselves are in float.h.
#ifndef WEFT_OBJECTS_FLOAT_TYPE_H
#define WEFT_OBJECTS_FLOAT_TYPE_H

#include "objects/type.h"

Value float_repr(Thread *t, Value v);
Value float_power(Thread *t, double a, double b);         // ZeroDivisionError, complex result for negative base
bool float_init(Thread *t);

#endif
