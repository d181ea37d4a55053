// Checking bytecode of unknown origin: that running it stays within its code, its tables and its value stack.
//
// One pass over the units finds where instructions start and checks their arguments. A second follows every path with the depth of the value
// stack, which must be the same whenever a place is reached; exception handlers are entered at the depth that their table says. The compiler's
// own output passes; what is not proved is the types of the values on the stack, except where an instruction relies on the constant before it.
#include <stdlib.h>

#include "code/code.h"
#include "code/exctable.h"
#include "code/opcode.h"
#include "objects/bytes.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Verifier {
  const Code *code;
  const uint8_t *units;
  int count;                  // code units
  int16_t *depth;             // before the instruction at each unit; NOT_REACHED, or NO_INSTR where none starts
  int *work, work_count;      // instructions to look at
  int max_depth;
} Verifier;

enum { NOT_REACHED = -1, NO_INSTR = -2, MOST_DEPTH = 30000 };

// An instruction with the EXTENDED_ARGs before it.
typedef struct Decoded { int op, start, next; uint32_t arg; } Decoded;

static bool is_prefixed(int op) { return op == OP_EXTENDED_ARG; }

// Decodes at unit `at`; false when it is cut off or no instruction.
static bool decode(const Verifier *v, int at, Decoded *out) {
  uint32_t arg = 0;
  int prefixes = 0;
  out->start = at;
  while (at < v->count && is_prefixed(v->units[2 * at])) {
    if (++prefixes > 3) return false;
    arg = arg << 8 | v->units[2 * at + 1];
    at++;
  }
  if (at >= v->count) return false;
  out->op = v->units[2 * at];
  out->arg = arg << 8 | v->units[2 * at + 1];
  if (!opcode_names[out->op] || out->op == OP_CACHE) return false;
  if (out->op < OPCODE_HAVE_ARGUMENT) out->arg = 0;
  out->next = at + 1 + opcode_caches[out->op];
  return out->next <= v->count && out->arg <= INT32_MAX;
}

// ---- arguments ---------------------------------------------------------------------------------------------------------------------

static Value const_of(const Verifier *v, const Decoded *d) { return v_tuple(v->code->consts)->items[d->arg]; }

static bool is_str_tuple(Value tuple, uint32_t most) {
  if (!v_is_ptr(tuple) || !v_is_tuple_exact(tuple) || v_tuple(tuple)->length > (int64_t)most) return false;
  for (int64_t i = 0; i < v_tuple(tuple)->length; i++)
    if (!v_is_str_exact(v_tuple(tuple)->items[i])) return false;
  return true;
}

static uint8_t kind_at(const Verifier *v, uint32_t index) { return (uint8_t)v_bytes(v->code->localspluskinds)->data[index]; }

static bool local_fits(const Verifier *v, const Decoded *d) {
  if (d->arg >= (uint32_t)v->code->nlocalsplus) return false;
  bool holds_cell = kind_at(v, d->arg) & (LOCAL_KIND_CELL | LOCAL_KIND_FREE);
  return opcode_flags[d->op] & OPCODE_FREE ? holds_cell : !holds_cell;
}

static bool argument_fits(const Verifier *v, const Decoded *d) {
  uint8_t flags = opcode_flags[d->op];
  if (flags & OPCODE_CONST && d->arg >= (uint64_t)v_tuple(v->code->consts)->length) return false;
  if (flags & OPCODE_NAME && (d->op == OP_LOAD_GLOBAL ? d->arg >> 1 : d->arg) >= (uint64_t)v_tuple(v->code->names)->length) return false;
  if (flags & (OPCODE_LOCAL | OPCODE_FREE) && !local_fits(v, d)) return false;
  switch (d->op) {
    case OP_COMPARE_OP: return d->arg < 6;
    case OP_BINARY_OP: return d->arg < OPCODE_BINARY_COUNT;
    case OP_IS_OP: case OP_CONTAINS_OP: case OP_CALL_FUNCTION_EX: return d->arg < 2;
    case OP_COPY: case OP_SWAP: case OP_LIST_APPEND: case OP_SET_ADD: case OP_MAP_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE:
    case OP_DICT_MERGE: case OP_DICT_UPDATE: return d->arg >= 1 && d->arg < MOST_DEPTH;
    case OP_BUILD_SLICE: return d->arg == 2 || d->arg == 3;
    case OP_RAISE_VARARGS: case OP_RERAISE: return d->arg < 3;
    case OP_MAKE_FUNCTION: return d->arg < 16;
    case OP_RESUME: return d->arg < 4;
    case OP_FORMAT_VALUE: return d->arg < 8;
    case OP_UNPACK_EX: return d->arg >> 8 < MOST_DEPTH;
    case OP_COPY_FREE_VARS: return d->arg == (uint32_t)v->code->nfreevars;
    case OP_GET_AWAITABLE: return d->arg < 3;
    case OP_UNPACK_SEQUENCE: case OP_BUILD_TUPLE: case OP_BUILD_LIST: case OP_BUILD_SET: case OP_BUILD_MAP: case OP_BUILD_CONST_KEY_MAP:
    case OP_BUILD_STRING: case OP_PRECALL: case OP_CALL: case OP_MATCH_CLASS: return d->arg < MOST_DEPTH;
    default: return true;
  }
}

