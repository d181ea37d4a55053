// Checking bytecode of unknown origin, beyond what the translator relies on for any: that running it stays within its tables and its stack.
//
// What is not proved is the types of the values on the stack, except where an instruction relies on the constant before it. The compiler's
// own output passes.
#include "code/opcode.h"
#include "objects/bytes.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/stackform.h"

enum { MOST_DEPTH = 30000 };

// --- Arguments ----------------------------------------------------------------------------------------------------------------------

static Value const_of(const StackForm *s, const Decoded *d) { return v_tuple(s->code->consts)->items[d->arg]; }

static bool is_str_tuple(Value tuple, int64_t most) {
  if (!v_is_ptr(tuple) || !v_is_tuple_exact(tuple) || v_tuple(tuple)->length > most) return false;
  for (int64_t i = 0; i < v_tuple(tuple)->length; i++)
    if (!v_is_str_exact(v_tuple(tuple)->items[i])) return false;
  return true;
}

static uint8_t kind_at(const StackForm *s, int32_t index) { return (uint8_t)v_bytes(s->code->localspluskinds)->data[index]; }

static bool local_fits(const StackForm *s, const Decoded *d) {
  if (d->arg >= s->code->nlocalsplus) return false;
  bool holds_cell = kind_at(s, d->arg) & (LOCAL_KIND_CELL | LOCAL_KIND_FREE);
  return opcode_flags[d->op] & OPCODE_FREE ? holds_cell : !holds_cell;
}

static bool argument_fits(const StackForm *s, const Decoded *d) {
  uint8_t flags = opcode_flags[d->op];
  if (flags & OPCODE_CONST && d->arg >= v_tuple(s->code->consts)->length) return false;
  if (flags & OPCODE_NAME && (d->op == OP_LOAD_GLOBAL ? d->arg >> 1 : d->arg) >= v_tuple(s->code->names)->length) return false;
  if (flags & (OPCODE_LOCAL | OPCODE_FREE) && !local_fits(s, d)) return false;
  switch (d->op) {
    case OP_CACHE: return false;
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
    case OP_COPY_FREE_VARS: return d->arg == s->code->nfreevars;
    case OP_GET_AWAITABLE: return d->arg < 3;
    case OP_UNPACK_SEQUENCE: case OP_BUILD_TUPLE: case OP_BUILD_LIST: case OP_BUILD_SET: case OP_BUILD_MAP: case OP_BUILD_CONST_KEY_MAP:
    case OP_BUILD_STRING: case OP_PRECALL: case OP_CALL: case OP_MATCH_CLASS: return d->arg < MOST_DEPTH;
    default: return true;
  }
}

// Instructions that rely on what is loaded right before them, or that belong together.
static bool follows(const StackForm *s, const Decoded *before, const Decoded *d) {
  bool after_const = before->op == OP_LOAD_CONST;
  Value constant = after_const ? const_of(s, before) : V_NULL;
  if (before->op == OP_PRECALL) return d->op == OP_CALL && d->arg == before->arg;
  if (before->op == OP_KW_NAMES) return d->op == OP_PRECALL && is_str_tuple(const_of(s, before), d->arg);
  switch (d->op) {
    case OP_CALL: return false;
    case OP_BUILD_CONST_KEY_MAP:
      return v_is_ptr(constant) && v_obj(constant) && v_is_tuple_exact(constant) && v_tuple(constant)->length == (int64_t)d->arg;
    case OP_MATCH_CLASS: return after_const && is_str_tuple(constant, MOST_DEPTH);
    case OP_MATCH_KEYS: return before->op == OP_BUILD_TUPLE || (v_is_ptr(constant) && v_obj(constant) && v_is_tuple_exact(constant));
    case OP_MAKE_FUNCTION:
      return v_is_ptr(constant) && v_obj(constant) && v_is_exact(constant, SHAPE_CODE) && (v_code(constant)->nfreevars > 0) == ((d->arg & 8) != 0);
    default: return true;
  }
}

