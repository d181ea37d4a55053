// Definite assignment of locals.
#include "vm/surely_bound.h"

#include <stdlib.h>
#include <string.h>

#include "code/opcode.h"

static void bit_set(uint64_t *row, uint32_t i) { row[i / 64] |= (uint64_t)1 << i % 64; }
static void bit_clear(uint64_t *row, uint32_t i) { row[i / 64] &= ~((uint64_t)1 << i % 64); }

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

static void mark_arguments(const Code *c, uint64_t *row) {
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

// --- The pass -----------------------------------------------------------------------------------------------------------------------

typedef struct Pass {
  const StackForm *s;
  SurelyBound *b;
  uint8_t *dirty;          // per instruction: a leader to be gone through (again)
  uint64_t *row, *kills;   // of the block at hand
  bool again;
} Pass;

static uint64_t *row_of(const Pass *p, uint32_t i) { return p->b->rows + (size_t)i * p->b->words; }

static void meet(Pass *p, uint32_t i, const uint64_t *row) {
  if (row_meet(row_of(p, i), row, p->b->words)) p->dirty[i] = p->again = true;
}

// Goes through a block and tells those that it leads to, its handler among them.
static void flow_through(Pass *p, uint32_t leader) {
  const StackForm *s = p->s;
  memcpy(p->row, row_of(p, leader), p->b->words * sizeof *p->row);
  memset(p->kills, 0, p->b->words * sizeof *p->kills);
  for (uint32_t i = leader;; i++) {
    const Decoded *d = &s->decoded[i];
    assign_step(d, p->row, p->kills);
    if (d->target >= 0) meet(p, (uint32_t)d->target, p->row);
    if (opcode_flags[d->op] & OPCODE_END || i + 1 == s->ndecoded) break;
    if (s->decoded[i + 1].leader) {
      meet(p, i + 1, p->row);
      break;
    }
  }
  const ExceptionEntry *e = stackform_range(s, s->decoded[leader].unit);
  if (!e) return;
  for (uint32_t w = 0; w < p->b->words; w++) p->row[w] = row_of(p, leader)[w] & ~p->kills[w];
  meet(p, (uint32_t)s->index_of_unit[e->target / 2], p->row);
}

bool surely_bound_find(SurelyBound *b, StackForm *s) {
  b->words = s->nlocals / 64 + 1;
  size_t all = (size_t)s->ndecoded * b->words;
  b->rows = malloc((all + 3 * b->words) * sizeof *b->rows);
  Pass p = {.s = s, .b = b, .dirty = calloc(s->ndecoded, 1)};
  if (!b->rows || !p.dirty) {
    free(p.dirty);
    return stackform_out_of_memory(s);
  }
  p.row = b->rows + all;
  p.kills = p.row + b->words;
  b->now = p.kills + b->words;
  memset(b->rows, 0xFF, all * sizeof *b->rows);
  memset(b->rows, 0, b->words * sizeof *b->rows);
  mark_arguments(s->code, b->rows);
  for (uint32_t i = 0; i < s->ndecoded; i++) p.dirty[i] = s->decoded[i].leader && s->decoded[i].depth >= 0;
  do {
    p.again = false;
    for (uint32_t i = 0; i < s->ndecoded; i++) {
      if (!p.dirty[i]) continue;
      p.dirty[i] = false;
      flow_through(&p, i);
    }
  } while (p.again);
  free(p.dirty);
  return true;
}

void surely_bound_free(SurelyBound *b) { free(b->rows); }

void surely_bound_enter(SurelyBound *b, uint32_t i) { memcpy(b->now, b->rows + (size_t)i * b->words, b->words * sizeof *b->now); }

void surely_bound_step(SurelyBound *b, const Decoded *d) { assign_step(d, b->now, NULL); }
