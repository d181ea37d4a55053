// Taking the stack form apart: instructions, jumps, exception ranges, stack depths.
#include "vm/stackform.h"

#include <stdlib.h>
#include <string.h>

#include "code/opcode.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/tuple.h"

bool stackform_out_of_memory(StackForm *s) {
  s->failed = true;
  raise_no_memory(s->t);
  return false;
}

// What does not fit once something has failed is no news: memory may have been lacking before.
bool stackform_bad(StackForm *s, const char *what) {
  if (!s->failed) raise_system_error(s->t, "bad bytecode: %s", what);
  s->failed = true;
  return false;
}

// --- Instructions -------------------------------------------------------------------------------------------------------------------

static bool decode(StackForm *s) {
  s->decoded = malloc((s->nunits + 1) * sizeof *s->decoded);
  s->index_of_unit = malloc((s->nunits + 1) * sizeof *s->index_of_unit);
  if (!s->decoded || !s->index_of_unit) return stackform_out_of_memory(s);
  memset(s->index_of_unit, 0xFF, (s->nunits + 1) * sizeof *s->index_of_unit);
  uint32_t n = 0;
  for (uint32_t u = 0; u < s->nunits;) {
    s->index_of_unit[u] = (int32_t)n;
    uint32_t arg = 0;
    int op = s->bytes[2 * u];
    while (unlikely(op == OP_EXTENDED_ARG) && u + 1 < s->nunits) {
      arg = (arg | s->bytes[2 * u + 1]) << 8;
      u++;
      op = s->bytes[2 * u];
      s->index_of_unit[u] = (int32_t)n;
    }
    if (!opcode_names[op] || op == OP_EXTENDED_ARG) return stackform_bad(s, "unknown opcode");
    arg = op < OPCODE_HAVE_ARGUMENT ? 0 : arg | s->bytes[2 * u + 1];
    if (unlikely(arg > INT32_MAX)) return stackform_bad(s, "argument");
    s->decoded[n++] = (Decoded){.op = (uint8_t)op, .arg = (int32_t)arg, .unit = u, .depth = -1, .target = -1};
    u += 1 + opcode_caches[op];
  }
  s->ndecoded = n;
  s->index_of_unit[s->nunits] = (int32_t)n;
  return n > 0 || stackform_bad(s, "empty");
}

static bool find_targets(StackForm *s) {
  for (uint32_t i = 0; i < s->ndecoded; i++) {
    Decoded *d = &s->decoded[i];
    if (!(opcode_flags[d->op] & OPCODE_JUMP)) continue;
    int64_t unit = (int64_t)d->unit + 1 + (opcode_flags[d->op] & OPCODE_BACK ? -(int64_t)d->arg : (int64_t)d->arg);
    if (unit < 0 || unit >= s->nunits || s->index_of_unit[unit] < 0) return stackform_bad(s, "jump out of range");
    d->target = s->index_of_unit[unit];
  }
  return true;
}

// --- Exception ranges ---------------------------------------------------------------------------------------------------------------

static bool read_ranges(StackForm *s) {
  Bytes *table = v_bytes(s->code->exceptiontable);
  const uint8_t *p = (const uint8_t *)table->data, *limit = p + table->length;
  if (p == limit) return true;
  s->ranges = malloc(((size_t)table->length / 4 + 1) * sizeof *s->ranges);   // an entry has four numbers of a byte at least
  if (!s->ranges) return stackform_out_of_memory(s);
  for (ExceptionEntry e; exctable_next(&p, limit, &e);) {
    uint32_t end = (uint32_t)e.end / 2;
    if ((uint32_t)e.start / 2 >= s->nunits || end > s->nunits || (uint32_t)e.target / 2 >= s->nunits ||
        s->index_of_unit[e.target / 2] < 0 || e.depth < 0 || e.depth + 1 + e.push_lasti > s->code->stacksize)
      return stackform_bad(s, "exception table");
    s->ranges[s->nranges++] = e;
  }
  return true;
}

const ExceptionEntry *stackform_range(const StackForm *s, uint32_t unit) {
  uint32_t lo = 0, hi = s->nranges;
  while (lo < hi) {
    uint32_t mid = (lo + hi) / 2;
    if ((uint32_t)s->ranges[mid].end / 2 <= unit) lo = mid + 1;
    else hi = mid;
  }
  return lo < s->nranges && (uint32_t)s->ranges[lo].start / 2 <= unit ? &s->ranges[lo] : NULL;
}

// --- Depths -------------------------------------------------------------------------------------------------------------------------

// What an instruction does to the depth here, where CALL alone counts its arguments and RETURN_GENERATOR pushes the first value sent.
static int effect_of(int op, int arg, int jump) {
  switch (op) {
    case OP_PRECALL: return 0;
    case OP_CALL: return -arg - 1;
    case OP_RETURN_GENERATOR: return 1;
    default: return opcode_stack_effect(op, arg, jump);
  }
}

