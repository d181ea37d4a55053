// The cycle collector: when to collect, and what happens to garbage once it is found.
//
//   world stopped   merge queues, find garbage (reach.c), take a reference to each of it, clear its weak references and cache words
//   running         weakref callbacks, finalisers
//   world stopped   only if a finaliser ran: what it resurrected leaves the garbage
//   running         clear the rest and drop it; types and code, which others refer to without counting, go last
//
// Always the whole heap: generations are only a name for what is asked for. It runs when the number of containers has grown by a quarter
// over what survived last time (and by a minimum), so that its cost stays proportional to allocation. One collection at a time.
#include "gc/collect.h"

#include <stdlib.h>

#include "gc/reach.h"
#include "threading/qsbr.h"
#include "threading/stats.h"
#include "threading/stw.h"

enum { GENERATIONS = 3, ROOTS_MAX = 16, GROWTH_DIVISOR = 4, PACE = 3 };

void (*gc_clear_weakrefs_hook)(Thread *t, Object **objects, size_t count);
void (*gc_run_weakref_callbacks_hook)(Thread *t);
void (*gc_clear_caches_hook)(Thread *t);
void (*gc_notify_hook)(Thread *t, bool start, int generation, int64_t collected, int64_t uncollectable);
void (*gc_save_hook)(Thread *t, Object **objects, size_t count);

static RootScanner roots[ROOTS_MAX];
static size_t root_count;

static a8 enabled = {1};
static a8 saving;            // gc.DEBUG_SAVEALL
static a32 collecting;       // claimed by CAS
static a64 thresholds[GENERATIONS] = {{700}, {10}, {10}};
static a64 survivors;        // containers alive after the last collection
static a64 stats[GENERATIONS][3];

void gc_register_roots(GcRootScanner scan) {
  assert(root_count < ROOTS_MAX);
  roots[root_count++] = scan;
}

// --- pace -------------------------------------------------------------------------------------------------------------------------

// 700 and 10, CPython's defaults, let 21,000 more containers be made before a small heap is collected.
static uint64_t minimum_growth(void) {
  uint64_t young = a64_load_rlx(&thresholds[0]), middle = a64_load_rlx(&thresholds[1]);
  return young * (middle ? middle : 1) * PACE;
}

static void set_limit(void) {
  uint64_t growth = minimum_growth(), quarter = a64_load_rlx(&survivors) / GROWTH_DIVISOR;
  bool automatic = gc_is_enabled() && a64_load_rlx(&thresholds[0]) != 0;
  heap_set_gc_limit(automatic ? heap_container_blocks() + (growth > quarter ? growth : quarter) : UINT64_MAX);
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

// Containers made since the last collection less those that died.
int64_t gc_get_count(int generation) {
  if (generation != 0) return 0;
  Thread *t = thread_current();
  stop_the_world(t);
  int64_t n = (int64_t)heap_live_containers() - (int64_t)a64_load_rlx(&survivors);
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
} Collection;

static void take(Thread *t, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) {
    a8_fetch_or_acqrel(&l->items[i]->gc, GC_UNREACHABLE);
    object_take_over(t, l->items[i]);
  }
}

static void release(Thread *t, Object *o) {
  a8_fetch_and_acqrel(&o->gc, (uint8_t)~GC_UNREACHABLE);
  decref(t, o);
}

static void release_all(Thread *t, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) release(t, l->items[i]);
  l->count = 0;
}

// The world is stopped on entry and on return. False: no memory.
static bool find(Thread *t, Collection *c) {
  merge_drain_all(t);
  qsbr_flush(t);
  uint64_t live = 0;
  bool ok = reach_find_garbage(roots, root_count, &c->garbage, &c->late, &live);
  if (!ok) {
    c->garbage.count = c->late.count = 0;
    return false;
  }
  a64_store_rlx(&survivors, live);
  take(t, &c->garbage);
  take(t, &c->late);
  if (gc_clear_weakrefs_hook) {
    if (c->garbage.count) gc_clear_weakrefs_hook(t, c->garbage.items, c->garbage.count);
    if (c->late.count) gc_clear_weakrefs_hook(t, c->late.items, c->late.count);
  }
  if (gc_clear_caches_hook && c->garbage.count + c->late.count) gc_clear_caches_hook(t);
  return true;
}

