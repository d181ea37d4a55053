// The memo of a pickler: which objects are in the pickle already, and under what number.
//
// A hash table by identity. It owns the objects it knows, so that no other can take an address over. Locking: a pickler's memo changes under
// the pickler's lock (pickle.h). No Python code runs in here but in pickle_memo_clear, which drops what the table no longer refers to.
#ifndef WEFT_MODULES_PICKLE_MEMO_H
#define WEFT_MODULES_PICKLE_MEMO_H

#include "gc/refcount.h"
#include "gc/shape.h"

enum { PICKLE_MEMO_FEW = 32 };

typedef struct PickleMemoSlot { Value object; int64_t number; } PickleMemoSlot;  // object V_NULL: empty
typedef struct PickleMemo {
  PickleMemoSlot *slots;   // `few`, or a heap block
  size_t mask;             // slots - 1
  int64_t count;
  PickleMemoSlot few[PICKLE_MEMO_FEW];
} PickleMemo;                // never moved: `slots` may point into it

void pickle_memo_init(PickleMemo *m);
// Gives v (borrowed) a number, a new one if it has one. 0, or -1 with MemoryError.
int pickle_memo_put(Thread *t, PickleMemo *m, Value v, int64_t number);
// Empties it. May run Python code.
void pickle_memo_clear(Thread *t, PickleMemo *m);
// Makes `to`, which is empty, a copy. 0, or -1 with MemoryError.
int pickle_memo_copy(Thread *t, PickleMemo *to, const PickleMemo *from);
void pickle_memo_traverse(const PickleMemo *m, GcVisit visit, void *arg);

static inline size_t pickle_memo_hash(Value v) { return (size_t)((v.w >> 4) * 0x9E3779B97F4A7C15u >> 20); }

// The number of v, or -1.
static inline int64_t pickle_memo_find(const PickleMemo *m, Value v) {
  for (size_t i = pickle_memo_hash(v);; i++) {
    const PickleMemoSlot *s = &m->slots[i & m->mask];
    if (s->object.w == 0) return -1;
    if (v_is(s->object, v)) return s->number;
  }
}

#endif
