// The cycle collector: finds groups of objects that only refer to each other, finalises them (PEP 442) and frees them.
//
// Runs with the world stopped for finding, started again for callbacks, finalisers and clearing. One code path for both builds.
#ifndef WEFT_GC_COLLECT_H
#define WEFT_GC_COLLECT_H

#include "gc/heap.h"

typedef struct { uint64_t collections, collected, uncollectable; } GcGenerationStats;

// Collects; returns the number of unreachable objects found, or -1 without an exception: no memory for looking, and nothing was collected. If
// another thread is collecting, waits for it first; from within a finaliser of a collection, or when the other one's finalisers are blocked
// for long, returns 0 at once. May run Python code. An error in a finaliser is reported as unraisable.
int64_t gc_collect(Thread *t, int generation);
void gc_enable(bool on);
bool gc_is_enabled(void);
void gc_set_threshold(int generation, int64_t threshold);
int64_t gc_get_threshold(int generation);
int64_t gc_get_count(int generation);
GcGenerationStats gc_get_stats(int generation);
void gc_freeze(void);
void gc_unfreeze(void);
int64_t gc_freeze_count(void);

// Roots that the layers above know (modules' tables, frames' slots): registered once; called with the world stopped. What frames' slots
// hold without counting is found another way (gc/deferred.h).
typedef void (*GcRootScanner)(GcVisit visit, void *arg);
void gc_register_roots(GcRootScanner scan);
// Called with the world stopped before unreachable objects are finalised: clears their weak references and returns the callbacks to run by
// a second hook once the world runs again. objects/weakref.c fills both.
extern void (*gc_clear_weakrefs_hook)(Thread *t, Object **objects, size_t count);
extern void (*gc_run_weakref_callbacks_hook)(Thread *t);
// Of what is garbage together, those of rank 0 are finalised first: Python code, which may still use the files that are garbage with it. Then
// follow the higher ranks: a text stream flushes into its buffer, a buffer into its file. At most GC_RANK_LAST.
enum { GC_RANK_LAST = 3 };
extern unsigned (*gc_finalizer_rank_hook)(const Object *o);
// Called with the world stopped: cache words whose target is about to die are zeroed (vm/).
extern void (*gc_clear_caches_hook)(Thread *t);
// gc.DEBUG_SAVEALL: garbage goes to this hook (gc.garbage) instead of being freed.
void gc_set_save_all(bool on);
extern void (*gc_save_hook)(Thread *t, Object **objects, size_t count);
// Calls fn for each object that gc.get_objects shows. The caller has stopped the world; fn must not allocate.
void gc_each_object(Thread *t, void (*fn)(Object *o, void *arg), void *arg);
// gc.callbacks and gc.garbage: objects/modules fill them.
extern void (*gc_notify_hook)(Thread *t, bool start, int generation, int64_t collected, int64_t uncollectable);

#endif
