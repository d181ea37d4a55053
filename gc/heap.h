// The heap: per-thread, size-class pages for objects and for their buffers.
//
// Object pages are walkable (one block size, a header at every block start), buffer pages hold item arrays and tables, large blocks stand
// alone. A thread allocates from its own pages without atomics; a block freed by another thread goes to its page's atomic cross-thread
// list. Allocation is not a safepoint. All functions return NULL when memory is exhausted and raise nothing; callers call
// raise_no_memory (objects/error.h).
#ifndef WEFT_GC_HEAP_H
#define WEFT_GC_HEAP_H

#include "gc/object.h"
#include "gc/shape.h"
#include "threading/thread.h"

// A new object of `size` bytes, header included: count 1, owned by t, the given shape, payload zeroed. If the shape traverses, the object
// is GC_TRACKED (call heap_untrack to keep it out until it is filled, heap_track later).
Object *heap_new_object(Thread *t, uint32_t shape, size_t size);
// The same for a shape that never traverses and whose maker fills the whole payload at once (str, bytes, int): not zeroed.
Object *heap_new_leaf(Thread *t, uint32_t shape, size_t size);
// Whether the system has refused memory since this was last asked: what is left may be garbage in cycles, or wait for its grace period.
bool heap_was_exhausted(void);
// Gives the block of a dead object back. The last thing a dealloc does.
void heap_free_object(Thread *t, Object *o);
// Bytes usable in o's block.
size_t heap_object_size(const Object *o);

static inline void heap_track(Object *o) { a8_store_rlx(&o->gc, a8_load_rlx(&o->gc) | GC_TRACKED); }
static inline void heap_untrack(Object *o) { a8_store_rlx(&o->gc, a8_load_rlx(&o->gc) & (uint8_t)~GC_TRACKED); }

// Buffers: 16-byte aligned, not zeroed. realloc moves, and of NULL allocates; only for buffers that no other thread can be reading.
void *heap_alloc(Thread *t, size_t size);
void *heap_calloc(Thread *t, size_t size);
void *heap_realloc(Thread *t, void *p, size_t size);
void heap_free(Thread *t, void *p);
size_t heap_usable_size(const void *p);

// Frees a buffer that lock-free readers may still be looking at, after a grace period (memory.md 4). Call it after the buffer has been
// unpublished. `owner` is the container: while only its owning thread has used it (not SHARED), the buffer is freed at once.
// gil: frees at once.
void heap_retire(Thread *t, const Object *owner, void *p);
// The same for a buffer that holds references of its own, or a reference itself: fn(t, p) runs at a safepoint after the grace period and
// may run Python code. gil, and a private owner: runs now.
void heap_retire_call(Thread *t, const Object *owner, void *p, void (*fn)(Thread *t, void *p));

// Allocation-failure injection: the n-th allocation from now (objects and buffers) fails, once; 0 turns it off. Debugging aid, set by
// WEFT_FAIL_ALLOC=n at start-up.
void heap_fail_after(uint64_t n);
// The same by a function that is asked at each allocation, by whatever thread, and answers whether it fails; NULL turns it off. Call it
// before threads start.
void heap_fail_by(bool (*fails)(void));

// Calls fn for every object block in use, the caller having stopped the world (or being the only thread).
void heap_walk(void (*fn)(Object *o, void *arg), void *arg);
// The same, containers only (shapes that traverse).
void heap_walk_containers(void (*fn)(Object *o, void *arg), void *arg);
// The object in whose block p lies; NULL if it lies in none, or in a free one. Takes no lock: for a living process the answer may be stale.
Object *heap_object_at(const void *p);
uint64_t heap_live_bytes(void);    // in blocks in use
uint64_t heap_mapped_bytes(void);  // address space taken from the system
uint64_t heap_live_objects(void);  // allocated minus freed, all threads; exact with the world stopped
uint64_t heap_live_containers(void);
// Checks every page's books and every object's header, the world stopped; prints what is wrong to stderr. True: all is well.
bool heap_check(void);
// What paces the collector: by how many the containers have grown since heap_reset_growth, page by page, as pages are filled. When it
// passes `limit`, the allocating thread's BREAK_GC is set.
int64_t heap_container_growth(void);
void heap_set_gc_limit(int64_t limit);
bool heap_gc_is_due(void);
// World stopped, after a collection: counts from here, and takes no page for young but those that are allocated from afterwards.
void heap_reset_growth(void);
// World stopped, after heap_reset_growth: o is garbage, and its death will not count as shrinking.
void heap_discount(const Object *o);

// Whether a thread that is about to start will find memory for its first objects, of each size a few; maps some if need be.
bool heap_has_room(void);

// Per-thread heaps: made when a thread state is made, abandoned to the global pool when it ends.
bool heap_thread_init(Thread *t);
void heap_thread_exit(Thread *t);
void heap_after_fork(Thread *t);

#endif
