// The type tuple, as far as C code asks for it; tuples themselves are in tuple.h.
#ifndef WEFT_OBJECTS_TUPLE_TYPE_H
#define WEFT_OBJECTS_TUPLE_TYPE_H

#include "objects/type.h"

Value tuple_concat(Thread *t, Value a, Value b);   // a + b; TypeError unless b is a tuple too
bool tuple_init(Thread *t);

#endif
