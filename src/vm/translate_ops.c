// What becomes of each instruction: locals and the stack, variables by name, collections, and the instructions that work on whole slots.
#include "vm/translate_ops.h"

#include "code/opcode.h"

// --- Locals and the stack -----------------------------------------------------------------------------------------------------------

static void load_local(Translator *T, int32_t index) {
  if (!T->fold) {
    tr_push_temp(T);
    tr_emit(T, X_MOVE_CHECKED, tr_home(T, T->depth - 1), (uint32_t)index, 0);
    return;
  }
  if (!surely_bound_now(&T->bound, (uint32_t)index)) tr_emit(T, X_CHECK_LOCAL, (uint32_t)index, 0, 0);
  tr_push(T, ENTRY_LOCAL, index);
}

// A function that is more than called is made where the stack form makes it.
static void settle_comprehension(Translator *T, int32_t position) {
  if (T->stack[position].kind == ENTRY_COMPREHENSION) tr_materialise(T, position);
}

static void store_local(Translator *T, int32_t index) {
  settle_comprehension(T, T->depth - 1);
  Entry e = tr_pop(T);
  uint32_t slot = (uint32_t)index;
  tr_settle_local(T, index);
  if (T->fold && e.kind == ENTRY_TEMP && T->producer >= 0 && T->producer_end == T->count) {
    Inst *in = &T->out[T->producer];
    if (T->producer_field == 0) in->a = (uint16_t)slot;
    else in->c = (uint16_t)slot;
    T->producer = -1;
    return;
  }
  switch (e.kind) {
    case ENTRY_TEMP: tr_emit(T, X_MOVE_S, slot, tr_home(T, T->depth), 0); break;
    case ENTRY_BORROW:
      tr_emit(T, X_OWN, tr_home(T, T->depth), 0, 0);
      tr_emit(T, X_MOVE_S, slot, tr_home(T, T->depth), 0);
      break;
    case ENTRY_LOCAL:
      if (e.index != index) tr_emit(T, X_MOVE_O, slot, (uint32_t)e.index, 0);
      break;
    case ENTRY_CONST: tr_load_const(T, slot, e.index); break;
    case ENTRY_NULL:
    case ENTRY_COMPREHENSION: stackform_bad(&T->form, "null stored"); break;
  }
}

static void drop_top(Translator *T) {
  Entry e = tr_pop(T);
  if (e.kind == ENTRY_TEMP) tr_emit(T, X_CLOSE_T, tr_home(T, T->depth), 0, 0);
  else if (e.kind == ENTRY_BORROW) tr_emit(T, X_SET_UNBOUND, tr_home(T, T->depth), 0, 0);
}

static void copy_item(Translator *T, int32_t deep) {
  int32_t from = T->depth - deep;
  settle_comprehension(T, from);
  Entry e = T->stack[from];
  if (!tr_in_slot(e)) {
    tr_push(T, e.kind, e.index);
    return;
  }
  tr_push_temp(T);
  uint32_t at = tr_emit(T, X_MOVE_O, tr_home(T, T->depth - 1), tr_home(T, from), 0);
  tr_produced(T, at, 0);
}

static void swap_items(Translator *T, int32_t deep) {
  int32_t top = T->depth - 1, other = T->depth - deep;
  if (top == other) return;
  Entry a = T->stack[top], b = T->stack[other];
  T->stack[top] = b;
  T->stack[other] = a;
  if (tr_in_slot(a) && tr_in_slot(b)) tr_emit(T, X_SWAP, tr_home(T, top), tr_home(T, other), 0);
  else if (tr_in_slot(a)) tr_emit(T, X_MOVE_S, tr_home(T, other), tr_home(T, top), 0);
  else if (tr_in_slot(b)) tr_emit(T, X_MOVE_S, tr_home(T, top), tr_home(T, other), 0);
}

// --- Variables ----------------------------------------------------------------------------------------------------------------------

// op names[bc] with an operand that the instruction reads.
static void store_named(Translator *T, ExecOp op, int32_t name) {
  uint32_t a = tr_operand(T, T->depth - 1);
  tr_pop(T);
  tr_emit_bc(T, op, a, name);
}

static void store_deref(Translator *T, int32_t cell) {
  uint32_t a = tr_operand(T, T->depth - 1);
  tr_pop(T);
  tr_emit(T, X_STORE_DEREF, a, (uint32_t)cell, 0);
}

// --- Collections --------------------------------------------------------------------------------------------------------------------

