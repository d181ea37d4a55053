// A recursive lock for objects whose operations run Python code or block: streams, picklers. It detaches while it waits.
#ifndef WEFT_MODULES_STREAM_LOCK_H
#define WEFT_MODULES_STREAM_LOCK_H

#include "threading/fair_mutex.h"
#include "threading/last_thread.h"

// owner: Thread.id + 1. depth: the owner's. forks: thread_fork_count() when it was locked last, stored before the mutex is taken.
typedef struct StreamLock { FairMutex mutex; a64 owner; int depth; a32 forks; } StreamLock;
static inline bool stream_lock_is_mine(Thread *t, const StreamLock *l) { return a64_load_rlx(&l->owner) == t->id + 1; }
// At the program's end: the owner has been stopped for good, perhaps while it was writing.
static inline bool stream_lock_is_orphaned(Thread *t, const StreamLock *l) {
  return unlikely(last_thread_is_left()) && fair_mutex_is_locked(&l->mutex) && !stream_lock_is_mine(t, l);
}
// In the child of a fork a lock that another thread held is nobody's any more. Who takes it with a mark of the child's own is alive.
static inline bool stream_lock_outlives_fork(StreamLock *l) {
  uint32_t now = thread_fork_count(), was = a32_load_rlx(&l->forks);
  if (likely(was == now)) return false;
  bool held = fair_mutex_is_locked(&l->mutex);
  return a32_cas_acqrel(&l->forks, was, now) && held;
}
static inline void stream_lock(Thread *t, StreamLock *l) {
  if (!stream_lock_is_mine(t, l)) {
    if (stream_lock_outlives_fork(l) || stream_lock_is_orphaned(t, l)) {
      a64_store_rlx(&l->owner, 0);
      l->depth = 0;
      fair_mutex_reset(&l->mutex);
    }
    fair_mutex_lock(t, &l->mutex);
    a64_store_rlx(&l->owner, t->id + 1);
  }
  l->depth++;
}
static inline void stream_unlock(StreamLock *l) {
  if (--l->depth > 0) return;
  a64_store_rlx(&l->owner, 0);
  if (unlikely(last_thread_is_left())) fair_mutex_reset(&l->mutex);
  else fair_mutex_unlock(&l->mutex);
}

#endif
