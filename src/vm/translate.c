// The translator: from the stack form of a code object to the execution form that the eval loop runs.
#include "vm/translate.h"

#include <stdlib.h>

#include "code/linetable.h"
#include "code/opcode.h"
#include "objects/bytes.h"
#include "objects/error_state.h"
#include "objects/names.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/mutex.h"
#include "vm/stackform.h"

bool exec_fold = true;

const uint8_t exec_op_words[X_COUNT] = {
#define X(name, words) words,
#include "vm/exec_ops.def"
};
const char *const exec_op_names[X_COUNT] = {
#define X(name, words) #name,
#include "vm/exec_ops.def"
};

// --- State ------------------------------------------------------------------------------------------------------------------------

typedef enum { ENTRY_TEMP, ENTRY_BORROW, ENTRY_LOCAL, ENTRY_CONST, ENTRY_NULL } EntryKind;
// An item of the abstract stack. TEMP: in its slot. BORROW: in its slot, borrowed from local `index`. The others are pending.
typedef struct Entry { EntryKind kind; int32_t index; } Entry;

typedef enum { FIX_C, FIX_BC, FIX_WORD, FIX_BODY } FixKind;   // BODY: c, to what follows a FOR_ITER and its store
typedef struct Fixup { uint32_t at; FixKind kind; uint32_t target; } Fixup;
typedef struct ConstUse { uint32_t at; uint32_t index; uint8_t field; } ConstUse;   // field: 1 b, 2 c, 3 bc

// The state right behind a word, for moving a frame to the traced form.
typedef struct Probe {
  uint32_t at;              // the word; UINT32_MAX: not asked for
  bool found;
  Entry *stack;             // owned
  int32_t depth;
  uint32_t next;            // index of the instruction to go on with
} Probe;

enum { OPERAND_LIMIT = 32000 };   // slots, and words that a 16-bit offset may span

typedef struct Translator {
  StackForm form;
  bool fold;
  bool trace;               // put a TRACE before each instruction
  bool wide;                // too many words for 16-bit offsets: no fused jumps, no constant operands
  uint64_t *assigned;       // ndecoded rows: locals surely bound before a leader
  uint64_t *bound;          // the row of the instruction being translated
  uint32_t row;             // words a row
  Inst *out;
  uint32_t *origin;
  uint32_t count, capacity;
  uint32_t unit;            // being translated
  Entry *stack;
  int32_t depth;
  Fixup *fixups;
  uint32_t nfixups, fixup_capacity;
  ConstUse *uses;
  uint32_t nuses, use_capacity;
  int32_t *pool_index;      // per constant: place in the pool or -1
  uint32_t *pool;
  uint32_t npool;
  int32_t producer;         // word whose destination is the top temporary and may be a local instead; -1
  uint8_t producer_field;
  uint32_t producer_end;    // valid only while nothing was made after it
  Probe probe;
  int32_t kwnames;          // constant index of the coming call's keyword names; -1
} Translator;

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

// --- Definite assignment ------------------------------------------------------------------------------------------------------------

static void bit_set(uint64_t *row, uint32_t i) { row[i / 64] |= (uint64_t)1 << i % 64; }
static void bit_clear(uint64_t *row, uint32_t i) { row[i / 64] &= ~((uint64_t)1 << i % 64); }
static bool bit_test(const uint64_t *row, uint32_t i) { return row[i / 64] >> i % 64 & 1; }

// Intersects a row with another; true if it changed.
static bool row_meet(uint64_t *row, const uint64_t *other, uint32_t n) {
  bool changed = false;
  for (uint32_t i = 0; i < n; i++) {
    uint64_t w = row[i] & other[i];
    changed |= w != row[i];
    row[i] = w;
  }
  return changed;
}

static void mark_arguments(Translator *T, uint64_t *row) {
  const Code *c = T->form.code;
  int n = c->argcount + c->kwonlyargcount + !!(c->flags & CO_VARARGS) + !!(c->flags & CO_VARKEYWORDS);
  for (int i = 0; i < n; i++) bit_set(row, (uint32_t)i);
}

// The state after an instruction; kills collects what a handler cannot rely on.
static inline void assign_step(const Decoded *d, uint64_t *row, uint64_t *kills) {
  if (d->op == OP_STORE_FAST || d->op == OP_LOAD_FAST) {
    bit_set(row, (uint32_t)d->arg);
  } else if (unlikely(d->op == OP_DELETE_FAST || d->op == OP_MAKE_CELL)) {
    bit_clear(row, (uint32_t)d->arg);
    if (kills) bit_set(kills, (uint32_t)d->arg);
  }
}

static bool find_assigned(Translator *T) {
  T->row = T->form.nlocals / 64 + 1;
  size_t words = (size_t)T->form.ndecoded * T->row;
  T->assigned = malloc((words + 3 * T->row) * sizeof *T->assigned);
  uint8_t *dirty = calloc(T->form.ndecoded, 1);
  if (!T->assigned || !dirty) {
    free(dirty);
    return stackform_out_of_memory(&T->form);
  }
  uint64_t *row = T->assigned + words, *kills = row + T->row;
  T->bound = kills + T->row;
  memset(T->assigned, 0xFF, words * sizeof *T->assigned);
  memset(T->assigned, 0, T->row * sizeof *T->assigned);
  mark_arguments(T, T->assigned);
  dirty[0] = 1;
#define ROW(i) (T->assigned + (size_t)(i) * T->row)
#define MEET(i, with) do { if (row_meet(ROW(i), with, T->row)) { dirty[i] = 1; again = true; } } while (0)
  for (uint32_t i = 0; i < T->form.ndecoded; i++) dirty[i] = T->form.decoded[i].leader && T->form.decoded[i].depth >= 0;
  for (bool again = true; again;) {
    again = false;
    for (uint32_t b = 0; b < T->form.ndecoded; b++) {
      if (!dirty[b]) continue;
      dirty[b] = 0;
      memcpy(row, ROW(b), T->row * sizeof *row);
      memset(kills, 0, T->row * sizeof *kills);
      uint32_t i = b;
      for (;; i++) {
        const Decoded *d = &T->form.decoded[i];
        assign_step(d, row, kills);
        if (d->target >= 0) MEET((uint32_t)d->target, row);
        if (opcode_flags[d->op] & OPCODE_END || i + 1 == T->form.ndecoded) break;
        if (T->form.decoded[i + 1].leader) {
          MEET(i + 1, row);
          break;
        }
      }
      const ExceptionEntry *e = stackform_range(&T->form, T->form.decoded[b].unit);
      if (e) {
        for (uint32_t w = 0; w < T->row; w++) row[w] = ROW(b)[w] & ~kills[w];
        MEET((uint32_t)T->form.index_of_unit[e->target / 2], row);
      }
    }
  }
#undef MEET
#undef ROW
  free(dirty);
  return true;
}