static int bits(int64_t arg) { return (arg & 1) + !!(arg & 2) + !!(arg & 4) + !!(arg & 8); }

// How many items an instruction looks at: the depth before it must be no less.
static int64_t inputs_of(int op, int64_t arg) {
  switch (op) {
    case OP_POP_TOP: case OP_UNARY_POSITIVE: case OP_UNARY_NEGATIVE: case OP_UNARY_NOT: case OP_UNARY_INVERT: case OP_GET_LEN:
    case OP_MATCH_MAPPING: case OP_MATCH_SEQUENCE: case OP_PUSH_EXC_INFO: case OP_GET_AITER: case OP_GET_ANEXT: case OP_BEFORE_ASYNC_WITH:
    case OP_BEFORE_WITH: case OP_GET_ITER: case OP_GET_YIELD_FROM_ITER: case OP_PRINT_EXPR: case OP_LIST_TO_TUPLE: case OP_RETURN_VALUE:
    case OP_IMPORT_STAR: case OP_YIELD_VALUE: case OP_ASYNC_GEN_WRAP: case OP_POP_EXCEPT: case OP_STORE_NAME: case OP_UNPACK_SEQUENCE:
    case OP_FOR_ITER: case OP_UNPACK_EX: case OP_DELETE_ATTR: case OP_STORE_GLOBAL: case OP_LOAD_ATTR: case OP_IMPORT_FROM:
    case OP_JUMP_IF_FALSE_OR_POP: case OP_JUMP_IF_TRUE_OR_POP: case OP_POP_JUMP_FORWARD_IF_FALSE: case OP_POP_JUMP_FORWARD_IF_TRUE:
    case OP_POP_JUMP_FORWARD_IF_NONE: case OP_POP_JUMP_FORWARD_IF_NOT_NONE: case OP_POP_JUMP_BACKWARD_IF_FALSE:
    case OP_POP_JUMP_BACKWARD_IF_TRUE: case OP_POP_JUMP_BACKWARD_IF_NONE: case OP_POP_JUMP_BACKWARD_IF_NOT_NONE: case OP_STORE_FAST:
    case OP_GET_AWAITABLE: case OP_STORE_DEREF: case OP_LOAD_METHOD: return 1;
    case OP_BINARY_SUBSCR: case OP_MATCH_KEYS: case OP_CHECK_EXC_MATCH: case OP_CHECK_EG_MATCH: case OP_END_ASYNC_FOR: case OP_DELETE_SUBSCR:
    case OP_PREP_RERAISE_STAR: case OP_STORE_ATTR: case OP_COMPARE_OP: case OP_IMPORT_NAME: case OP_IS_OP: case OP_CONTAINS_OP:
    case OP_BINARY_OP: case OP_SEND: return 2;
    case OP_STORE_SUBSCR: case OP_MATCH_CLASS: return 3;
    case OP_WITH_EXCEPT_START: return 4;
    case OP_SWAP: case OP_COPY: return arg ? arg : INT32_MAX;
    case OP_RERAISE: case OP_LIST_APPEND: case OP_SET_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE: case OP_DICT_UPDATE:
    case OP_BUILD_CONST_KEY_MAP: return arg + 1;
    case OP_MAP_ADD: case OP_CALL: return arg + 2;
    case OP_DICT_MERGE: return arg + 3;
    case OP_CALL_FUNCTION_EX: return 3 + (arg & 1);
    case OP_MAKE_FUNCTION: return 1 + bits(arg);
    case OP_FORMAT_VALUE: return 1 + !!(arg & 4);
    case OP_BUILD_MAP: return 2 * arg;
    case OP_RAISE_VARARGS: case OP_BUILD_SLICE: case OP_BUILD_TUPLE: case OP_BUILD_LIST: case OP_BUILD_SET: case OP_BUILD_STRING: return arg;
    default: return 0;
  }
}

// Both are the same for every argument of most opcodes, which then find them here: a switch over the opcode costs a mispredicted jump.
enum { VARIES = INT8_MAX };
static int8_t fixed_inputs[256], fixed_effect[256];

static int8_t fixed(int64_t (*of)(int op, int64_t arg), int op) {
  static const int samples[] = {1, 2, 3, 4, 7, 8, 12, 256};
  int64_t value = of(op, 0);
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
    if (of(op, samples[i]) != value) return VARIES;
  return value > INT8_MIN && value < VARIES ? (int8_t)value : VARIES;
}

static int64_t effect_falling(int op, int64_t arg) { return effect_of(op, (int)arg, 0); }

__attribute__((constructor)) static void fill_tables(void) {
  for (int op = 0; op < 256; op++) {
    fixed_inputs[op] = fixed(inputs_of, op);
    fixed_effect[op] = fixed(effect_falling, op);
  }
}

int64_t stackform_inputs(const Decoded *d) {
  return likely(fixed_inputs[d->op] != VARIES) ? fixed_inputs[d->op] : inputs_of(d->op, d->arg);
}