// Builds one value of n slots; the destination may be a local.
static void build(Translator *T, ExecOp op, int32_t n, uint32_t b) {
  int32_t p = T->depth - n;
  tr_materialise_from(T, p);
  T->depth = p;
  tr_push_temp(T);
  tr_produced(T, tr_emit(T, op, tr_home(T, p), b, tr_home(T, p)), 2);
}

// Adds TOS to the collection `deep` below it.
static void add_to(Translator *T, ExecOp op, int32_t deep, uint32_t c) {
  uint32_t b = tr_operand(T, T->depth - 1);
  tr_pop(T);
  tr_emit(T, op, tr_home(T, T->depth - deep), b, c);
}

static void map_add(Translator *T, int32_t deep) {
  int32_t key = T->depth - 2;
  tr_materialise_from(T, key);
  T->depth = key;
  tr_emit(T, X_MAP_ADD, tr_home(T, key - deep), tr_home(T, key), 0);
}

// Whether n stores into locals stand behind instruction i, which then store to them itself.
static bool stores_follow(Translator *T, uint32_t i, uint32_t n) {
  if (!T->fold || i + n >= T->form.ndecoded) return false;
  Decoded *d = &T->form.decoded[i];
  for (uint32_t k = 1; k <= n; k++)
    if (d[k].op != OP_STORE_FAST || d[k].border) return false;
  for (uint32_t k = 1; k <= n; k++) {
    tr_settle_local(T, d[k].arg);
    d[k].folded = true;
  }
  return true;
}

static void unpack(Translator *T, uint32_t i, int32_t n) {
  uint32_t a = tr_operand(T, T->depth - 1);
  const Decoded *d = &T->form.decoded[i];
  tr_pop(T);
  if ((n == 2 || n == 3) && stores_follow(T, i, (uint32_t)n)) {
    uint32_t at = tr_emit(T, n == 2 ? X_UNPACK_2 : X_UNPACK_3, a, (uint32_t)d[1].arg, (uint32_t)d[2].arg);
    if (n == 3 && !T->form.failed) T->out[at + 1].a = (uint16_t)d[3].arg;
    return;
  }
  if (n == 2 && T->fold) {
    uint32_t second = tr_home(T, T->depth);
    tr_emit(T, X_UNPACK_2, a, second + 1, second);
    tr_push_temp(T);
    tr_push_temp(T);
    return;
  }
  tr_emit(T, X_UNPACK, a, (uint32_t)n, tr_home(T, T->depth));
  for (int32_t k = 0; k < n; k++) tr_push_temp(T);
}

// a, b = (x, y) if c else (y, x): the pair that instruction i builds is unpacked into two locals by the next instruction, reached by a jump
// or not. Then no tuple is made: the items go to the locals at once.
static bool store_pair(Translator *T, uint32_t i) {
  Decoded *d = &T->form.decoded[i];
  if (d->arg != 2 || !T->fold || T->wide || i + 1 >= T->form.ndecoded) return false;
  bool jumps = d[1].op == OP_JUMP_FORWARD && !d[1].border;
  uint32_t u = jumps ? (uint32_t)d[1].target : i + 1;
  if (u <= i || u + 3 >= T->form.ndecoded || !T->form.decoded[u].border) return false;
  const Decoded *unpacking = &T->form.decoded[u], *first = unpacking + 1, *second = unpacking + 2;
  if (unpacking->op != OP_UNPACK_SEQUENCE || unpacking->arg != 2 || unpacking->folded) return false;
  if (first->op != OP_STORE_FAST || second->op != OP_STORE_FAST || first->border || second->border) return false;
  tr_materialise_all(T);
  T->depth -= 2;
  T->unit = unpacking->unit;   // what dies there is seen to die in that line
  uint32_t at = tr_emit(T, X_STORE_PAIR, tr_home(T, T->depth), (uint32_t)first->arg, (uint32_t)second->arg);
  tr_fixup(T, at, FIX_WORD, u + 3);
  T->form.decoded[u + 3].border = true;
  T->next = u + 3;
  d[1].folded |= jumps;
  return true;
}

// --- Whole slots --------------------------------------------------------------------------------------------------------------------

// An instruction that works in place on the n topmost slots, which afterwards hold `after` items; its operand a is the first of them.
static void window(Translator *T, ExecOp op, int32_t n, int32_t after, uint32_t b, uint32_t c) {
  int32_t p = T->depth - n;
  tr_materialise_from(T, p);
  tr_emit(T, op, tr_home(T, p), b, c);
  T->depth = p;
  for (int32_t i = 0; i < after; i++) tr_push_temp(T);
}

