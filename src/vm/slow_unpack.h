// Taking apart what is assigned to several targets.
#ifndef WEFT_VM_SLOW_UNPACK_H
#define WEFT_VM_SLOW_UNPACK_H

#include "vm/operands.h"

bool slow_unpack(Thread *t, Value sequence, int64_t n, Ref *out);   // out[n-1] is the first item
bool slow_unpack_ex(Thread *t, Value sequence, int64_t before, int64_t after, Ref *out);

#endif
