// Assigning __class__ of instances: what must agree, and the move itself.
#ifndef WEFT_OBJECTS_TYPE_ASSIGN_H
#define WEFT_OBJECTS_TYPE_ASSIGN_H

#include "objects/type.h"

// self.__class__ = value (V_NULL: del). 0, -1 with TypeError.
int type_assign_class(Thread *t, Value self, Value value);
// Whether instances (or subclasses) of `from` could be such of `to`; else TypeError naming the attribute that is assigned.
bool type_check_same_layout(Thread *t, Type *from, Type *to, const char *attribute);

#endif
