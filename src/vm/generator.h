// Generators, coroutines and asynchronous generators (the struct is in vm/frame.h, for its frame is part of it).
#ifndef WEFT_VM_GENERATOR_H
#define WEFT_VM_GENERATOR_H

#include "vm/frame.h"

typedef enum { GEN_YIELDED, GEN_RETURNED, GEN_RAISED } GenResult;

// Moves the running frame f (which has just begun) into a new generator of the kind its code says; f's window is left empty. Owned.
Value generator_from_frame(Thread *t, Frame *f);
// Claims a generator for resumption and puts its frame on top; the sent value is `arg` (owned). False: it is running, done, or the stack is
// exhausted; the exception is set unless it is done. Used by the loop; the caller sets ret.
bool generator_enter(Thread *t, Generator *g, uint64_t ret);
// Its frame has yielded: unlinks it. t->frame is the resumer's again.
void generator_suspend(Thread *t, Generator *g);
// Its frame has ended, by return or exception: releases it. A StopIteration that escapes becomes a RuntimeError.
void generator_end(Thread *t, Generator *g, bool raised);
// Resumes from C. arg borrowed; throwing: the exception is pending. *result: owned value or V_NULL.
GenResult generator_resume(Thread *t, Generator *g, Value arg, bool throwing, Value *result);
// PyIter_Send: sends v to any iterator or awaitable.
GenResult iterator_send(Thread *t, Value iterator, Value v, Value *result);
// What a suspended generator delegates to, borrowed; V_NULL: nothing.
Value generator_delegate(Generator *g);
void generator_unawaited(Thread *t, Generator *g);
Value async_wrapped_value(Thread *t, Value v);   // what an asynchronous generator yields
static inline bool v_is_generator_like(Value v) {
  return v_is_exact(v, SHAPE_GENERATOR) || v_is_exact(v, SHAPE_COROUTINE) || v_is_exact(v, SHAPE_ASYNC_GENERATOR);
}
bool generator_init(Thread *t);
bool async_generator_init(Thread *t);

#endif
