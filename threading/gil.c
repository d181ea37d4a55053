// The global interpreter lock: one word that is taken and dropped by a compare-and-swap while nobody waits, and a policy for when they do.
//
// The word is LOCKED plus the number of waiters. A waiter registers under `lock`, so whoever drops the word and sees a waiter can wake it
// under the same lock without a lost wake-up. The policy `interval` (CPython 3.2 and later): a waiter sleeps one interval; if the lock was
// not passed on meanwhile, it asks the holder to let go; the holder that was asked waits until somebody else has had the lock.
#include "threading/gil.h"

#include <errno.h>
#include <time.h>

#include "threading/chaos.h"
#include "threading/stats.h"

static a64 interval_us = {5000};

uint64_t gil_switch_interval_us(void) { return a64_load_rlx(&interval_us); }
void gil_set_switch_interval_us(uint64_t us) { a64_store_rlx(&interval_us, us ? us : 1); }

#if WEFT_GIL

enum { LOCKED = 1, WAITER = 2 };

static a32 word;
static aptr holder;          // who took it last; a record outlives its thread
static a32 passes;           // steps at every change of holder
static a32 forced_waiters;   // threads that dropped on request and wait for somebody to take it
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t dropped;  // a waiter should try
static pthread_cond_t passed;   // a forced dropper may go on

// How waiters wait and whom a holder that was asked gives way to.
typedef struct GilPolicy {
  const char *name;
  void (*wait)(Thread *t);         // with `lock` held and t counted as a waiter; returns with the word taken
  void (*give_way)(Thread *t);     // t holds the GIL and was asked: returns with it dropped, and another's turn granted if any waits
} GilPolicy;

static bool try_take(void) {
  uint32_t w = a32_load_rlx(&word);
  return !(w & LOCKED) && a32_cas_acq(&word, w, w | LOCKED);
}

static void interval_wait(Thread *t) {
  (void)t;
  for (;;) {
    uint32_t w = a32_load_rlx(&word);
    if (!(w & LOCKED)) {
      if (a32_cas_acq(&word, w, (w | LOCKED) - WAITER)) return;
      continue;
    }
    uint32_t seen = a32_load_rlx(&passes);
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    uint64_t ns = (uint64_t)until.tv_nsec + gil_switch_interval_us() * 1000;
    until.tv_sec += (time_t)(ns / 1000000000);
    until.tv_nsec = (long)(ns % 1000000000);
    int late = pthread_cond_timedwait(&dropped, &lock, &until);
    if (late == ETIMEDOUT && (a32_load_rlx(&word) & LOCKED) && seen == a32_load_rlx(&passes)) {
      Thread *h = aptr_load_acq(&holder);
      if (h) breaker_set(h, BREAK_GIL_DROP);
    }
  }
}

static void interval_give_way(Thread *t) {
  pthread_mutex_lock(&lock);
  a32_fetch_add_rlx(&forced_waiters, 1);  // before the word: who takes it must see this
  a32_fetch_add_acqrel(&word, (uint32_t)-LOCKED);
  pthread_cond_signal(&dropped);
  while (aptr_load_acq(&holder) == t && a32_load_rlx(&word) >= WAITER) pthread_cond_wait(&passed, &lock);
  a32_fetch_add_rlx(&forced_waiters, (uint32_t)-1);
  pthread_mutex_unlock(&lock);
}

static const GilPolicy interval_policy = {"interval", interval_wait, interval_give_way};
static const GilPolicy *policy = &interval_policy;

void gil_init(void) {
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&dropped, &monotonic);
  pthread_cond_init(&passed, &monotonic);
  pthread_condattr_destroy(&monotonic);
}

static void note_taken(Thread *t) {
  if (aptr_load_rlx(&holder) != t) {
    aptr_store_rel(&holder, t);
    a32_store_rlx(&passes, a32_load_rlx(&passes) + 1);
  }
  if (unlikely(a32_load_rlx(&forced_waiters))) {
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&passed);
    pthread_mutex_unlock(&lock);
  }
  if (unlikely(a32_load_rlx(&t->breaker) & BREAK_GIL_DROP)) a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_GIL_DROP);
}

void gil_take(Thread *t) {
  chaos_point(t);
  if (!try_take()) {
    uint64_t since = stats_begin(t);
    pthread_mutex_lock(&lock);
    a32_fetch_add_acqrel(&word, WAITER);
    policy->wait(t);
    pthread_mutex_unlock(&lock);
    stats_end(t, STATS_GIL, since);
  }
  note_taken(t);
}

void gil_drop(Thread *t) {
  (void)t;
  uint32_t old = a32_fetch_add_acqrel(&word, (uint32_t)-LOCKED);
  if (old >= WAITER) {
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&dropped);
    pthread_mutex_unlock(&lock);
  }
}

void gil_give_way(Thread *t) {
  policy->give_way(t);
  gil_take(t);
}

void gil_after_fork(Thread *t) {
  pthread_mutex_init(&lock, NULL);
  gil_init();
  a32_store_rlx(&forced_waiters, 0);
  a32_store_rel(&word, LOCKED);
  aptr_store_rel(&holder, t);
}

#else

void gil_init(void) {}
void gil_take(Thread *t) { (void)t; }
void gil_drop(Thread *t) { (void)t; }
void gil_give_way(Thread *t) { (void)t; }
void gil_after_fork(Thread *t) { (void)t; }

#endif
