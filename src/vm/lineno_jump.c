// Assigning to f_lineno: where a trace function may send a frame.
//
// A jump is allowed when the value stack at the target fits what lies on the stack now: every instruction is given an abstract stack of
// kinds by following the code once, three bits an item.
#include <stdlib.h>
#include <string.h>

#include "code/exctable.h"
#include "code/linetable.h"
#include "code/opcode.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "vm/exec.h"
#include "vm/trace.h"

// --- Abstract stacks ----------------------------------------------------------------------------------------------------------------------

typedef enum { KIND_NONE, KIND_ITERATOR, KIND_EXCEPT, KIND_OBJECT, KIND_NULL } Kind;
enum { UNKNOWN = -2, TOO_DEEP = -1, KIND_BITS = 3, DEPTH_LIMIT = 20 };

static int64_t push(int64_t stack, Kind kind) {
  if (stack < 0 || stack >= (int64_t)1 << (KIND_BITS * DEPTH_LIMIT)) return TOO_DEEP;
  return stack << KIND_BITS | kind;
}
static int64_t pop(int64_t stack) { return stack < 0 ? stack : stack >> KIND_BITS; }
static Kind top(int64_t stack) { return (Kind)(stack & ((1 << KIND_BITS) - 1)); }
static int depth_of(int64_t stack) {
  int n = 0;
  for (; stack > 0; stack = pop(stack)) n++;
  return n;
}
static Kind item(int64_t stack, int deep) {
  while (--deep > 0) stack = pop(stack);
  return top(stack);
}
static int64_t pop_many(int64_t stack, int n) {
  while (n-- > 0) stack = pop(stack);
  return stack;
}

static int64_t swap(int64_t stack, int deep) {
  if (stack < 0 || deep < 2) return stack;
  int shift = KIND_BITS * (deep - 1), mask = (1 << KIND_BITS) - 1;
  int64_t a = stack & mask, b = stack >> shift & mask;
  stack &= ~((int64_t)mask | (int64_t)mask << shift);
  return stack | b | a << shift;
}

static bool kind_fits(Kind from, Kind to) {
  if (to == KIND_NONE) return false;
  if (to == KIND_OBJECT) return from != KIND_NULL;
  return to == KIND_NULL || from == to;
}

// A jump may drop items, not make them.
static bool stack_fits(int64_t from, int64_t to) {
  if (from < 0 || to < 0) return false;
  while (from > to) from = pop(from);
  for (; from; from = pop(from), to = pop(to)) {
    if (!kind_fits(top(from), top(to))) return false;
  }
  return to == 0;
}

static const char *misfit(int64_t to) {
  if (to == TOO_DEEP) return "stack is too deep to analyze";
  if (to == UNKNOWN) return "can't jump into an exception handler, or code may be unreachable";
  switch (top(to)) {
    case KIND_EXCEPT: return "can't jump into an 'except' block as there's no exception";
    case KIND_ITERATOR: return "can't jump into the body of a for loop";
    default: return "incompatible stacks";
  }
}

// --- Marking ------------------------------------------------------------------------------------------------------------------------------

typedef struct Marking { const uint8_t *code; int units; int64_t *stacks; bool again; } Marking;

static void reach(Marking *m, int unit, int64_t stack) {
  if (unit < 0 || unit >= m->units || m->stacks[unit] != UNKNOWN) return;
  m->stacks[unit] = stack;
  m->again = true;
}

// What an instruction leaves when it does not jump.
static int64_t after(int64_t s, int op, int arg) {
  switch (op) {
    case OP_GET_ITER:
    case OP_GET_AITER: return push(pop(s), KIND_ITERATOR);
    case OP_PUSH_EXC_INFO: return push(s, KIND_EXCEPT);
    case OP_PUSH_NULL: return push(s, KIND_NULL);
    case OP_LOAD_GLOBAL: return push(arg & 1 ? push(s, KIND_NULL) : s, KIND_OBJECT);
    case OP_LOAD_METHOD: return push(push(pop(s), KIND_NULL), KIND_OBJECT);
    case OP_PRECALL: return s;
    case OP_CALL: return push(pop_many(s, arg + 2), KIND_OBJECT);
    case OP_RETURN_GENERATOR: return push(s, KIND_OBJECT);
    case OP_SWAP: return swap(s, arg);
    case OP_COPY: return push(s, item(s, arg));
    default: {
      int effect = opcode_stack_effect(op, arg, 0);
      while (effect < 0) {
        s = pop(s);
        effect++;
      }
      while (effect-- > 0) s = push(s, KIND_OBJECT);
      return s;
    }
  }
}

