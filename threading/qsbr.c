// Quiescent states: the global step counter, each thread's list of what it retired, and who may free what when.
#include "threading/qsbr.h"

#include <stdlib.h>
#include <string.h>

size_t (*qsbr_free_entry)(Thread *t, QsbrEntry *e);

#if WEFT_GIL

void qsbr_retire_entry(Thread *t, QsbrEntry *e, size_t bytes) {
  (void)bytes;
  qsbr_free_entry(t, e);
}
void qsbr_retire(Thread *t, void *p, size_t bytes, QsbrFree fn) {
  (void)bytes;
  fn(t, p);
}
void qsbr_retire_late(Thread *t, void *p, size_t bytes, QsbrFree fn) { qsbr_retire(t, p, bytes, fn); }
void qsbr_attach(Thread *t) { (void)t; }
void qsbr_detach(Thread *t) { (void)t; }
void qsbr_report(Thread *t) { a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_QSBR); }
void qsbr_flush(Thread *t) { (void)t; }
void qsbr_thread_gone(Thread *t) { (void)t; }
void qsbr_after_fork(Thread *t) { (void)t; }
uint64_t qsbr_pending_bytes(void) { return 0; }
bool qsbr_late_waits(void) { return false; }

#else

enum { STEP = 2, RETIRES_PER_STEP = 10, URGENT_BYTES = 64 * 1024, MANY_BYTES = 1024 * 1024 };

typedef struct {
  void *p;
  QsbrFree fn;
  uint64_t goal;  // every attached thread must have seen this
  uint32_t bytes_kib;
  bool late;
} Retired;

typedef struct RetiredList {
  Retired *items;
  size_t count, capacity;
  QsbrEntry *entries;
  size_t bytes;            // in entries of this list since the last step
} RetiredList;

// `write` in the literature. Starts at 1, so that 0 can mean "detached" in qsbr_seen.
static a64 step = {1};
static a64 pending_bytes, pending_late;

static pthread_mutex_t orphan_lock = PTHREAD_MUTEX_INITIALIZER;
static RetiredList orphans;     // of threads that have ended; under orphan_lock
static a32 have_orphans;

uint64_t qsbr_pending_bytes(void) { return a64_load_rlx(&pending_bytes); }
bool qsbr_late_waits(void) { return a64_load_rlx(&pending_late) != 0; }

void qsbr_attach(Thread *t) {
  // The store, then an RMW on `step`: the reclaimer does an RMW on it before it scans, so either it sees our store, or we see everything
  // it had unpublished. (A store alone, however strong, does not keep later loads behind it.)
  a64_store_rel(&t->qsbr_seen, a64_load_acq(&step));
  a64_fetch_add_acqrel(&step, 0);
}

void qsbr_detach(Thread *t) { a64_store_rel(&t->qsbr_seen, 0); }

// The step that all attached threads have seen. Asks those that lag behind to report.
static uint64_t poll(void) {
  uint64_t now = a64_fetch_add_acqrel(&step, 0), all = now;
  for (uint32_t slot = 1, n = thread_slot_high(); slot <= n; slot++) {
    Thread *w = thread_by_slot(slot);
    uint64_t seen = a64_load_acq(&w->qsbr_seen);
    if (seen == 0 || seen >= now) continue;
    if (seen < all) all = seen;
    breaker_set(w, BREAK_QSBR);
  }
  return all;
}

static RetiredList *list_of(Thread *t) {
  if (!t->retired) t->retired = calloc(1, sizeof(RetiredList));
  return t->retired;
}

static bool append(RetiredList *l, Retired r) {
  if (l->count == l->capacity) {
    size_t capacity = l->capacity ? l->capacity * 2 : 32;
    Retired *grown = realloc(l->items, capacity * sizeof *grown);
    if (!grown) return false;
    l->items = grown;
    l->capacity = capacity;
  }
  l->items[l->count++] = r;
  return true;
}

static void account(Retired *r, int sign) {
  a64_fetch_add_rlx(&pending_bytes, (uint64_t)((int64_t)r->bytes_kib * 1024 * sign));
  if (r->late) a64_fetch_add_rlx(&pending_late, (uint64_t)(int64_t)sign);
}

// acq_rel RMW after the unpublishing store: a step read before it could be one that a reader reports although it still saw what is retired.
static uint64_t goal_now(void) { return a64_fetch_add_acqrel(&step, 0) + STEP; }

static void step_when_due(Thread *t, RetiredList *l, size_t bytes) {
  l->bytes += bytes;
  if (++t->qsbr_pending < RETIRES_PER_STEP && bytes < URGENT_BYTES && l->bytes < MANY_BYTES) return;
  t->qsbr_pending = 0;
  l->bytes = 0;
  a64_fetch_add_acqrel(&step, STEP);
  poll();
}

static void push_entry(RetiredList *l, QsbrEntry *e) {
  e->next = l->entries;
  l->entries = e;
}

static void free_entry(Thread *t, QsbrEntry *e) { a64_fetch_add_rlx(&pending_bytes, (uint64_t)0 - qsbr_free_entry(t, e)); }

void qsbr_retire_entry(Thread *t, QsbrEntry *e, size_t bytes) {
  RetiredList *l = list_of(t);
  e->goal = goal_now();
  if (!l) return;   // lost, as below; a thread's list is made with its heap
  push_entry(l, e);
  a64_fetch_add_rlx(&pending_bytes, bytes);
  step_when_due(t, l, bytes);
}

static void retire(Thread *t, void *p, size_t bytes, QsbrFree fn, bool late) {
  RetiredList *l = list_of(t);
  Retired r = {p, fn, goal_now(), (uint32_t)(bytes >> 10) + 1, late};
  // Without memory for an entry the block is lost: freeing it could hurt a reader, and waiting could hurt everybody.
  if (!l || !append(l, r)) return;
  account(&r, 1);
  step_when_due(t, l, late ? URGENT_BYTES : bytes);   // programs may see when what comes late dies
}

