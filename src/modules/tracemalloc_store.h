// What tracemalloc knows of the blocks in use: their sizes and the tracebacks of their allocations.
//
// All memory of it comes from malloc. Every function may be called by any thread; a lock of its own guards the store. Filenames are counted
// references: they are taken by whoever allocates, and dropped by store_clear and store_release.
#ifndef WEFT_MODULES_TRACEMALLOC_STORE_H
#define WEFT_MODULES_TRACEMALLOC_STORE_H

#include "gc/refcount.h"

enum { TRACE_MAX_FRAMES = 65535 };

typedef struct TraceFrame { Value filename; int line; } TraceFrame;

// Immutable but for `users`, which changes under the store's lock: the store itself and those who look at it.
typedef struct Traceback {
  uint64_t hash;
  size_t users;
  uint16_t count, total;     // frames kept, most recent first; frames there were, up to TRACE_MAX_FRAMES
  TraceFrame frames[];
} Traceback;

typedef struct TracedBlock { const void *block; size_t size; Traceback *traceback; } TracedBlock;

// Records a block; the filenames are borrowed. Without memory for that the block goes untraced. No safepoint.
void store_add(Thread *t, const void *block, size_t size, const TraceFrame *frames, uint16_t count, uint16_t total);
void store_remove(const void *block);          // also of one that is not there. No safepoint
// The traceback of a block, to be given back by store_release; NULL: none.
Traceback *store_find(const void *block);
void store_release(Thread *t, Traceback *traceback);
// All blocks as of now: malloc'd, *n of them, each with a traceback to be released. NULL: no memory.
TracedBlock *store_snapshot(size_t *n);
void store_clear(Thread *t);
void store_memory(size_t *current, size_t *peak);
void store_reset_peak(void);
size_t store_overhead(void);                   // bytes that the store takes itself
void store_after_fork(void);

#endif
