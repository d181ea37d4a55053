// The passes that make a translation: translate each instruction, settle jumps, put the pieces together.
#include "vm/translate.h"

#include <stdlib.h>

#include "code/linetable.h"
#include "code/opcode.h"
#include "objects/bytes.h"
#include "vm/comprehension.h"
#include "vm/translate_ops.h"

// --- Going through the code ---------------------------------------------------------------------------------------------------------

// Where a protected range starts, what its handler finds on the stack must be in its slots.
static void enter_range(Translator *T, uint32_t unit) {
  const ExceptionEntry *e = stackform_range(&T->form, unit);
  if (!e || (uint32_t)e->start / 2 > unit) return;
  for (int32_t i = 0; i < e->depth && i < T->depth; i++) tr_materialise(T, i);
}

static void take_probe(Translator *T, uint32_t i) {
  Probe *p = &T->probe;
  uint32_t words = exec_op_words[a16_load_rlx(&T->out[p->at].op)];
  // The state is that behind the word if nothing was made after it; a store folded into it moves the state on.
  if (T->count != p->at + words || (p->found && !T->form.decoded[i].folded && T->form.decoded[i].op != OP_STORE_FAST)) return;
  memcpy(p->stack, T->stack, (size_t)T->depth * sizeof *p->stack);
  p->depth = T->depth;
  p->next = T->next;
  p->found = true;
}

static void translate_all(Translator *T) {
  for (uint32_t i = 0; i < T->form.ndecoded && !T->form.failed; i++) {
    Decoded *d = &T->form.decoded[i];
    d->start = T->count;
    if (d->depth < 0) continue;
    T->unit = d->unit;
    if (!d->folded || T->next == i) T->next = i + 1;
    if (d->leader) surely_bound_enter(&T->bound, i);
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
      if (T->trace) tr_emit(T, X_TRACE, 0, 0, 0);
      translate_op(T, i);
    }
    surely_bound_step(&T->bound, d);
    if (T->count > T->probe.at) take_probe(T, i);
    // Falling into a border.
    uint32_t n = i + 1;
    if (n < T->form.ndecoded && T->form.decoded[n].border && !(opcode_flags[d->op] & OPCODE_END) && T->form.decoded[n].depth >= 0) tr_materialise_all(T);
  }
  if (!T->form.failed) tr_emit(T, X_TRAP, 0, 0, 0);
}

// --- Putting it together --------------------------------------------------------------------------------------------------------------

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
    Value v = tr_const_value(T, (int32_t)T->pool[i]);
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
  surely_bound_free(&T->bound);
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
  if (surely_bound_find(&T->bound, &T->form)) translate_all(T);
  return !T->form.failed;
}

// One attempt; *retry: the code is too long for 16-bit offsets.
static Exec *translate_attempt(Thread *t, Code *code, bool fold, bool trace, bool wide, bool *retry) {
  Translator T;
  Exec *e = NULL;
  *retry = false;
  if (translator_init(&T, t, code, fold, trace, wide) && run_passes(&T)) {
    if (tr_patch(&T)) e = finish(&T);
    else *retry = true;
  }
  translator_free(&T);
  return e;
}

Exec *translate_code(Thread *t, Code *code, bool fold, bool trace) {
  bool retry = false;
  Exec *e = translate_attempt(t, code, fold, trace, false, &retry);
  return retry ? translate_attempt(t, code, fold, trace, true, &retry) : e;
}

// Makes the functions of comprehensions that are pending on the abstract stack in a frame. False: no memory; nothing has changed.
static bool settle_comprehensions(Thread *t, Frame *f, const Translator *T) {
  const Probe *p = &T->probe;
  for (int32_t i = 0; i < p->depth; i++) {
    if (p->stack[i].kind != ENTRY_COMPREHENSION) continue;
    uint64_t cells;
    uint32_t n;
    Value code = tr_comprehension(T, (uint32_t)p->stack[i].index, &cells, &n), v = comprehension_function(t, f, code, n, cells);
    f->fp[tr_home(T, i)] = v_is_null(v) ? REF_UNBOUND : ref_from(v);
    if (!v_is_null(v)) continue;
    while (i-- > 0)
      if (p->stack[i].kind == ENTRY_COMPREHENSION) ref_clear(t, &f->fp[tr_home(T, i)]);
    return false;
  }
  return true;
}

// Carries out another pending item of the abstract stack in a frame.
static void settle_in_frame(Thread *t, Frame *f, const Translator *T, int32_t position, Entry e) {
  Ref *slot = &f->fp[tr_home(T, position)];
  switch (e.kind) {
    case ENTRY_TEMP:
    case ENTRY_COMPREHENSION: break;
    case ENTRY_BORROW: *slot = ref_from(v_own(t, ref_value(*slot))); break;
    case ENTRY_LOCAL: *slot = ref_from(v_own(t, ref_value(f->fp[e.index]))); break;
    case ENTRY_CONST: *slot = ref_from(v_own(t, tr_const_value(T, e.index))); break;
    case ENTRY_NULL: *slot = REF_UNBOUND; break;
  }
}

int64_t translate_settle_frame(Thread *t, Frame *f, uint32_t at) {
  const Exec *e = f->exec;
  Translator T;
  int64_t next = -1;
  if (translator_init(&T, t, e->code, e->folded, false, e->wide)) {
    T.probe.at = at;
    T.probe.stack = malloc(((size_t)e->code->stacksize + 4) * sizeof *T.probe.stack);
    if (T.probe.stack && run_passes(&T) && T.probe.found && settle_comprehensions(t, f, &T)) {
      for (int32_t i = 0; i < T.probe.depth; i++) settle_in_frame(t, f, &T, i, T.probe.stack[i]);
      next = T.form.decoded[T.probe.next].unit;
    }
    free(T.probe.stack);
  }
  translator_free(&T);
  return next;
}
