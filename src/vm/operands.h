// The operands of instructions in their slots: reading, taking and dropping them, storing results.
//
// What an instruction does that is too long or too rare to stand in the eval loop is a function slow_* of the files slow_*.c. They get the
// frame's window and the instruction, and read, take and store slots as the instruction's text in exec_ops.def says. Results: false, V_NULL or
// -1 = an exception is set; operands not yet taken stay in their slots, where unwinding closes them.
#ifndef WEFT_VM_OPERANDS_H
#define WEFT_VM_OPERANDS_H

#include "vm/exec.h"

static inline bool slot_is_temp(const Frame *f, unsigned slot) { return slot >= f->exec->nlocals; }
// After an instruction has read an operand: what there is to close, if it is a temporary.
static inline Ref slot_take(Frame *f, unsigned slot) {
  Ref r = f->fp[slot];
  if (!ref_is_owned(r) || !slot_is_temp(f, slot)) return REF_UNBOUND;
  f->fp[slot] = REF_UNBOUND;
  return r;
}
// The same, closed.
static inline void slot_drop(Thread *t, Frame *f, unsigned slot) {
  Ref r = f->fp[slot];
  if (ref_is_owned(r) && slot_is_temp(f, slot)) {
    f->fp[slot] = REF_UNBOUND;
    ref_close(t, r);
  }
}
// Whether a temporary holds the only reference to an object.
static inline bool slot_is_alone(Thread *t, const Frame *f, unsigned slot) {
  Ref r = f->fp[slot];
  return ref_is_owned(r) && slot_is_temp(f, slot) && object_is_unique(t, v_obj(ref_value(r)));
}
// An operand as an owned value: taken from a temporary, counted from a local.
static inline Value slot_value(Thread *t, Frame *f, unsigned slot) {
  Ref r = f->fp[slot];
  if (ref_is_owned(r) && slot_is_temp(f, slot)) {
    f->fp[slot] = REF_UNBOUND;
    return ref_value(r);
  }
  return v_own(t, ref_value(r));
}
// Drops what n slots hold, ascending.
static inline void refs_clear(Thread *t, Ref *refs, int64_t n) {
  for (int64_t i = 0; i < n; i++) ref_clear(t, &refs[i]);
}
// Stores the result of an instruction that read operands b and c (0xFFFF: none), dropping them in order.
void slot_finish2(Thread *t, Frame *f, unsigned dest, unsigned b, unsigned c, Value result);

// What a binary instruction operates on. Slots are 0xFFFF for constants.
typedef struct BinaryOperands { Value x, y; unsigned x_slot, y_slot; int number; } BinaryOperands;
BinaryOperands operands_of_binary(Frame *f, const Inst *ip);

#endif
