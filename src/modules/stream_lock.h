// A recursive lock for objects whose operations run Python code or block: streams, picklers. It detaches while it waits.
#ifndef WEFT_MODULES_STREAM_LOCK_H
#define WEFT_MODULES_STREAM_LOCK_H

#include "threading/mutex.h"

// owner: Thread.id + 1. depth: the owner's. forks: thread_fork_count() when it was locked last, stored before the mutex is taken.
typedef struct StreamLock { Mutex mutex; a64 owner; int depth; a32 forks; } StreamLock;
static inline bool stream_lock_is_mine(Thread *t, const StreamLock *l) { return a64_load_rlx(&l->owner) == t->id + 1; }
// In the child of a fork a lock that another thread held is nobody's any more. Who takes it with a mark of the child's own is alive.
static inline void stream_lock_outlive_fork(StreamLock *l) {
  uint32_t now = thread_fork_count(), was = a32_load_rlx(&l->forks);
  if (likely(was == now)) return;
  bool held = mutex_is_locked(&l->mutex);
  if (!a32_cas_acqrel(&l->forks, was, now) || !held) return;
  a64_store_rlx(&l->owner, 0);
  l->depth = 0;
  mutex_unlock(&l->mutex);
}
static inline void stream_lock(Thread *t, StreamLock *l) {
  if (!stream_lock_is_mine(t, l)) {
    stream_lock_outlive_fork(l);
    mutex_lock(t, &l->mutex);
    a64_store_rlx(&l->owner, t->id + 1);
  }
  l->depth++;
}
static inline void stream_unlock(StreamLock *l) {
  if (--l->depth > 0) return;
  a64_store_rlx(&l->owner, 0);
  mutex_unlock(&l->mutex);
}

#endif
