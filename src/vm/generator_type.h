// The types generator and coroutine: finalisation, memory, attributes and methods. Asynchronous generators share most of them.
#ifndef WEFT_VM_GENERATOR_TYPE_H
#define WEFT_VM_GENERATOR_TYPE_H

#include "vm/frame.h"

// Closes a suspended one that is going away, as its finaliser does; errors are unraisable.
void generator_finalize(Thread *t, Value generator);
void generator_dealloc(Thread *t, Object *o);
void generator_traverse(Object *o, GcVisit visit, void *arg);
void generator_clear(Thread *t, Object *o);
// Attributes. closure of the first two: the field's offset in the struct.
Value generator_get_name(Thread *t, Value self, void *closure);
int generator_set_name(Thread *t, Value self, Value value, void *closure);
Value generator_get_frame(Thread *t, Value self, void *closure);
Value generator_get_running(Thread *t, Value self, void *closure);
Value generator_get_suspended(Thread *t, Value self, void *closure);
Value generator_get_delegate(Thread *t, Value self, void *closure);
Value generator_repr(Thread *t, Value self);

bool generator_init(Thread *t);

#endif
