// Assigning __class__ of instances and __bases__ of classes: what must agree, and the moves themselves.
#ifndef WEFT_OBJECTS_TYPE_ASSIGN_H
#define WEFT_OBJECTS_TYPE_ASSIGN_H

#include "objects/type.h"

// self.__class__ = value (V_NULL: del). 0, -1 with TypeError.
int type_assign_class(Thread *t, Value self, Value value);

#endif