static void window_bc(Translator *T, ExecOp op, int32_t n, int32_t after, int32_t bc) {
  int32_t p = T->depth - n;
  tr_materialise_from(T, p);
  tr_emit_bc(T, op, tr_home(T, p), bc);
  T->depth = p;
  for (int32_t i = 0; i < after; i++) tr_push_temp(T);
}

// Those of which nothing more is to be said. `arg`: where the instruction has the argument of the stack form's.
typedef enum { ARG_NONE, ARG_B, ARG_BC } WindowArg;
typedef struct Window { uint16_t op; uint8_t n, after, arg; } Window;

static const Window windows[256] = {   // X_NOP: not such an instruction
    [OP_DELETE_SUBSCR] = {X_DELETE_SUBSCR, 2, 0, ARG_NONE},
    [OP_DELETE_ATTR] = {X_DELETE_ATTR, 1, 0, ARG_BC},
    [OP_LOAD_NAME] = {X_LOAD_NAME, 0, 1, ARG_BC},
    [OP_LOAD_CLASSDEREF] = {X_LOAD_CLASSDEREF, 0, 1, ARG_B},
    [OP_LOAD_CLOSURE] = {X_MOVE_O, 0, 1, ARG_B},
    [OP_LOAD_ASSERTION_ERROR] = {X_LOAD_ASSERTION_ERROR, 0, 1, ARG_NONE},
    [OP_LOAD_BUILD_CLASS] = {X_LOAD_BUILD_CLASS, 0, 1, ARG_NONE},
    [OP_SETUP_ANNOTATIONS] = {X_SETUP_ANNOTATIONS, 0, 0, ARG_NONE},
    [OP_PRINT_EXPR] = {X_PRINT_EXPR, 1, 0, ARG_NONE},
    [OP_LIST_TO_TUPLE] = {X_LIST_TO_TUPLE, 1, 1, ARG_NONE},
    [OP_IMPORT_NAME] = {X_IMPORT_NAME, 2, 1, ARG_BC},
    [OP_IMPORT_FROM] = {X_IMPORT_FROM, 1, 2, ARG_BC},
    [OP_IMPORT_STAR] = {X_IMPORT_STAR, 1, 0, ARG_NONE},
    [OP_PUSH_EXC_INFO] = {X_PUSH_EXC_INFO, 1, 2, ARG_NONE},
    [OP_POP_EXCEPT] = {X_POP_EXCEPT, 1, 0, ARG_NONE},
    [OP_CHECK_EG_MATCH] = {X_CHECK_EG_MATCH, 2, 2, ARG_NONE},
    [OP_PREP_RERAISE_STAR] = {X_PREP_RERAISE_STAR, 2, 1, ARG_NONE},
    [OP_RERAISE] = {X_RERAISE, 1, 0, ARG_B},
    [OP_BEFORE_WITH] = {X_BEFORE_WITH, 1, 2, ARG_NONE},
    [OP_WITH_EXCEPT_START] = {X_WITH_EXCEPT_START, 0, 1, ARG_NONE},
    [OP_RETURN_GENERATOR] = {X_RETURN_GENERATOR, 0, 1, ARG_NONE},
    [OP_GET_YIELD_FROM_ITER] = {X_YIELD_FROM_ITER, 1, 1, ARG_NONE},
    [OP_GET_AWAITABLE] = {X_GET_AWAITABLE, 1, 1, ARG_B},
    [OP_GET_AITER] = {X_GET_AITER, 1, 1, ARG_NONE},
    [OP_GET_ANEXT] = {X_GET_ANEXT, 1, 2, ARG_NONE},
    [OP_END_ASYNC_FOR] = {X_END_ASYNC_FOR, 2, 0, ARG_NONE},
    [OP_BEFORE_ASYNC_WITH] = {X_BEFORE_ASYNC_WITH, 1, 2, ARG_NONE},
    [OP_ASYNC_GEN_WRAP] = {X_ASYNC_WRAP, 1, 1, ARG_NONE},
    [OP_GET_LEN] = {X_GET_LEN, 1, 2, ARG_NONE},
    [OP_MATCH_MAPPING] = {X_MATCH_MAPPING, 1, 2, ARG_NONE},
    [OP_MATCH_SEQUENCE] = {X_MATCH_SEQUENCE, 1, 2, ARG_NONE},
    [OP_MATCH_KEYS] = {X_MATCH_KEYS, 2, 3, ARG_NONE},
    [OP_MATCH_CLASS] = {X_MATCH_CLASS, 3, 1, ARG_B},
};

