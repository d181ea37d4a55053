// The cycle collector: when to collect, and what happens to garbage once it is found.
//
//   world stopped   merge queues, find garbage (reach.c), take a reference to each of it, clear its weak references and cache words
//   running         weakref callbacks, finalisers
//   world stopped   only if a finaliser ran: what it resurrected leaves the garbage
//   running         clear the rest and drop it; types and code, which others refer to without counting, go last
//
// Two depths. A young collection looks only at containers made since the last one; it runs when there are some thousands of them. A full one
// takes its place when the heap has grown by a quarter over what survived the last full one, and by a minimum: so the cost of all
// collections stays proportional to allocation. One at a time. Generations 0 and 1 of the gc module are both the young collection.
#include "gc/collect.h"

#include <stdlib.h>

#include "gc/counts.h"
#include "gc/deferred.h"
#include "gc/reach.h"
#include "threading/parking_lot.h"
#include "threading/qsbr.h"
#include "threading/stats.h"
#include "threading/stw.h"

enum { GENERATIONS = 3, OLDEST = GENERATIONS - 1, ROOTS_MAX = 16, GROWTH_DIVISOR = 4, FULL_PACE = 3 };

void (*gc_clear_weakrefs_hook)(Thread *t, Object **objects, size_t count);
void (*gc_run_weakref_callbacks_hook)(Thread *t);
void (*gc_clear_caches_hook)(Thread *t);
unsigned (*gc_finalizer_rank_hook)(const Object *o);
void (*gc_notify_hook)(Thread *t, bool start, int generation, int64_t collected, int64_t uncollectable);
void (*gc_save_hook)(Thread *t, Object **objects, size_t count);

static RootScanner roots[ROOTS_MAX];
static size_t root_count;

static a8 enabled = {1};
static a8 saving;            // gc.DEBUG_SAVEALL
static a32 collecting;       // slot of the thread that collects, 0: none; claimed by CAS, parked on by those who wait
static a64 thresholds[GENERATIONS] = {{700}, {10}, {10}};
static a64 survivors;        // containers alive after the last full collection
static a64 grown;            // containers that survived young collections since
static a64 done[GENERATIONS];  // collections of the generation below since this one's last: gc.get_count
static a64 stats[GENERATIONS][3];

void gc_register_roots(GcRootScanner scan) {
  assert(root_count < ROOTS_MAX);
  roots[root_count++] = scan;
}

// --- pace -------------------------------------------------------------------------------------------------------------------------

// How many more containers call for a young collection: 7,000 with CPython's defaults, 700 and 10.
static int64_t young_growth(void) {
  int64_t young = gc_get_threshold(0), middle = gc_get_threshold(1);
  return young * (middle > 0 ? middle : 1);
}

static int64_t full_growth(void) {
  int64_t least = young_growth() * FULL_PACE, quarter = (int64_t)a64_load_rlx(&survivors) / GROWTH_DIVISOR;
  return least > quarter ? least : quarter;
}

static void set_limit(void) {
  bool automatic = gc_is_enabled() && gc_get_threshold(0) > 0;
  heap_set_gc_limit(automatic ? young_growth() : INT64_MAX);
}

static int due_generation(void) {
  return (int64_t)a64_load_rlx(&grown) + heap_container_growth() > full_growth() ? OLDEST : 0;
}

static void count_collection(int generation) {
  for (int g = 0; g <= generation; g++) a64_store_rlx(&done[g], 0);
  if (generation < OLDEST) a64_fetch_add_rlx(&done[generation + 1], 1);
}

void gc_enable(bool on) {
  if (gc_is_enabled() == on) return;
  a8_store_rlx(&enabled, on);
  set_limit();
}

bool gc_is_enabled(void) { return a8_load_rlx(&enabled); }

void gc_set_threshold(int generation, int64_t threshold) {
  a64_store_rlx(&thresholds[generation], (uint64_t)threshold);
  set_limit();
}

int64_t gc_get_threshold(int generation) { return (int64_t)a64_load_rlx(&thresholds[generation]); }

// Of generation 0: containers made since the last collection less those that died.
int64_t gc_get_count(int generation) {
  if (generation != 0) return (int64_t)a64_load_rlx(&done[generation]);
  Thread *t = thread_current();
  stop_the_world(t);
  int64_t n = (int64_t)heap_live_containers() - (int64_t)(a64_load_rlx(&survivors) + a64_load_rlx(&grown));
  start_the_world(t);
  return n > 0 ? n : 0;
}

