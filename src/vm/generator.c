// Generators and coroutines: making them, and running them from one yield to the next.
#include "vm/generator.h"

#include <sched.h>

#include "gc/heap_inline.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/tuple.h"
#include "threading/critical.h"
#include "vm/call.h"
#include "vm/exec.h"
#include "vm/trace.h"

const char *generator_kind(const Generator *g) {
  switch (object_shape(&g->ob)) {
    case SHAPE_COROUTINE: return "coroutine";
    case SHAPE_ASYNC_GENERATOR: return "async generator";
    default: return "generator";
  }
}

// --- Making -------------------------------------------------------------------------------------------------------------------------

// cr_origin: where a coroutine was made, as (file, line, function) of the innermost frames. None if not asked for.
static Value coroutine_origin(Thread *t, Frame *f) {
  int depth = t->vm->coroutine_origin_depth, n = 0;
  if (depth == 0) return V_NULL;
  for (Frame *g = f; g && n < depth; g = g->previous) n++;
  Value result = tuple_new(t, n);
  if (v_is_null(result)) return V_NULL;
  for (int i = 0; i < n; i++, f = f->previous) {
    Value entry = tuple_pack(t, 3, frame_code(f)->filename, v_from_smi(frame_line(f)), frame_code(f)->name);
    if (v_is_null(entry)) {
      v_drop(t, result);
      return V_NULL;
    }
    v_tuple(result)->items[i] = entry;
  }
  return result;
}

// A generator whose fields the caller fills at once, before anything else happens. NULL: no memory.
static inline Generator *allocate(Thread *t, uint32_t shape, size_t size) {
  Object *o = likely(size <= SMALL_MAX) ? heap_take_object(t->heap, PAGE_GC, (uint32_t)(size + 15) >> 4) : NULL;
  if (unlikely(!o)) return (Generator *)heap_new_object(t, shape, size);
  object_header_init(t, o, shape, GC_TRACKED);
  return (Generator *)o;
}

Value generator_from_frame(Thread *t, Frame *f) {
  Code *c = frame_code(f);
  uint32_t shape = c->flags & CO_COROUTINE ? SHAPE_COROUTINE : c->flags & CO_ASYNC_GENERATOR ? SHAPE_ASYNC_GENERATOR : SHAPE_GENERATOR;
  uint32_t n = f->exec->frame_size, locals = f->exec->nlocals;
  Generator *g = allocate(t, shape, sizeof *g + n * sizeof(Ref));
  if (!g) return raise_no_memory(t);
  const Function *fn = frame_function(f);
  bool own = likely(v_obj(v_load_acq(&fn->code)) == &c->ob);   // else a generator expression that borrows its maker's (vm/comprehension.h)
  g->name = v_own(t, own ? fn->name : c->name);
  g->qualname = v_own(t, own ? fn->qualname : c->qualname);
  g->code = v_refer(t, v_from_obj(c));
  a8_store_rlx(&g->closed, 0);
  a8_store_rlx(&g->running_async, 0);
  a8_store_rlx(&g->hooks_inited, 0);
  g->finalizer = g->origin = V_NULL;
  g->exc = (ExcItem){V_NULL, NULL};
  g->nslots = n;
  for (uint32_t i = 0; i < locals; i++) g->slots[i] = ref_from(ref_take(t, &f->fp[i]));
  for (uint32_t i = locals; i < n; i++) g->slots[i] = REF_UNBOUND;
  g->frame = *f;
  g->frame.fp = g->slots;
  g->frame.previous = NULL;
  g->frame.ret = RET_GENERATOR;
  g->frame.function = ref_from(ref_to_owned(t, f->function));
  ref_close(t, f->function);
  f->function = REF_UNBOUND;
  f->locals = V_NULL;
  if (f->object) {
    aptr_store_rel(&f->object->frame, &g->frame);
    f->object = NULL;
  }
  a32_store_rel(&g->state, GEN_CREATED);
  Value v = v_from_obj(g);
  if (shape == SHAPE_COROUTINE && t->vm->coroutine_origin_depth) {
    g->origin = coroutine_origin(t, f->previous);
    if (v_is_null(g->origin)) {
      v_drop(t, v);
      return V_NULL;
    }
  }
  return v;
}

