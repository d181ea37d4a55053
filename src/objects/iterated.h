// The field of an iterator that owns what it iterates over, and gives it up at the end, as programs can see.
//
// Free build: other threads may be stepping the same iterator, and no lock is taken for a step. So the field changes once, to V_NULL, and
// its reference is dropped only when each thread that was running has passed a safepoint: until its next one a reader may use what it
// read without counting it. Whoever may pass a safepoint meanwhile (taking an object's lock is one) takes iterated_own.
#ifndef WEFT_OBJECTS_ITERATED_H
#define WEFT_OBJECTS_ITERATED_H

#include "gc/refcount.h"

// What the field holds, uncounted; V_NULL: the iterator has ended.
static inline Value iterated(const Value *field) { return v_load_acq(field); }
static inline Value iterated_own(Thread *t, const Value *field) { return v_own(t, v_load_acq(field)); }

// Gives it up. May run Python code: the iterator is marked as exhausted before. The caller does not use what `iterated` gave it after that.
void iterated_release(Thread *t, Object *iterator, Value *field);

// Whether the frame that t runs has the iterator in two of its slots, a reference in each. Set by vm/.
extern bool (*iterated_in_frame_hook)(const Thread *t, const Object *iterator);

#endif
