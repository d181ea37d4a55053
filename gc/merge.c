// Merging biased counts (declared in refcount.h): references given back by threads that do not own an object reach its owner here.
//
// A queue belongs to a thread slot and lies under its lock. Whoever gives a reference back either leaves it to the owner (BREAK_MERGE) or,
// if the owner sleeps or has ended, holds the slot SUSPENDED for a moment and merges for it. memory.md 3 has the protocol and why.
// The same way an owner is asked to let an object become DEFERRED.
#include <stdlib.h>

#include "gc/deferred.h"
#include "gc/refcount.h"
#include "threading/chaos.h"
#include "threading/mutex.h"
#include "threading/parking_lot.h"
#include "threading/stw.h"

// What is in a queue: one reference, given back.
typedef struct Given {
  Object *object;
  bool defer;  // the object shall become DEFERRED
} Given;

typedef struct MergeQueue {
  Given *items;
  uint32_t count, capacity;
} MergeQueue;

#if OBJECT_BIASED

// Ends the ownership, if it is `slot`'s: all references are shared ones then, less `dropped`. What is left.
static int32_t merge_counts(Object *o, uint32_t slot, int32_t dropped) {
  uint64_t w = a64_load_rlx(&o->own);
  int32_t local = 0;
  if (w >> 32 == slot) {
    local = (int32_t)(uint32_t)w;
    a64_store_rel(&o->own, OWN_NONE);  // after the owner's sections: who reads it may take the object's lock (critical.h)
  }
  for (;;) {
    uint32_t s = a32_load_rlx(&o->shared);
    int32_t count = ((int32_t)s >> 2) + local - dropped;
    if (a32_cas_acqrel(&o->shared, s, (uint32_t)count << 2 | SHARED_MERGED)) return count;
  }
}

bool merge_object(Thread *t, Object *o, uint32_t slot) {
  if (merge_counts(o, slot, 1) != 0) return false;
  if (a64_load_rlx(&o->own) < OWN_DEFERRED) return true;
  deferred_note_zero(t, o);
  return false;
}

// On behalf of the thread in `slot`, as merge_object, and with a reference to o.
static void defer(Object *o, uint32_t slot) {
  merge_counts(o, slot, 0);
  a64_cas_acqrel(&o->own, OWN_NONE, OWN_DEFERRED);
}

void object_make_deferred(Thread *t, Object *o) {
  uint64_t slot = a64_load_rlx(&o->own) >> 32;
  if (slot == 0 || slot == t->slot) defer(o, t->slot);
}

void object_make_late(Thread *t, Object *o) {
  object_make_deferred(t, o);
  if (object_is_deferred(o)) a8_fetch_or_rel(&o->flags, OBJ_LATE);
}

// As merge_object, for an entry of slot's queue.
static bool merge_given(Thread *t, Given g, uint32_t slot) {
  if (g.defer) defer(g.object, slot);
  return merge_object(t, g.object, slot);
}

// Slot lock held.
static bool queue_append(Thread *w, Given g) {
  MergeQueue *q = w->merge;
  if (!q) q = w->merge = calloc(1, sizeof *q);
  if (!q) return false;
  if (q->count == q->capacity) {
    uint32_t capacity = q->capacity ? q->capacity * 2 : 32;
    Given *grown = realloc(q->items, capacity * sizeof *grown);
    if (!grown) return false;
    q->items = grown;
    q->capacity = capacity;
  }
  q->items[q->count++] = g;
  return true;
}

// Slot lock held, and w's state DETACHED or DEAD. True: done, *dead says whether that was the last reference.
static bool merge_for_sleeper(Thread *t, Thread *w, Given g, uint32_t state, bool *dead) {
  if (!a32_cas_acqrel(&w->state, state, THREAD_SUSPENDED)) return false;
  *dead = merge_given(t, g, w->slot);
  a32_store_rel(&w->state, state);
  return true;
}

static void merge_with_world_stopped(Thread *t, Given g) {
  stop_the_world(t);
  uint64_t own = a64_load_rlx(&g.object->own);
  bool dead = merge_given(t, g, own < OWN_DEFERRED ? (uint32_t)(own >> 32) : 0);
  start_the_world(t);
  if (dead) object_died(t, g.object);
}