static bool finalise_all(Thread *t, ObjectList *l) {
  bool any = false;
  for (size_t i = 0; i < l->count; i++) {
    Object *o = l->items[i];
    if (!(shape_of(o)->flags & SHAPE_HAS_FINALIZER) || (a8_load_rlx(&o->gc) & GC_FINALIZED) || !gc_finalize_hook) continue;
    a8_fetch_or_acqrel(&o->gc, GC_FINALIZED);
    gc_finalize_hook(t, o);
    any = true;
  }
  return any;
}

static void check_resurrection(Thread *t, Collection *c) {
  stop_the_world(t);
  merge_drain_all(t);
  bool ok = reach_find_resurrected(roots, root_count, &c->garbage, &c->late, &c->resurrected);
  a64_fetch_add_rlx(&survivors, c->resurrected.count);
  start_the_world(t);
  release_all(t, &c->resurrected);
  if (ok) return;
  release_all(t, &c->garbage);
  release_all(t, &c->late);
}

static void clear_one(Thread *t, Object *o) {
  void (*clear)(Thread *t, Object *o) = shape_of(o)->clear;
  if (clear) clear(t, o);
}

// In the order found: each is cleared, then let go, so that deaths follow one another as they would without the collector's references.
static void clear_garbage(Thread *t, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) {
    clear_one(t, l->items[i]);
    release(t, l->items[i]);
  }
}

static void clear_late(Thread *t, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) clear_one(t, l->items[i]);
  release_all(t, l);
}

static void keep_all(Thread *t, Collection *c) {
  gc_save_hook(t, c->garbage.items, c->garbage.count);
  gc_save_hook(t, c->late.items, c->late.count);
  release_all(t, &c->garbage);
  release_all(t, &c->late);
}

static int64_t collect(Thread *t) {
  Collection c = {0};
  stop_the_world(t);
  bool ok = find(t, &c);
  start_the_world(t);
  if (ok && gc_run_weakref_callbacks_hook) gc_run_weakref_callbacks_hook(t);
  bool finalised = finalise_all(t, &c.garbage);
  finalised |= finalise_all(t, &c.late);
  if (finalised) check_resurrection(t, &c);
  int64_t found = (int64_t)(c.garbage.count + c.late.count);
  if (a8_load_rlx(&saving) && gc_save_hook) keep_all(t, &c);
  else {
    clear_garbage(t, &c.garbage);
    clear_late(t, &c.late);
  }
  object_list_free(&c.garbage);
  object_list_free(&c.late);
  object_list_free(&c.resurrected);
  return found;
}

int64_t gc_collect(Thread *t, int generation) {
  if (t->stopping_world || !a32_cas_acqrel(&collecting, 0, 1)) return 0;
  uint64_t since = stats_begin(t);
  heap_set_gc_limit(UINT64_MAX);
  if (gc_notify_hook) gc_notify_hook(t, true, generation, 0, 0);
  int64_t found = collect(t);
  a64_fetch_add_rlx(&stats[generation][0], 1);
  a64_fetch_add_rlx(&stats[generation][1], (uint64_t)found);
  if (gc_notify_hook) gc_notify_hook(t, false, generation, found, 0);
  set_limit();
  a32_store_rel(&collecting, 0);
  stats_end(t, STATS_GC, since);
  return found;
}

static int collect_at_safepoint(Thread *t) {
  if (gc_is_enabled()) gc_collect(t, GENERATIONS - 1);
  return 0;
}

// In the child of a fork a collection that another thread was running is over.
static void forked(Thread *t) {
  (void)t;
  a32_store_rel(&collecting, 0);
  set_limit();
}

__attribute__((constructor)) static void gc_begin(void) {
  breaker_register(BREAK_GC, collect_at_safepoint);
  thread_at_fork(forked);
  heap_set_gc_limit(minimum_growth());
}
