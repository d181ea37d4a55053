// mappingproxy: a read-only view of a mapping (a class's __dict__).
#ifndef WEFT_OBJECTS_MAPPINGPROXY_H
#define WEFT_OBJECTS_MAPPINGPROXY_H

#include "objects/type.h"

Value mappingproxy_new(Thread *t, Value mapping);
bool mappingproxy_init(Thread *t);

#endif