GcGenerationStats gc_get_stats(int generation) {
  a64 *s = stats[generation];
  return (GcGenerationStats){a64_load_rlx(&s[0]), a64_load_rlx(&s[1]), a64_load_rlx(&s[2])};
}

void gc_set_save_all(bool on) { a8_store_rlx(&saving, on); }

// --- gc.freeze --------------------------------------------------------------------------------------------------------------------

static void freeze_one(Object *o, void *arg) {
  (void)arg;
  if (object_is_tracked(o)) a8_fetch_or_acqrel(&o->gc, GC_PERMANENT);
}

static void unfreeze_one(Object *o, void *arg) {
  (void)arg;
  if (a8_load_rlx(&o->gc) & GC_PERMANENT) a8_fetch_and_acqrel(&o->gc, (uint8_t)~GC_PERMANENT);
}

static void count_frozen(Object *o, void *arg) { *(int64_t *)arg += (a8_load_rlx(&o->gc) & GC_PERMANENT) != 0; }

static void walk_stopped(void (*fn)(Object *o, void *arg), void *arg) {
  Thread *t = thread_current();
  stop_the_world(t);
  heap_walk_containers(fn, arg);
  start_the_world(t);
}

void gc_freeze(void) { walk_stopped(freeze_one, NULL); }
void gc_unfreeze(void) { walk_stopped(unfreeze_one, NULL); }

int64_t gc_freeze_count(void) {
  int64_t n = 0;
  walk_stopped(count_frozen, &n);
  return n;
}

// --- looking at objects -----------------------------------------------------------------------------------------------------------

typedef struct {
  void (*fn)(Object *o, void *arg);
  void *arg;
} Each;

static void each_one(Object *o, void *arg) {
  Each *e = arg;
  if ((a8_load_rlx(&o->gc) & (GC_TRACKED | GC_UNREACHABLE)) == GC_TRACKED) e->fn(o, e->arg);
}

void gc_each_object(Thread *t, void (*fn)(Object *o, void *arg), void *arg) {
  assert(world_is_stopped_by(t));
  (void)t;
  heap_walk_containers(each_one, &(Each){fn, arg});
}

// --- collecting -------------------------------------------------------------------------------------------------------------------

typedef struct {
  ObjectList garbage, late, resurrected;
  Object **uncounted;  // DEFERRED objects that nothing referred to, not even frames; owned
  size_t uncounted_count;
  bool more;           // there was no memory for looking at everything: some is left
} Collection;

// The world is stopped: nobody else writes the bits.
static void take(Thread *t, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) {
    a8_store_rlx(&l->items[i]->gc, a8_load_rlx(&l->items[i]->gc) | GC_UNREACHABLE);
    object_take_over(t, l->items[i]);
    heap_discount(l->items[i]);
  }
}

static void release(Thread *t, Object *o) {
  a8_fetch_and_acqrel(&o->gc, (uint8_t)~GC_UNREACHABLE);
  decref(t, o);
}

// Of what was cleared. No other thread can reach it, and a collection, which might write the bits, has to wait for this one.
static void release_dead(Thread *t, Object *o) {
  a8_store_rlx(&o->gc, a8_load_rlx(&o->gc) & (uint8_t)~GC_UNREACHABLE);
  decref(t, o);
}

// Of objects that are no garbage after all. Who may be referred to without a count must not die by its count from now on either.
static void release_all(Thread *t, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) {
    if (a8_load_rlx(&l->items[i]->flags) & OBJ_LATE) object_make_deferred(t, l->items[i]);
    release(t, l->items[i]);
  }
  l->count = 0;
}

static bool find_all_garbage(Thread *t, Collection *c, uint64_t *live) {
  FrameSet frames;
  if (!frame_set_build(&frames)) return false;
  bool ok = deferred_find_dead(t, &frames, &c->uncounted, &c->uncounted_count) &&
            reach_find_garbage(roots, root_count, &frames, &c->garbage, &c->late, live);
  frame_set_free(&frames);
  return ok;
}

