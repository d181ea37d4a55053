// Calls, and what leads to them: globals, attributes, methods.
#include "vm/translate_ops.h"

#include "code/opcode.h"
#include "objects/bytes.h"
#include "objects/names.h"
#include "objects/str.h"
#include "vm/comprehension.h"

// Puts pending operands into the window: locals borrowed, two at a time where they are neighbours.
static void fill_window(Translator *T, int32_t first, int32_t end) {
  for (int32_t i = first; i < end; i++) {
    Entry *e = &T->stack[i];
    if (e->kind == ENTRY_CONST || e->kind == ENTRY_NULL || e->kind == ENTRY_COMPREHENSION) {
      tr_materialise(T, i);
    } else if (e->kind == ENTRY_LOCAL) {
      if (i + 1 < end && e[1].kind == ENTRY_LOCAL) {
        tr_emit(T, X_MOVE_B2, tr_home(T, i), (uint32_t)e->index, (uint32_t)e[1].index);
        e[1].kind = ENTRY_BORROW;
      } else {
        tr_emit(T, X_MOVE_B, tr_home(T, i), (uint32_t)e->index, 0);
      }
      e->kind = ENTRY_BORROW;
    }
  }
}

bool translate_comprehension(Translator *T, uint32_t i) {
  const Decoded *d = &T->form.decoded[i], *end = T->form.decoded + T->form.ndecoded;
  uint32_t n = 0;
  while (n <= COMPREHENSION_CELLS && d + n < end && d[n].op == OP_LOAD_CLOSURE) n++;
  const Decoded *code = d + n + (n > 0);
  if (!T->fold || code + 1 >= end || code->op != OP_LOAD_CONST || code[1].op != OP_MAKE_FUNCTION) return false;
  if (n && (code[-1].op != OP_BUILD_TUPLE || code[-1].arg != (int32_t)n)) return false;
  if (code[1].arg != (n ? 8 : 0) || !comprehension_fits(tr_const_value(T, code->arg), n)) return false;
  for (const Decoded *k = d + 1; k <= code + 1; k++)
    if (k->leader || k->border) return false;
  uint32_t last = (uint32_t)(code + 1 - T->form.decoded);
  for (uint32_t k = i + 1; k <= last; k++) T->form.decoded[k].folded = true;
  tr_push(T, ENTRY_COMPREHENSION, (int32_t)last);
  return true;
}

// A comprehension's function is pending, and on top is the iterable it is called with.
static void call_comprehension(Translator *T) {
  int32_t p = T->depth - 2;
  tr_materialise(T, p + 1);
  uint32_t at = tr_emit_comprehension(T, X_CALL_COMPREHENSION, tr_home(T, p), (uint32_t)T->stack[p].index, tr_home(T, p));
  T->depth = p;
  tr_push_temp(T);
  tr_produced(T, at, 2);
}

void translate_call(Translator *T, int32_t nargs) {
  int32_t p = T->depth - nargs - 2;
  if (nargs == 0 && T->kwnames < 0 && T->stack[p].kind == ENTRY_COMPREHENSION) {
    call_comprehension(T);
    return;
  }
  bool plain = T->stack[p].kind == ENTRY_NULL;
  if (!plain) fill_window(T, p, p + 1);
  fill_window(T, p + 1, T->depth);
  uint32_t at;
  if (T->kwnames >= 0) {
    if (plain) tr_materialise(T, p);
    at = tr_emit(T, X_CALL_KW, tr_home(T, p), (uint32_t)nargs, tr_home(T, p));
    if (!T->form.failed) T->out[at + 1].word = tr_const_value(T, T->kwnames).w | 1;
    T->kwnames = -1;
  } else {
    at = tr_emit(T, plain ? X_CALL : X_CALL_METHOD, tr_home(T, p), (uint32_t)nargs, tr_home(T, p));
  }
  T->depth = p;
  tr_push_temp(T);
  tr_produced(T, at, 2);
}

void translate_call_ex(Translator *T, bool has_kwargs) {
  int32_t p = T->depth - 3 - has_kwargs;
  tr_materialise_from(T, p + 1);
  uint32_t at = tr_emit(T, X_CALL_EX, tr_home(T, p), has_kwargs, tr_home(T, p));
  T->depth = p;
  tr_push_temp(T);
  tr_produced(T, at, 2);
}

void translate_load_method(Translator *T, int32_t name) {
  int32_t p = T->depth - 1;
  Entry e = T->stack[p];
  uint32_t b = tr_operand(T, p);
  tr_emit(T, X_LOAD_METHOD, tr_home(T, p), b, (uint32_t)name);
  T->stack[p] = (Entry){ENTRY_TEMP, 0};
  if (e.kind == ENTRY_LOCAL || e.kind == ENTRY_BORROW) tr_push(T, ENTRY_BORROW, e.index);
  else tr_push_temp(T);
}

void translate_load_attr(Translator *T, int32_t name) {
  uint32_t b = tr_operand(T, T->depth - 1), dest = tr_home(T, T->depth - 1);
  bool from_slot = tr_in_slot(T->stack[T->depth - 1]);
  tr_pop(T);
  tr_push_temp(T);
  uint32_t at = tr_emit(T, X_LOAD_ATTR, dest, b, (uint32_t)name);
  if (!from_slot) tr_produced(T, at, 0);
}

void translate_store_attr(Translator *T, int32_t name) {
  int32_t owner = T->depth - 1;
  uint32_t a = tr_operand(T, owner), b = tr_operand(T, owner - 1);
  bool close = a == tr_home(T, owner);
  T->depth -= 2;
  tr_emit(T, X_STORE_ATTR, a, b, (uint32_t)name);
  if (close) tr_emit(T, X_CLOSE_T, a, 0, 0);
}

// The slot of the class's cell if the code is a method's and uses the class.
static int32_t class_cell(const Translator *T) {
  const Code *c = T->form.code;
  if (c->argcount == 0 || v_bytes(c->localspluskinds)->data[0] & LOCAL_KIND_CELL) return -1;
  for (int32_t i = c->nlocalsplus - c->nfreevars; i < c->nlocalsplus; i++)
    if (v_is(v_tuple(c->localsplusnames)->items[i], N(__class__))) return i;
  return -1;
}

// super().name(: makes what follows LOAD_GLOBAL i unnecessary in the common case.
static void super_method(Translator *T, uint32_t i) {
  const Decoded *d = &T->form.decoded[i];
  if (!T->fold || T->trace || T->wide || !(d->arg & 1) || i + 3 >= T->form.ndecoded) return;
  if (d[1].op != OP_PRECALL || d[2].op != OP_CALL || d[2].arg != 0 || d[3].op != OP_LOAD_METHOD) return;
  if (d[1].border || d[2].border || d[3].border || !str_equals_cstr(v_tuple(T->form.code->names)->items[d->arg >> 1], "super")) return;
  int32_t cell = class_cell(T);
  if (cell >= 0) tr_emit(T, X_SUPER_METHOD, tr_home(T, T->depth - 2), (uint32_t)cell, (uint32_t)d[3].arg);
}

void translate_load_global(Translator *T, uint32_t i) {
  int32_t arg = T->form.decoded[i].arg;
  if (arg & 1) tr_push_pending(T, ENTRY_NULL, 0);
  tr_push_temp(T);
  uint32_t at = tr_emit(T, X_LOAD_GLOBAL, tr_home(T, T->depth - 1), 0, 0);
  if (!T->form.failed) T->out[at].bc = arg >> 1;
  tr_produced(T, at, 0);
  super_method(T, i);
}
