// super: look-up that starts behind a class in the MRO.
#ifndef WEFT_OBJECTS_SUPER_H
#define WEFT_OBJECTS_SUPER_H

#include "objects/type.h"

// super(type, obj).name without making the super object: owned; V_NULL with an exception. type: a class; name canonical. The VM's short cut.
Value super_getattr(Thread *t, Value type, Value obj, Value name);
bool super_init(Thread *t);

#endif