static void free_uncounted(Thread *t, Collection *c) {
  for (size_t i = 0; i < c->uncounted_count; i++) decref(t, c->uncounted[i]);
  free(c->uncounted);
}

static void count_live(int generation, uint64_t live) {
  a64_store_rlx(&grown, generation == OLDEST ? 0 : a64_load_rlx(&grown) + live);
  if (generation == OLDEST) a64_store_rlx(&survivors, live);
}

// The world is stopped on entry and on return. False: no memory.
static bool find(Thread *t, Collection *c, int generation) {
  merge_drain_all(t);
  qsbr_flush(t);
  uint64_t live = 0;
  bool all = generation == OLDEST ? find_all_garbage(t, c, &live) : reach_find_young_garbage(&c->garbage, &live);
  bool ok = all || (generation == OLDEST && reach_find_part_of_garbage(&c->garbage, &c->more));
  heap_reset_growth();
  if (!ok) return false;
  if (all) count_live(generation, live);
  if (all && generation == OLDEST) shape_recycle(t);
  take(t, &c->garbage);
  take(t, &c->late);
  if (gc_clear_weakrefs_hook) {
    if (c->garbage.count) gc_clear_weakrefs_hook(t, c->garbage.items, c->garbage.count);
    if (c->late.count) gc_clear_weakrefs_hook(t, c->late.items, c->late.count);
  }
  if (gc_clear_caches_hook && c->garbage.count + c->late.count) gc_clear_caches_hook(t);
  return true;
}

static bool waits_for_finaliser(Object *o) { return shape_of(o)->flags & SHAPE_HAS_FINALIZER && !(a8_load_rlx(&o->gc) & GC_FINALIZED); }

// Those of a rank; *last becomes the highest rank that has been seen.
static bool finalise_rank(Thread *t, ObjectList *l, unsigned rank, unsigned *last) {
  bool any = false;
  for (size_t i = 0; gc_finalize_hook && i < l->count; i++) {
    Object *o = l->items[i];
    if (!waits_for_finaliser(o)) continue;
    unsigned own = gc_finalizer_rank_hook ? gc_finalizer_rank_hook(o) : 0;
    if (own > *last) *last = own;
    if (own != rank) continue;
    a8_fetch_or_acqrel(&o->gc, GC_FINALIZED);
    gc_finalize_hook(t, o);
    any = true;
  }
  return any;
}

static bool finalise_all(Thread *t, Collection *c) {
  bool any = false;
  for (unsigned rank = 0, last = 0; rank <= last && rank <= GC_RANK_LAST; rank++) {
    any |= finalise_rank(t, &c->late, rank, &last);  // a class is older than its instances
    any |= finalise_rank(t, &c->garbage, rank, &last);
  }
  return any;
}

static void check_resurrection(Thread *t, Collection *c) {
  stop_the_world(t);
  merge_drain_all(t);
  reach_find_resurrected(roots, root_count, &c->garbage, &c->late, &c->resurrected);
  a64_fetch_add_rlx(&grown, c->resurrected.count);
  start_the_world(t);
  release_all(t, &c->resurrected);
}

static void clear_one(Thread *t, Object *o) {
  void (*clear)(Thread *t, Object *o) = shape_of(o)->clear;
  if (clear) clear(t, o);
}

// In the order found: each is cleared, then let go, so that deaths follow one another as they would without the collector's references.
static void clear_garbage(Thread *t, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) {
    clear_one(t, l->items[i]);
    release_dead(t, l->items[i]);
  }
}

static void clear_late(Thread *t, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) clear_one(t, l->items[i]);
  for (size_t i = 0; i < l->count; i++) release_dead(t, l->items[i]);
}

static void keep_all(Thread *t, Collection *c) {
  gc_save_hook(t, c->garbage.items, c->garbage.count);
  gc_save_hook(t, c->late.items, c->late.count);
  release_all(t, &c->garbage);
  release_all(t, &c->late);
}

// A stopped world is a grace period.
static void free_retired(Thread *t) {
  if (!qsbr_late_waits()) return;
  stop_the_world(t);
  qsbr_flush(t);
  start_the_world(t);
  qsbr_report(t);
}