static void tabled_window(Translator *T, const Decoded *d) {
  const Window *w = &windows[d->op];
  if (w->op == X_NOP) stackform_bad(&T->form, "unknown opcode");
  else if (w->arg == ARG_BC) window_bc(T, w->op, w->n, w->after, d->arg);
  else window(T, w->op, w->n, w->after, w->arg == ARG_B ? (uint32_t)d->arg : 0, 0);
}

static void check_exc_match(Translator *T) {
  uint32_t exc = tr_operand(T, T->depth - 2), type = tr_operand(T, T->depth - 1);
  tr_pop(T);
  tr_push_temp(T);
  tr_emit(T, X_CHECK_EXC_MATCH, tr_home(T, T->depth - 1), type, exc);
}

// --- One instruction ----------------------------------------------------------------------------------------------------------------

void translate_op(Translator *T, uint32_t i) {
  const Decoded *d = &T->form.decoded[i];
  int32_t arg = d->arg;
  switch (d->op) {
    case OP_CACHE:
    case OP_NOP:
    case OP_PRECALL:
      if (!T->fold) tr_emit(T, X_NOP, 0, 0, 0);
      break;
    case OP_RESUME:
      if (!T->fold) tr_emit(T, X_RESUME, (uint32_t)arg, 0, 0);
      break;
    case OP_POP_TOP: drop_top(T); break;
    case OP_PUSH_NULL: tr_push_pending(T, ENTRY_NULL, 0); break;
    case OP_LOAD_CONST:
      if (!translate_comprehension(T, i)) tr_push_pending(T, ENTRY_CONST, arg);
      break;
    case OP_LOAD_CLOSURE:
      if (!translate_comprehension(T, i)) tabled_window(T, d);
      break;
    case OP_LOAD_FAST: load_local(T, arg); break;
    case OP_STORE_FAST: store_local(T, arg); break;
    case OP_DELETE_FAST:
      tr_settle_local(T, arg);
      tr_emit(T, X_DELETE_LOCAL, (uint32_t)arg, 0, 0);
      break;
    case OP_COPY: copy_item(T, arg); break;
    case OP_SWAP: swap_items(T, arg); break;

    case OP_UNARY_POSITIVE: translate_unary(T, X_POSITIVE); break;
    case OP_UNARY_NEGATIVE: translate_unary(T, X_NEGATIVE); break;
    case OP_UNARY_NOT: translate_unary(T, X_NOT); break;
    case OP_UNARY_INVERT: translate_unary(T, X_INVERT); break;
    case OP_BINARY_OP:
      if (arg >= 2 * OP_INPLACE) stackform_bad(&T->form, "operator");
      else translate_binary(T, arg);
      break;
    case OP_COMPARE_OP:
      if (arg > CMP_GE) stackform_bad(&T->form, "comparison");
      else translate_compare(T, i, arg);
      break;
    case OP_IS_OP: translate_identity(T, i, arg); break;
    case OP_CONTAINS_OP: translate_two_operands(T, arg ? X_NOT_CONTAINS : X_CONTAINS); break;
    case OP_BINARY_SUBSCR: translate_subscript(T); break;
    case OP_STORE_SUBSCR: translate_store_subscript(T); break;

    case OP_JUMP_FORWARD:
    case OP_JUMP_BACKWARD_NO_INTERRUPT: translate_jump(T, d, X_JUMP); break;
    case OP_JUMP_BACKWARD: translate_jump(T, d, X_JUMP_BACK); break;
    case OP_POP_JUMP_FORWARD_IF_TRUE:
    case OP_POP_JUMP_BACKWARD_IF_TRUE: translate_jump_on(T, X_JUMP_TRUE, d); break;
    case OP_POP_JUMP_FORWARD_IF_FALSE:
    case OP_POP_JUMP_BACKWARD_IF_FALSE: translate_jump_on(T, X_JUMP_FALSE, d); break;
    case OP_POP_JUMP_FORWARD_IF_NONE:
    case OP_POP_JUMP_BACKWARD_IF_NONE: translate_jump_on(T, X_JUMP_NONE, d); break;
    case OP_POP_JUMP_FORWARD_IF_NOT_NONE:
    case OP_POP_JUMP_BACKWARD_IF_NOT_NONE: translate_jump_on(T, X_JUMP_NOT_NONE, d); break;
    case OP_JUMP_IF_TRUE_OR_POP: translate_jump_or_pop(T, X_JUMP_TRUE_OR_POP, d); break;
    case OP_JUMP_IF_FALSE_OR_POP: translate_jump_or_pop(T, X_JUMP_FALSE_OR_POP, d); break;
    case OP_FOR_ITER: translate_loop_head(T, i); break;

    case OP_LOAD_ATTR: translate_load_attr(T, arg); break;
    case OP_LOAD_METHOD: translate_load_method(T, arg); break;
    case OP_STORE_ATTR: translate_store_attr(T, arg); break;
    case OP_LOAD_GLOBAL: translate_load_global(T, i); break;
    case OP_STORE_GLOBAL: store_named(T, X_STORE_GLOBAL, arg); break;
    case OP_DELETE_GLOBAL: tr_emit_bc(T, X_DELETE_GLOBAL, 0, arg); break;
    case OP_STORE_NAME: store_named(T, X_STORE_NAME, arg); break;
    case OP_DELETE_NAME: tr_emit_bc(T, X_DELETE_NAME, 0, arg); break;
    case OP_MAKE_CELL: tr_emit(T, X_MAKE_CELL, 0, (uint32_t)arg, 0); break;
    case OP_COPY_FREE_VARS: tr_emit(T, X_COPY_FREE, 0, (uint32_t)arg, 0); break;
    case OP_LOAD_DEREF:
      tr_push_temp(T);
      tr_produced(T, tr_emit(T, X_LOAD_DEREF, tr_home(T, T->depth - 1), (uint32_t)arg, 0), 0);
      break;
    case OP_STORE_DEREF: store_deref(T, arg); break;
    case OP_DELETE_DEREF: tr_emit(T, X_DELETE_DEREF, 0, (uint32_t)arg, 0); break;

    case OP_KW_NAMES:
      T->kwnames = arg;
      if (!T->fold) tr_emit(T, X_NOP, 0, 0, 0);
      break;
    case OP_CALL: translate_call(T, arg); break;
    case OP_CALL_FUNCTION_EX: translate_call_ex(T, arg & 1); break;
    case OP_RETURN_VALUE: translate_return(T); break;
    case OP_MAKE_FUNCTION: window(T, X_MAKE_FUNCTION, (int32_t)stackform_inputs(d), 1, (uint32_t)arg, 0); break;
    case OP_YIELD_VALUE: translate_yield(T, i); break;
    case OP_SEND: translate_send(T, d); break;

    case OP_GET_ITER: translate_unary(T, X_GET_ITER); break;
    case OP_UNPACK_SEQUENCE: unpack(T, i, arg); break;
    case OP_UNPACK_EX: window(T, X_UNPACK_EX, 1, (arg & 0xFF) + 1 + (arg >> 8), (uint32_t)(arg & 0xFF), (uint32_t)(arg >> 8)); break;

    case OP_BUILD_TUPLE:
      if (!store_pair(T, i)) build(T, X_BUILD_TUPLE, arg, (uint32_t)arg);
      break;
    case OP_BUILD_LIST: build(T, X_BUILD_LIST, arg, (uint32_t)arg); break;
    case OP_BUILD_SET: build(T, X_BUILD_SET, arg, (uint32_t)arg); break;
    case OP_BUILD_MAP: build(T, X_BUILD_MAP, 2 * arg, (uint32_t)arg); break;
    case OP_BUILD_CONST_KEY_MAP: build(T, X_BUILD_CONST_KEY_MAP, arg + 1, (uint32_t)arg); break;
    case OP_BUILD_STRING: build(T, X_BUILD_STRING, arg, (uint32_t)arg); break;
    case OP_BUILD_SLICE: build(T, X_BUILD_SLICE, arg, (uint32_t)arg); break;
    case OP_LIST_APPEND: add_to(T, X_LIST_APPEND, arg, 0); break;
    case OP_SET_ADD: add_to(T, X_SET_ADD, arg, 0); break;
    case OP_MAP_ADD: map_add(T, arg); break;
    case OP_LIST_EXTEND: add_to(T, X_LIST_EXTEND, arg, 0); break;
    case OP_SET_UPDATE: add_to(T, X_SET_UPDATE, arg, 0); break;
    case OP_DICT_UPDATE: add_to(T, X_DICT_UPDATE, arg, 0); break;
    case OP_DICT_MERGE: add_to(T, X_DICT_MERGE, arg, tr_operand(T, T->depth - 3 - arg)); break;
    case OP_FORMAT_VALUE: window(T, X_FORMAT_VALUE, 1 + !!(arg & 4), 1, (uint32_t)arg, 0); break;

    case OP_CHECK_EXC_MATCH: check_exc_match(T); break;
    case OP_RAISE_VARARGS: window(T, X_RAISE, arg, 0, (uint32_t)arg, 0); break;
    default: tabled_window(T, d); break;
  }
}
