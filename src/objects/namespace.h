// types.SimpleNamespace, which sys.implementation and sys.flags-like objects are made of.
#ifndef WEFT_OBJECTS_NAMESPACE_H
#define WEFT_OBJECTS_NAMESPACE_H

#include "objects/type.h"

Value namespace_new(Thread *t, Value attributes /* dict, copied; V_NULL: empty */);
bool namespace_init(Thread *t);

#endif
