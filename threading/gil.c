// The global interpreter lock: one word that is taken and dropped by a compare-and-swap while nobody waits, and a policy for when they do.
//
// The word is LOCKED plus the number of waiters. A waiter registers under `lock`, so whoever drops the word and sees a waiter can wake it
// under the same lock without a lost wake-up. Policies:
//   interval   CPython 3.2 and later: a waiter sleeps one switch interval; if the lock was not passed on meanwhile, it asks the holder to let
//              go; the holder that was asked waits until somebody else has had the lock. Who is quickest gets a free lock. A thread that the
//              holder would wake only for it to wait for the GIL sleeps on (gil_adopt); the ticker asks for it.
//   ticks:N    Python 2: every N safepoints the holder drops the lock and at once competes for it again. Waiters ask for nothing.
//   fifo       waiters queue, and the lock is handed to the first; a free lock with a queue cannot be snatched. Requests as `interval`.
//   io-first   as fifo, but threads that come back from blocking go before those that were made to give way, and ask at once.
#include "threading/gil.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "threading/chaos.h"
#include "threading/own_semaphore.h"
#include "threading/stats.h"
#include "threading/ticker.h"

static a64 interval_us = {5000};

uint64_t gil_switch_interval_us(void) { return a64_load_rlx(&interval_us); }
void gil_set_switch_interval_us(uint64_t us) { a64_store_rlx(&interval_us, us ? us : 1); }

enum { INTERVAL, TICKS, FIFO, IO_FIRST, POLICIES };
static const char *const policy_names[POLICIES] = {[INTERVAL] = "interval", [TICKS] = "ticks", [FIFO] = "fifo", [IO_FIRST] = "io-first"};

static bool parse_ticks(const char *number, uint32_t *ticks) {
  char *end;
  long n = strtol(number, &end, 10);
  if (end == number || *end || n < 1 || n > 1000000000) return false;
  *ticks = (uint32_t)n;
  return true;
}

// The policy's number, and *ticks if the text has some; -1: there is no such policy.
static int policy_find(const char *spec, uint32_t *ticks) {
  size_t length = strcspn(spec, ":");
  for (int i = 0; i < POLICIES; i++) {
    if (strlen(policy_names[i]) != length || strncmp(policy_names[i], spec, length) != 0) continue;
    return spec[length] != ':' || (i == TICKS && parse_ticks(spec + length + 1, ticks)) ? i : -1;
  }
  return -1;
}

#if WEFT_GIL

enum { LOCKED = 1, WAITER = 2 };

static a32 word;
static aptr holder;          // who took it last; a record outlives its thread
static a32 passes;           // steps at every change of holder
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

typedef struct GilPolicy {
  void (*take)(Thread *t, bool forced);  // waits as long as it must; forced: t was made to give way, and comes back for more
  void (*drop)(Thread *t);
  void (*give_way)(Thread *t);           // t holds it, and BREAK_GIL_DROP was set: another's turn if any waits; returns with it held
} GilPolicy;

static bool try_take(void) {
  uint32_t w = a32_load_rlx(&word);
  return !(w & LOCKED) && a32_cas_acq(&word, w, w | LOCKED);
}

static void note_holder(Thread *t) {
  if (aptr_load_rlx(&holder) != t) {
    aptr_store_rel(&holder, t);
    a32_store_rlx(&passes, a32_load_rlx(&passes) + 1);
  }
  if (unlikely(a32_load_rlx(&t->breaker) & BREAK_GIL_DROP)) a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_GIL_DROP);
}

static void ask_holder(void) {
  Thread *h = aptr_load_acq(&holder);
  if (h) breaker_set(h, BREAK_GIL_DROP);
}

static struct timespec one_interval_from_now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  uint64_t ns = (uint64_t)at.tv_nsec + gil_switch_interval_us() * 1000;
  at.tv_sec += (time_t)(ns / 1000000000);
  at.tv_nsec = (long)(ns % 1000000000);
  return at;
}