// --- Resuming -----------------------------------------------------------------------------------------------------------------------

static void wait_for_look(void) {
  for (int i = 0; i < 64; i++) __builtin_ia32_pause();
  sched_yield();   // the one that looks may have lost its processor
}

// With a GIL nobody else looks at the state just now, and a locked instruction would take as long as all the rest. Nor does anybody where
// the generator's owner is in a section entered in its own way, for others have ended that way before they try to change the state.
static inline bool change_state(Thread *t, Generator *g, uint32_t from, uint32_t to) {
  if (unlikely(!critical_enter_as_owner(t, CRITICAL_LOCK(g)))) return a32_cas_acq(&g->state, from, to);
  bool same = a32_load_acq(&g->state) == from;
  if (likely(same)) a32_store_rlx(&g->state, to);
  critical_leave_as_owner(t);
  return same;
}

// Moves a generator that nobody runs to `claim` (GEN_RUNNING, or its own state with GEN_LOOKED). False: it runs or is done. *was: the state
// found. Acquire pairs with the release store of whoever had it before.
static bool claim(Thread *t, Generator *g, bool look, uint32_t *was) {
  if (!object_is_own(t, &g->ob)) critical_end_owners_way(t, CRITICAL_LOCK(g));
  for (;;) {
    uint32_t state = a32_load_rlx(&g->state);
    if (state & GEN_LOOKED) {
      wait_for_look();
      continue;
    }
    *was = state;
    if (state == GEN_RUNNING || state == GEN_DONE) return false;
    if (change_state(t, g, state, look ? state | GEN_LOOKED : GEN_RUNNING)) return true;
  }
}

bool generator_look(Thread *t, Generator *g, GenState *state) {
  uint32_t was;
  bool claimed = claim(t, g, true, &was);
  *state = (GenState)was;
  return claimed;
}

void generator_look_away(Generator *g) { a32_store_rel(&g->state, a32_load_rlx(&g->state) & ~(uint32_t)GEN_LOOKED); }

GenState generator_state(const Generator *g) { return (GenState)(a32_load_acq(&g->state) & ~(uint32_t)GEN_LOOKED); }

// Claims it to run. Whose only reference is the caller's, nobody else can claim; nor can anybody just now where there is a GIL. Whoever calls
// sum or next holds it a second time: then its owner looks at the state once more, in its own section.
static inline bool claim_to_run(Thread *t, Generator *g, uint32_t *was) {
  uint32_t state = a32_load_rlx(&g->state);
  if (unlikely(state != GEN_SUSPENDED && state != GEN_CREATED)) return claim(t, g, false, was);
  if (OBJECT_BIASED && !object_is_unique(t, &g->ob)) {
    if (unlikely(!critical_enter_as_owner(t, CRITICAL_LOCK(g)))) return claim(t, g, false, was);
    bool same = a32_load_acq(&g->state) == state;
    if (likely(same)) a32_store_rlx(&g->state, GEN_RUNNING);
    critical_leave_as_owner(t);
    if (unlikely(!same)) return claim(t, g, false, was);
  } else {
    a32_store_rlx(&g->state, GEN_RUNNING);
  }
  *was = state;
  return true;
}

// Puts the frame of a claimed generator, which was in the state `was`, on top. False: the stack is exhausted, and the claim given up.
static inline bool link_claimed(Thread *t, Generator *g, uint32_t was, uint64_t ret) {
  if (unlikely(t->py_depth >= vm_depth_limit)) {
    a32_store_rel(&g->state, was);
    return frame_depth_exceeded(t);
  }
  g->was_fresh = was == GEN_CREATED;
  Frame *caller = t->frame;
  g->over = frame_next_record(t, caller);
  g->top = frame_stack_top(t, caller);
  g->frame.previous = caller;
  g->frame.ret = ret | RET_GENERATOR;
  g->frame.traced = trace_frame_is_traced(t, g->frame.exec);
  g->exc.previous = t->vm->exc;
  t->vm->exc = &g->exc;
  t->py_depth++;
  t->frame = &g->frame;
  return true;
}

bool generator_claim(Thread *t, Generator *g, uint32_t *was) { return claim_to_run(t, g, was); }
bool generator_link(Thread *t, Generator *g, uint32_t was, uint64_t ret) { return link_claimed(t, g, was, ret); }

