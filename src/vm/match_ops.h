// match statements: mapping and class patterns.
#ifndef WEFT_VM_MATCH_OPS_H
#define WEFT_VM_MATCH_OPS_H

#include "vm/operands.h"

// Owned: a tuple of what matches or None; V_NULL with an exception.
Value match_keys(Thread *t, Value subject, Value keys);
Value match_class(Thread *t, Value subject, Value cls, int64_t nargs, Value names);

#endif
