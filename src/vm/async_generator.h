// Asynchronous generators (async_generator.c).
#ifndef WEFT_VM_ASYNC_GENERATOR_H
#define WEFT_VM_ASYNC_GENERATOR_H

#include "vm/frame.h"

// What the eval loop yields for v (borrowed) in an asynchronous generator: owned; V_NULL with MemoryError.
Value async_wrapped_value(Thread *t, Value v);
// What anext(iterator, default) returns: awaits `awaitable`, giving `default_` at the end. Owned; V_NULL with MemoryError.
Value async_anext_awaitable(Thread *t, Value awaitable, Value default_);
bool async_generator_init(Thread *t);

#endif