static int effect(const Decoded *d) { return likely(fixed_effect[d->op] != VARIES) ? fixed_effect[d->op] : effect_of(d->op, d->arg, 0); }

static bool check_operands(StackForm *s, const Decoded *d) {
  int flags = opcode_flags[d->op];
  if (stackform_inputs(d) > d->depth) return stackform_bad(s, "stack depth");
  if (!(flags & (OPCODE_CONST | OPCODE_NAME | OPCODE_LOCAL | OPCODE_FREE)) && d->op != OP_BUILD_SLICE && d->op != OP_RAISE_VARARGS) return true;
  if (d->op == OP_BUILD_SLICE && d->arg != 2 && d->arg != 3) return stackform_bad(s, "slice");
  if (d->op == OP_RAISE_VARARGS && d->arg > 2) return stackform_bad(s, "raise");
  if (flags & OPCODE_CONST && d->arg >= v_tuple(s->code->consts)->length) return stackform_bad(s, "constant index");
  if (flags & OPCODE_NAME) {
    int64_t i = d->op == OP_LOAD_GLOBAL ? d->arg >> 1 : d->arg;
    if (i >= v_tuple(s->code->names)->length) return stackform_bad(s, "name index");
  }
  if (flags & (OPCODE_LOCAL | OPCODE_FREE) && (uint32_t)d->arg >= s->nlocals) return stackform_bad(s, "local index");
  return true;
}

// A path has come to instruction `index` with this depth. New places wait in `work`.
typedef struct Walk { uint32_t *work, count; } Walk;

static bool reach(StackForm *s, Walk *w, int64_t index, int32_t depth) {
  if (index >= s->ndecoded || depth < 0 || depth > s->code->stacksize) return stackform_bad(s, "stack depth");
  Decoded *d = &s->decoded[index];
  if (d->depth >= 0) return d->depth == depth || stackform_bad(s, "stack depth");
  d->depth = depth;
  w->work[w->count++] = (uint32_t)index;
  return true;
}

static bool reach_handlers(StackForm *s, Walk *w) {
  for (uint32_t i = 0; i < s->nranges; i++) {
    const ExceptionEntry *e = &s->ranges[i];
    Decoded *h = &s->decoded[s->index_of_unit[e->target / 2]];
    h->border = h->leader = true;
    if (!reach(s, w, h - s->decoded, e->depth + e->push_lasti + 1)) return false;
    for (int side = 0; side < 2; side++) {
      int32_t at = s->index_of_unit[(side ? e->end : e->start) / 2];
      if (at >= 0 && (uint32_t)at < s->ndecoded) s->decoded[at].leader = true;
    }
  }
  return true;
}

// From one place on, as far as execution falls through what was not seen before.
static bool follow(StackForm *s, Walk *w, uint32_t i) {
  for (;; i++) {
    Decoded *d = &s->decoded[i];
    if (!check_operands(s, d)) return false;
    if (d->target >= 0) {
      s->decoded[d->target].border = s->decoded[d->target].leader = true;
      if (!reach(s, w, d->target, d->depth + effect_of(d->op, d->arg, 1))) return false;
      if (i + 1 < s->ndecoded) s->decoded[i + 1].leader = true;
    }
    if (opcode_flags[d->op] & OPCODE_END) return true;
    int32_t depth = d->depth + effect(d);
    if (unlikely(i + 1 >= s->ndecoded || depth < 0 || depth > s->code->stacksize)) return stackform_bad(s, "stack depth");
    if (d[1].depth >= 0) return d[1].depth == depth || stackform_bad(s, "stack depth");
    d[1].depth = depth;
  }
}

// Follows every path from the entry and the handlers: depths, borders, leaders. Code that nothing reaches keeps depth -1.
static bool find_depths(StackForm *s) {
  Walk w = {.work = malloc((s->ndecoded + s->nranges + 1) * sizeof *w.work)};
  if (!w.work) return stackform_out_of_memory(s);
  bool ok = reach(s, &w, 0, 0) && reach_handlers(s, &w);
  while (ok && w.count) ok = follow(s, &w, w.work[--w.count]);
  free(w.work);
  s->decoded[0].leader = true;
  return ok;
}

// --- The whole ----------------------------------------------------------------------------------------------------------------------

bool stackform_read(StackForm *s, Thread *t, Code *code) {
  const Bytes *bytes = v_bytes(code->code);
  *s = (StackForm){.t = t, .code = code, .bytes = (const uint8_t *)bytes->data, .nunits = (uint32_t)(bytes->length / 2),
                   .nlocals = (uint32_t)code->nlocalsplus};
  return decode(s) && find_targets(s) && read_ranges(s) && find_depths(s) && (!code->unverified || stackform_verify(s));
}

void stackform_free(StackForm *s) {
  free(s->decoded);
  free(s->index_of_unit);
  free(s->ranges);
}
