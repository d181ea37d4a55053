// Watching the heap: a tracer is told of every block that is handed out or given back, as tracemalloc wants it.
//
// It costs nothing while nobody watches: what makes the fast paths miss (no current pages, pages whose owner word does not match) is set up
// when a tracer comes, and goes as pages are used when it has left.
#ifndef WEFT_GC_HEAP_TRACE_H
#define WEFT_GC_HEAP_TRACE_H

#include "threading/thread.h"

// Called by any thread, in the middle of an allocation: may neither allocate from the heap, nor raise, nor run Python code, nor wait.
typedef struct HeapTracer {
  void (*allocated)(Thread *t, const void *block, size_t size);   // size: what was asked for
  void (*freed)(const void *block);                               // before anybody can get the block again; also for blocks never told of
} HeapTracer;

// Sets the tracer, which is static; NULL: none any more. Stops the world for a moment.
void heap_set_tracer(Thread *t, const HeapTracer *tracer);

#endif