// Cells are made, and the closure is taken over, before anything else runs: whatever uses a cell finds one.
static bool prefix_fits(const StackForm *s) {
  int cells = 0;
  bool has_closure = false, in_prefix = true;
  for (uint32_t i = 0; i < s->ndecoded; i++) {
    const Decoded *d = &s->decoded[i];
    if (d->op != OP_MAKE_CELL && d->op != OP_COPY_FREE_VARS) {
      in_prefix = false;
    } else if (!in_prefix) {
      return false;
    } else if (d->op == OP_COPY_FREE_VARS) {
      if (has_closure || cells) return false;
      has_closure = true;
    } else {
      if (!(kind_at(s, d->arg) & LOCAL_KIND_CELL) || kind_at(s, d->arg) & LOCAL_KIND_FREE) return false;
      cells++;
    }
  }
  return has_closure == (s->code->nfreevars > 0) && cells == s->code->ncellvars;
}

static bool instructions_fit(const StackForm *s) {
  const Decoded nothing = {.op = OP_NOP}, *before = &nothing;
  for (uint32_t i = 0; i < s->ndecoded; i++) {
    const Decoded *d = &s->decoded[i];
    // A jump may not lead between two instructions that belong together.
    bool joined = before->op == OP_KW_NAMES || before->op == OP_PRECALL;
    if ((joined && d->border) || !argument_fits(s, d) || !follows(s, before, d)) return false;
    before = d;
  }
  return before->op != OP_KW_NAMES && before->op != OP_PRECALL && prefix_fits(s);
}

// --- Handlers -----------------------------------------------------------------------------------------------------------------------

// How many values are off the stack when an instruction raises; 0 also for those that never do.
static int64_t consumed(const Decoded *d) {
  switch (d->op) {
    case OP_COPY: case OP_SWAP: case OP_GET_LEN: case OP_MATCH_MAPPING: case OP_MATCH_SEQUENCE: case OP_MATCH_KEYS: case OP_WITH_EXCEPT_START:
    case OP_FOR_ITER: case OP_GET_ANEXT: case OP_IMPORT_FROM: case OP_PUSH_EXC_INFO: case OP_POP_EXCEPT: case OP_POP_TOP: case OP_STORE_FAST:
      return 0;
    case OP_LIST_APPEND: case OP_SET_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE: case OP_DICT_UPDATE: case OP_DICT_MERGE:
    case OP_CHECK_EXC_MATCH: case OP_SEND: case OP_RERAISE: case OP_IMPORT_NAME: return 1;
    case OP_MAP_ADD: return 2;
    default: return stackform_inputs(d);
  }
}

// The depth of an instruction's handler is within what is left when its operands are gone.
static bool handlers_fit(const StackForm *s) {
  for (uint32_t i = 0; s->nranges && i < s->ndecoded; i++) {
    const Decoded *d = &s->decoded[i];
    const ExceptionEntry *e = d->depth >= 0 ? stackform_range(s, d->unit) : NULL;
    if (e && e->depth > d->depth - consumed(d)) return false;
  }
  return true;
}

// --- The whole ----------------------------------------------------------------------------------------------------------------------

static bool header_fits(const StackForm *s) {
  const Code *c = s->code;
  enum { GENERATOR_LIKE = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR };
  if (c->stacksize > MOST_DEPTH || c->argcount < c->posonlyargcount || c->posonlyargcount < 0 || c->kwonlyargcount < 0) return false;
  int kinds = !!(c->flags & CO_GENERATOR) + !!(c->flags & CO_COROUTINE) + !!(c->flags & CO_ASYNC_GENERATOR);
  bool makes_generator = false;
  for (uint32_t i = 0; i < s->ndecoded; i++) makes_generator |= s->decoded[i].op == OP_RETURN_GENERATOR;
  return kinds <= 1 && makes_generator == ((c->flags & GENERATOR_LIKE) != 0);
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

bool stackform_verify(StackForm *s) {
  if (header_fits(s) && kinds_fit(s->code) && instructions_fit(s) && handlers_fit(s)) return true;
  return stackform_bad(s, "it does not stay within its bounds");
}
