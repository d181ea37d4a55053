// The fair mutex's contended paths: sleepers in the parking lot say since when they wait.
#include "threading/fair_mutex.h"

#include "threading/chaos.h"
#include "threading/parking_lot.h"
#include "threading/stats.h"

enum { PATIENCE_NS = 1000000 };

typedef struct Sleeper { uint64_t due_ns; bool owns; } Sleeper;   // owns: set by who hands over, before it wakes the sleeper

static bool try_take(FairMutex *m) {
  uint8_t v = a8_load_rlx(&m->byte);
  return !(v & MUTEX_LOCKED) && a8_cas_acq(&m->byte, v, v | MUTEX_LOCKED);
}

static bool mark_parked(FairMutex *m) {
  uint8_t v = a8_load_rlx(&m->byte);
  return (v & MUTEX_LOCKED) && ((v & MUTEX_PARKED) || a8_cas_rlx(&m->byte, v, v | MUTEX_PARKED));
}

void fair_mutex_lock_slow(Thread *t, FairMutex *m) {
  const uint8_t expected = MUTEX_LOCKED | MUTEX_PARKED;
  chaos_point(t);
  uint64_t since = stats_begin(t);
  Sleeper me = {.due_ns = stats_clock_ns() + PATIENCE_NS};
  while (!me.owns && !try_take(m))
    if (mark_parked(m)) parking_lot_park(t, &m->byte, &expected, 1, -1, PARK_DETACH, &me);
  stats_end(t, STATS_LOCK, since);
}

static void release(void *mutex, void *token, bool more) {
  FairMutex *m = mutex;
  Sleeper *next = token;
  if (next) next->owns = stats_clock_ns() >= next->due_ns;
  a8_store_rel(&m->byte, (next && next->owns ? MUTEX_LOCKED : 0) | (more ? MUTEX_PARKED : 0));
}

void fair_mutex_unlock_slow(FairMutex *m) { parking_lot_unpark(&m->byte, release, m); }
