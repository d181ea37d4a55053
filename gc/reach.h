// Which containers can be reached: the collector's arithmetic, with the world stopped.
//
// An object that is referred to from outside the set of candidates (a frame, a C local, an untracked object) has a count above the number
// of references that the candidates hold to it. What cannot be reached from such objects, or from the registered roots, is garbage.
#ifndef WEFT_GC_REACH_H
#define WEFT_GC_REACH_H

#include "gc/deferred.h"
#include "gc/heap.h"
#include "gc/refcount.h"

typedef void (*RootScanner)(GcVisit visit, void *arg);

typedef struct {
  Object **items;
  size_t count, capacity;
} ObjectList;

void object_list_free(ObjectList *l);

// Finds all unreachable containers. `late` are those that others refer to by uncounted edges (types, code): to be freed after `garbage`, in
// the order given. `frames`: what frames hold without counting. *live: how many containers are reachable. False: no memory; nothing has
// been changed.
bool reach_find_garbage(RootScanner *roots, size_t nroots, const FrameSet *frames, ObjectList *garbage, ObjectList *late, uint64_t *live);
// The same among the containers made since the last collection only: references from older ones count as coming from outside. What is
// referred to without counting, types and DEFERRED objects, is left to the next full collection. *live: how many young ones survive.
bool reach_find_young_garbage(ObjectList *garbage, uint64_t *live);
// After finalisers have run: moves what has become reachable again out of both lists into `resurrected`. The caller holds one reference to
// each. False: no memory, and everything must be taken to be resurrected.
bool reach_find_resurrected(RootScanner *roots, size_t nroots, ObjectList *garbage, ObjectList *late, ObjectList *resurrected);

#endif