// --- waiting ----------------------------------------------------------------------------------------------------------------------

static GilWaiter *waiters;  // under `lock`, first come first

static GilWaiter **waiters_find(const GilWaiter *w) {   // w NULL: the end
  GilWaiter **at = &waiters;
  while (*at && *at != w) at = &(*at)->next;
  return at;
}

static void waiters_insert(GilWaiter **at, GilWaiter *w) {
  w->next = *at;
  *at = w;
}

static void waiters_remove(const GilWaiter *w) { *waiters_find(w) = w->next; }

// Takes *at out of the queue, unlocks `lock` and wakes it; it may be gone when this returns. NULL: only unlocks.
static void unlock_and_wake(GilWaiter **at) {
  GilWaiter *w = *at;
  sem_t *sleep = w ? w->sleep : NULL;
  if (w) {
    w->chosen = true;
    *at = w->next;
  }
  pthread_mutex_unlock(&lock);
  if (sleep) sem_post(sleep);
}

// Sleeps until w is posted or the deadline has passed, without `lock`. Whether it was posted.
static bool waiter_sleep(const GilWaiter *w, const struct timespec *until) {
  int reason;
  pthread_mutex_unlock(&lock);
  do reason = semaphore_wait(w->sleep, until);
  while (reason == EINTR);
  pthread_mutex_lock(&lock);
  return !reason;
}

// Sleeps until w is chosen, at most one interval; `lock` is held before and after. Whether the interval passed in full without the GIL changing hands.
static bool wait_one_interval(const GilWaiter *w) {
  uint32_t seen = a32_load_rlx(&passes);
  struct timespec until = one_interval_from_now();
  bool posted = waiter_sleep(w, &until);
  if (w->chosen && !posted) waiter_sleep(w, NULL);  // chosen just as time ran out: the post is under way
  return !w->chosen && (a32_load_rlx(&word) & LOCKED) && seen == a32_load_rlx(&passes);
}

// --- interval ---------------------------------------------------------------------------------------------------------------------

static pthread_cond_t passed = PTHREAD_COND_INITIALIZER;  // a forced dropper may go on
static a32 forced_waiters;                                // threads that dropped on request and wait for somebody to take it
static uint32_t adoptions;                                // ever; under `lock`

static __thread bool registered;          // was adopted, and one of the WAITERs in the word is this thread
static __thread uint64_t registered_ns;   // since when, if stats are on

static void interval_wait(bool asking) {
  GilWaiter me = {.sleep = own_semaphore()};
  pthread_mutex_lock(&lock);
  if (!registered) a32_fetch_add_acqrel(&word, WAITER);
  registered = false;
  waiters_insert(waiters_find(NULL), &me);
  for (;;) {
    uint32_t w = a32_load_rlx(&word);
    if (!(w & LOCKED)) {
      if (a32_cas_acq(&word, w, (w | LOCKED) - WAITER)) break;
      continue;
    }
    bool in_vain = wait_one_interval(&me);
    if (in_vain && asking) ask_holder();
    if (!me.chosen) continue;
    me.chosen = false;
    waiters_insert(&waiters, &me);  // if somebody is quicker now, it stays our turn
  }
  waiters_remove(&me);
  pthread_mutex_unlock(&lock);
}
static void interval_note(Thread *t) {
  note_holder(t);
  if (likely(!a32_load_rlx(&forced_waiters))) return;
  pthread_mutex_lock(&lock);
  pthread_cond_broadcast(&passed);
  pthread_mutex_unlock(&lock);
}

static void interval_take(Thread *t, bool forced) {
  (void)forced;
  if (registered || !try_take()) interval_wait(true);
  interval_note(t);
}

static void interval_drop(Thread *t) {
  (void)t;
  if (a32_fetch_add_acqrel(&word, (uint32_t)-LOCKED) < WAITER) return;
  pthread_mutex_lock(&lock);
  unlock_and_wake(&waiters);
}

