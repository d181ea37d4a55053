// Running generators, coroutines and asynchronous generators from one yield to the next (the struct is in vm/frame.h, for its frame is part of it).
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
static inline Generator *v_generator(Value v) { return (Generator *)v_obj(v); }
static inline bool v_is_generator_like(Value v) {
  return v_is_exact(v, SHAPE_GENERATOR) || v_is_exact(v, SHAPE_COROUTINE) || v_is_exact(v, SHAPE_ASYNC_GENERATOR);
}
// "generator", "coroutine" or "async generator".
const char *generator_kind(const Generator *g);
// send(), with a return turned into StopIteration (StopAsyncIteration in an asynchronous generator).
Value generator_send(Thread *t, Generator *g, Value arg);
// The iternext slot.
Value generator_next(Thread *t, Value generator);
// type() as the pending exception; V_NULL.
Value raise_bare(Thread *t, Type *type);
// StopIteration(value) as a pending exception.
void set_stop_iteration(Thread *t, Value value);
// If the pending exception is a StopIteration: takes its value (owned) and clears it. True; also when nothing is pending (None).
bool take_stop_iteration(Thread *t, Value *value);

// --- Steps of a resumption, for generator_throw.c ----------------------------------------------------------------------------------------
#define GENERATOR_ENTRY RET_WORD(RET_ENTRY, 0, 0, 0)   // the ret of a generator that C code resumes
// Claims a generator to run. False: it runs or is done. *was: the state it was in.
bool generator_claim(Thread *t, Generator *g, uint32_t *was);
// Puts the frame of a claimed generator, which was in the state `was`, on top. False: the stack is exhausted, and the claim given up.
bool generator_link(Thread *t, Generator *g, uint32_t was, uint64_t ret);
// An entered generator will be run by a C call of vm_run. False: there is no stack for that, RecursionError; it is as before it was entered.
bool generator_has_stack(Thread *t, Generator *g);
// Runs an entered generator from `start`; throwing: with the pending exception. *result as generator_resume's.
GenResult generator_run(Thread *t, Generator *g, const Inst *start, bool throwing, Value *result);
// An entered generator goes on with the pending exception, whose context is what the generator was handling.
GenResult generator_run_throwing(Thread *t, Generator *g, Value *result);
// What a claimed generator that is suspended delegates to, borrowed; V_NULL: nothing.
Value generator_delegate_of(const Generator *g);
// Whether it is a coroutine that is done: RuntimeError then.
bool generator_is_reused(Thread *t, Generator *g);
// A result (taken) as send() and throw() give it.
Value generator_finish_step(Thread *t, Generator *g, GenResult outcome, Value result);

#endif
