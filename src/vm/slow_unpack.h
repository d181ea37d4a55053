// Taking apart what is assigned to several targets.
#ifndef WEFT_VM_SLOW_UNPACK_H
#define WEFT_VM_SLOW_UNPACK_H

#include "vm/operands.h"

bool slow_unpack(Thread *t, Value sequence, int64_t n, Ref *out);   // out[n-1] is the first item
// Takes the sequence in a slot apart: its n <= UNPACK_FEW items in order, as v_keep returns them. *sequence: what the caller closes when it has
// stored them.
enum { UNPACK_FEW = 8 };
bool slow_unpack_few(Thread *t, Frame *f, unsigned slot, unsigned n, Value *items, Ref *sequence);
bool slow_unpack_ex(Thread *t, Value sequence, int64_t before, int64_t after, Ref *out);

#endif