static void interval_give_way(Thread *t) {
  a32_fetch_add_rlx(&forced_waiters, 1);  // before the word: who takes it must see this
  interval_drop(t);
  pthread_mutex_lock(&lock);
  while (aptr_load_acq(&holder) == t && a32_load_rlx(&word) >= WAITER) pthread_cond_wait(&passed, &lock);
  a32_fetch_add_rlx(&forced_waiters, (uint32_t)-1);
  pthread_mutex_unlock(&lock);
  interval_take(t, true);
}

// --- ticks ------------------------------------------------------------------------------------------------------------------------

static uint32_t tick_limit = 100;
static uint32_t ticks;  // since the last drop; the holder's

static void ticks_take(Thread *t, bool forced) {
  (void)forced;
  if (!try_take()) interval_wait(false);
  note_holder(t);
  ticks = 0;
  breaker_set(t, BREAK_GIL_DROP);  // stays set: every safepoint counts
}

static void ticks_give_way(Thread *t) {
  if (++ticks < tick_limit) {
    breaker_set(t, BREAK_GIL_DROP);
    return;
  }
  interval_drop(t);
  ticks_take(t, true);
}

// --- fifo and io-first ------------------------------------------------------------------------------------------------------------

enum { PATIENCE = 8 };  // io-first: after so many intervals a thread that gave way goes first

static bool prefer_io;

// Where the one whose turn it is stands in the queue.
static GilWaiter **next_in_turn(void) {
  GilWaiter **at = &waiters;
  if (prefer_io && waiters && waiters->forced && stats_clock_ns() - waiters->since_ns < PATIENCE * gil_switch_interval_us() * 1000)
    while (*at && (*at)->forced) at = &(*at)->next;
  return *at ? at : &waiters;
}

static void queue_wait(bool forced) {
  GilWaiter me = {.sleep = own_semaphore(), .forced = forced, .since_ns = prefer_io ? stats_clock_ns() : 0};
  pthread_mutex_lock(&lock);
  uint32_t w = a32_fetch_add_acqrel(&word, WAITER);
  // Free after all: with a waiter registered only we, who hold `lock`, can take it.
  if (!(w & LOCKED)) {
    a32_fetch_add_acqrel(&word, LOCKED - WAITER);
    pthread_mutex_unlock(&lock);
    return;
  }
  waiters_insert(waiters_find(NULL), &me);
  if (prefer_io && !forced) ask_holder();
  while (!me.chosen)
    if (wait_one_interval(&me) && waiters == &me) ask_holder();
  pthread_mutex_unlock(&lock);
}

static void queue_take(Thread *t, bool forced) {
  if (!a32_cas_acq(&word, 0, LOCKED)) queue_wait(forced);
  note_holder(t);
}

// Hands it over locked, or sets it free.
static void queue_drop(Thread *t) {
  (void)t;
  if (a32_cas_acqrel(&word, LOCKED, 0)) return;
  pthread_mutex_lock(&lock);
  GilWaiter **next = next_in_turn();
  a32_fetch_add_acqrel(&word, (uint32_t)-(*next ? WAITER : LOCKED));
  unlock_and_wake(next);
}

static void queue_give_way(Thread *t) {
  if (a32_load_rlx(&word) < WAITER) return;
  queue_drop(t);
  queue_take(t, true);
}

// --- choosing ---------------------------------------------------------------------------------------------------------------------

static const GilPolicy policies[] = {
  [INTERVAL] = {interval_take, interval_drop, interval_give_way},
  [TICKS] = {ticks_take, interval_drop, ticks_give_way},
  [FIFO] = {queue_take, queue_drop, queue_give_way},
  [IO_FIRST] = {queue_take, queue_drop, queue_give_way},
};

static const GilPolicy *policy = &policies[0];

const char *gil_policy(void) { return policy_names[policy - policies]; }

bool gil_set_policy(const char *spec) {
  int found = policy_find(spec, &tick_limit);
  if (found < 0) return false;
  policy = &policies[found];
  prefer_io = found == IO_FIRST;
  return true;
}

