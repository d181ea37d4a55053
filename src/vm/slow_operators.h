// Operators, for operands other than small numbers.
//
// SLOW_PUSHED (vm/dunder.h): the instruction goes on in t->frame, a method's, and is finished by dunder_returned.
#ifndef WEFT_VM_SLOW_OPERATORS_H
#define WEFT_VM_SLOW_OPERATORS_H

#include "vm/dunder.h"
#include "vm/operands.h"

// x + y of two exact strs, the operands of any of the additions but ..._SI. False: no memory.
bool slow_concat(Thread *t, Frame *f, const Inst *ip, Value x, Value y);
int slow_binary(Thread *t, Frame *f, const Inst *ip);         // any of the binary instructions: 1, 0, SLOW_PUSHED
int slow_compare(Thread *t, Frame *f, const Inst *ip);        // the same
int slow_compare_jump(Thread *t, Frame *f, const Inst *ip);   // the comparison's truth, -1, SLOW_PUSHED
int slow_unary(Thread *t, Frame *f, const Inst *ip);          // 1, 0, SLOW_PUSHED
int slow_truth(Thread *t, Frame *f, unsigned slot);           // truth of an operand, dropped; -1; SLOW_PUSHED
int slow_truth_kept(Thread *t, Value v);                      // truth, -1, SLOW_PUSHED
int slow_contains(Thread *t, Frame *f, const Inst *ip);       // 1, 0, -1; operands dropped; SLOW_PUSHED
int slow_subscript(Thread *t, Frame *f, const Inst *ip, Value key, unsigned key_slot);   // 1, 0, SLOW_PUSHED
int slow_store_subscript(Thread *t, Frame *f, const Inst *ip);
// container[start:stop] of an exact list, str or tuple with bounds that are small ints or None. V_ABSENT: it is not so; V_NULL: no memory.
Value slow_slice(Thread *t, Value container, Value start, Value stop);

#endif
