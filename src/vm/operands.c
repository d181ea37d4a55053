// Finishing an instruction, and the operands of the binary ones in all their forms.
#include "vm/operands.h"

#include "objects/object.h"

void slot_finish2(Thread *t, Frame *f, unsigned dest, unsigned b, unsigned c, Value result) {
  Ref *fp = f->fp;
  unsigned nlocals = f->exec->nlocals;
  bool drop_c = c >= nlocals && c != 0xFFFF && c != dest;
  if (b == dest) {
    ref_set(t, &fp[dest], result);   // drops the left operand
    if (drop_c) ref_clear(t, &fp[c]);
    return;
  }
  if (b >= nlocals && b != 0xFFFF) ref_clear(t, &fp[b]);
  if (drop_c) ref_clear(t, &fp[c]);
  ref_set(t, &fp[dest], result);
}

BinaryOperands operands_of_binary(Frame *f, const Inst *ip) {
  unsigned op = a16_load_rlx(&ip->op);
  BinaryOperands o = {.x_slot = ip->b, .y_slot = ip->c};
  if (op < X_ADD_SK) {
    o.number = (int)(op - X_ADD_SS);
  } else if (op < X_ADD_KS) {
    o.number = (int)(op - X_ADD_SK);
    o.y_slot = 0xFFFF;
    o.y = VALUE(ip[(int16_t)ip->c].word);
  } else if (op < X_ADD_SI) {
    o.number = (int)(op - X_ADD_KS);
    o.x_slot = 0xFFFF;
    o.x = VALUE(ip[(int16_t)ip->b].word);
  } else {
    static const int numbers[] = {OP_ADD, OP_ADD + OP_INPLACE, OP_SUBTRACT, OP_SUBTRACT + OP_INPLACE};
    o.number = numbers[op - X_ADD_SI];
    o.y_slot = 0xFFFF;
    o.y = v_from_smi((int16_t)ip->c);
  }
  if (o.x_slot != 0xFFFF) o.x = ref_value(f->fp[o.x_slot]);
  if (o.y_slot != 0xFFFF) o.y = ref_value(f->fp[o.y_slot]);
  return o;
}
