// An object's counts read at once: for the collector, which looks at every container's, and for whoever must know whose references they are.
#ifndef WEFT_GC_COUNTS_H
#define WEFT_GC_COUNTS_H

#include "gc/object.h"
#include "threading/thread.h"

typedef struct Counts {
  bool immortal, deferred;
  int64_t number;  // of references; free build: a sum that may be stale unless the world is stopped
} Counts;

static inline Counts object_counts(const Object *o) {
#if OBJECT_BIASED
  uint64_t w = a64_load_rlx(&o->own);
  int64_t foreign = (int32_t)a32_load_rlx(&o->shared) >> 2;
  if (likely(w < OWN_DEFERRED)) return (Counts){.number = (int64_t)(uint32_t)w + foreign};
  return w < OWN_IMMORTAL ? (Counts){.deferred = true, .number = foreign} : (Counts){.immortal = true, .number = (int64_t)1 << 30};
#else
  uint32_t c = a32_load_rlx(&o->count);
  return c & OBJECT_IMMORTAL_COUNT ? (Counts){.immortal = true, .number = (int64_t)1 << 30} : (Counts){.number = c};
#endif
}

// Whether there are n references and all of them were counted by t, which owns the object, while no other thread has used it without
// counting. One of them may have been moved to another thread nevertheless, uncounted, unless the caller knows where they are.
static inline bool object_has_own_references(const Thread *t, const Object *o, uint32_t n) {
#if OBJECT_BIASED
  return a64_load_rlx(&o->own) == t->own_base + n && a32_load_acq(&o->shared) == SHARED_DEFAULT && !(a8_load_acq(&o->flags) & OBJ_SHARED);
#else
  (void)t;
  return a32_load_rlx(&o->count) == n;
#endif
}

// World stopped: o, which is not immortal, becomes t's own, with one reference more, t's. Nothing of o lies in a queue.
static inline void object_take_over(Thread *t, Object *o) {
#if OBJECT_BIASED
  uint64_t count = (uint64_t)object_counts(o).number + 1;
  a32_store_rel(&o->shared, a32_load_rlx(&o->shared) == SHARED_DEFAULT ? SHARED_DEFAULT : SHARED_WEAK);
  a64_store_rlx(&o->own, t->own_base | count);
#else
  (void)t;
  a32_store_rlx(&o->count, a32_load_rlx(&o->count) + 1);
#endif
}

#endif