static int64_t at_target(int64_t s, int op) {
  switch (op) {
    case OP_FOR_ITER:
    case OP_SEND: return op == OP_FOR_ITER ? pop(s) : push(pop(pop(s)), KIND_OBJECT);
    case OP_JUMP_IF_TRUE_OR_POP:
    case OP_JUMP_IF_FALSE_OR_POP:
    case OP_JUMP_FORWARD:
    case OP_JUMP_BACKWARD:
    case OP_JUMP_BACKWARD_NO_INTERRUPT: return s;
    default: return pop(s);
  }
}

static void mark_pass(Marking *m) {
  int arg = 0;
  for (int u = 0; u < m->units;) {
    int op = m->code[2 * u];
    arg = arg << 8 | m->code[2 * u + 1];
    int64_t s = m->stacks[u];
    int next = u + 1 + opcode_caches[op];
    if (op == OP_EXTENDED_ARG) {
      if (s != UNKNOWN) reach(m, next, s);
      u = next;
      continue;
    }
    if (s != UNKNOWN) {
      int flags = opcode_flags[op];
      if (flags & OPCODE_JUMP) reach(m, u + 1 + (flags & OPCODE_BACK ? -arg : arg), at_target(s, op));
      if (!(flags & OPCODE_END)) reach(m, next, after(s, op, arg));
    }
    arg = 0;
    u = next;
  }
}

static void mark_handlers(Marking *m, const Code *c) {
  Bytes *table = v_bytes(c->exceptiontable);
  const uint8_t *p = (const uint8_t *)table->data, *limit = p + table->length;
  ExceptionEntry e;
  while (exctable_next(&p, limit, &e)) {
    if (e.start / 2 >= m->units) continue;
    int64_t s = m->stacks[e.start / 2];
    if (s == UNKNOWN) continue;
    while (depth_of(s) > e.depth) s = pop(s);
    if (e.push_lasti) s = push(s, KIND_OBJECT);
    reach(m, e.target / 2, push(s, KIND_EXCEPT));
  }
}

// The stack before each unit; malloc'd. NULL: no memory.
static int64_t *mark_stacks(const Code *c, int units) {
  int64_t *stacks = malloc((size_t)(units + 1) * sizeof *stacks);
  if (!stacks) return NULL;
  for (int i = 0; i <= units; i++) stacks[i] = UNKNOWN;
  Marking m = {(const uint8_t *)v_bytes(c->code)->data, units, stacks, true};
  stacks[0] = 0;
  while (m.again) {
    m.again = false;
    mark_pass(&m);
    mark_handlers(&m, c);
  }
  return stacks;
}

// The line that starts at each unit, -1 elsewhere; malloc'd.
static int *mark_lines(const Code *c, int units) {
  int *lines = malloc((size_t)(units + 1) * sizeof *lines);
  if (!lines) return NULL;
  for (int i = 0; i <= units; i++) lines[i] = -1;
  LineCursor cursor;
  Bytes *table = v_bytes(c->linetable);
  linetable_begin(&cursor, table->data, (size_t)table->length, c->firstlineno);
  int last = -1;
  while (linetable_next(&cursor)) {
    if (cursor.entry.line != last && cursor.entry.line >= 0 && cursor.entry.start / 2 < units) lines[cursor.entry.start / 2] = cursor.entry.line;
    last = cursor.entry.line;
  }
  return lines;
}

static int first_line_from(const int *lines, int units, int line) {
  int best = -1;
  for (int i = 0; i < units; i++) {
    if (lines[i] == line) return line;
    if (lines[i] > line && (best < 0 || lines[i] < best)) best = lines[i];
  }
  return best;
}

