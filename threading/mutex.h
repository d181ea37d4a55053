// The one-byte mutex: uncontended it is one compare-and-swap, contended it parks. Real in both builds.
//
// mutex_lock detaches while parked (so it is a safepoint); raw_mutex_lock waits without detaching and is for leaf locks: no safepoint, no
// Python code, no stop-the-world under one. Lock order: type > object (by address) > stripe > thread slot > bucket.
#ifndef WEFT_THREADING_MUTEX_H
#define WEFT_THREADING_MUTEX_H

#include "threading/thread.h"

enum {
  MUTEX_LOCKED = 1,
  MUTEX_PARKED = 2,
  // In objects' headers only, and only until somebody takes the lock by writing it (critical.h):
  MUTEX_OWNERS = 4,  // the object's owner need not
  MUTEX_ASKED = 8,   // but another thread is asking
};

typedef struct { a8 byte; } Mutex;
#define MUTEX_INIT {{0}}

void mutex_lock_slow(Thread *t, a8 *m);
void mutex_unlock_slow(a8 *m);
void raw_mutex_lock_slow(a8 *m);

static inline bool mutex_try_lock(Mutex *m) { return a8_cas_acq(&m->byte, 0, MUTEX_LOCKED); }
static inline void mutex_lock(Thread *t, Mutex *m) {
  if (unlikely(!a8_cas_acq(&m->byte, 0, MUTEX_LOCKED))) mutex_lock_slow(t, &m->byte);
}
static inline void mutex_unlock(Mutex *m) {
  if (unlikely(!a8_cas_rel(&m->byte, MUTEX_LOCKED, 0))) mutex_unlock_slow(&m->byte);
}
static inline void raw_mutex_lock(Mutex *m) {
  if (unlikely(!a8_cas_acq(&m->byte, 0, MUTEX_LOCKED))) raw_mutex_lock_slow(&m->byte);
}
static inline void raw_mutex_unlock(Mutex *m) { mutex_unlock(m); }
static inline bool mutex_is_locked(const Mutex *m) { return a8_load_rlx(&m->byte) & MUTEX_LOCKED; }

// The lock of a thread's slot.
static inline void thread_slot_lock(Thread *t) { raw_mutex_lock((Mutex *)(void *)&t->slot_lock); }
static inline void thread_slot_unlock(Thread *t) { raw_mutex_unlock((Mutex *)(void *)&t->slot_lock); }

#endif
