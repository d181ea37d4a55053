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
  Object **items;  // in the collector's memory, until reach_end
  size_t count;
} ObjectList;

// Maps the collector's memory: once, early. And: a collection is over, what it found is let go of.
void reach_begin(void);
void reach_end(void);

// Finds all unreachable containers. `late` are those that others refer to by uncounted edges (types, code): to be freed after `garbage`, in
// the order given. `frames`: what frames hold without counting. *live: how many containers are reachable. False: no memory for looking at all
// containers at once; nothing has been changed.
bool reach_find_garbage(RootScanner *roots, size_t nroots, const FrameSet *frames, ObjectList *garbage, ObjectList *late, uint64_t *live);
// The same among the containers made since the last collection only: references from older ones count as coming from outside. What is
// referred to without counting, types and DEFERRED objects, is left to the next full collection. *live: how many young ones survive.
bool reach_find_young_garbage(ObjectList *garbage, uint64_t *live);
// For when there is no memory for more: the same among the containers of some pages only, other ones with each call. *more: another call
// would look at others again. False: no memory at all.
bool reach_find_part_of_garbage(ObjectList *garbage, bool *more);
// After finalisers have run: moves what has become reachable again out of both lists into `resurrected`. The caller holds one reference to
// each.
void reach_find_resurrected(RootScanner *roots, size_t nroots, ObjectList *garbage, ObjectList *late, ObjectList *resurrected);

#endif
