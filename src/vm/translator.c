// The words and the abstract stack of the translator.
#include "vm/translator.h"

#include <stdlib.h>

static bool grow(Translator *T, void **array, uint32_t *capacity, uint32_t needed, size_t item) {
  if (needed <= *capacity) return true;
  uint32_t n = *capacity ? *capacity * 2 : 64;
  while (n < needed) n *= 2;
  void *p = realloc(*array, n * item);
  if (!p) return stackform_out_of_memory(&T->form);
  *array = p;
  *capacity = n;
  return true;
}

uint32_t tr_emit(Translator *T, ExecOp op, uint32_t a, uint32_t b, uint32_t c) {
  uint32_t words = exec_op_words[op], at = T->count;
  if (at + words > T->capacity) {
    uint32_t n = T->capacity ? T->capacity * 2 : 128;
    Inst *out = realloc(T->out, n * sizeof *out);
    if (out) T->out = out;
    uint32_t *origin = realloc(T->origin, n * sizeof *origin);
    if (origin) T->origin = origin;
    if (!out || !origin) {
      stackform_out_of_memory(&T->form);
      return 0;
    }
    T->capacity = n;
  }
  Inst *in = &T->out[at];
  a16_store_rlx(&in->op, (uint16_t)op);
  in->a = (uint16_t)a;
  in->b = (uint16_t)b;
  in->c = (uint16_t)c;
  T->origin[at] = T->unit;
  for (uint32_t i = 1; i < words; i++) {
    T->out[at + i].word = 0;
    T->origin[at + i] = T->unit;
  }
  T->count = at + words;
  return at;
}

void tr_emit_bc(Translator *T, ExecOp op, uint32_t a, int32_t bc) {
  uint32_t at = tr_emit(T, op, a, 0, 0);
  if (!T->form.failed) T->out[at].bc = bc;
}

void tr_fixup(Translator *T, uint32_t at, FixKind kind, uint32_t target) {
  if (!grow(T, (void **)&T->fixups, &T->fixup_capacity, T->nfixups + 1, sizeof *T->fixups)) return;
  T->fixups[T->nfixups++] = (Fixup){at, kind, target};
}

void tr_use_const(Translator *T, uint32_t at, int32_t index, uint8_t field) {
  if (!grow(T, (void **)&T->uses, &T->use_capacity, T->nuses + 1, sizeof *T->uses)) return;
  if (T->pool_index[index] < 0) {
    T->pool_index[index] = (int32_t)T->npool;
    T->pool[T->npool++] = (uint32_t)index;
  }
  T->uses[T->nuses++] = (ConstUse){at, (uint32_t)T->pool_index[index], field};
}

void tr_load_const(Translator *T, uint32_t slot, int32_t index) {
  uint32_t at = tr_emit(T, X_LOADK, slot, 0, 0);
  tr_use_const(T, at, index, 3);
}

// The instructions before MAKE_FUNCTION load the cells one by one, build a tuple of them and load the code.
Value tr_comprehension(const Translator *T, uint32_t index, uint64_t *cells, uint32_t *n) {
  const Decoded *made = &T->form.decoded[index];
  *n = made->arg ? (uint32_t)made[-2].arg : 0;
  *cells = 0;
  for (uint32_t i = 0; i < *n; i++) *cells |= (uint64_t)(uint16_t)(made - 2 - *n)[i].arg << 16 * i;
  return tr_const_value(T, made[-1].arg);
}

uint32_t tr_emit_comprehension(Translator *T, ExecOp op, uint32_t a, uint32_t index, uint32_t c) {
  uint64_t cells;
  uint32_t n;
  Value code = tr_comprehension(T, index, &cells, &n);
  uint32_t at = tr_emit(T, op, a, n, c);
  if (T->form.failed) return at;
  T->out[at + 1].word = code.w | 1;
  T->out[at + 2].word = cells;
  return at;
}

bool tr_patch(Translator *T) {
  for (uint32_t i = 0; i < T->nfixups; i++) {
    const Fixup *f = &T->fixups[i];
    int64_t offset = (int64_t)T->form.decoded[f->target].start - f->at;
    Inst *in = &T->out[f->at];
    switch (f->kind) {
      case FIX_C:
      case FIX_BODY:
        if (offset < -OPERAND_LIMIT || offset > OPERAND_LIMIT) return false;
        in->c = (uint16_t)offset;
        break;
      case FIX_BC: in->bc = (int32_t)offset; break;
      case FIX_WORD: in[1].word = (uint64_t)offset; break;
    }
  }
  for (uint32_t i = 0; i < T->nuses; i++) {
    const ConstUse *u = &T->uses[i];
    int64_t offset = (int64_t)T->count + u->index - u->at;
    Inst *in = &T->out[u->at];
    if (u->field == 3) {
      in->bc = (int32_t)offset;
      continue;
    }
    if (offset > OPERAND_LIMIT) return false;
    if (u->field == 1) in->b = (uint16_t)offset;
    else in->c = (uint16_t)offset;
  }
  return true;
}

// --- The abstract stack -------------------------------------------------------------------------------------------------------------

void tr_materialise(Translator *T, int32_t position) {
  Entry *e = &T->stack[position];
  switch (e->kind) {
    case ENTRY_TEMP: return;
    case ENTRY_BORROW: tr_emit(T, X_OWN, tr_home(T, position), 0, 0); break;
    case ENTRY_LOCAL: tr_emit(T, X_MOVE_O, tr_home(T, position), (uint32_t)e->index, 0); break;
    case ENTRY_CONST: tr_load_const(T, tr_home(T, position), e->index); break;
    case ENTRY_NULL: tr_emit(T, X_SET_UNBOUND, tr_home(T, position), 0, 0); break;
    case ENTRY_COMPREHENSION: tr_emit_comprehension(T, X_MAKE_COMPREHENSION, tr_home(T, position), (uint32_t)e->index, 0); break;
  }
  e->kind = ENTRY_TEMP;
}

void tr_materialise_from(Translator *T, int32_t first) {
  for (int32_t i = first; i < T->depth; i++) tr_materialise(T, i);
}

void tr_settle_local(Translator *T, int32_t index) {
  for (int32_t i = 0; i < T->depth; i++) {
    Entry *e = &T->stack[i];
    if ((e->kind == ENTRY_LOCAL || e->kind == ENTRY_BORROW) && e->index == index) tr_materialise(T, i);
  }
}

uint32_t tr_operand(Translator *T, int32_t position) {
  Entry *e = &T->stack[position];
  if (e->kind == ENTRY_LOCAL) return (uint32_t)e->index;
  if (!tr_in_slot(*e)) tr_materialise(T, position);
  return tr_home(T, position);
}

void tr_push_pending(Translator *T, EntryKind kind, int32_t index) {
  tr_push(T, kind, index);
  if (!T->fold) tr_materialise(T, T->depth - 1);
}
