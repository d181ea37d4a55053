// The callback that weak references of abstract base classes carry.
#ifndef WEFT_MODULES_ABC_CALLBACK_H
#define WEFT_MODULES_ABC_CALLBACK_H

#include <stdbool.h>

#include "gc/value.h"

// Whether the value is such a callback: it takes a class that died out of a set that belongs to _abc alone.
bool abc_is_callback(Value v);

#endif
