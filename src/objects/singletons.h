// The types of None, NotImplemented and Ellipsis (the objects are in objects/object.h).
#ifndef WEFT_OBJECTS_SINGLETONS_H
#define WEFT_OBJECTS_SINGLETONS_H

#include "objects/type.h"

bool singletons_init(Thread *t);

#endif