bool generator_enter(Thread *t, Generator *g, uint64_t ret) {
  uint32_t state;
  if (unlikely(!claim_to_run(t, g, &state))) {
    if (state == GEN_RUNNING) raise_value_error(t, "%s already executing", generator_kind(g));
    return false;
  }
  return link_claimed(t, g, state, ret);
}

static void leave(Thread *t, Generator *g) {
  t->vm->exc = g->exc.previous;
  g->exc.previous = NULL;
  t->frame = g->frame.previous;
  g->frame.previous = NULL;
  t->py_depth--;
}

void generator_suspend(Thread *t, Generator *g) {
  leave(t, g);
  a32_store_rel(&g->state, GEN_SUSPENDED);   // pairs with the CAS in claim
}

// Undoes generator_enter: the frame has not run.
void generator_step_back(Thread *t, Generator *g) {
  bool fresh = g->was_fresh;
  leave(t, g);
  a32_store_rel(&g->state, fresh ? GEN_CREATED : GEN_SUSPENDED);
}

// The pending exception becomes the cause of a RuntimeError.
static void raise_from_pending(Thread *t, Type *type, const char *format, const char *what) {
  Value cause = error_fetch(t);
  raise_error(t, type, format, what);
  Value exc = error_fetch(t);
  exception_set_cause(t, exc, cause);
  exception_set_context(t, exc, cause);
  v_drop(t, cause);
  error_restore(t, exc);
}

void generator_end(Thread *t, Generator *g, bool raised) {
  Value exc = error_fetch(t);
  a32_store_rlx(&g->state, GEN_DONE);
  v_clear(t, &g->exc.value);
  frame_finish(t, &g->frame);
  leave(t, g);
  if (!v_is_null(exc)) error_restore(t, exc);
  if (!raised) return;
  if (error_matches(t, &exc_StopIteration)) {
    raise_from_pending(t, &exc_RuntimeError, "%s raised StopIteration", generator_kind(g));
  } else if (object_shape(&g->ob) == SHAPE_ASYNC_GENERATOR && error_matches(t, &exc_StopAsyncIteration)) {
    raise_from_pending(t, &exc_RuntimeError, "%s raised StopAsyncIteration", generator_kind(g));
  }
}

// Runs an entered generator from `start`.
GenResult generator_run(Thread *t, Generator *g, const Inst *start, bool throwing, Value *result) {
  *result = vm_run(t, &g->frame, start, throwing);
  if (v_is_null(*result)) return GEN_RAISED;
  return t->vm->yielded ? GEN_YIELDED : GEN_RETURNED;
}

// An entered generator will be run by a C call of vm_run. False: there is no stack for that; it is as before.
bool generator_has_stack(Thread *t, Generator *g) {
  if (likely(!thread_stack_low(t))) return true;
  generator_step_back(t, g);
  raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded");
  return false;
}
static bool enter_from_c(Thread *t, Generator *g) { return generator_enter(t, g, GENERATOR_ENTRY) && generator_has_stack(t, g); }

// An entered generator goes on with the pending exception, whose context is what the generator was handling.
GenResult generator_run_throwing(Thread *t, Generator *g, Value *result) {
  if (!v_is_null(g->exc.value) && !v_is_none(g->exc.value)) {
    Value pending = error_fetch(t);
    raise_object(t, pending);
    v_drop(t, pending);
  }
  return generator_run(t, g, g->frame.pc, true, result);
}

GenResult generator_resume(Thread *t, Generator *g, Value arg, bool throwing, Value *result) {
  *result = V_NULL;
  Value pending = throwing ? error_fetch(t) : V_NULL;
  if (!enter_from_c(t, g)) {
    if (error_pending(t)) {
      v_drop(t, pending);
      return GEN_RAISED;
    }
    if (throwing) {
      error_restore(t, pending);
      return GEN_RAISED;
    }
    *result = V_NONE;
    return GEN_RETURNED;
  }
  if (throwing) {
    error_restore(t, pending);
    return generator_run_throwing(t, g, result);
  }
  if (g->was_fresh && !v_is_none(arg)) {
    generator_step_back(t, g);
    raise_type_error(t, "can't send non-None value to a just-started %s", generator_kind(g));
    return GEN_RAISED;
  }
  const Inst *pc = g->frame.pc;
  g->slots[pc->a] = ref_from(v_own(t, arg));
  return generator_run(t, g, pc + 1, false, result);
}

