// Operators, comparisons and subscripts, with constants as operands and comparisons that jump.
#include "vm/translate_ops.h"

#include "code/opcode.h"

// A constant that fits the signed 16-bit field of an instruction.
static bool small_const(const Translator *T, Entry e, int *out) {
  if (e.kind != ENTRY_CONST) return false;
  Value v = tr_const_value(T, e.index);
  if (!v_is_smi(v) || v_smi(v) < INT16_MIN || v_smi(v) > INT16_MAX) return false;
  *out = (int)v_smi(v);
  return true;
}

void translate_unary(Translator *T, ExecOp op) {
  uint32_t b = tr_operand(T, T->depth - 1);
  tr_pop(T);
  tr_push_temp(T);
  tr_produced(T, tr_emit(T, op, tr_home(T, T->depth - 1), b, 0), 0);
}

static ExecOp immediate_form(int number) {
  switch (number) {
    case OP_ADD: return X_ADD_SI;
    case OP_ADD + OP_INPLACE: return X_IADD_SI;
    case OP_SUBTRACT: return X_SUBTRACT_SI;
    case OP_SUBTRACT + OP_INPLACE: return X_ISUBTRACT_SI;
    default: return X_COUNT;
  }
}

void translate_binary(Translator *T, int number) {
  int32_t left = T->depth - 2, right = T->depth - 1;
  uint32_t dest = tr_home(T, left), at;
  Entry r = T->stack[right];
  int small;
  if (small_const(T, r, &small) && immediate_form(number) != X_COUNT) {
    at = tr_emit(T, immediate_form(number), dest, tr_operand(T, left), (uint16_t)small);
  } else if (tr_const_operand(T, r)) {
    uint32_t b = tr_operand(T, left);
    at = tr_emit(T, (ExecOp)(X_ADD_SK + number), dest, b, 0);
    tr_use_const(T, at, r.index, 2);
  } else if (tr_const_operand(T, T->stack[left]) && number < OP_INPLACE) {
    uint32_t c = tr_operand(T, right);
    at = tr_emit(T, (ExecOp)(X_ADD_KS + number), dest, 0, c);
    tr_use_const(T, at, T->stack[left].index, 1);
  } else {
    uint32_t b = tr_operand(T, left), c = tr_operand(T, right);
    at = tr_emit(T, (ExecOp)(X_ADD_SS + number), dest, b, c);
  }
  T->depth -= 2;
  tr_push_temp(T);
  tr_produced(T, at, 0);
}

// The jump right behind instruction i, if the two may become one. `when`: the truth value on which it jumps.
static const Decoded *fusable_jump(const Translator *T, uint32_t i, bool *when) {
  if (!T->fold || T->wide || i + 1 >= T->form.ndecoded) return NULL;
  const Decoded *j = &T->form.decoded[i + 1];
  if (j->border) return NULL;
  switch (j->op) {
    case OP_POP_JUMP_FORWARD_IF_TRUE:
    case OP_POP_JUMP_BACKWARD_IF_TRUE: *when = true; return j;
    case OP_POP_JUMP_FORWARD_IF_FALSE:
    case OP_POP_JUMP_BACKWARD_IF_FALSE: *when = false; return j;
    default: return NULL;
  }
}

void translate_compare(Translator *T, uint32_t i, int cmp) {
  int32_t left = T->depth - 2, right = T->depth - 1;
  Entry r = T->stack[right];
  bool when;
  const Decoded *jump = fusable_jump(T, i, &when);
  if (!jump) {
    uint32_t at, b = tr_operand(T, left), dest = tr_home(T, left);
    if (tr_const_operand(T, r)) {
      at = tr_emit(T, (ExecOp)(X_LT_SK + cmp), dest, b, 0);
      tr_use_const(T, at, r.index, 2);
    } else {
      at = tr_emit(T, (ExecOp)(X_LT_SS + cmp), dest, b, tr_operand(T, right));
    }
    T->depth -= 2;
    tr_push_temp(T);
    tr_produced(T, at, 0);
    return;
  }
  int small;
  uint32_t a = tr_operand(T, left), at;
  bool immediate = small_const(T, r, &small);
  uint32_t b = immediate ? (uint16_t)small : r.kind == ENTRY_CONST ? 0 : tr_operand(T, right);
  T->depth -= 2;
  tr_materialise_all(T);
  if (immediate) at = tr_emit(T, (ExecOp)((when ? X_JT_LT_SI : X_JF_LT_SI) + cmp), a, b, 0);
  else if (r.kind == ENTRY_CONST) {
    at = tr_emit(T, (ExecOp)((when ? X_JT_LT_SK : X_JF_LT_SK) + cmp), a, 0, 0);
    tr_use_const(T, at, r.index, 1);
  } else {
    at = tr_emit(T, (ExecOp)((when ? X_JT_LT_SS : X_JF_LT_SS) + cmp), a, b, 0);
  }
  tr_fixup(T, at, FIX_C, (uint32_t)jump->target);
  T->form.decoded[i + 1].folded = true;
}

void translate_identity(Translator *T, uint32_t i, bool invert) {
  int32_t left = T->depth - 2, right = T->depth - 1;
  uint32_t a = tr_operand(T, left), b = tr_operand(T, right);
  bool when;
  const Decoded *jump = fusable_jump(T, i, &when);
  T->depth -= 2;
  if (jump) {
    tr_materialise_all(T);
    uint32_t at = tr_emit(T, when != invert ? X_J_IS : X_J_IS_NOT, a, b, 0);
    tr_fixup(T, at, FIX_C, (uint32_t)jump->target);
    T->form.decoded[i + 1].folded = true;
    return;
  }
  tr_push_temp(T);
  tr_produced(T, tr_emit(T, invert ? X_IS_NOT : X_IS, tr_home(T, left), a, b), 0);
}

void translate_two_operands(Translator *T, ExecOp op) {
  int32_t left = T->depth - 2;
  uint32_t b = tr_operand(T, left), c = tr_operand(T, left + 1);
  T->depth -= 2;
  tr_push_temp(T);
  tr_produced(T, tr_emit(T, op, tr_home(T, left), b, c), 0);
}

void translate_subscript(Translator *T) {
  Entry r = T->stack[T->depth - 1];
  if (!tr_const_operand(T, r)) {
    translate_two_operands(T, X_SUBSCR);
    return;
  }
  int32_t left = T->depth - 2;
  uint32_t b = tr_operand(T, left);
  uint32_t at = tr_emit(T, X_SUBSCR_K, tr_home(T, left), b, 0);
  tr_use_const(T, at, r.index, 2);
  T->depth -= 2;
  tr_push_temp(T);
  tr_produced(T, at, 0);
}

void translate_store_subscript(Translator *T) {
  int32_t key = T->depth - 1;
  uint32_t a = tr_operand(T, key - 1), b = tr_operand(T, key), c = tr_operand(T, key - 2);
  T->depth -= 3;
  tr_emit(T, X_STORE_SUBSCR, a, b, c);
}
