// Objects that frames do not count: which of them frames hold, and when those that nothing else refers to die (memory.md 6).
//
// A DEFERRED object counts the references of the heap and of C code only. When these are gone it goes on a list; a pass over the list, with
// the world stopped, frees what no frame holds. A pass is made when the list is long, or its objects large, and at every full collection.
// gil: nothing is DEFERRED, and everything here does nothing.
#ifndef WEFT_GC_DEFERRED_H
#define WEFT_GC_DEFERRED_H

#include "gc/object.h"
#include "threading/thread.h"

// The objects that uncounted words in frames point to, or once pointed to: a dead slot may keep a stale word, so nobody follows them.
typedef struct FrameSet {
  uint64_t *words;             // a hash table of addresses; 0: free
  size_t used, capacity;
  bool failed;
} FrameSet;

// World stopped. False: no memory.
bool frame_set_build(FrameSet *set);
bool frame_set_has(const FrameSet *set, const Object *o);
void frame_set_free(FrameSet *set);

// Registered once by vm/: calls frame_set_add with every word of every running frame that has bit 0 set. Suspended generators and frame
// objects hold none (memory.md 1, I1).
typedef void (*FrameScanner)(FrameSet *set);
void frame_set_register(FrameScanner scan);
void frame_set_add(FrameSet *set, uint64_t word);

// Takes those off the list that are dead or counted again; the dead are owned by t then, with one reference. World stopped. The array is
// the caller's to free. False: no memory, and the list is as it was.
bool deferred_find_dead(Thread *t, const FrameSet *set, Object ***dead, size_t *count);
// Passes until nothing more dies. May run Python code.
void deferred_collect(Thread *t);
// Registered by objects/: the bytes of o's buffers, for the pace.
extern size_t (*deferred_buffer_bytes_hook)(const Object *o);

#endif