// Instructions that rely on what is loaded right before them, or that belong together.
static bool follows(const Verifier *v, const Decoded *before, const Decoded *d) {
  bool after_const = before->op == OP_LOAD_CONST;
  Value constant = after_const ? const_of(v, before) : V_NULL;
  if (before->op == OP_PRECALL) return d->op == OP_CALL && d->arg == before->arg;
  if (before->op == OP_KW_NAMES) return d->op == OP_PRECALL && is_str_tuple(const_of(v, before), d->arg);
  switch (d->op) {
    case OP_CALL: return false;
    case OP_BUILD_CONST_KEY_MAP: return v_is_ptr(constant) && v_obj(constant) && v_is_tuple_exact(constant) && v_tuple(constant)->length == (int64_t)d->arg;
    case OP_MATCH_CLASS: return after_const && is_str_tuple(constant, MOST_DEPTH);
    case OP_MATCH_KEYS: return before->op == OP_BUILD_TUPLE || (v_is_ptr(constant) && v_obj(constant) && v_is_tuple_exact(constant));
    case OP_MAKE_FUNCTION:
      return v_is_ptr(constant) && v_obj(constant) && v_is_exact(constant, SHAPE_CODE) && (v_code(constant)->nfreevars > 0) == ((d->arg & 8) != 0);
    default: return true;
  }
}

// Cells are made, and the closure is taken over, before anything else runs: whatever uses a cell finds one.
static bool prefix_fits(const Verifier *v) {
  const Code *code = v->code;
  Decoded d;
  int at = 0, cells = 0;
  bool has_closure = false, in_prefix = true;
  for (; at < v->count; at = d.next) {
    if (!decode(v, at, &d)) return false;
    bool belongs = d.op == OP_MAKE_CELL || d.op == OP_COPY_FREE_VARS;
    if (!belongs) in_prefix = false;
    else if (!in_prefix) return false;
    else if (d.op == OP_COPY_FREE_VARS) {
      if (has_closure || cells) return false;
      has_closure = true;
    } else {
      if (!(kind_at(v, d.arg) & LOCAL_KIND_CELL) || kind_at(v, d.arg) & LOCAL_KIND_FREE) return false;
      cells++;
    }
  }
  return has_closure == (code->nfreevars > 0) && cells == code->ncellvars;
}

// Fills in v->depth with NOT_REACHED where instructions start.
static bool scan(Verifier *v) {
  Decoded d, before = {.op = OP_NOP};
  for (int i = 0; i < v->count; i++) v->depth[i] = NO_INSTR;
  for (int at = 0; at < v->count; at = d.next) {
    if (!decode(v, at, &d) || !argument_fits(v, &d) || !follows(v, &before, &d)) return false;
    // A jump may not lead between two instructions that belong together.
    v->depth[at] = before.op == OP_KW_NAMES || before.op == OP_PRECALL ? NO_INSTR : NOT_REACHED;
    before = d;
  }
  return before.op != OP_KW_NAMES && before.op != OP_PRECALL && prefix_fits(v);
}

// ---- depth -------------------------------------------------------------------------------------------------------------------------

