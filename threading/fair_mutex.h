// A mutex that nobody waits for in vain: who has waited a millisecond gets it from the hands of whoever unlocks it.
//
// For locks that are held across system calls and taken again at once. A plain mutex starves others there: with the GIL, who is woken runs
// only when the next holder has gone into its system call. What is handed over belongs to a detached thread, which may never come back when
// the program ends or is forked: no lock for the objects' own fields.
#ifndef WEFT_THREADING_FAIR_MUTEX_H
#define WEFT_THREADING_FAIR_MUTEX_H

#include "threading/mutex.h"

typedef struct { a8 byte; } FairMutex;   // the bits are those of Mutex

void fair_mutex_lock_slow(Thread *t, FairMutex *m);
void fair_mutex_unlock_slow(FairMutex *m);

static inline void fair_mutex_lock(Thread *t, FairMutex *m) {   // a safepoint: detaches while it waits
  if (unlikely(!a8_cas_acq(&m->byte, 0, MUTEX_LOCKED))) fair_mutex_lock_slow(t, m);
}
static inline void fair_mutex_unlock(FairMutex *m) {
  if (unlikely(!a8_cas_rel(&m->byte, MUTEX_LOCKED, 0))) fair_mutex_unlock_slow(m);
}
// Takes it from whoever has it, without a look at who waits: they are not there any more (a fork's child), or stopped for good.
static inline void fair_mutex_reset(FairMutex *m) { a8_store_rel(&m->byte, 0); }
static inline bool fair_mutex_is_locked(const FairMutex *m) { return a8_load_rlx(&m->byte) & MUTEX_LOCKED; }

#endif
