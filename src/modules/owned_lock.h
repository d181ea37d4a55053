// A lock that its owner may take again: for objects whose use calls back into Python code, which may use them once more.
//
// Real in both builds. Waiting detaches. What is held while a callback runs cannot be had by a thread that the callback waits for.
#ifndef WEFT_MODULES_OWNED_LOCK_H
#define WEFT_MODULES_OWNED_LOCK_H

#include "threading/mutex.h"

typedef struct OwnedLock {
  Mutex mutex;
  aptr owner;      // Thread that holds it; written by that thread, and read by others only to find that it is not they
  int depth;       // how often the owner has taken it again
} OwnedLock;

static inline void owned_lock_enter(Thread *t, OwnedLock *l) {
  if (aptr_load_rlx(&l->owner) == t) {
    l->depth++;
    return;
  }
  mutex_lock(t, &l->mutex);
  aptr_store_rlx(&l->owner, t);
}

static inline void owned_lock_leave(OwnedLock *l) {
  if (l->depth) {
    l->depth--;
    return;
  }
  aptr_store_rlx(&l->owner, NULL);
  mutex_unlock(&l->mutex);
}

#endif