// -1: no memory to look for garbage. *more: some is left, for there was no memory for looking at everything at once.
static int64_t collect_some(Thread *t, int generation, bool *more) {
  Collection c = {0};
  // What dead DEFERRED objects hold would pass for referred to: they go first, and so does what waits for a grace period.
  if (generation == OLDEST) free_retired(t);
  if (generation == OLDEST) deferred_collect(t);
  stop_the_world(t);
  bool ok = find(t, &c, generation);
  start_the_world(t);
  free_uncounted(t, &c);
  if (ok && gc_run_weakref_callbacks_hook) gc_run_weakref_callbacks_hook(t);
  if (finalise_all(t, &c)) check_resurrection(t, &c);
  int64_t found = (int64_t)(c.garbage.count + c.late.count);
  if (a8_load_rlx(&saving) && gc_save_hook) keep_all(t, &c);
  else {
    clear_garbage(t, &c.garbage);
    clear_late(t, &c.late);
  }
  reach_end();
  if (generation == OLDEST) deferred_collect(t);
  *more = c.more;
  return ok ? found : -1;
}

// What one part frees may be enough memory for looking at everything at once.
static int64_t collect(Thread *t, int generation) {
  int64_t found = 0;
  for (bool more = true; more;) {
    int64_t n = collect_some(t, generation, &more);
    if (n < 0) return found ? found : -1;
    found += n;
  }
  return found;
}

enum { PATIENCE_NS = 1000000, PATIENCE = 1000 };

// Waits while another thread collects. False: there is no use in waiting. Its finalisers may be waiting for what this thread holds, which
// nobody can tell from here: so a collector that is found blocked a thousand times, a millisecond apart, is not waited for any longer.
static bool wait_for(Thread *t, uint32_t slot) {
  const Thread *collector = thread_by_slot(slot);
  for (int blocked = 0; blocked < PATIENCE && a32_load_acq(&collecting) == slot;) {
    parking_lot_park(t, &collecting, &slot, sizeof slot, PATIENCE_NS, PARK_DETACH, NULL);
    if (a32_load_acq(&collector->state) == THREAD_DETACHED) blocked++;
    else blocked = 0;
  }
  return a32_load_acq(&collecting) != slot;
}

// The right to collect. Whoever asked for a collection waits for it, so that what was garbage then is gone afterwards; not from within a
// finaliser of the collection itself.
static bool claim(Thread *t, bool wait) {
  while (!a32_cas_acqrel(&collecting, 0, t->slot)) {
    uint32_t slot = a32_load_acq(&collecting);
    // At shut-down a collection that was under way does not go on.
    if (slot && thread_is_shut_out(thread_by_slot(slot)) && a32_cas_acqrel(&collecting, slot, t->slot)) return true;
    if (slot == t->slot || !wait || (slot && !wait_for(t, slot))) return false;
  }
  return true;
}

static void give_up_claim(void) {
  a32_store_rel(&collecting, 0);
  parking_lot_unpark_all(&collecting);
}

static int64_t collect_claimed(Thread *t, int generation) {
  uint64_t since = stats_begin(t);
  heap_set_gc_limit(INT64_MAX);
  if (gc_notify_hook) gc_notify_hook(t, true, generation, 0, 0);
  count_collection(generation);
  int64_t found = collect(t, generation), counted = found < 0 ? 0 : found;
  a64_fetch_add_rlx(&stats[generation][0], 1);
  a64_fetch_add_rlx(&stats[generation][1], (uint64_t)counted);
  if (gc_notify_hook) gc_notify_hook(t, false, generation, counted, 0);
  set_limit();
  give_up_claim();
  stats_end(t, STATS_GC, since);
  return found;
}

int64_t gc_collect(Thread *t, int generation) { return t->stopping_world || !claim(t, true) ? 0 : collect_claimed(t, generation); }

static int collect_at_safepoint(Thread *t) {
  // Another thread may have collected since the bit was set.
  if (gc_is_enabled() && heap_gc_is_due() && claim(t, false)) collect_claimed(t, due_generation());
  return 0;
}

// In the child of a fork a collection that another thread was running is over.
static void forked(Thread *t) {
  (void)t;
  a32_store_rel(&collecting, 0);
  set_limit();
}

__attribute__((constructor)) static void gc_begin(void) {
  reach_begin();
  breaker_register(BREAK_GC, collect_at_safepoint);
  thread_at_fork(forked);
  heap_set_gc_limit(full_growth());  // nothing made during start-up is likely to be garbage
}