// What a claimed generator that is suspended delegates to, borrowed; V_NULL: nothing.
Value generator_delegate_of(const Generator *g) {
  const Inst *pc = g->frame.pc;
  if (a16_load_rlx(&pc->op) != X_YIELD || !pc->b) return V_NULL;
  return ref_value(g->slots[pc->a - 1]);
}

Value generator_delegate(Thread *t, Generator *g) {
  GenState state;
  if (!generator_look(t, g, &state)) return V_NULL;
  Value v = state == GEN_SUSPENDED ? v_own(t, generator_delegate_of(g)) : V_NULL;
  generator_look_away(g);
  return v;
}

Value raise_bare(Thread *t, Type *type) {
  Value exc = exception_new(t, type, NULL, 0);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

void set_stop_iteration(Thread *t, Value value) { raise_stop_iteration(t, value); }

bool take_stop_iteration(Thread *t, Value *value) {
  *value = V_NONE;
  if (!error_pending(t)) return true;
  if (!error_matches(t, &exc_StopIteration)) return false;
  Value exc = error_fetch(t), v = ((StopIterationException *)(void *)v_exc(exc))->value;
  *value = v_is_null(v) ? V_NONE : v_own(t, v);
  v_drop(t, exc);
  return true;
}

bool generator_is_reused(Thread *t, Generator *g) {
  if (object_shape(&g->ob) != SHAPE_COROUTINE || generator_state(g) != GEN_DONE) return false;
  error_clear(t);     // what was to be thrown
  raise_error(t, &exc_RuntimeError, "cannot reuse already awaited coroutine");
  return true;
}

// A result as send() and throw() give it.
Value generator_finish_step(Thread *t, Generator *g, GenResult outcome, Value result) {
  if (outcome != GEN_RETURNED) return result;
  if (object_shape(&g->ob) == SHAPE_ASYNC_GENERATOR) {
    raise_bare(t, &exc_StopAsyncIteration);
  } else {
    set_stop_iteration(t, result);
  }
  v_drop(t, result);
  return V_NULL;
}

Value generator_send(Thread *t, Generator *g, Value arg) {
  if (generator_is_reused(t, g)) return V_NULL;
  Value result;
  GenResult outcome = generator_resume(t, g, arg, false, &result);
  return generator_finish_step(t, g, outcome, result);
}

GenResult iterator_send(Thread *t, Value it, Value v, Value *result) {
  if (v_is_exact(it, SHAPE_GENERATOR) || v_is_exact(it, SHAPE_COROUTINE)) {
    if (generator_is_reused(t, v_generator(it))) {
      *result = V_NULL;
      return GEN_RAISED;
    }
    return generator_resume(t, v_generator(it), v, false, result);
  }
  if (v_is_none(v) && v_type(it)->slots.iternext) *result = v_type(it)->slots.iternext(t, it);
  else *result = object_call_method1(t, it, N(send), v);
  if (!v_is_null(*result)) return GEN_YIELDED;
  return take_stop_iteration(t, result) ? GEN_RETURNED : GEN_RAISED;
}

Value generator_next(Thread *t, Value self) {
  Generator *g = v_generator(self);
  GenResult outcome;
  Value result;
  uint32_t was;
  // What sum, any, list and their like do for each item, without the questions that only send and throw raise.
  if (likely(!thread_stack_low(t) && t->py_depth < vm_depth_limit) && likely(claim_to_run(t, g, &was))) {
    link_claimed(t, g, was, GENERATOR_ENTRY);
    const Inst *pc = g->frame.pc;
    g->slots[pc->a] = ref_from(V_NONE);
    outcome = generator_run(t, g, pc + 1, false, &result);
  } else {
    outcome = generator_resume(t, g, V_NONE, false, &result);
  }
  if (likely(outcome != GEN_RETURNED)) return result;
  if (!v_is_none(result)) set_stop_iteration(t, result);
  v_drop(t, result);
  return V_NULL;
}
