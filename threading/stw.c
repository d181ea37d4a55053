// Stop-the-world: how one thread comes to run alone, and how the others come back.
//
// gil: whoever holds the GIL has stopped the world; it only must not drop it.
// free: the stopper holds `stopper`, raises `requested`, and visits the slots: a DETACHED one it makes SUSPENDED itself, under the slot's
// lock; an ATTACHED one gets BREAK_STW and suspends itself at its next safepoint, or detaches and is then taken. It is done when a whole
// pass finds nobody attached and no thread was made meanwhile. Restarting clears `requested` first: a thread that reads the flag under its
// slot's lock either sees it cleared, or is SUSPENDED before the restart visits its slot.
#include "threading/stw.h"

#include <sched.h>

#include "threading/critical.h"
#include "threading/parking_lot.h"
#include "threading/qsbr.h"
#include "threading/stats.h"

bool world_is_stopped_by(const Thread *t) { return t->stopping_world; }

#if WEFT_GIL

bool stw_is_requested(void) { return false; }
void stw_suspend(Thread *t) { (void)t; }
void stw_notify(void) {}

void stop_the_world(Thread *t) {
  t->stop_depth++;
  t->stopping_world = true;
}

void start_the_world(Thread *t) {
  if (t->stop_depth > 0 && --t->stop_depth == 0) t->stopping_world = false;
}

void stw_after_fork(Thread *t) {
  t->stop_depth = 0;
  t->stopping_world = false;
}

#else

enum { EAGER_PASSES = 20, RESCAN_NS = 1000000 };

static Mutex stopper;   // one at a time; waiting for it detaches
static a32 requested;   // a stop is wanted or under way
static a32 departures;  // steps when a thread leaves ATTACHED while a stop is wanted; the stopper sleeps on it

bool stw_is_requested(void) { return a32_load_acq(&requested) != 0; }

void stw_notify(void) {
  a32_fetch_add_acqrel(&departures, 1);
  parking_lot_unpark(&departures, NULL, NULL);
}

// Whether w is stopped now. Acquire: the stopper is going to read what w wrote.
static bool stop_one(Thread *w) {
  uint32_t state = a32_load_acq(&w->state);
  if (state == THREAD_SUSPENDED || state == THREAD_DEAD) {
    if (state == THREAD_DEAD) return true;
    // Perhaps only a merger's hold: then the slot's lock waits for its end.
    thread_slot_lock(w);
    bool stopped = a32_load_acq(&w->state) == THREAD_SUSPENDED;
    thread_slot_unlock(w);
    return stopped;
  }
  if (state == THREAD_DETACHED) {
    thread_slot_lock(w);
    bool taken = a32_cas_acqrel(&w->state, THREAD_DETACHED, THREAD_SUSPENDED);
    if (taken) w->taken_by_stopper = true;
    thread_slot_unlock(w);
    return taken;
  }
  breaker_set(w, BREAK_STW);
  return false;
}

// One visit to every slot. True: all are stopped, and nobody was made while we looked.
static bool stop_all(Thread *t) {
  uint32_t version = thread_table_version();
  bool all = true;
  for (uint32_t slot = 1, n = thread_slot_high(); slot <= n; slot++) {
    Thread *w = thread_by_slot(slot);
    if (w != t && !stop_one(w)) all = false;
  }
  return all && version == thread_table_version();
}

static void wait_until_stopped(Thread *t) {
  for (int pass = 0;; pass++) {
    uint32_t seen = a32_load_acq(&departures);
    if (stop_all(t)) return;
    if (pass < EAGER_PASSES) sched_yield();
    else parking_lot_park(NULL, &departures, &seen, 4, RESCAN_NS, 0, NULL);
  }
}

void stop_the_world(Thread *t) {
  if (t->stop_depth > 0) {
    t->stop_depth++;
    return;
  }
  uint64_t since = stats_begin(t);
  mutex_lock(t, &stopper);  // waiting may run Python code, and so come back here
  t->stop_depth = 1;
  a32_store_rel(&requested, 1);
  a32_fetch_add_seq(&requested, 0);
  t->stopping_world = true;
  critical_release_all(t);
  wait_until_stopped(t);
  stats_end(t, STATS_STW, since);
}

// With w's slot lock held: what a thread that slept through the stop was given meanwhile is merged for it, or it would keep that.
static void restart_one(Thread *t, Thread *w) {
  if (w->taken_by_stopper && thread_hooks()->restarting) thread_hooks()->restarting(t, w);
  w->taken_by_stopper = false;
  a32_store_rel(&w->state, THREAD_DETACHED);
}

void start_the_world(Thread *t) {
  if (t->stop_depth == 0 || --t->stop_depth > 0) return;
  a32_store_rel(&requested, 0);
  for (uint32_t slot = 1, n = thread_slot_high(); slot <= n; slot++) {
    Thread *w = thread_by_slot(slot);
    if (w == t) continue;
    thread_slot_lock(w);
    bool stopped = a32_load_acq(&w->state) == THREAD_SUSPENDED;
    if (stopped) restart_one(t, w);
    thread_slot_unlock(w);
    if (stopped) parking_lot_unpark_all(&w->state);
  }
  t->stopping_world = false;
  mutex_unlock(&stopper);
  critical_retake_innermost(t);
  if (thread_hooks()->restarted) thread_hooks()->restarted(t);
}

void stw_suspend(Thread *t) {
  a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_STW);
  if (!stw_is_requested() || t->stopping_world) return;
  uint64_t since = stats_begin(t);
  critical_release_all(t);
  qsbr_detach(t);
  thread_slot_lock(t);
  bool wanted = stw_is_requested();
  a32_store_rel(&t->state, wanted ? THREAD_SUSPENDED : THREAD_DETACHED);
  thread_slot_unlock(t);
  if (wanted) stw_notify();
  thread_attach_raw(t);
  critical_retake_innermost(t);
  stats_end(t, STATS_STW, since);
}

void stw_after_fork(Thread *t) {
  t->stop_depth = 0;
  t->stopping_world = false;
  stopper = (Mutex)MUTEX_INIT;
  a32_store_rlx(&requested, 0);
}

#endif
