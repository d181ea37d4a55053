// Jumps, loops, and the ways out of a frame.
#include "vm/translate_ops.h"

#include "code/opcode.h"

void translate_jump_on(Translator *T, ExecOp op, const Decoded *d) {
  uint32_t a = tr_operand(T, T->depth - 1);
  tr_pop(T);
  tr_materialise_all(T);
  uint32_t at = tr_emit(T, op, a, 0, 0);
  tr_fixup(T, at, FIX_BC, (uint32_t)d->target);
}

void translate_jump_or_pop(Translator *T, ExecOp op, const Decoded *d) {
  tr_materialise_all(T);
  uint32_t at = tr_emit(T, op, tr_home(T, T->depth - 1), 0, 0);
  tr_fixup(T, at, FIX_BC, (uint32_t)d->target);
  tr_pop(T);
}

// The local that a FOR_ITER may write to directly: the one stored right behind it; -1: none.
static int32_t loop_variable(const Translator *T, uint32_t i) {
  if (!T->fold || i + 1 >= T->form.ndecoded) return -1;
  const Decoded *d = &T->form.decoded[i + 1];
  return d->op == OP_STORE_FAST && !d->border ? d->arg : -1;
}

// Whether what follows a FOR_ITER becomes an UNPACK_2; as the first of its block it comes with nothing before it.
static bool unpacks_pair(const Translator *T, uint32_t i) {
  if (!T->fold || i + 1 >= T->form.ndecoded) return false;
  const Decoded *d = &T->form.decoded[i + 1];
  return d->op == OP_UNPACK_SEQUENCE && d->arg == 2;
}

static void for_iter(Translator *T, uint32_t i, int32_t iterator, bool bottom) {
  const Decoded *d = &T->form.decoded[i];
  int32_t variable = loop_variable(T, i);
  uint32_t dest = variable >= 0 ? (uint32_t)variable : tr_home(T, iterator + 1);
  uint32_t jump_unit = T->unit;
  T->unit = d->unit;   // at a loop's bottom too, what the iterator raises comes from the FOR_ITER
  uint32_t at = tr_emit(T, unpacks_pair(T, i) ? X_FOR_ITER_2 : X_FOR_ITER, tr_home(T, iterator), dest, 2);
  T->unit = jump_unit;
  if (bottom) tr_fixup(T, at, FIX_BODY, i + (variable >= 0 ? 2 : 1));
  tr_fixup(T, at, FIX_WORD, (uint32_t)d->target);
}

void translate_jump(Translator *T, const Decoded *d, ExecOp op) {
  tr_materialise_all(T);
  const Decoded *target = &T->form.decoded[d->target];
  if (op == X_JUMP_BACK && target->op == OP_FOR_ITER && T->fold && !T->wide) {
    for_iter(T, (uint32_t)d->target, T->depth - 1, true);
    return;
  }
  uint32_t at = tr_emit(T, op, 0, 0, 0);
  tr_fixup(T, at, FIX_BC, (uint32_t)d->target);
}

void translate_loop_head(Translator *T, uint32_t i) {
  tr_materialise_all(T);
  for_iter(T, i, T->depth - 1, false);
  if (loop_variable(T, i) >= 0) {
    T->form.decoded[i + 1].folded = true;
    if (i + 2 < T->form.ndecoded) T->form.decoded[i + 2].border = true;
  } else {
    if (i + 1 < T->form.ndecoded) T->form.decoded[i + 1].border = true;
    tr_push_temp(T);
  }
}

void translate_send(Translator *T, const Decoded *d) {
  tr_materialise_all(T);
  uint32_t at = tr_emit(T, X_SEND, tr_home(T, T->depth - 2), 0, 0);
  tr_fixup(T, at, FIX_BC, (uint32_t)d->target);
}

void translate_return(Translator *T) {
  Entry e = T->stack[T->depth - 1];
  bool generator = T->form.code->flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR);
  if (e.kind == ENTRY_CONST && !generator) {
    uint32_t at = tr_emit(T, X_RETURN_K, 0, 0, 0);
    tr_use_const(T, at, e.index, 3);
  } else {
    tr_emit(T, generator ? X_GEN_RETURN : X_RETURN, tr_operand(T, T->depth - 1), 0, 0);
  }
  tr_pop(T);
}

void translate_yield(Translator *T, uint32_t i) {
  tr_materialise_all(T);
  bool delegating = i + 1 < T->form.ndecoded && T->form.decoded[i + 1].op == OP_RESUME && (T->form.decoded[i + 1].arg & 3) >= 2;
  tr_emit(T, X_YIELD, tr_home(T, T->depth - 1), delegating, 0);
}
