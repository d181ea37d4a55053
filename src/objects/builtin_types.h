// The start-up of the builtin types, in order.
#ifndef WEFT_OBJECTS_BUILTIN_TYPES_H
#define WEFT_OBJECTS_BUILTIN_TYPES_H

#include "objects/type.h"

// Readies every builtin type of objects/, after type_bootstrap. NULL, or the name of the step that failed (for want of memory).
const char *builtin_types_init(Thread *t);

#endif
