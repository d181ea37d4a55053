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
// What the first n slots of a generator that is going to yield hold uncounted is counted. Those behind hold nothing alive.
static inline void generator_own_slots(Thread *t, Generator *g, unsigned n) {
  for (Ref *r = g->slots, *end = r + n; r < end; r++) {
    if (v_is_kept(ref_value(*r))) *r = ref_from(ref_to_owned(t, *r));
  }
}
// Its frame has yielded, its slots are owned: unlinks it. t->frame is the resumer's again.
void generator_suspend(Thread *t, Generator *g);
// Its frame has ended, by return or exception: releases it. A StopIteration that escapes becomes a RuntimeError.
void generator_end(Thread *t, Generator *g, bool raised);
// Resumes from C. arg borrowed; throwing: the exception is pending. *result: owned value or V_NULL.
GenResult generator_resume(Thread *t, Generator *g, Value arg, bool throwing, Value *result);
// PyIter_Send: sends v to any iterator or awaitable.
GenResult iterator_send(Thread *t, Value iterator, Value v, Value *result);
// Undoes generator_enter.
void generator_step_back(Thread *t, Generator *g);
// What a suspended generator delegates to, owned; V_NULL: nothing, or it is not suspended.
Value generator_delegate(Thread *t, Generator *g);
// Its state now; another thread may change it at once.
GenState generator_state(const Generator *g);
// Holds a generator that does not run still, for a look at its frame: see GEN_LOOKED for what is forbidden until generator_look_away. False:
// it runs or is done. *state: which. May park.
bool generator_look(Thread *t, Generator *g, GenState *state);
void generator_look_away(Generator *g);
// Closes a suspended one that is going away, as its finaliser does; errors are unraisable.
void generator_finalize(Thread *t, Value generator);

// --- Shared by generator.c and async_generator.c -----------------------------------------------------------------------------------
static inline Generator *v_generator(Value v) { return (Generator *)v_obj(v); }
static inline bool v_is_generator_like(Value v) {
  return v_is_exact(v, SHAPE_GENERATOR) || v_is_exact(v, SHAPE_COROUTINE) || v_is_exact(v, SHAPE_ASYNC_GENERATOR);
}
// send(), with a return turned into StopIteration (StopAsyncIteration in an asynchronous generator).
Value generator_send(Thread *t, Generator *g, Value arg);
// throw(): args = type[, value[, traceback]]. close_on_exit: a GeneratorExit closes what is delegated to.
Value generator_throw(Thread *t, Generator *g, const Value *args, size_t nargs, bool close_on_exit);
// type() as the pending exception; V_NULL.
Value raise_bare(Thread *t, Type *type);
// StopIteration(value) as a pending exception.
void set_stop_iteration(Thread *t, Value value);
// If the pending exception is a StopIteration: takes its value (owned) and clears it. True; also when nothing is pending (None).
bool take_stop_iteration(Thread *t, Value *value);
// The iterator to await v by: owned; V_NULL with TypeError.
Value awaitable_iterator(Thread *t, Value v);
Value generator_get_name(Thread *t, Value self, void *closure);
int generator_set_name(Thread *t, Value self, Value value, void *closure);
Value generator_get_frame(Thread *t, Value self, void *closure);
Value generator_get_running(Thread *t, Value self, void *closure);
Value generator_get_suspended(Thread *t, Value self, void *closure);
Value generator_get_delegate(Thread *t, Value self, void *closure);
Value generator_repr(Thread *t, Value self);
void generator_dealloc(Thread *t, Object *o);
void generator_traverse(Object *o, GcVisit visit, void *arg);
void generator_clear(Thread *t, Object *o);

bool generator_init(Thread *t);

// async_generator.c
Value async_wrapped_value(Thread *t, Value v);   // what an asynchronous generator yields
bool async_generator_init(Thread *t);

#endif
