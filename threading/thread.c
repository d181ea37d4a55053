// The thread table, the current thread, and the eval breaker's bits: what needs no other part of threading/.
#include "threading/thread.h"

#include <stdlib.h>
#include <string.h>

static __thread Thread *current;

// Records by slot. A record is stored once and never freed: dead threads' slots stay readable for those who merge on their behalf.
static aptr table[THREAD_MAX + 1];
static a32 high;      // highest slot ever used
static a32 version;   // steps when a state is published
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;  // guards the rest
static Thread **free_records;  // stack of records to be reused, latest first: their objects are warm
static uint32_t free_count, free_capacity;
static uint32_t live_count;

static const ThreadHooks *hooks;
static const ThreadHooks no_hooks;

void thread_set_hooks(const ThreadHooks *h) { hooks = h; }
const ThreadHooks *thread_hooks(void) { return hooks ? hooks : &no_hooks; }

typedef struct {
  void (*fn[16])(Thread *t);
  int count;
} Callbacks;

static Callbacks at_fork, at_exit;

static void callbacks_add(Callbacks *c, void (*fn)(Thread *t)) {
  for (int i = 0; i < c->count; i++)
    if (c->fn[i] == fn) return;
  if (c->count == sizeof c->fn / sizeof *c->fn) abort();
  c->fn[c->count++] = fn;
}

static void callbacks_run(const Callbacks *c, Thread *t) {
  for (int i = 0; i < c->count; i++) c->fn[i](t);
}

void thread_at_fork(void (*fn)(Thread *t)) { callbacks_add(&at_fork, fn); }
void thread_run_at_fork(Thread *t) { callbacks_run(&at_fork, t); }
void thread_at_exit(void (*fn)(Thread *t)) { callbacks_add(&at_exit, fn); }
void thread_run_at_exit(Thread *t) { callbacks_run(&at_exit, t); }

Thread *thread_current(void) { return current; }
void thread_bind(Thread *t) { current = t; }

void thread_table_lock(void) { pthread_mutex_lock(&lock); }
void thread_table_unlock(void) { pthread_mutex_unlock(&lock); }

static Thread *record_new(void) {
  uint32_t slot = a32_load_rlx(&high) + 1;
  if (slot > THREAD_MAX) return NULL;
  // Room to give it back is made now, for giving back cannot fail.
  if (slot > free_capacity) {
    uint32_t capacity = free_capacity ? free_capacity * 2 : 64;
    Thread **grown = realloc(free_records, capacity * sizeof *grown);
    if (!grown) return NULL;
    free_records = grown;
    free_capacity = capacity;
  }
  Thread *t = aligned_alloc(64, (sizeof *t + 63) & ~(size_t)63);
  if (!t) return NULL;
  memset(t, 0, sizeof *t);
  t->slot = slot;
  t->own_base = (uint64_t)slot << 32;
  a32_store_rlx(&t->state, THREAD_DEAD);
  aptr_store_rel(&table[slot], t);
  a32_store_rel(&high, slot);
  return t;
}

Thread *thread_table_take(void) {
  thread_table_lock();
  Thread *t = free_count ? free_records[--free_count] : record_new();
  thread_table_unlock();
  return t;
}

void thread_table_give(Thread *t) {
  thread_table_lock();
  free_records[free_count++] = t;
  thread_table_unlock();
}

void thread_table_publish(Thread *t, bool live) {
  thread_table_lock();
  if (t->live != live) {
    t->live = live;
    live_count += live ? 1 : (uint32_t)-1;
    a32_fetch_add_acqrel(&version, 1);
  }
  thread_table_unlock();
}

// In the child of a fork: the lock is re-made, every record but t's is free.
void thread_table_after_fork(Thread *t) {
  pthread_mutex_init(&lock, NULL);
  free_count = 0;
  for (uint32_t slot = a32_load_rlx(&high); slot > 0; slot--) {
    Thread *w = aptr_load_rlx(&table[slot]);
    if (w == t) continue;
    w->live = false;
    free_records[free_count++] = w;
  }
  live_count = 1;
}

uint32_t thread_slot_high(void) { return a32_load_acq(&high); }
uint32_t thread_table_version(void) { return a32_load_acq(&version); }

void thread_each(void (*fn)(Thread *t, void *arg), void *arg) {
  thread_table_lock();
  for (uint32_t slot = 1, n = a32_load_rlx(&high); slot <= n; slot++) {
    Thread *t = aptr_load_rlx(&table[slot]);
    if (t->live) fn(t, arg);
  }
  thread_table_unlock();
}

Thread *thread_by_slot(uint32_t slot) { return slot > 0 && slot <= THREAD_MAX ? aptr_load_acq(&table[slot]) : NULL; }

Thread *thread_by_ident(uint64_t ident) {
  Thread *found = NULL;
  thread_table_lock();
  for (uint32_t slot = 1, n = a32_load_rlx(&high); slot <= n && !found; slot++) {
    Thread *t = aptr_load_rlx(&table[slot]);
    if (t->live && t->ident == ident) found = t;
  }
  thread_table_unlock();
  return found;
}

uint32_t thread_count(void) {
  thread_table_lock();
  uint32_t n = live_count;
  thread_table_unlock();
  return n;
}

void breaker_set(Thread *t, uint32_t bits) {
  // Acquire too: whoever asks a thread to merge looks at its state next (attach.c, thread_detach_raw).
  if ((a32_load_rlx(&t->breaker) & bits) != bits || (bits & BREAK_MERGE)) a32_fetch_or_acqrel(&t->breaker, bits);
}

static void set_one(Thread *t, void *bits) { breaker_set(t, *(uint32_t *)bits); }
void breaker_set_all(uint32_t bits) { thread_each(set_one, &bits); }