// --- adopted sleepers -------------------------------------------------------------------------------------------------------------

// Asks for those who have slept through a whole interval with one holder.
static bool look_after_adopted(void) {
  static uint32_t passes_before, adoptions_before;  // at the last look; under `lock`
  pthread_mutex_lock(&lock);
  const GilWaiter *w = waiters;
  while (w && !a8_load_rlx(&w->adopted)) w = w->next;
  bool any = w || adoptions != adoptions_before;
  uint32_t passes_now = a32_load_rlx(&passes);
  if (w && (int32_t)(w->number - adoptions_before) <= 0 && passes_now == passes_before && (a32_load_rlx(&word) & LOCKED)) ask_holder();
  passes_before = passes_now;
  adoptions_before = adoptions;
  pthread_mutex_unlock(&lock);
  return any;
}

bool gil_adopt(GilWaiter *w) {
  static const TickerWork work = {look_after_adopted, gil_switch_interval_us};
  const Thread *t = thread_current();
  if (policy != &policies[INTERVAL] || !t || a32_load_rlx(&t->state) != THREAD_ATTACHED || !ticker_start(&work)) return false;
  w->since_ns = stats_begin(w->t);
  a8_store_rel(&w->adopted, 1);  // pairs with gil_adopted; the post says as much, but not to ThreadSanitizer, which does not know sem_clockwait
  aptr_store_rlx(&w->t->waits_on, THREAD_WAITS_GIL);
  pthread_mutex_lock(&lock);
  w->number = ++adoptions;
  a32_fetch_add_acqrel(&word, WAITER);
  waiters_insert(waiters_find(NULL), w);
  pthread_mutex_unlock(&lock);
  ticker_wake();
  return true;
}

void gil_adopted(const GilWaiter *w) {
  registered = a8_load_acq(&w->adopted);
  registered_ns = w->since_ns;
}

void gil_renounce(void) {
  if (!registered) return;
  registered = false;
  pthread_mutex_lock(&lock);
  a32_fetch_add_acqrel(&word, (uint32_t)-WAITER);
  pthread_cond_broadcast(&passed);
  unlock_and_wake(&waiters);
}

void gil_take(Thread *t) {
  chaos_point(t);
  uint64_t since = registered ? registered_ns : a32_load_rlx(&word) ? stats_begin(t) : 0;
  aptr_store_rlx(&t->waits_on, THREAD_WAITS_GIL);
  policy->take(t, false);
  aptr_store_rlx(&t->waits_on, NULL);
  stats_end(t, STATS_GIL, since);
}

void gil_drop(Thread *t) { policy->drop(t); }

void gil_give_way(Thread *t) {
  uint64_t since = stats_begin(t);
  uint32_t before = a32_load_rlx(&passes);
  aptr_store_rlx(&t->waits_on, THREAD_WAITS_GIL);
  policy->give_way(t);
  aptr_store_rlx(&t->waits_on, NULL);
  if (before == a32_load_rlx(&passes)) return;  // nobody wanted it
  stats_count_switch(t, true);
  stats_end(t, STATS_GIL, since);
}

void gil_after_fork(Thread *t) {
  pthread_mutex_init(&lock, NULL);
  pthread_cond_init(&passed, NULL);
  ticker_after_fork();
  a32_store_rlx(&forced_waiters, 0);
  waiters = NULL;
  a32_store_rel(&word, LOCKED);
  aptr_store_rel(&holder, t);
}

#else

const char *gil_policy(void) { return "none"; }
bool gil_set_policy(const char *spec) {
  uint32_t ticks;
  return policy_find(spec, &ticks) >= 0;
}
void gil_take(Thread *t) { (void)t; }
void gil_drop(Thread *t) { (void)t; }
void gil_give_way(Thread *t) { (void)t; }
void gil_after_fork(Thread *t) { (void)t; }
bool gil_adopt(GilWaiter *w) {
  (void)w;
  return false;
}
void gil_adopted(const GilWaiter *w) { (void)w; }
void gil_renounce(void) {}

#endif
