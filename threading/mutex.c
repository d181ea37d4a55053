// The one-byte mutex's contended paths. There is no handing over: a waiter wakes, attaches, then competes with everybody else.
#include "threading/mutex.h"

#include <sched.h>

#include "threading/chaos.h"
#include "threading/parking_lot.h"
#include "threading/stats.h"

enum { SPINS = 40 };

static bool try_take(a8 *m) {
  uint8_t v = a8_load_rlx(m);
  return !(v & MUTEX_LOCKED) && a8_cas_acq(m, v, v | MUTEX_LOCKED);
}

// Announces that a sleeper is coming. False: the lock looked free, try again.
static bool mark_parked(a8 *m) {
  uint8_t v = a8_load_rlx(m);
  if (!(v & MUTEX_LOCKED)) return false;
  return (v & MUTEX_PARKED) || a8_cas_rlx(m, v, v | MUTEX_PARKED);
}

static bool spin(a8 *m) {
  // With the GIL the holder cannot be running while we are.
  if (MODE_IS_GIL) return false;
  for (int i = 0; i < SPINS && !(a8_load_rlx(m) & MUTEX_PARKED); i++) {
    if (try_take(m)) return true;
    __builtin_ia32_pause();
  }
  return false;
}

static void lock_contended(Thread *t, a8 *m, int flags) {
  const uint8_t expected = MUTEX_LOCKED | MUTEX_PARKED;
  while (!try_take(m))
    if (mark_parked(m)) parking_lot_park(t, m, &expected, 1, -1, flags, NULL);
}

void mutex_lock_slow(Thread *t, a8 *m) {
  chaos_point(t);
  if (spin(m)) return;
  uint64_t since = stats_begin(t);
  lock_contended(t, m, PARK_DETACH);
  stats_end(t, STATS_LOCK, since);
}

void raw_mutex_lock_slow(a8 *m) {
  if (!spin(m)) lock_contended(NULL, m, 0);
}

static void release_word(void *m, void *token, bool more) {
  (void)token;
  a8_store_rel(m, more ? MUTEX_PARKED : 0);
}

void mutex_unlock_slow(a8 *m) { parking_lot_unpark(m, release_word, m); }