typedef enum { GIVEN, DEAD, AGAIN, NO_MEMORY } Outcome;

// One attempt, with w's slot lock held.
static Outcome give_lock_held(Thread *t, Thread *w, Given g) {
  if (a64_load_rlx(&g.object->own) >> 32 != w->slot) return AGAIN;
  uint32_t state = a32_load_acq(&w->state);
  bool dead = false;
  if (state == THREAD_DETACHED || state == THREAD_DEAD) {
    if (!merge_for_sleeper(t, w, g, state, &dead)) return AGAIN;
    return dead ? DEAD : GIVEN;
  }
  if (!queue_append(w, g)) return NO_MEMORY;
  breaker_set(w, BREAK_MERGE);
  // It may have detached between our look at its state and the bit; then nobody will look at the queue (see thread_detach_raw).
  if (a32_fetch_add_seq(&w->state, 0) == THREAD_DETACHED) {
    w->merge->count--;
    return AGAIN;
  }
  return GIVEN;
}

static void give(Thread *t, Given g) {
  for (;;) {
    chaos_point(t->stopping_world ? NULL : t);
    uint64_t own = a64_load_rlx(&g.object->own);
    if (own == OWN_NONE || own >= OWN_DEFERRED) {  // merged meanwhile: an ordinary reference now
      if (g.defer) a64_cas_acqrel(&g.object->own, OWN_NONE, OWN_DEFERRED);
      object_decref_slow(t, g.object);
      return;
    }
    Thread *w = thread_by_slot((uint32_t)(own >> 32));
    thread_slot_lock(w);
    Outcome outcome = give_lock_held(t, w, g);
    thread_slot_unlock(w);
    if (outcome == AGAIN) continue;
    if (outcome == NO_MEMORY) {
      merge_with_world_stopped(t, g);
      return;
    }
    parking_lot_unpark_all(&w->state);  // it may have come back while we held it
    if (outcome == DEAD) object_died(t, g.object);
    return;
  }
}

void merge_give_to_owner(Thread *t, Object *o) { give(t, (Given){o, false}); }

// Merges all that is in w's queue, on behalf of w, and keeps the dead on t. Slot lock held.
static void drain_lock_held(Thread *t, Thread *w) {
  MergeQueue *q = w->merge;
  a32_fetch_and_acqrel(&w->breaker, ~(uint32_t)BREAK_MERGE);
  if (!q) return;
  for (uint32_t i = 0; i < q->count; i++)
    if (merge_given(t, q->items[i], w->slot)) object_put_off(t, q->items[i].object);
  q->count = 0;
}

void merge_drain(Thread *t) {
  thread_slot_lock(t);
  drain_lock_held(t, t);
  thread_slot_unlock(t);
  Object *o = t->to_defer;
  t->to_defer = NULL;
  if (o) give(t, (Given){o, true});
  object_free_put_off(t);
}

static void restarting(Thread *stopper, Thread *w) { drain_lock_held(stopper, w); }

void merge_drain_all(Thread *t) {
  for (uint32_t slot = 1, n = thread_slot_high(); slot <= n; slot++) {
    Thread *w = thread_by_slot(slot);
    thread_slot_lock(w);
    drain_lock_held(t, w);
    thread_slot_unlock(w);
  }
}

#else

bool merge_object(Thread *t, Object *o, uint32_t slot) {
  (void)t;
  (void)o;
  (void)slot;
  return false;
}
void object_make_deferred(Thread *t, Object *o) {
  (void)t;
  (void)o;
}
void object_make_late(Thread *t, Object *o) {
  (void)t;
  (void)o;
}
void merge_give_to_owner(Thread *t, Object *o) { object_decref_slow(t, o); }
void merge_drain(Thread *t) {
  a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_MERGE);
  object_free_put_off(t);
}
static void restarting(Thread *stopper, Thread *w) {
  (void)stopper;
  (void)w;
}
void merge_drain_all(Thread *t) { (void)t; }

#endif

void merge_restarting(Thread *stopper, Thread *w) { restarting(stopper, w); }