// --- The setter ---------------------------------------------------------------------------------------------------------------------------

// Drops what the target does not have: handlers' items put the exception handled before back.
static void unwind_to(Thread *t, Frame *f, int64_t from, int64_t to) {
  Ref *sp = f->fp + f->exec->nlocals + depth_of(from);
  while (from > to) {
    sp--;
    if (top(from) == KIND_EXCEPT) {
      Value previous = ref_take(t, sp);
      v_set(t, &t->vm->exc->value, v_is_none(previous) ? V_NULL : previous);
    } else {
      ref_clear(t, sp);
    }
    from = pop(from);
  }
}

// The unit to jump to for `line`, or -1 with ValueError.
static int find_target(Thread *t, const int *lines, const int64_t *stacks, int units, int line, int64_t start) {
  int best = -1, found = -1;
  int64_t best_stack = TOO_DEEP;
  const char *problem = "cannot find bytecode for specified line";
  for (int i = 0; i < units; i++) {
    if (lines[i] != line) continue;
    if (stack_fits(start, stacks[i])) {
      found = 0;
      if (stacks[i] > best_stack) {
        best_stack = stacks[i];
        best = i;
      }
    } else if (found < 0) {
      if (start == TOO_DEEP) problem = "stack to deep to analyze";
      else if (start == UNKNOWN) problem = "can't jump from unreachable code";
      else {
        problem = misfit(stacks[i]);
        found = 1;
      }
    }
  }
  if (found == 0) return best;
  raise_value_error(t, "%s", problem);
  return -1;
}

// A frame of this thread's that its trace function follows.
static bool traced_here(const Thread *t, FrameObject *o) {
  if (v_is_null(v_load_rlx(&o->trace)) || frame_object_finished(o)) return false;
  const Frame *f = frame_object_record(o);
  return frame_is_own(t, f) && f->traced;
}

static bool may_jump(Thread *t, FrameObject *o) {
  const char *event = t->vm->trace_event, *problem = NULL;
  if (!event || strcmp(event, "call") == 0) problem = "can't jump from the 'call' trace event of a new frame";
  else if (strcmp(event, "line") != 0) problem = "can only jump from a 'line' trace event";
  else if (!traced_here(t, o)) problem = "f_lineno can only be set by a trace function";
  if (problem) raise_value_error(t, "%s", problem);
  return !problem;
}

int trace_set_lineno(Thread *t, Value frame, Value value, void *closure) {
  (void)closure;
  FrameObject *o = v_frame(frame);
  int64_t line;
  if (v_is_null(value)) {
    raise_error(t, &exc_AttributeError, "cannot delete attribute");
    return -1;
  }
  if (!v_is_int_exact(value)) {
    raise_value_error(t, "lineno must be an integer");
    return -1;
  }
  if (!may_jump(t, o)) return -1;
  Frame *f = frame_object_record(o);
  const Code *c = frame_code(f);
  if (!int_as_i64(value, &line) || line > INT32_MAX || line < INT32_MIN) {
    raise_value_error(t, "lineno out of range");
    return -1;
  }
  if (line < c->firstlineno) {
    raise_value_error(t, "line %lld comes before the current code block", (long long)line);
    return -1;
  }
  int units = (int)(v_bytes(c->code)->length / 2), rc = -1;
  int *lines = mark_lines(c, units);
  int64_t *stacks = lines ? mark_stacks(c, units) : NULL;
  if (!stacks) {
    raise_no_memory(t);
  } else {
    int to = first_line_from(lines, units, (int)line);
    int64_t start = stacks[frame_lasti(f) / 2];
    int unit = -1;
    if (to < 0) raise_value_error(t, "line %lld comes after the current code block", (long long)line);
    else unit = find_target(t, lines, stacks, units, to, start);
    if (unit >= 0) {
      unwind_to(t, f, start, stacks[unit]);
      o->jump_to = &f->exec->insts[exec_find_unit(f->exec, (uint32_t)unit)];
      o->trace_line = 0;
      rc = 0;
    }
  }
  free(lines);
  free(stacks);
  return rc;
}