// How many values an instruction looks at, from the top.
static int64_t operands(const Decoded *d) {
  int64_t arg = d->arg;
  switch (d->op) {
    case OP_NOP: case OP_PUSH_NULL: case OP_LOAD_CONST: case OP_LOAD_NAME: case OP_LOAD_GLOBAL: case OP_LOAD_FAST: case OP_LOAD_CLOSURE:
    case OP_LOAD_DEREF: case OP_LOAD_CLASSDEREF: case OP_LOAD_BUILD_CLASS: case OP_LOAD_ASSERTION_ERROR: case OP_RETURN_GENERATOR:
    case OP_SETUP_ANNOTATIONS: case OP_DELETE_NAME: case OP_DELETE_GLOBAL: case OP_DELETE_FAST: case OP_DELETE_DEREF: case OP_MAKE_CELL:
    case OP_COPY_FREE_VARS: case OP_RESUME: case OP_JUMP_FORWARD: case OP_JUMP_BACKWARD: case OP_JUMP_BACKWARD_NO_INTERRUPT:
    case OP_KW_NAMES: case OP_PRECALL: return 0;
    case OP_BINARY_SUBSCR: case OP_DELETE_SUBSCR: case OP_STORE_ATTR: case OP_COMPARE_OP: case OP_IS_OP: case OP_CONTAINS_OP:
    case OP_BINARY_OP: case OP_IMPORT_NAME: case OP_MATCH_KEYS: case OP_CHECK_EXC_MATCH: case OP_CHECK_EG_MATCH: case OP_SEND:
    case OP_END_ASYNC_FOR: case OP_PREP_RERAISE_STAR: return 2;
    case OP_STORE_SUBSCR: case OP_MATCH_CLASS: return 3;
    case OP_WITH_EXCEPT_START: return 4;
    case OP_CALL: return arg + 2;
    case OP_CALL_FUNCTION_EX: return arg + 3;      // the "no value" below the function too
    case OP_BUILD_TUPLE: case OP_BUILD_LIST: case OP_BUILD_SET: case OP_BUILD_STRING: case OP_BUILD_SLICE: case OP_RAISE_VARARGS: return arg;
    case OP_BUILD_MAP: return 2 * arg;
    case OP_BUILD_CONST_KEY_MAP: return arg + 1;
    case OP_COPY: case OP_SWAP: return arg;
    case OP_LIST_APPEND: case OP_SET_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE: case OP_DICT_UPDATE: return arg + 1;
    case OP_DICT_MERGE: return arg + 3;            // the function's name is for the message
    case OP_MAP_ADD: return arg + 2;
    case OP_RERAISE: return arg + 1;
    case OP_FORMAT_VALUE: return arg & 4 ? 2 : 1;
    case OP_MAKE_FUNCTION: return 1 + !!(arg & 1) + !!(arg & 2) + !!(arg & 4) + !!(arg & 8);
    default: return 1;
  }
}

// How many of them are off the stack when it raises; 0 also for those that never do.
static int64_t consumed(const Decoded *d) {
  switch (d->op) {
    case OP_COPY: case OP_SWAP: case OP_GET_LEN: case OP_MATCH_MAPPING: case OP_MATCH_SEQUENCE: case OP_MATCH_KEYS: case OP_WITH_EXCEPT_START:
    case OP_FOR_ITER: case OP_GET_ANEXT: case OP_IMPORT_FROM: case OP_PUSH_EXC_INFO: case OP_POP_EXCEPT: case OP_POP_TOP: case OP_STORE_FAST:
      return 0;
    case OP_LIST_APPEND: case OP_SET_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE: case OP_DICT_UPDATE: case OP_DICT_MERGE:
    case OP_CHECK_EXC_MATCH: case OP_SEND: case OP_RERAISE: case OP_IMPORT_NAME: return 1;
    case OP_MAP_ADD: return 2;
    default: return operands(d);
  }
}

static int effect(const Decoded *d, bool jump) {
  switch (d->op) {
    case OP_PRECALL: return 0;
    case OP_CALL: return -1 - (int)d->arg;
    case OP_RETURN_GENERATOR: return 1;            // resumption pushes what was sent
    default: return opcode_stack_effect(d->op, (int)d->arg, jump);
  }
}

static bool reach(Verifier *v, int at, int depth) {
  if (at < 0 || at >= v->count || v->depth[at] == NO_INSTR || depth < 0 || depth > v->max_depth) return false;
  if (v->depth[at] >= 0) return v->depth[at] == depth;
  v->depth[at] = (int16_t)depth;
  v->work[v->work_count++] = at;
  return true;
}

