// Pickling support: object.__reduce_ex__, __reduce__ and __getstate__.
#ifndef WEFT_OBJECTS_OBJECT_REDUCE_H
#define WEFT_OBJECTS_OBJECT_REDUCE_H

#include "objects/type.h"

// What object.__reduce_ex__ does: an overridden __reduce__ goes first.
Value object_reduce_ex(Thread *t, Value self, int protocol);
// object.__reduce__ with a protocol.
Value object_reduce_default(Thread *t, Value self, int protocol);
// The instance's attributes, its __slots__, both or None. required: fields of C structs that would be lost are an error.
Value object_getstate_default(Thread *t, Value self, bool required);

#endif