void qsbr_retire(Thread *t, void *p, size_t bytes, QsbrFree fn) { retire(t, p, bytes, fn, false); }

// No other thread is attached: whoever attaches later sees what was unpublished, by the RMW that its attaching begins with.
static bool nobody_else_reads(Thread *t) {
  a64_fetch_add_acqrel(&step, 0);
  for (uint32_t slot = 1, n = thread_slot_high(); slot <= n; slot++) {
    Thread *w = thread_by_slot(slot);
    if (w != t && a64_load_acq(&w->qsbr_seen) != 0) return false;
  }
  return true;
}

void qsbr_retire_late(Thread *t, void *p, size_t bytes, QsbrFree fn) {
  if (nobody_else_reads(t)) fn(t, p);
  else retire(t, p, bytes, fn, true);
}

// Takes the entries that may go out of l, at most `limit`, into `out`.
static size_t take_ripe(RetiredList *l, uint64_t seen_by_all, Retired *out, size_t limit) {
  size_t taken = 0, kept = 0;
  for (size_t i = 0; i < l->count; i++) {
    if (taken < limit && l->items[i].goal <= seen_by_all) out[taken++] = l->items[i];
    else l->items[kept++] = l->items[i];
  }
  l->count = kept;
  return taken;
}

static QsbrEntry *take_ripe_entries(RetiredList *l, uint64_t seen_by_all) {
  QsbrEntry *ripe = NULL, *next;
  for (QsbrEntry **link = &l->entries, *e; (e = *link) != NULL;) {
    if (e->goal > seen_by_all) {
      link = &e->next;
      continue;
    }
    next = e->next;
    e->next = ripe;
    ripe = e;
    *link = next;
  }
  return ripe;
}

// What is freed may run Python code and so come back here: entries are out of the list before they are freed.
static void free_ripe(Thread *t, uint64_t seen_by_all) {
  Retired batch[64];
  size_t n;
  while (t->retired && (n = take_ripe(t->retired, seen_by_all, batch, 64)) > 0)
    for (size_t i = 0; i < n; i++) {
      account(&batch[i], -1);
      batch[i].fn(t, batch[i].p);
    }
  if (!t->retired) return;
  for (QsbrEntry *e = take_ripe_entries(t->retired, seen_by_all), *next; e; e = next) {
    next = e->next;
    free_entry(t, e);
  }
}

static void move_entries(RetiredList *from, RetiredList *to) {
  while (to && from->entries) {
    QsbrEntry *e = from->entries;
    from->entries = e->next;
    push_entry(to, e);
  }
}

static void adopt_orphans(Thread *t) {
  if (!a32_load_rlx(&have_orphans)) return;
  RetiredList *l = list_of(t);
  pthread_mutex_lock(&orphan_lock);
  while (l && orphans.count && append(l, orphans.items[orphans.count - 1])) orphans.count--;
  move_entries(&orphans, l);
  if (!orphans.count && !orphans.entries) a32_store_rlx(&have_orphans, 0);
  pthread_mutex_unlock(&orphan_lock);
}

void qsbr_report(Thread *t) {
  a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_QSBR);
  a64_store_rel(&t->qsbr_seen, a64_load_acq(&step));
  adopt_orphans(t);
  RetiredList *l = t->retired;
  if (l && (l->count || l->entries)) free_ripe(t, poll());
}

static void flush_list(Thread *t, RetiredList *l, RetiredList *late) {
  size_t kept = 0;
  for (size_t i = 0; i < l->count; i++) {
    Retired r = l->items[i];
    r.goal = 0;
    if (!r.late) {
      account(&r, -1);
      r.fn(t, r.p);
    } else if (l == late || !append(late, r)) {
      l->items[kept++] = r;
    }
  }
  l->count = kept;
  for (QsbrEntry *e = l->entries, *next; e; e = next) {
    next = e->next;
    free_entry(t, e);
  }
  l->entries = NULL;
}

void qsbr_flush(Thread *t) {
  RetiredList *own = list_of(t);
  if (!own) return;
  flush_list(t, own, own);
  for (uint32_t slot = 1, n = thread_slot_high(); slot <= n; slot++) {
    Thread *w = thread_by_slot(slot);
    if (w != t && w->retired) flush_list(t, w->retired, own);
  }
  pthread_mutex_lock(&orphan_lock);
  flush_list(t, &orphans, own);
  pthread_mutex_unlock(&orphan_lock);
  if (own->count) breaker_set(t, BREAK_QSBR);
}

void qsbr_thread_gone(Thread *t) {
  RetiredList *l = t->retired;
  if (!l) return;
  t->retired = NULL;
  bool late = false;
  pthread_mutex_lock(&orphan_lock);
  for (size_t i = 0; i < l->count; i++) {
    late |= l->items[i].late;
    if (append(&orphans, l->items[i])) a32_store_rlx(&have_orphans, 1);
  }
  if (l->entries) a32_store_rlx(&have_orphans, 1);
  move_entries(l, &orphans);
  pthread_mutex_unlock(&orphan_lock);
  if (late) breaker_set_all(BREAK_QSBR);
  free(l->items);
  free(l);
}

void qsbr_after_fork(Thread *t) {
  pthread_mutex_init(&orphan_lock, NULL);
  for (uint32_t slot = thread_slot_high(); slot > 0; slot--) {
    Thread *w = thread_by_slot(slot);
    if (w && w != t) a64_store_rlx(&w->qsbr_seen, 0);
  }
  qsbr_flush(t);
}

#endif