// Where an exception at the instruction goes: the handler's depth must be within what is left when the operands are gone.
static bool reach_handler(Verifier *v, const Decoded *d, int depth) {
  const Bytes *table = v_bytes(v->code->exceptiontable);
  ExceptionEntry e;
  if (!table->length || !exctable_find(table->data, (size_t)table->length, 2 * (d->next - 1 - opcode_caches[d->op]), &e)) return true;
  return e.depth >= 0 && e.depth <= depth - (int)consumed(d) && reach(v, e.target / 2, e.depth + e.push_lasti + 1);
}

// PRECALL's partner is looked at with it: nothing else leads there.
static bool follow(Verifier *v, int at, int depth) {
  Decoded d;
  decode(v, at, &d);
  if (operands(&d) > depth || !reach_handler(v, &d, depth)) return false;
  if (opcode_flags[d.op] & OPCODE_JUMP) {
    int64_t target = opcode_flags[d.op] & OPCODE_BACK ? (int64_t)d.next - d.arg : (int64_t)d.next + d.arg;
    if (target < 0 || target >= v->count || !reach(v, (int)target, depth + effect(&d, true))) return false;
  }
  if (opcode_flags[d.op] & OPCODE_END) return true;
  int after = depth + effect(&d, false);
  if (after < 0 || after > v->max_depth || d.next >= v->count) return false;
  if (d.op == OP_KW_NAMES || d.op == OP_PRECALL) return follow(v, d.next, after);
  return reach(v, d.next, after);
}

static bool paths_fit(Verifier *v) {
  if (!reach(v, 0, 0)) return false;
  while (v->work_count > 0) {
    int at = v->work[--v->work_count];
    if (!follow(v, at, v->depth[at])) return false;
  }
  return true;
}

// ---- the whole ---------------------------------------------------------------------------------------------------------------------

static bool header_fits(const Code *c) {
  enum { GENERATOR_LIKE = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR };
  if (c->stacksize < 0 || c->stacksize > MOST_DEPTH || c->argcount < c->posonlyargcount || c->posonlyargcount < 0 || c->kwonlyargcount < 0)
    return false;
  int kinds = !!(c->flags & CO_GENERATOR) + !!(c->flags & CO_COROUTINE) + !!(c->flags & CO_ASYNC_GENERATOR);
  bool makes_generator = false;
  const Bytes *code = v_bytes(c->code);
  for (int64_t i = 0; i + 1 < code->length; i += 2 + 2 * opcode_caches[(uint8_t)code->data[i]])
    makes_generator = makes_generator || (uint8_t)code->data[i] == OP_RETURN_GENERATOR;
  return kinds <= 1 && makes_generator == ((c->flags & GENERATOR_LIKE) != 0) && code->length >= 2 && code->length / 2 <= INT32_MAX / 4;
}

static bool kinds_fit(const Code *c) {
  // Free variables stand at the end, where COPY_FREE_VARS puts them; every other kind before.
  for (int i = 0; i < c->nlocalsplus; i++) {
    uint8_t kind = (uint8_t)v_bytes(c->localspluskinds)->data[i];
    bool in_free_part = i >= c->nlocalsplus - c->nfreevars, in_local_part = i < c->nlocals;
    if (kind & ~(LOCAL_KIND_LOCAL | LOCAL_KIND_CELL | LOCAL_KIND_FREE)) return false;
    if (in_free_part != (kind == LOCAL_KIND_FREE) || in_local_part != ((kind & LOCAL_KIND_LOCAL) != 0) || kind == 0) return false;
  }
  return true;
}

bool code_verify(const Code *code) {
  if (!header_fits(code) || !kinds_fit(code)) return false;
  Verifier v = {.code = code, .units = (const uint8_t *)v_bytes(code->code)->data, .count = (int)(v_bytes(code->code)->length / 2),
                .max_depth = code->stacksize};
  size_t size = (size_t)v.count * (sizeof *v.depth + sizeof *v.work) + 64;
  int on_stack[2048];
  void *block = size <= sizeof on_stack ? on_stack : malloc(size);
  if (!block) return false;
  v.work = block;
  v.depth = (int16_t *)(v.work + v.count);
  bool fine = scan(&v) && paths_fit(&v);
  if (block != on_stack) free(block);
  return fine;
}
