// The parking lot: hash buckets of sleeping threads, each on its own POSIX semaphore.
#define _GNU_SOURCE
//
// A waiter's record lies on its stack. Whoever unlinks it under the bucket's lock, the waker or the waiter itself, decides the outcome;
// a waiter that was unlinked by its waker stays until it is posted. The semaphore belongs to the pthread and outlives the wait: sem_post may
// still be running when the waiter is back.
#include "threading/parking_lot.h"

#include <errno.h>
#include <time.h>

#include "threading/gil.h"
#include "threading/own_semaphore.h"

typedef struct Waiter {
  struct Waiter *next;
  const void *address;
  void *token;
  GilWaiter gil;  // with the semaphore it sleeps on; .t is NULL if it does not attach when it wakes
  a32 woken;
} Waiter;

enum { BUCKETS = 251 };

typedef struct {
  pthread_mutex_t lock;
  Waiter *head, *tail;  // first in, first out
} __attribute__((aligned(64))) Bucket;

static Bucket buckets[BUCKETS];  // all zero is an unlocked, empty bucket

static Bucket *bucket_of(const void *address) {
  return &buckets[((uintptr_t)address * 0x9E3779B97F4A7C15u >> 32) % BUCKETS];
}

static bool word_equals(const void *address, const void *expected, size_t size) {
  switch (size) {
    case 1: return a8_load_rlx(address) == *(const uint8_t *)expected;
    case 4: return a32_load_rlx(address) == *(const uint32_t *)expected;
    default: return a64_load_rlx(address) == *(const uint64_t *)expected;
  }
}

static void append(Bucket *b, Waiter *w) {
  w->next = NULL;
  if (b->tail) b->tail->next = w;
  else b->head = w;
  b->tail = w;
}

static void unlink_after(Bucket *b, Waiter *before, Waiter *w) {
  if (before) before->next = w->next;
  else b->head = w->next;
  if (b->tail == w) b->tail = before;
}

// Takes w out if nobody has woken it yet.
static bool withdraw(Bucket *b, Waiter *w) {
  pthread_mutex_lock(&b->lock);
  bool found = false;
  for (Waiter *before = NULL, *x = b->head; x; before = x, x = x->next) {
    if (x != w) continue;
    unlink_after(b, before, x);
    found = true;
    break;
  }
  pthread_mutex_unlock(&b->lock);
  return found;
}

static struct timespec deadline_after(int64_t ns) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  int64_t limit = INT64_MAX / 2;  // beyond it the sum could overflow; 146 years are for ever
  if (ns > limit) ns = limit;
  int64_t nsec = at.tv_nsec + ns % 1000000000;
  at.tv_sec += ns / 1000000000 + nsec / 1000000000;
  at.tv_nsec = nsec % 1000000000;
  return at;
}

static void await_post(Waiter *w) {
  while (semaphore_wait(w->gil.sleep, NULL) != 0) {}
  while (!a32_load_acq(&w->woken)) {}
}

static ParkResult sleep_as(Bucket *b, Waiter *w, const struct timespec *deadline, bool interruptible) {
  for (;;) {
    int reason = semaphore_wait(w->gil.sleep, deadline);
    if (a32_load_acq(&w->woken)) {  // acquire pairs with the waker's release
      if (reason) await_post(w);
      return PARK_WOKEN;
    }
    if (reason == ETIMEDOUT || (reason == EINTR && interruptible)) {
      if (withdraw(b, w)) return reason == EINTR ? PARK_INTERRUPTED : PARK_TIMEOUT;
      await_post(w);
      return PARK_WOKEN;
    }
  }
}

ParkResult parking_lot_park(Thread *t, const void *address, const void *expected, size_t size, int64_t timeout_ns, int flags, void *token) {
  struct timespec at, *deadline = NULL;
  if (timeout_ns >= 0) {
    at = deadline_after(timeout_ns);
    deadline = &at;
  }
  // Detach first: what detaching runs may itself park, and must not find this thread in a bucket.
  if (flags & (PARK_DETACH | PARK_DETACH_RAW)) thread_detach_raw(t);
  Thread *attaching = flags & (PARK_DETACH | PARK_DETACH_RAW) ? t : NULL;
  Waiter w = {.address = address, .token = token, .gil = {.t = attaching, .sleep = own_semaphore()}};
  Bucket *b = bucket_of(address);
  ParkResult result = PARK_AGAIN;
  pthread_mutex_lock(&b->lock);
  bool wait = word_equals(address, expected, size);
  if (wait) append(b, &w);
  pthread_mutex_unlock(&b->lock);
  if (wait) {
    if (t) aptr_store_rlx(&t->waits_on, (void *)(uintptr_t)address);
    result = sleep_as(b, &w, deadline, flags & PARK_INTERRUPTIBLE);
    if (t) aptr_store_rlx(&t->waits_on, NULL);
    gil_adopted(&w.gil);
  }
  if (flags & PARK_DETACH_RAW) thread_attach_raw(t);
  else if (flags & PARK_DETACH) thread_attach(t);
  return result;
}

bool parking_lot_unpark(const void *address, UnparkFn fn, void *arg) {
  Bucket *b = bucket_of(address);
  pthread_mutex_lock(&b->lock);
  Waiter *before = NULL, *w = b->head;
  while (w && w->address != address) before = w, w = w->next;
  bool more = false;
  if (w) {
    for (Waiter *x = w->next; x && !more; x = x->next) more = x->address == address;
    unlink_after(b, before, w);
  }
  if (fn) fn(arg, w ? w->token : NULL, more);
  // Read before the release: ThreadSanitizer does not see that a sleeper with a deadline waits for the post, and then leaves.
  sem_t *sleep = w ? w->gil.sleep : NULL;
  bool attaches = w && w->gil.t;
  if (w) a32_store_rel(&w->woken, 1);
  pthread_mutex_unlock(&b->lock);
  if (w && !(attaches && gil_adopt(&w->gil))) sem_post(sleep);
  return w != NULL;
}

void parking_lot_unpark_all(const void *address) {
  while (parking_lot_unpark(address, NULL, NULL)) {}
}

void parking_lot_before_fork(void) {
  for (int i = 0; i < BUCKETS; i++) pthread_mutex_lock(&buckets[i].lock);
}

void parking_lot_after_fork_parent(void) {
  for (int i = BUCKETS; i-- > 0;) pthread_mutex_unlock(&buckets[i].lock);
}

void parking_lot_after_fork(void) {
  for (int i = 0; i < BUCKETS; i++) {
    pthread_mutex_init(&buckets[i].lock, NULL);
    buckets[i].head = buckets[i].tail = NULL;
  }
}
