// super: look-up that starts behind a class in the MRO.
#ifndef WEFT_OBJECTS_SUPER_H
#define WEFT_OBJECTS_SUPER_H

#include "objects/type.h"

// The function or builtin method that super(start, self).name is bound from, for a slot of a running frame, as v_load_keep returns it. V_NULL,
// without an exception: it takes more to find that out. name: canonical.
Value super_find_method(Thread *t, Type *start, Value self, Value name);
bool super_init(Thread *t);

#endif
