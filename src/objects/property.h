// property, classmethod and staticmethod objects, made from C.
#ifndef WEFT_OBJECTS_PROPERTY_H
#define WEFT_OBJECTS_PROPERTY_H

#include "objects/type.h"

Value classmethod_new(Thread *t, Value callable);
Value staticmethod_new(Thread *t, Value callable);
// Whether v.__isabstractmethod__ is true: 1, 0, -1.
int object_is_abstract(Thread *t, Value v);
bool property_init_types(Thread *t);

#endif