// --- Making instructions ------------------------------------------------------------------------------------------------------------

static uint32_t emit(Translator *T, ExecOp op, uint32_t a, uint32_t b, uint32_t c) {
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

static void emit_bc(Translator *T, ExecOp op, uint32_t a, int32_t bc) {
  uint32_t at = emit(T, op, a, 0, 0);
  if (!T->form.failed) T->out[at].bc = bc;
}

static void fixup(Translator *T, uint32_t at, FixKind kind, uint32_t target) {
  if (!grow(T, (void **)&T->fixups, &T->fixup_capacity, T->nfixups + 1, sizeof *T->fixups)) return;
  T->fixups[T->nfixups++] = (Fixup){at, kind, target};
}

// Notes that a field of the word at `at` is to point to constant `index`.
static void use_const(Translator *T, uint32_t at, int32_t index, uint8_t field) {
  if (!grow(T, (void **)&T->uses, &T->use_capacity, T->nuses + 1, sizeof *T->uses)) return;
  if (T->pool_index[index] < 0) {
    T->pool_index[index] = (int32_t)T->npool;
    T->pool[T->npool++] = (uint32_t)index;
  }
  T->uses[T->nuses++] = (ConstUse){at, (uint32_t)T->pool_index[index], field};
}

static Value const_value(const Translator *T, int32_t index) { return v_tuple(T->form.code->consts)->items[index]; }
static uint32_t home(const Translator *T, int32_t position) { return T->form.nlocals + (uint32_t)position; }

static void load_const(Translator *T, uint32_t slot, int32_t index) {
  uint32_t at = emit(T, X_LOADK, slot, 0, 0);
  use_const(T, at, index, 3);
}

static void push(Translator *T, EntryKind kind, int32_t index) { T->stack[T->depth++] = (Entry){kind, index}; }
static void push_temp(Translator *T) { push(T, ENTRY_TEMP, 0); }
static Entry pop(Translator *T) { return T->stack[--T->depth]; }

// Puts the value of a position into its slot, owned.
static void materialise(Translator *T, int32_t position) {
  Entry *e = &T->stack[position];
  switch (e->kind) {
    case ENTRY_TEMP: return;
    case ENTRY_BORROW: emit(T, X_OWN, home(T, position), 0, 0); break;
    case ENTRY_LOCAL: emit(T, X_MOVE_O, home(T, position), (uint32_t)e->index, 0); break;
    case ENTRY_CONST: load_const(T, home(T, position), e->index); break;
    case ENTRY_NULL: emit(T, X_SET_UNBOUND, home(T, position), 0, 0); break;
  }
  e->kind = ENTRY_TEMP;
}

static void materialise_from(Translator *T, int32_t first) {
  for (int32_t i = first; i < T->depth; i++) materialise(T, i);
}
static void materialise_all(Translator *T) { materialise_from(T, 0); }

// Before local `index` changes: carries out what refers to it.
static void settle_local(Translator *T, int32_t index) {
  for (int32_t i = 0; i < T->depth; i++) {
    Entry *e = &T->stack[i];
    if ((e->kind == ENTRY_LOCAL || e->kind == ENTRY_BORROW) && e->index == index) materialise(T, i);
  }
}

// The slot an operand is read from. Constants are put into their slot first.
static uint32_t operand(Translator *T, int32_t position) {
  Entry *e = &T->stack[position];
  if (e->kind == ENTRY_LOCAL) return (uint32_t)e->index;
  if (e->kind == ENTRY_CONST || e->kind == ENTRY_NULL) materialise(T, position);
  return home(T, position);
}

static bool in_slot(Entry e) { return e.kind == ENTRY_TEMP || e.kind == ENTRY_BORROW; }

// The instruction just made at `at` has the destination `field`, a temporary that may become a local instead.
static void produced(Translator *T, uint32_t at, uint8_t field) {
  T->producer = (int32_t)at;
  T->producer_field = field;
  T->producer_end = T->count;
}

static void pending_or_made(Translator *T, EntryKind kind, int32_t index) {
  push(T, kind, index);
  if (!T->fold) materialise(T, T->depth - 1);
}

// --- Locals and the stack -----------------------------------------------------------------------------------------------------------

static void load_local(Translator *T, int32_t index) {
  if (!T->fold) {
    push_temp(T);
    emit(T, X_MOVE_CHECKED, home(T, T->depth - 1), (uint32_t)index, 0);
    return;
  }
  if (!bit_test(T->bound, (uint32_t)index)) emit(T, X_CHECK_LOCAL, (uint32_t)index, 0, 0);
  push(T, ENTRY_LOCAL, index);
}

static void store_local(Translator *T, int32_t index) {
  Entry e = pop(T);
  uint32_t slot = (uint32_t)index;
  settle_local(T, index);
  if (T->fold && e.kind == ENTRY_TEMP && T->producer >= 0 && T->producer_end == T->count) {
    Inst *in = &T->out[T->producer];
    if (T->producer_field == 0) in->a = (uint16_t)slot;
    else in->c = (uint16_t)slot;
    T->producer = -1;
    return;
  }
  switch (e.kind) {
    case ENTRY_TEMP: emit(T, X_MOVE_S, slot, home(T, T->depth), 0); break;
    case ENTRY_BORROW:
      emit(T, X_OWN, home(T, T->depth), 0, 0);
      emit(T, X_MOVE_S, slot, home(T, T->depth), 0);
      break;
    case ENTRY_LOCAL:
      if (e.index != index) emit(T, X_MOVE_O, slot, (uint32_t)e.index, 0);
      break;
    case ENTRY_CONST: load_const(T, slot, e.index); break;
    case ENTRY_NULL: stackform_bad(&T->form, "null stored"); break;
  }
}

static void drop_top(Translator *T) {
  Entry e = pop(T);
  if (e.kind == ENTRY_TEMP) emit(T, X_CLOSE_T, home(T, T->depth), 0, 0);
  else if (e.kind == ENTRY_BORROW) emit(T, X_SET_UNBOUND, home(T, T->depth), 0, 0);
}

static void copy_item(Translator *T, int32_t deep) {
  int32_t from = T->depth - deep;
  Entry e = T->stack[from];
  if (!in_slot(e)) {
    push(T, e.kind, e.index);
    return;
  }
  push_temp(T);
  uint32_t at = emit(T, X_MOVE_O, home(T, T->depth - 1), home(T, from), 0);
  produced(T, at, 0);
}

static void swap_items(Translator *T, int32_t deep) {
  int32_t top = T->depth - 1, other = T->depth - deep;
  if (top == other) return;
  Entry a = T->stack[top], b = T->stack[other];
  T->stack[top] = b;
  T->stack[other] = a;
  if (in_slot(a) && in_slot(b)) emit(T, X_SWAP, home(T, top), home(T, other), 0);
  else if (in_slot(a)) emit(T, X_MOVE_S, home(T, other), home(T, top), 0);
  else if (in_slot(b)) emit(T, X_MOVE_S, home(T, top), home(T, other), 0);
}

// --- Operators ----------------------------------------------------------------------------------------------------------------------

// A constant that fits the signed 16-bit field of an instruction.
static bool small_const(const Translator *T, Entry e, int *out) {
  if (e.kind != ENTRY_CONST) return false;
  Value v = const_value(T, e.index);
  if (!v_is_smi(v) || v_smi(v) < INT16_MIN || v_smi(v) > INT16_MAX) return false;
  *out = (int)v_smi(v);
  return true;
}

static bool const_operand(const Translator *T, Entry e) { return e.kind == ENTRY_CONST && !T->wide; }

static void unary(Translator *T, ExecOp op) {
  uint32_t b = operand(T, T->depth - 1);
  pop(T);
  push_temp(T);
  produced(T, emit(T, op, home(T, T->depth - 1), b, 0), 0);
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

static void binary(Translator *T, int number) {
  int32_t left = T->depth - 2, right = T->depth - 1;
  uint32_t dest = home(T, left), at;
  Entry r = T->stack[right];
  int small;
  if (small_const(T, r, &small) && immediate_form(number) != X_COUNT) {
    at = emit(T, immediate_form(number), dest, operand(T, left), (uint16_t)small);
  } else if (const_operand(T, r)) {
    uint32_t b = operand(T, left);
    at = emit(T, (ExecOp)(X_ADD_SK + number), dest, b, 0);
    use_const(T, at, r.index, 2);
  } else if (const_operand(T, T->stack[left]) && number < OP_INPLACE) {
    uint32_t c = operand(T, right);
    at = emit(T, (ExecOp)(X_ADD_KS + number), dest, 0, c);
    use_const(T, at, T->stack[left].index, 1);
  } else {
    uint32_t b = operand(T, left), c = operand(T, right);
    at = emit(T, (ExecOp)(X_ADD_SS + number), dest, b, c);
  }
  T->depth -= 2;
  push_temp(T);
  produced(T, at, 0);
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

static void compare(Translator *T, uint32_t i, int cmp) {
  int32_t left = T->depth - 2, right = T->depth - 1;
  Entry r = T->stack[right];
  bool when;
  const Decoded *jump = fusable_jump(T, i, &when);
  if (!jump) {
    uint32_t at, b = operand(T, left), dest = home(T, left);
    if (const_operand(T, r)) {
      at = emit(T, (ExecOp)(X_LT_SK + cmp), dest, b, 0);
      use_const(T, at, r.index, 2);
    } else {
      at = emit(T, (ExecOp)(X_LT_SS + cmp), dest, b, operand(T, right));
    }
    T->depth -= 2;
    push_temp(T);
    produced(T, at, 0);
    return;
  }
  int small;
  uint32_t a = operand(T, left), at;
  bool immediate = small_const(T, r, &small);
  uint32_t b = immediate ? (uint16_t)small : r.kind == ENTRY_CONST ? 0 : operand(T, right);
  T->depth -= 2;
  materialise_all(T);
  if (immediate) at = emit(T, (ExecOp)((when ? X_JT_LT_SI : X_JF_LT_SI) + cmp), a, b, 0);
  else if (r.kind == ENTRY_CONST) {
    at = emit(T, (ExecOp)((when ? X_JT_LT_SK : X_JF_LT_SK) + cmp), a, 0, 0);
    use_const(T, at, r.index, 1);
  } else {
    at = emit(T, (ExecOp)((when ? X_JT_LT_SS : X_JF_LT_SS) + cmp), a, b, 0);
  }
  fixup(T, at, FIX_C, (uint32_t)jump->target);
  T->form.decoded[i + 1].folded = true;
}

static void identity(Translator *T, uint32_t i, bool invert) {
  int32_t left = T->depth - 2, right = T->depth - 1;
  uint32_t a = operand(T, left), b = operand(T, right);
  bool when;
  const Decoded *jump = fusable_jump(T, i, &when);
  T->depth -= 2;
  if (jump) {
    materialise_all(T);
    uint32_t at = emit(T, when != invert ? X_J_IS : X_J_IS_NOT, a, b, 0);
    fixup(T, at, FIX_C, (uint32_t)jump->target);
    T->form.decoded[i + 1].folded = true;
    return;
  }
  push_temp(T);
  produced(T, emit(T, invert ? X_IS_NOT : X_IS, home(T, left), a, b), 0);
}

// An operation a = b op c on two operands whose slots the instruction itself takes care of.
static void two_operands(Translator *T, ExecOp op) {
  int32_t left = T->depth - 2;
  uint32_t b = operand(T, left), c = operand(T, left + 1);
  T->depth -= 2;
  push_temp(T);
  produced(T, emit(T, op, home(T, left), b, c), 0);
}

static void subscript(Translator *T) {
  Entry r = T->stack[T->depth - 1];
  if (!const_operand(T, r)) {
    two_operands(T, X_SUBSCR);
    return;
  }
  int32_t left = T->depth - 2;
  uint32_t b = operand(T, left);
  uint32_t at = emit(T, X_SUBSCR_K, home(T, left), b, 0);
  use_const(T, at, r.index, 2);
  T->depth -= 2;
  push_temp(T);
  produced(T, at, 0);
}

// --- Jumps --------------------------------------------------------------------------------------------------------------------------

static void jump_on(Translator *T, ExecOp op, const Decoded *d) {
  uint32_t a = operand(T, T->depth - 1);
  pop(T);
  materialise_all(T);
  uint32_t at = emit(T, op, a, 0, 0);
  fixup(T, at, FIX_BC, (uint32_t)d->target);
}

static void jump_or_pop(Translator *T, ExecOp op, const Decoded *d) {
  materialise_all(T);
  uint32_t at = emit(T, op, home(T, T->depth - 1), 0, 0);
  fixup(T, at, FIX_BC, (uint32_t)d->target);
  pop(T);
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
  uint32_t dest = variable >= 0 ? (uint32_t)variable : home(T, iterator + 1);
  uint32_t jump_unit = T->unit;
  T->unit = d->unit;   // at a loop's bottom too, what the iterator raises comes from the FOR_ITER
  uint32_t at = emit(T, unpacks_pair(T, i) ? X_FOR_ITER_2 : X_FOR_ITER, home(T, iterator), dest, 2);
  T->unit = jump_unit;
  if (bottom) fixup(T, at, FIX_BODY, i + (variable >= 0 ? 2 : 1));
  fixup(T, at, FIX_WORD, (uint32_t)d->target);
}

static void jump(Translator *T, const Decoded *d, ExecOp op) {
  materialise_all(T);
  const Decoded *target = &T->form.decoded[d->target];
  if (op == X_JUMP_BACK && target->op == OP_FOR_ITER && T->fold && !T->wide) {
    for_iter(T, (uint32_t)d->target, T->depth - 1, true);
    return;
  }
  uint32_t at = emit(T, op, 0, 0, 0);
  fixup(T, at, FIX_BC, (uint32_t)d->target);
}

static void loop_head(Translator *T, uint32_t i) {
  materialise_all(T);
  for_iter(T, i, T->depth - 1, false);
  if (loop_variable(T, i) >= 0) {
    T->form.decoded[i + 1].folded = true;
    if (i + 2 < T->form.ndecoded) T->form.decoded[i + 2].border = true;
  } else {
    if (i + 1 < T->form.ndecoded) T->form.decoded[i + 1].border = true;
    push_temp(T);
  }
}

// --- Calls --------------------------------------------------------------------------------------------------------------------------

// Puts pending operands into the window: locals borrowed, two at a time where they are neighbours.
static void fill_window(Translator *T, int32_t first, int32_t end) {
  for (int32_t i = first; i < end; i++) {
    Entry *e = &T->stack[i];
    if (e->kind == ENTRY_CONST || e->kind == ENTRY_NULL) {
      materialise(T, i);
    } else if (e->kind == ENTRY_LOCAL) {
      if (i + 1 < end && e[1].kind == ENTRY_LOCAL) {
        emit(T, X_MOVE_B2, home(T, i), (uint32_t)e->index, (uint32_t)e[1].index);
        e[1].kind = ENTRY_BORROW;
      } else {
        emit(T, X_MOVE_B, home(T, i), (uint32_t)e->index, 0);
      }
      e->kind = ENTRY_BORROW;
    }
  }
}

static void call(Translator *T, int32_t nargs) {
  int32_t p = T->depth - nargs - 2;
  bool plain = T->stack[p].kind == ENTRY_NULL;
  if (!plain) fill_window(T, p, p + 1);
  fill_window(T, p + 1, T->depth);
  uint32_t at;
  if (T->kwnames >= 0) {
    if (plain) materialise(T, p);
    at = emit(T, X_CALL_KW, home(T, p), (uint32_t)nargs, home(T, p));
    if (!T->form.failed) T->out[at + 1].word = const_value(T, T->kwnames).w | 1;
    T->kwnames = -1;
  } else {
    at = emit(T, plain ? X_CALL : X_CALL_METHOD, home(T, p), (uint32_t)nargs, home(T, p));
  }
  T->depth = p;
  push_temp(T);
  produced(T, at, 2);
}

static void call_ex(Translator *T, bool has_kwargs) {
  int32_t p = T->depth - 3 - has_kwargs;
  materialise_from(T, p + 1);
  uint32_t at = emit(T, X_CALL_EX, home(T, p), has_kwargs, home(T, p));
  T->depth = p;
  push_temp(T);
  produced(T, at, 2);
}

static void load_method(Translator *T, int32_t name) {
  int32_t p = T->depth - 1;
  Entry e = T->stack[p];
  uint32_t b = operand(T, p);
  emit(T, X_LOAD_METHOD, home(T, p), b, (uint32_t)name);
  T->stack[p] = (Entry){ENTRY_TEMP, 0};
  if (e.kind == ENTRY_LOCAL || e.kind == ENTRY_BORROW) push(T, ENTRY_BORROW, e.index);
  else push_temp(T);
}

static void load_attr(Translator *T, int32_t name) {
  uint32_t b = operand(T, T->depth - 1), dest = home(T, T->depth - 1);
  bool from_slot = in_slot(T->stack[T->depth - 1]);
  pop(T);
  push_temp(T);
  uint32_t at = emit(T, X_LOAD_ATTR, dest, b, (uint32_t)name);
  if (!from_slot) produced(T, at, 0);
}

static void store_attr(Translator *T, int32_t name) {
  int32_t owner = T->depth - 1;
  uint32_t a = operand(T, owner), b = operand(T, owner - 1);
  bool close = a == home(T, owner);
  T->depth -= 2;
  emit(T, X_STORE_ATTR, a, b, (uint32_t)name);
  if (close) emit(T, X_CLOSE_T, a, 0, 0);
}

static void store_subscript(Translator *T) {
  int32_t key = T->depth - 1;
  uint32_t a = operand(T, key - 1), b = operand(T, key), c = operand(T, key - 2);
  T->depth -= 3;
  emit(T, X_STORE_SUBSCR, a, b, c);
}

static void load_global(Translator *T, int32_t arg) {
  if (arg & 1) pending_or_made(T, ENTRY_NULL, 0);
  push_temp(T);
  uint32_t at = emit(T, X_LOAD_GLOBAL, home(T, T->depth - 1), 0, 0);
  if (!T->form.failed) T->out[at].bc = arg >> 1;
  produced(T, at, 0);
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
  if (cell >= 0) emit(T, X_SUPER_METHOD, home(T, T->depth - 2), (uint32_t)cell, (uint32_t)d[3].arg);
}

// op names[bc] with an operand that the instruction reads.
static void store_named(Translator *T, ExecOp op, int32_t name) {
  uint32_t a = operand(T, T->depth - 1);
  pop(T);
  emit_bc(T, op, a, name);
}

// An operation on n slots in place, from position depth - n on; `after` of them hold results.
static void window(Translator *T, ExecOp op, int32_t n, int32_t after, uint32_t b, uint32_t c) {
  int32_t p = T->depth - n;
  materialise_from(T, p);
  emit(T, op, home(T, p), b, c);
  T->depth = p;
  for (int32_t i = 0; i < after; i++) push_temp(T);
}

static void window_bc(Translator *T, ExecOp op, int32_t n, int32_t after, int32_t bc) {
  int32_t p = T->depth - n;
  materialise_from(T, p);
  emit_bc(T, op, home(T, p), bc);
  T->depth = p;
  for (int32_t i = 0; i < after; i++) push_temp(T);
}

// Builds one value of n slots; the destination may be a local.
static void build(Translator *T, ExecOp op, int32_t n, uint32_t b) {
  int32_t p = T->depth - n;
  materialise_from(T, p);
  T->depth = p;
  push_temp(T);
  produced(T, emit(T, op, home(T, p), b, home(T, p)), 2);
}

// Adds TOS to the collection `deep` below it.
static void add_to(Translator *T, ExecOp op, int32_t deep, uint32_t c) {
  uint32_t b = operand(T, T->depth - 1);
  pop(T);
  emit(T, op, home(T, T->depth - deep), b, c);
}

static void unpack(Translator *T, uint32_t i, int32_t n) {
  uint32_t a = operand(T, T->depth - 1);
  pop(T);
  if (n == 2 && T->fold && i + 2 < T->form.ndecoded) {
    Decoded *first = &T->form.decoded[i + 1], *second = &T->form.decoded[i + 2];
    if (first->op == OP_STORE_FAST && second->op == OP_STORE_FAST && !first->border && !second->border) {
      settle_local(T, first->arg);
      settle_local(T, second->arg);
      emit(T, X_UNPACK_2, a, (uint32_t)first->arg, (uint32_t)second->arg);
      first->folded = second->folded = true;
      return;
    }
  }
  if (n == 2 && T->fold) {
    uint32_t second = home(T, T->depth);
    emit(T, X_UNPACK_2, a, second + 1, second);
    push_temp(T);
    push_temp(T);
    return;
  }
  emit(T, X_UNPACK, a, (uint32_t)n, home(T, T->depth));
  for (int32_t k = 0; k < n; k++) push_temp(T);
}

static void return_value(Translator *T) {
  Entry e = T->stack[T->depth - 1];
  bool generator = T->form.code->flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR);
  if (e.kind == ENTRY_CONST && !generator) {
    uint32_t at = emit(T, X_RETURN_K, 0, 0, 0);
    use_const(T, at, e.index, 3);
  } else {
    emit(T, generator ? X_GEN_RETURN : X_RETURN, operand(T, T->depth - 1), 0, 0);
  }
  pop(T);
}

static void yield_value(Translator *T, uint32_t i) {
  materialise_all(T);
  bool delegating = i + 1 < T->form.ndecoded && T->form.decoded[i + 1].op == OP_RESUME && (T->form.decoded[i + 1].arg & 3) >= 2;
  emit(T, X_YIELD, home(T, T->depth - 1), delegating, 0);
}

// --- One instruction ------------------------------------------------------------------------------------------------------------------

static void translate_one(Translator *T, uint32_t i) {
  const Decoded *d = &T->form.decoded[i];
  int32_t arg = d->arg;
  switch (d->op) {
    case OP_CACHE:
    case OP_NOP:
    case OP_PRECALL:
      if (!T->fold) emit(T, X_NOP, 0, 0, 0);
      break;
    case OP_RESUME:
      if (!T->fold) emit(T, X_RESUME, (uint32_t)arg, 0, 0);
      break;
    case OP_POP_TOP: drop_top(T); break;
    case OP_PUSH_NULL: pending_or_made(T, ENTRY_NULL, 0); break;
    case OP_LOAD_CONST: pending_or_made(T, ENTRY_CONST, arg); break;
    case OP_LOAD_FAST: load_local(T, arg); break;
    case OP_STORE_FAST: store_local(T, arg); break;
    case OP_DELETE_FAST:
      settle_local(T, arg);
      emit(T, X_DELETE_LOCAL, (uint32_t)arg, 0, 0);
      break;
    case OP_COPY: copy_item(T, arg); break;
    case OP_SWAP: swap_items(T, arg); break;

    case OP_UNARY_POSITIVE: unary(T, X_POSITIVE); break;
    case OP_UNARY_NEGATIVE: unary(T, X_NEGATIVE); break;
    case OP_UNARY_NOT: unary(T, X_NOT); break;
    case OP_UNARY_INVERT: unary(T, X_INVERT); break;
    case OP_BINARY_OP:
      if (arg >= 2 * OP_INPLACE) stackform_bad(&T->form, "operator");
      else binary(T, arg);
      break;
    case OP_COMPARE_OP:
      if (arg > CMP_GE) stackform_bad(&T->form, "comparison");
      else compare(T, i, arg);
      break;
    case OP_IS_OP: identity(T, i, arg); break;
    case OP_CONTAINS_OP: two_operands(T, arg ? X_NOT_CONTAINS : X_CONTAINS); break;
    case OP_BINARY_SUBSCR: subscript(T); break;
    case OP_STORE_SUBSCR: store_subscript(T); break;
    case OP_DELETE_SUBSCR: window(T, X_DELETE_SUBSCR, 2, 0, 0, 0); break;

    case OP_JUMP_FORWARD:
    case OP_JUMP_BACKWARD_NO_INTERRUPT: jump(T, d, X_JUMP); break;
    case OP_JUMP_BACKWARD: jump(T, d, X_JUMP_BACK); break;
    case OP_POP_JUMP_FORWARD_IF_TRUE:
    case OP_POP_JUMP_BACKWARD_IF_TRUE: jump_on(T, X_JUMP_TRUE, d); break;
    case OP_POP_JUMP_FORWARD_IF_FALSE:
    case OP_POP_JUMP_BACKWARD_IF_FALSE: jump_on(T, X_JUMP_FALSE, d); break;
    case OP_POP_JUMP_FORWARD_IF_NONE:
    case OP_POP_JUMP_BACKWARD_IF_NONE: jump_on(T, X_JUMP_NONE, d); break;
    case OP_POP_JUMP_FORWARD_IF_NOT_NONE:
    case OP_POP_JUMP_BACKWARD_IF_NOT_NONE: jump_on(T, X_JUMP_NOT_NONE, d); break;
    case OP_JUMP_IF_TRUE_OR_POP: jump_or_pop(T, X_JUMP_TRUE_OR_POP, d); break;
    case OP_JUMP_IF_FALSE_OR_POP: jump_or_pop(T, X_JUMP_FALSE_OR_POP, d); break;
    case OP_FOR_ITER: loop_head(T, i); break;

    case OP_LOAD_ATTR: load_attr(T, arg); break;
    case OP_LOAD_METHOD: load_method(T, arg); break;
    case OP_STORE_ATTR: store_attr(T, arg); break;
    case OP_DELETE_ATTR: window_bc(T, X_DELETE_ATTR, 1, 0, arg); break;
    case OP_LOAD_GLOBAL:
      load_global(T, arg);
      super_method(T, i);
      break;
    case OP_STORE_GLOBAL: store_named(T, X_STORE_GLOBAL, arg); break;
    case OP_DELETE_GLOBAL: emit_bc(T, X_DELETE_GLOBAL, 0, arg); break;
    case OP_LOAD_NAME:
      push_temp(T);
      emit_bc(T, X_LOAD_NAME, home(T, T->depth - 1), arg);
      break;
    case OP_STORE_NAME: store_named(T, X_STORE_NAME, arg); break;
    case OP_DELETE_NAME: emit_bc(T, X_DELETE_NAME, 0, arg); break;
    case OP_MAKE_CELL: emit(T, X_MAKE_CELL, 0, (uint32_t)arg, 0); break;
    case OP_COPY_FREE_VARS: emit(T, X_COPY_FREE, 0, (uint32_t)arg, 0); break;
    case OP_LOAD_CLOSURE:
      push_temp(T);
      emit(T, X_MOVE_O, home(T, T->depth - 1), (uint32_t)arg, 0);
      break;
    case OP_LOAD_DEREF:
      push_temp(T);
      produced(T, emit(T, X_LOAD_DEREF, home(T, T->depth - 1), (uint32_t)arg, 0), 0);
      break;
    case OP_LOAD_CLASSDEREF:
      push_temp(T);
      emit(T, X_LOAD_CLASSDEREF, home(T, T->depth - 1), (uint32_t)arg, 0);
      break;
    case OP_STORE_DEREF: {
      uint32_t a = operand(T, T->depth - 1);
      pop(T);
      emit(T, X_STORE_DEREF, a, (uint32_t)arg, 0);
      break;
    }
    case OP_DELETE_DEREF: emit(T, X_DELETE_DEREF, 0, (uint32_t)arg, 0); break;

    case OP_KW_NAMES:
      T->kwnames = arg;
      if (!T->fold) emit(T, X_NOP, 0, 0, 0);
      break;
    case OP_CALL: call(T, arg); break;
    case OP_CALL_FUNCTION_EX: call_ex(T, arg & 1); break;
    case OP_RETURN_VALUE: return_value(T); break;
    case OP_MAKE_FUNCTION: window(T, X_MAKE_FUNCTION, (int32_t)stackform_inputs(d), 1, (uint32_t)arg, 0); break;
    case OP_RETURN_GENERATOR:
      push_temp(T);
      emit(T, X_RETURN_GENERATOR, home(T, T->depth - 1), 0, 0);
      break;
    case OP_YIELD_VALUE: yield_value(T, i); break;
    case OP_ASYNC_GEN_WRAP: window(T, X_ASYNC_WRAP, 1, 1, 0, 0); break;
    case OP_SEND: {
      materialise_all(T);
      uint32_t at = emit(T, X_SEND, home(T, T->depth - 2), 0, 0);
      fixup(T, at, FIX_BC, (uint32_t)d->target);
      break;
    }

    case OP_GET_ITER: unary(T, X_GET_ITER); break;
    case OP_GET_YIELD_FROM_ITER: window(T, X_YIELD_FROM_ITER, 1, 1, 0, 0); break;
    case OP_UNPACK_SEQUENCE: unpack(T, i, arg); break;
    case OP_UNPACK_EX: window(T, X_UNPACK_EX, 1, (arg & 0xFF) + 1 + (arg >> 8), (uint32_t)(arg & 0xFF), (uint32_t)(arg >> 8)); break;

    case OP_BUILD_TUPLE: build(T, X_BUILD_TUPLE, arg, (uint32_t)arg); break;
    case OP_BUILD_LIST: build(T, X_BUILD_LIST, arg, (uint32_t)arg); break;
    case OP_BUILD_SET: build(T, X_BUILD_SET, arg, (uint32_t)arg); break;
    case OP_BUILD_MAP: build(T, X_BUILD_MAP, 2 * arg, (uint32_t)arg); break;
    case OP_BUILD_CONST_KEY_MAP: build(T, X_BUILD_CONST_KEY_MAP, arg + 1, (uint32_t)arg); break;
    case OP_BUILD_STRING: build(T, X_BUILD_STRING, arg, (uint32_t)arg); break;
    case OP_BUILD_SLICE: build(T, X_BUILD_SLICE, arg, (uint32_t)arg); break;
    case OP_LIST_APPEND: add_to(T, X_LIST_APPEND, arg, 0); break;
    case OP_SET_ADD: add_to(T, X_SET_ADD, arg, 0); break;
    case OP_MAP_ADD: {
      int32_t key = T->depth - 2;
      materialise_from(T, key);
      T->depth = key;
      emit(T, X_MAP_ADD, home(T, key - arg), home(T, key), 0);
      break;
    }
    case OP_LIST_EXTEND: add_to(T, X_LIST_EXTEND, arg, 0); break;
    case OP_SET_UPDATE: add_to(T, X_SET_UPDATE, arg, 0); break;
    case OP_DICT_UPDATE: add_to(T, X_DICT_UPDATE, arg, 0); break;
    case OP_DICT_MERGE:
      add_to(T, X_DICT_MERGE, arg, operand(T, T->depth - 3 - arg));
      break;
    case OP_LIST_TO_TUPLE: window(T, X_LIST_TO_TUPLE, 1, 1, 0, 0); break;
    case OP_FORMAT_VALUE: window(T, X_FORMAT_VALUE, 1 + !!(arg & 4), 1, (uint32_t)arg, 0); break;

    case OP_PUSH_EXC_INFO: window(T, X_PUSH_EXC_INFO, 1, 2, 0, 0); break;
    case OP_POP_EXCEPT: window(T, X_POP_EXCEPT, 1, 0, 0, 0); break;
    case OP_CHECK_EXC_MATCH: {
      uint32_t exc = operand(T, T->depth - 2), type = operand(T, T->depth - 1);
      pop(T);
      push_temp(T);
      emit(T, X_CHECK_EXC_MATCH, home(T, T->depth - 1), type, exc);
      break;
    }
    case OP_CHECK_EG_MATCH: window(T, X_CHECK_EG_MATCH, 2, 2, 0, 0); break;
    case OP_PREP_RERAISE_STAR: window(T, X_PREP_RERAISE_STAR, 2, 1, 0, 0); break;
    case OP_RERAISE: window(T, X_RERAISE, 1, 0, (uint32_t)arg, 0); break;
    case OP_RAISE_VARARGS: window(T, X_RAISE, arg, 0, (uint32_t)arg, 0); break;
    case OP_WITH_EXCEPT_START:
      push_temp(T);
      emit(T, X_WITH_EXCEPT_START, home(T, T->depth - 1), 0, 0);
      break;
    case OP_BEFORE_WITH: window(T, X_BEFORE_WITH, 1, 2, 0, 0); break;
    case OP_LOAD_ASSERTION_ERROR: window(T, X_LOAD_ASSERTION_ERROR, 0, 1, 0, 0); break;
    case OP_GET_AWAITABLE: window(T, X_GET_AWAITABLE, 1, 1, (uint32_t)arg, 0); break;
    case OP_GET_AITER: window(T, X_GET_AITER, 1, 1, 0, 0); break;
    case OP_GET_ANEXT: window(T, X_GET_ANEXT, 1, 2, 0, 0); break;
    case OP_END_ASYNC_FOR: window(T, X_END_ASYNC_FOR, 2, 0, 0, 0); break;
    case OP_BEFORE_ASYNC_WITH: window(T, X_BEFORE_ASYNC_WITH, 1, 2, 0, 0); break;

    case OP_IMPORT_NAME: window_bc(T, X_IMPORT_NAME, 2, 1, arg); break;
    case OP_IMPORT_FROM: window_bc(T, X_IMPORT_FROM, 1, 2, arg); break;
    case OP_IMPORT_STAR: window(T, X_IMPORT_STAR, 1, 0, 0, 0); break;
    case OP_LOAD_BUILD_CLASS: window(T, X_LOAD_BUILD_CLASS, 0, 1, 0, 0); break;
    case OP_SETUP_ANNOTATIONS: window(T, X_SETUP_ANNOTATIONS, 0, 0, 0, 0); break;
    case OP_PRINT_EXPR: window(T, X_PRINT_EXPR, 1, 0, 0, 0); break;
    case OP_GET_LEN: window(T, X_GET_LEN, 1, 2, 0, 0); break;
    case OP_MATCH_MAPPING: window(T, X_MATCH_MAPPING, 1, 2, 0, 0); break;
    case OP_MATCH_SEQUENCE: window(T, X_MATCH_SEQUENCE, 1, 2, 0, 0); break;
    case OP_MATCH_KEYS: window(T, X_MATCH_KEYS, 2, 3, 0, 0); break;
    case OP_MATCH_CLASS: window(T, X_MATCH_CLASS, 3, 1, (uint32_t)arg, 0); break;
    default: stackform_bad(&T->form, "unknown opcode"); break;
  }
}

// Where a protected range starts, what its handler finds on the stack must be in its slots.
static void enter_range(Translator *T, uint32_t unit) {
  const ExceptionEntry *e = stackform_range(&T->form, unit);
  if (!e || (uint32_t)e->start / 2 > unit) return;
  for (int32_t i = 0; i < e->depth && i < T->depth; i++) materialise(T, i);
}

static void take_probe(Translator *T, uint32_t i) {
  Probe *p = &T->probe;
  uint32_t words = exec_op_words[a16_load_rlx(&T->out[p->at].op)];
  // The state is that behind the word if nothing was made after it; a store folded into it moves the state on.
  if (T->count != p->at + words || (p->found && !T->form.decoded[i].folded && T->form.decoded[i].op != OP_STORE_FAST)) return;
  memcpy(p->stack, T->stack, (size_t)T->depth * sizeof *p->stack);
  p->depth = T->depth;
  p->next = i + 1;
  p->found = true;
}

static void translate_all(Translator *T) {
  for (uint32_t i = 0; i < T->form.ndecoded && !T->form.failed; i++) {
    Decoded *d = &T->form.decoded[i];
    d->start = T->count;
    if (d->depth < 0) continue;
    T->unit = d->unit;
    if (d->leader) memcpy(T->bound, T->assigned + (size_t)i * T->row, T->row * sizeof *T->bound);
    if (!d->folded) {
      if (d->border) {
        // What falls in from above has been settled by the end of the block before; here every item is in its slot.
        for (int32_t k = 0; k < d->depth; k++) T->stack[k] = (Entry){ENTRY_TEMP, 0};
        T->depth = d->depth;
        T->producer = -1;
      }
      if (d->leader) enter_range(T, d->unit);
      d->start = T->count;
      assert(T->depth == d->depth);
      if (T->trace) emit(T, X_TRACE, 0, 0, 0);
      translate_one(T, i);
    }
    assign_step(d, T->bound, NULL);
    if (T->count > T->probe.at) take_probe(T, i);
    // Falling into a border.
    uint32_t n = i + 1;
    if (n < T->form.ndecoded && T->form.decoded[n].border && !(opcode_flags[d->op] & OPCODE_END) && T->form.decoded[n].depth >= 0) materialise_all(T);
  }
  if (!T->form.failed) emit(T, X_TRAP, 0, 0, 0);
}

// --- Putting it together --------------------------------------------------------------------------------------------------------------

static bool patch_jumps(Translator *T) {
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

static int32_t plain_argc(const Code *c) {
  bool plain = !(c->flags & (CO_VARARGS | CO_VARKEYWORDS)) && c->kwonlyargcount == 0 && c->flags & CO_OPTIMIZED;
  return plain ? c->argcount : -1;
}

// The line of each word, for tracing. NULL: no memory.
static int32_t *word_lines(Translator *T) {
  int32_t *lines = malloc(T->count * sizeof *lines), *of_unit = malloc((T->form.nunits + 1) * sizeof *of_unit);
  if (lines && of_unit) {
    LineCursor c;
    for (uint32_t i = 0; i <= T->form.nunits; i++) of_unit[i] = -1;
    Bytes *table = v_bytes(T->form.code->linetable);
    linetable_begin(&c, table->data, (size_t)table->length, T->form.code->firstlineno);
    while (linetable_next(&c)) {
      for (int u = c.entry.start / 2; u < c.entry.end / 2 && (uint32_t)u < T->form.nunits; u++) of_unit[u] = c.entry.line;
    }
    for (uint32_t i = 0; i < T->count; i++) lines[i] = of_unit[T->origin[i]];
  } else {
    free(lines);
    lines = NULL;
    stackform_out_of_memory(&T->form);
  }
  free(of_unit);
  return lines;
}

static uint32_t first_resume(const Translator *T) {
  for (uint32_t i = 0; i < T->form.ndecoded; i++) {
    if (T->form.decoded[i].op == OP_RESUME) return T->form.decoded[i].unit;
  }
  return T->form.nunits;
}

static Exec *finish(Translator *T) {
  size_t words = (size_t)T->count + T->npool;
  Exec *e = malloc(sizeof *e + words * sizeof(Inst));
  uint32_t *origin = malloc(T->count * sizeof *origin);
  ExecHandler *handlers = malloc((T->form.nranges + 1) * sizeof *handlers);
  uint8_t *heat = calloc(T->count, 1);
  int32_t *lines = T->trace ? word_lines(T) : NULL;
  if (!e || !origin || !handlers || !heat || (T->trace && !lines)) {
    free(e);
    free(origin);
    free(handlers);
    free(heat);
    free(lines);
    stackform_out_of_memory(&T->form);
    return NULL;
  }
  *e = (Exec){.code = T->form.code, .plain_argc = plain_argc(T->form.code), .nlocals = (uint16_t)T->form.nlocals,
              .frame_size = (uint16_t)(T->form.nlocals + (uint32_t)T->form.code->stacksize), .count = T->count, .nconsts = T->npool,
              .nhandlers = T->form.nranges, .folded = T->fold, .wide = T->wide, .handlers = handlers, .origin = origin, .heat = heat,
              .traced = T->trace, .lines = lines, .first_traceable = T->trace ? first_resume(T) : 0};
  memcpy(e->insts, T->out, T->count * sizeof(Inst));
  for (uint32_t i = 0; i < T->npool; i++) {
    Value v = const_value(T, (int32_t)T->pool[i]);
    e->insts[T->count + i].word = v_is_ptr(v) ? v.w | 1 : v.w;
  }
  memcpy(origin, T->origin, T->count * sizeof *origin);
  for (uint32_t i = 0; i < T->form.nranges; i++) {
    const ExceptionEntry *r = &T->form.ranges[i];
    handlers[i] = (ExecHandler){.start = (uint32_t)r->start / 2, .end = (uint32_t)r->end / 2, .depth = (uint32_t)r->depth,
                                .target = T->form.decoded[T->form.index_of_unit[r->target / 2]].start, .push_lasti = r->push_lasti};
  }
  return e;
}

static void translator_free(Translator *T) {
  stackform_free(&T->form);
  free(T->assigned);
  free(T->out);
  free(T->origin);
  free(T->stack);
  free(T->fixups);
  free(T->uses);
  free(T->pool_index);
  free(T->pool);
}

static bool translator_init(Translator *T, Thread *t, Code *code, bool fold, bool trace, bool wide) {
  *T = (Translator){.form.t = t, .fold = fold, .trace = trace, .wide = wide, .producer = -1, .kwnames = -1, .probe = {.at = UINT32_MAX}};
  if ((uint32_t)code->nlocalsplus + (uint32_t)code->stacksize + 2 > OPERAND_LIMIT) return stackform_bad(&T->form, "too many local variables");
  if (!stackform_read(&T->form, t, code)) return false;
  size_t nconsts = (size_t)v_tuple(code->consts)->length;
  T->stack = malloc(((size_t)code->stacksize + 4) * sizeof *T->stack);
  T->pool_index = malloc((nconsts + 1) * sizeof *T->pool_index);
  T->pool = malloc((nconsts + 1) * sizeof *T->pool);
  if (!T->stack || !T->pool_index || !T->pool) return stackform_out_of_memory(&T->form);
  for (size_t i = 0; i < nconsts; i++) T->pool_index[i] = -1;
  return true;
}

static bool run_passes(Translator *T) {
  if (find_assigned(T)) translate_all(T);
  return !T->form.failed;
}

// One attempt; *retry: the code is too long for 16-bit offsets.
static Exec *translate_attempt(Thread *t, Code *code, bool fold, bool trace, bool wide, bool *retry) {
  Translator T;
  Exec *e = NULL;
  *retry = false;
  if (translator_init(&T, t, code, fold, trace, wide) && run_passes(&T)) {
    if (patch_jumps(&T)) e = finish(&T);
    else *retry = true;
  }
  translator_free(&T);
  return e;
}

static Exec *translate(Thread *t, Code *code, bool fold, bool trace) {
  bool retry = false;
  Exec *e = translate_attempt(t, code, fold, trace, false, &retry);
  return retry ? translate_attempt(t, code, fold, trace, true, &retry) : e;
}

// Carries out a pending item of the abstract stack in a frame.
static void settle_in_frame(Thread *t, Frame *f, const Translator *T, int32_t position, Entry e) {
  Ref *slot = &f->fp[home(T, position)];
  switch (e.kind) {
    case ENTRY_TEMP: break;
    case ENTRY_BORROW: *slot = ref_from(v_own(t, ref_value(*slot))); break;
    case ENTRY_LOCAL: *slot = ref_from(v_own(t, ref_value(f->fp[e.index]))); break;
    case ENTRY_CONST: *slot = ref_from(v_own(t, const_value(T, e.index))); break;
    case ENTRY_NULL: *slot = REF_UNBOUND; break;
  }
}

const Inst *exec_enter_traced(Thread *t, Frame *f, const Inst *after) {
  const Exec *old = f->exec;
  Exec *e = exec_get_traced(t, old->code);
  const Inst *ip = NULL;
  Translator T;
  if (e && translator_init(&T, t, old->code, old->folded, false, old->wide)) {
    T.probe.at = (uint32_t)(after - old->insts);
    T.probe.stack = malloc(((size_t)old->code->stacksize + 4) * sizeof *T.probe.stack);
    if (T.probe.stack && run_passes(&T) && T.probe.found) {
      for (int32_t i = 0; i < T.probe.depth; i++) settle_in_frame(t, f, &T, i, T.probe.stack[i]);
      ip = &e->insts[exec_find_unit(e, T.form.decoded[T.probe.next].unit)];
      f->exec = e;
      f->pc = ip;
    }
    free(T.probe.stack);
  }
  if (e) translator_free(&T);
  error_clear(t);
  return ip;
}

// --- Publication ----------------------------------------------------------------------------------------------------------------------

// All translations, so that flushes find the caches. Under exec_lock; walked with the world stopped.
static Exec *exec_list;
static Mutex exec_lock = MUTEX_INIT;

static void exec_free(Exec *e) {
  free(e->origin);
  free(e->handlers);
  free(e->heat);
  free(e->lines);
  free(e);
}

static Exec *publish(Thread *t, Code *code, aptr *field, bool fold, bool trace) {
  Exec *e = translate(t, code, fold, trace);
  if (!e) return NULL;
  if (!aptr_cas_acqrel(field, NULL, e)) {   // another thread was first; its acquire load pairs with this release
    exec_free(e);
    return aptr_load_acq(field);
  }
  raw_mutex_lock(&exec_lock);
  e->next = exec_list;
  exec_list = e;
  raw_mutex_unlock(&exec_lock);
  return e;
}

Exec *exec_get_slow(Thread *t, Code *code) { return publish(t, code, &code->exec, exec_fold, false); }

Exec *exec_get_traced(Thread *t, Code *code) {
  Exec *e = aptr_load_acq(&code->traced_exec);
  return e ? e : publish(t, code, &code->traced_exec, false, true);
}

uint32_t exec_find_unit(const Exec *e, uint32_t unit) {
  uint32_t i = 0;
  while (i + 1 < e->count && e->origin[i] < unit) i++;
  return i;
}

static void exec_unlist(Exec *e) {
  raw_mutex_lock(&exec_lock);
  for (Exec **p = &exec_list; *p; p = &(*p)->next) {
    if (*p == e) {
      *p = e->next;
      break;
    }
  }
  raw_mutex_unlock(&exec_lock);
}

void exec_free_code(Thread *t, Code *code) {
  (void)t;
  aptr *fields[] = {&code->exec, &code->traced_exec};
  for (int i = 0; i < 2; i++) {
    Exec *e = aptr_load_acq(fields[i]);
    if (!e) continue;
    aptr_store_rlx(fields[i], NULL);
    exec_unlist(e);
    exec_free(e);
  }
}

void exec_each(void (*fn)(Exec *e, void *arg), void *arg) {
  for (Exec *e = exec_list; e; e = e->next) fn(e, arg);
}
