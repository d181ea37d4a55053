// Critical sections, free build: taking contended locks, and giving all up while the thread is not running Python.
//
// The sections of a thread form a chain of records on its C stack, innermost first. `held` of each says how many of its locks it has now:
// any suffix of the chain may have been released by a detach. A section whose `first` is NULL does nothing: either its lock is the one
// the enclosing section holds, or the world is stopped.
#include "threading/critical.h"

#if !WEFT_GIL

#include "threading/chaos.h"
#include "threading/parking_lot.h"
#include "threading/stats.h"

enum { SPINS = 40 };

static bool try_take(a8 *m) {
  uint8_t v = a8_load_rlx(m);
  return !(v & MUTEX_LOCKED) && a8_cas_acq(m, v, v | MUTEX_LOCKED);
}

// Waits until m may be free. Detaching gives back every lock of the thread, so two threads cannot wait for each other.
static void wait_for(Thread *t, a8 *m) {
  for (int i = 0; i < SPINS && !(a8_load_rlx(m) & MUTEX_PARKED); i++) {
    if (!(a8_load_rlx(m) & MUTEX_LOCKED)) return;
    __builtin_ia32_pause();
  }
  uint8_t v = a8_load_rlx(m);
  if (!(v & MUTEX_LOCKED)) return;
  if (!(v & MUTEX_PARKED) && !a8_cas_rlx(m, v, v | MUTEX_PARKED)) return;
  const uint8_t expected = MUTEX_LOCKED | MUTEX_PARKED;
  parking_lot_park(t, m, &expected, 1, -1, PARK_DETACH_RAW, NULL);
}

// c is the innermost section that has locks. Every pass re-reads c->held: waiting gives back c's first lock too.
static void acquire(Thread *t, Critical *c) {
  int wanted = c->second ? 2 : 1;
  uint64_t since = stats_begin(t);
  while (c->held < wanted) {
    a8 *m = c->held == 0 ? c->first : c->second;
    if (try_take(m)) c->held++;
    else wait_for(t, m);
  }
  stats_end(t, STATS_LOCK, since);
}

void critical_begin_slow(Thread *t, Critical *c) {
  t->critical = c;
  Critical *outer = c->outer;
  bool inside_same = outer && outer->held == 1 && outer->first == c->first;
  if (t->stopping_world || inside_same) {
    c->first = NULL;
    return;
  }
  chaos_point(t);
  acquire(t, c);
}

void critical_begin2(Thread *t, Critical *c, a8 *a, a8 *b) {
  if (a == b) {
    critical_begin(t, c, a);
    return;
  }
  *c = (Critical){.outer = t->critical, .first = a < b ? a : b, .second = a < b ? b : a};
  t->critical = c;
  if (t->stopping_world) {
    c->first = c->second = NULL;
    return;
  }
  acquire(t, c);
}

// The general end: any number of locks held, sleepers or none.
void critical_unlock(Critical *c) {
  while (c->held > 0) {
    a8 *m = --c->held == 0 ? c->first : c->second;
    mutex_unlock((Mutex *)(void *)m);
  }
}

void critical_resume_outer(Thread *t, Critical *outer) {
  while (outer && !outer->first) outer = outer->outer;
  if (outer && !t->stopping_world) acquire(t, outer);
}

void critical_release_all(Thread *t) {
  for (Critical *c = t->critical; c; c = c->outer) critical_unlock(c);
}

void critical_retake_innermost(Thread *t) {
  if (t->critical) critical_resume_outer(t, t->critical);
}

#endif
