// Generators and coroutines: resuming, delegating, throwing into and closing them.
#include "vm/generator.h"

#include <sched.h>
#include <stddef.h>

#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"
#include "vm/call.h"
#include "vm/slow.h"
#include "vm/trace.h"

static const char *kind_name(Generator *g) {
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

Value generator_from_frame(Thread *t, Frame *f) {
  Code *c = frame_code(f);
  uint32_t shape = c->flags & CO_COROUTINE ? SHAPE_COROUTINE : c->flags & CO_ASYNC_GENERATOR ? SHAPE_ASYNC_GENERATOR : SHAPE_GENERATOR;
  uint32_t n = f->exec->frame_size, locals = f->exec->nlocals;
  Generator *g = (Generator *)heap_new_object(t, shape, sizeof *g + n * sizeof(Ref));
  if (!g) return raise_no_memory(t);
  Function *fn = frame_function(f);
  g->name = v_own(t, fn->name);
  g->qualname = v_own(t, fn->qualname);
  g->code = v_refer(t, v_from_obj(c));
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

// Claims it to run. Whose only reference is the caller's, nobody else can claim; nor can anybody just now where there is a GIL.
static inline bool claim_to_run(Thread *t, Generator *g, uint32_t *was) {
  uint32_t state = a32_load_rlx(&g->state);
  bool alone = !OBJECT_BIASED || object_is_unique(t, &g->ob);
  if (unlikely(!alone || (state != GEN_SUSPENDED && state != GEN_CREATED))) return claim(t, g, false, was);
  *was = state;
  a32_store_rlx(&g->state, GEN_RUNNING);
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

bool generator_enter(Thread *t, Generator *g, uint64_t ret) {
  uint32_t state;
  if (unlikely(!claim_to_run(t, g, &state))) {
    if (state == GEN_RUNNING) raise_value_error(t, "%s already executing", kind_name(g));
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
    raise_from_pending(t, &exc_RuntimeError, "%s raised StopIteration", kind_name(g));
  } else if (object_shape(&g->ob) == SHAPE_ASYNC_GENERATOR && error_matches(t, &exc_StopAsyncIteration)) {
    raise_from_pending(t, &exc_RuntimeError, "%s raised StopAsyncIteration", kind_name(g));
  }
}

// Runs an entered generator from `start`.
static GenResult run(Thread *t, Generator *g, const Inst *start, bool throwing, Value *result) {
  *result = vm_run(t, &g->frame, start, throwing);
  if (v_is_null(*result)) return GEN_RAISED;
  return t->vm->yielded ? GEN_YIELDED : GEN_RETURNED;
}

#define ENTRY RET_WORD(RET_ENTRY, 0, 0, 0)

// An entered generator will be run by a C call of vm_run. False: there is no stack for that; it is as before.
static bool has_stack(Thread *t, Generator *g) {
  if (likely(!thread_stack_low(t))) return true;
  generator_step_back(t, g);
  raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded");
  return false;
}
static bool enter_from_c(Thread *t, Generator *g) { return generator_enter(t, g, ENTRY) && has_stack(t, g); }

// An entered generator goes on with the pending exception, whose context is what the generator was handling.
static GenResult run_throwing(Thread *t, Generator *g, Value *result) {
  if (!v_is_null(g->exc.value) && !v_is_none(g->exc.value)) {
    Value pending = error_fetch(t);
    raise_object(t, pending);
    v_drop(t, pending);
  }
  return run(t, g, g->frame.pc, true, result);
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
    return run_throwing(t, g, result);
  }
  if (g->was_fresh && !v_is_none(arg)) {
    generator_step_back(t, g);
    raise_type_error(t, "can't send non-None value to a just-started %s", kind_name(g));
    return GEN_RAISED;
  }
  const Inst *pc = g->frame.pc;
  g->slots[pc->a] = ref_from(v_own(t, arg));
  return run(t, g, pc + 1, false, result);
}

// What a claimed generator that is suspended delegates to, borrowed; V_NULL: nothing.
static Value delegate_of(const Generator *g) {
  const Inst *pc = g->frame.pc;
  if (a16_load_rlx(&pc->op) != X_YIELD || !pc->b) return V_NULL;
  return ref_value(g->slots[pc->a - 1]);
}

Value generator_delegate(Thread *t, Generator *g) {
  GenState state;
  if (!generator_look(t, g, &state)) return V_NULL;
  Value v = state == GEN_SUSPENDED ? v_own(t, delegate_of(g)) : V_NULL;
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

static bool reused_coroutine(Thread *t, Generator *g) {
  if (object_shape(&g->ob) != SHAPE_COROUTINE || generator_state(g) != GEN_DONE) return false;
  error_clear(t);     // what was to be thrown
  raise_error(t, &exc_RuntimeError, "cannot reuse already awaited coroutine");
  return true;
}

// A result as send() and throw() give it.
static Value finish_step(Thread *t, Generator *g, GenResult outcome, Value result) {
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
  if (reused_coroutine(t, g)) return V_NULL;
  Value result;
  GenResult outcome = generator_resume(t, g, arg, false, &result);
  return finish_step(t, g, outcome, result);
}

GenResult iterator_send(Thread *t, Value it, Value v, Value *result) {
  if (v_is_exact(it, SHAPE_GENERATOR) || v_is_exact(it, SHAPE_COROUTINE)) {
    if (reused_coroutine(t, v_generator(it))) {
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

// --- Throwing and closing -------------------------------------------------------------------------------------------------------------

static bool is_plain_delegate(Value v) { return v_is_exact(v, SHAPE_GENERATOR) || v_is_exact(v, SHAPE_COROUTINE); }

// Generators that wait for what they delegate to, outermost first. Each is claimed, and so keeps the next one alive. However many they are,
// they take neither the C stack nor a level of the recursion limit.
typedef struct Waiting { Generator *generator; uint32_t was; } Waiting;   // the state it was claimed in
typedef struct Chain { Waiting *items; size_t count, capacity; Waiting few[8]; } Chain;   // never copied

// Room for one more. 0, -1 MemoryError.
static int chain_reserve(Thread *t, Chain *c) {
  if (c->count < c->capacity) return 0;
  if (!c->capacity) {
    c->items = c->few;
    c->capacity = sizeof c->few / sizeof *c->few;
    return 0;
  }
  Waiting *items = heap_alloc(t, c->capacity * 2 * sizeof(Waiting));
  if (!items) return raise_no_memory(t), -1;
  memcpy(items, c->items, c->count * sizeof(Waiting));
  if (c->items != c->few) heap_free(t, c->items);
  c->items = items;
  c->capacity *= 2;
  return 0;
}
static void chain_free(Thread *t, Chain *c) {
  if (c->items && c->items != c->few) heap_free(t, c->items);
}

// Closes what has a method for it. 0, -1.
static int close_other(Thread *t, Value delegate) {
  Value close;
  int found = object_lookup_attr(t, delegate, N(close), &close);
  if (found < 0) error_write_unraisable(t, NULL, delegate);
  if (found <= 0) return 0;
  Value r = object_call0(t, close);
  v_drop(t, close);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

static Value generator_close(Thread *t, Generator *g);
static int close_delegate(Thread *t, Value delegate) {
  if (!is_plain_delegate(delegate)) return close_other(t, delegate);
  return v_is_null(generator_close(t, v_generator(delegate))) ? -1 : 0;
}

// Makes the exception of throw()'s arguments pending. False: the arguments are wrong (TypeError pending instead).
static bool raise_thrown(Thread *t, const Value *args, size_t nargs) {
  Value type = args[0], value = nargs > 1 ? args[1] : V_NONE, tb = nargs > 2 ? args[2] : V_NONE, exc;
  if (!v_is_none(tb) && !v_is_exact(tb, SHAPE_TRACEBACK)) {
    raise_type_error(t, "throw() third argument must be a traceback object");
    return false;
  }
  if (v_is_exception_class(type)) {
    if (v_is_exception(value) && type_is_subtype(v_type(value), v_as_type(type))) exc = v_own(t, value);
    else if (v_is_none(value)) exc = object_call0(t, type);
    else if (v_is_tuple(value)) exc = object_call_ex(t, type, value, V_NULL);
    else exc = object_call1(t, type, value);
    if (v_is_null(exc)) return true;   // what its making raised is what is thrown
    if (!v_is_exception(exc)) {
      raise_type_error(t, "calling %R should have returned an instance of BaseException, not %T", type, exc);
      v_drop(t, exc);
      return true;
    }
  } else if (v_is_exception(type)) {
    if (!v_is_none(value)) {
      raise_type_error(t, "instance exception may not have a separate value");
      return false;
    }
    exc = v_own(t, type);
  } else {
    raise_type_error(t, "exceptions must be classes or instances deriving from BaseException, not %T", type);
    return false;
  }
  if (!v_is_none(tb)) exception_set_traceback(t, exc, tb);
  error_restore(t, exc);
  return true;
}

static Value throw_here(Thread *t, Generator *g, const Value *args, size_t nargs) {
  if (!raise_thrown(t, args, nargs) || reused_coroutine(t, g)) return V_NULL;
  Value result;
  GenResult outcome = generator_resume(t, g, V_NONE, true, &result);
  return finish_step(t, g, outcome, result);
}

// The delegate of an entered generator is through with `value`: the generator goes on behind its SEND. value owned.
static Value finish_delegation(Thread *t, Generator *g, Value value) {
  Value result;
  const Inst *yield = g->frame.pc, *send = yield - 1;
  while (a16_load_rlx(&send->op) != X_SEND) send--;
  ref_set(t, &g->slots[yield->a - 1], value);
  ref_clear(t, &g->slots[yield->a]);
  GenResult outcome = run(t, g, send + send->bc, false, &result);
  return finish_step(t, g, outcome, result);
}

// Throws into a delegate that is no generator. 1: *result is its answer (V_NULL: raised); 0: it takes no exceptions; -1: an exception of the
// look for its throw, which is not the generator's to see.
static int throw_into_other(Thread *t, Value delegate, const Value *args, size_t nargs, Value *result) {
  Value method;
  int found = object_lookup_attr(t, delegate, N(throw), &method);
  if (found <= 0) return found;
  *result = object_call(t, method, args, nargs, V_NULL);
  v_drop(t, method);
  return 1;
}

static bool is_generator_exit(Value v) {
  Type *type = v_is_exception_class(v) ? v_as_type(v) : v_is_exception(v) ? v_type(v) : NULL;
  return type && type_is_subtype(type, &exc_GeneratorExit);
}

// An entered generator goes on with what its delegate raised when it was thrown into, or closed.
static Value delegate_raised(Thread *t, Generator *g, bool closing) {
  Value value, result;
  if (!closing && take_stop_iteration(t, &value)) return finish_delegation(t, g, value);
  GenResult outcome = run_throwing(t, g, &result);
  return finish_step(t, g, outcome, result);
}

// Throws into a claimed generator that delegates to no other one, or closes its delegate first. Meanwhile it counts as running, but its frame
// is not on the stack.
static Value throw_at_end(Thread *t, Waiting w, Value delegate, const Value *args, size_t nargs, bool closing) {
  Generator *g = w.generator;
  Value answer = V_NULL;
  int done = 0;
  if (closing) done = close_delegate(t, delegate) < 0;
  else if (!v_is_null(delegate)) done = throw_into_other(t, delegate, args, nargs, &answer);
  if (done <= 0 || !v_is_null(answer)) {
    a32_store_rel(&g->state, w.was);
    return done == 0 ? throw_here(t, g, args, nargs) : answer;
  }
  Value pending = error_fetch(t);
  if (!link_claimed(t, g, w.was, ENTRY) || !has_stack(t, g)) return v_drop(t, pending), V_NULL;
  error_restore(t, pending);
  return delegate_raised(t, g, closing);
}

// The first generator of a chain that has no plain generator to hand the exception on to gets it; those before it wait, their frames on the
// stack.
static Value throw_down(Thread *t, Generator *g, const Value *args, size_t nargs, bool close_on_exit, Chain *chain) {
  for (;;) {
    Waiting w = {.generator = g};
    Value delegate = generator_delegate(t, g);
    bool delegates = !v_is_null(delegate);
    v_drop(t, delegate);
    if (!delegates) return throw_here(t, g, args, nargs);
    if (chain_reserve(t, chain) < 0) return V_NULL;
    if (!claim_to_run(t, g, &w.was)) {
      return w.was == GEN_RUNNING ? raise_value_error(t, "%s already executing", kind_name(g)) : throw_here(t, g, args, nargs);
    }
    delegate = delegate_of(g);   // another thread may have resumed the generator since we looked
    bool closing = !v_is_null(delegate) && close_on_exit && is_generator_exit(args[0]);
    if (closing || v_is_null(delegate) || !is_plain_delegate(delegate)) {
      delegate = v_own(t, delegate);
      Value result = throw_at_end(t, w, delegate, args, nargs, closing);
      v_drop(t, delegate);
      return result;
    }
    if (!link_claimed(t, g, w.was, ENTRY) || !has_stack(t, g)) return V_NULL;
    t->py_depth--;
    chain->items[chain->count++] = w;
    g = v_generator(delegate);
  }
}

Value generator_throw(Thread *t, Generator *g, const Value *args, size_t nargs, bool close_on_exit) {
  Chain chain;
  chain.count = chain.capacity = 0, chain.items = NULL;
  Value answer = throw_down(t, g, args, nargs, close_on_exit, &chain);
  while (chain.count) {
    g = chain.items[--chain.count].generator;
    t->py_depth++;
    if (v_is_null(answer)) answer = delegate_raised(t, g, false);
    else generator_suspend(t, g);
  }
  chain_free(t, &chain);
  return answer;
}

// Ends one that never ran.
static void end_fresh(Thread *t, Generator *g) {
  if (!generator_enter(t, g, ENTRY)) return;
  if (g->was_fresh) generator_end(t, g, false);
  else generator_step_back(t, g);   // another thread has begun it meanwhile
}

// A claimed generator, whose delegate is closed (rc < 0: by an exception, which is pending), is closed itself. 0, -1.
static int close_claimed(Thread *t, Waiting w, int rc) {
  Generator *g = w.generator;
  Value pending = error_fetch(t), result;
  if (!link_claimed(t, g, w.was, ENTRY) || !has_stack(t, g)) return v_drop(t, pending), -1;
  if (rc == 0) pending = exception_new(t, &exc_GeneratorExit, NULL, 0);
  if (v_is_null(pending)) return generator_step_back(t, g), -1;
  error_restore(t, pending);
  GenResult outcome = run_throwing(t, g, &result);
  v_drop(t, result);
  if (outcome == GEN_YIELDED) return raise_error(t, &exc_RuntimeError, "%s ignored GeneratorExit", kind_name(g)), -1;
  if (outcome == GEN_RETURNED) return 0;
  if (!error_matches(t, &exc_StopIteration) && !error_matches(t, &exc_GeneratorExit)) return -1;
  error_clear(t);
  return 0;
}

// Claims a chain of generators down to the first that delegates to no other one, and closes what that delegates to. 0, -1.
static int close_down(Thread *t, Generator *g, Chain *chain) {
  for (;;) {
    Waiting w = {.generator = g};
    if (generator_state(g) == GEN_CREATED) end_fresh(t, g);
    if (error_pending(t) || chain_reserve(t, chain) < 0) return -1;
    if (!claim_to_run(t, g, &w.was)) return w.was == GEN_RUNNING ? raise_value_error(t, "%s already executing", kind_name(g)), -1 : 0;
    chain->items[chain->count++] = w;
    Value delegate = delegate_of(g);
    if (v_is_null(delegate)) return 0;
    if (!is_plain_delegate(delegate)) {
      delegate = v_own(t, delegate);
      int rc = close_other(t, delegate);
      v_drop(t, delegate);
      return rc;
    }
    g = v_generator(delegate);
  }
}

static Value generator_close(Thread *t, Generator *g) {
  Chain chain;
  chain.count = chain.capacity = 0, chain.items = NULL;
  int rc = close_down(t, g, &chain);
  while (chain.count) rc = close_claimed(t, chain.items[--chain.count], rc);
  chain_free(t, &chain);
  return rc < 0 ? V_NULL : V_NONE;
}

// --- Finalisation -----------------------------------------------------------------------------------------------------------------------

static void warn_unawaited(Thread *t, Value coroutine) {
  Value modules = module_sys_modules_hook(t), warnings = V_NULL, fn = V_NULL;
  if (!v_is_null(modules)) warnings = object_getitem(t, modules, N(warnings));
  error_clear(t);
  if (!v_is_null(warnings)) object_lookup_attr(t, warnings, N(_warn_unawaited_coroutine), &fn);
  error_clear(t);
  bool warned = false;
  if (!v_is_null(fn)) {
    Value r = object_call1(t, fn, coroutine);
    warned = !v_is_null(r) || error_matches(t, &exc_RuntimeWarning);
    if (v_is_null(r)) error_write_unraisable(t, NULL, coroutine);
    v_drop(t, r);
  }
  if (!warned && warn(t, &exc_RuntimeWarning, 1, "coroutine '%S' was never awaited", v_generator(coroutine)->qualname) < 0) {
    error_write_unraisable(t, NULL, coroutine);
  }
  v_drop(t, fn);
  v_drop(t, warnings);
  v_drop(t, modules);
}

void generator_finalize(Thread *t, Value self) {
  Generator *g = v_generator(self);
  GenState state = generator_state(g);
  if (state == GEN_DONE || state == GEN_RUNNING) return;
  Value pending = error_fetch(t), r = V_NONE;
  if (!v_is_null(g->finalizer) && !a8_load_rlx(&g->closed)) {
    r = object_call1(t, g->finalizer, self);
    if (v_is_null(r)) error_write_unraisable(t, NULL, self);
  } else {
    if (state == GEN_CREATED && object_shape(&g->ob) == SHAPE_COROUTINE) {
      warn_unawaited(t, self);
      if (generator_state(g) == GEN_CREATED) end_fresh(t, g);
    } else {
      r = generator_close(t, g);
    }
    if (v_is_null(r) || error_pending(t)) error_write_unraisable(t, NULL, self);
  }
  v_drop(t, r);
  if (!v_is_null(pending)) error_restore(t, pending);
}

void generator_clear(Thread *t, Object *o) {
  Generator *g = (Generator *)o;
  if (a32_load_rlx(&g->state) != GEN_DONE && a32_load_rlx(&g->state) != GEN_RUNNING) {
    a32_store_rlx(&g->state, GEN_DONE);
    g->frame.previous = NULL;
    frame_finish(t, &g->frame);
  }
  v_clear(t, &g->exc.value);
  v_clear(t, &g->finalizer);
  v_clear(t, &g->origin);
}

void generator_dealloc(Thread *t, Object *o) {
  Generator *g = (Generator *)o;
  generator_clear(t, o);
  v_clear(t, &g->code);
  v_clear(t, &g->name);
  v_clear(t, &g->qualname);
  heap_free_object(t, o);
}

void generator_traverse(Object *o, GcVisit visit, void *arg) {
  Generator *g = (Generator *)o;
  gc_visit_referred(g->code, visit, arg);
  gc_visit_value(g->exc.value, visit, arg);
  gc_visit_value(g->finalizer, visit, arg);
  gc_visit_value(g->origin, visit, arg);
  if (a32_load_rlx(&g->state) == GEN_DONE) return;
  for (uint32_t i = 0; i < g->nslots; i++) {
    if (ref_is_owned(g->slots[i])) gc_visit_value(ref_value(g->slots[i]), visit, arg);
  }
  if (ref_is_owned(g->frame.function)) gc_visit_value(ref_value(g->frame.function), visit, arg);
  gc_visit_value(g->frame.locals, visit, arg);
  if (g->frame.object) visit(&g->frame.object->ob, true, arg);
}

// --- Attributes and methods -----------------------------------------------------------------------------------------------------------

static Value *name_field(Value self, void *closure) { return (Value *)(void *)((char *)v_obj(self) + (uintptr_t)closure); }

Value generator_get_name(Thread *t, Value self, void *closure) {
  Value v;
  CRITICAL_BEGIN(t, v_obj(self));
  v = v_own(t, *name_field(self, closure));
  CRITICAL_END(t);
  return v;
}

int generator_set_name(Thread *t, Value self, Value value, void *closure) {
  if (v_is_null(value) || !v_is_str(value)) {
    raise_type_error(t, "%s must be set to a string object", (uintptr_t)closure == offsetof(Generator, name) ? "__name__" : "__qualname__");
    return -1;
  }
  Value old, fresh = v_own(t, value);
  CRITICAL_BEGIN(t, v_obj(self));
  old = *name_field(self, closure);
  *name_field(self, closure) = fresh;
  CRITICAL_END(t);
  v_drop(t, old);
  return 0;
}

Value generator_get_frame(Thread *t, Value self, void *closure) {
  (void)closure;
  Generator *g = v_generator(self);
  return generator_frame_object(t, g);
}
Value generator_get_running(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(generator_state(v_generator(self)) == GEN_RUNNING);
}
Value generator_get_suspended(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(generator_state(v_generator(self)) == GEN_SUSPENDED);
}
Value generator_get_delegate(Thread *t, Value self, void *closure) {
  (void)closure;
  Value v = generator_delegate(t, v_generator(self));
  return v_is_null(v) ? V_NONE : v;
}

Value generator_repr(Thread *t, Value self) {
  Value name = generator_get_name(t, self, (void *)offsetof(Generator, qualname));
  Value r = str_from_format(t, "<%T object %S at %p>", self, name, (void *)v_obj(self));
  v_drop(t, name);
  return r;
}

static Value generator_next(Thread *t, Value self) {
  Generator *g = v_generator(self);
  GenResult outcome;
  Value result;
  uint32_t was;
  // What sum, any, list and their like do for each item, without the questions that only send and throw raise.
  if (likely(!thread_stack_low(t) && t->py_depth < vm_depth_limit) && likely(claim_to_run(t, g, &was))) {
    link_claimed(t, g, was, ENTRY);
    const Inst *pc = g->frame.pc;
    g->slots[pc->a] = ref_from(V_NONE);
    outcome = run(t, g, pc + 1, false, &result);
  } else {
    outcome = generator_resume(t, g, V_NONE, false, &result);
  }
  if (likely(outcome != GEN_RETURNED)) return result;
  if (!v_is_none(result)) set_stop_iteration(t, result);
  v_drop(t, result);
  return V_NULL;
}

static Value iter_self(Thread *t, Value self) { return v_own(t, self); }

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define NO_KW (void)nargs, (void)kwnames

METHOD(method_send) {
  NO_KW;
  return generator_send(t, v_generator(self), args[0]);
}
METHOD(method_throw) {
  if (native_no_keywords(t, v_is_exact(self, SHAPE_COROUTINE) ? "coroutine.throw" : "generator.throw", kwnames) < 0 || native_check_positional(t, "throw", nargs, 1, 3) < 0) return V_NULL;
  return generator_throw(t, v_generator(self), args, nargs, true);
}
METHOD(method_close) {
  (void)args;
  NO_KW;
  return generator_close(t, v_generator(self));
}

static const NativeDef generator_methods[] = {
    {"send($self, arg, /)", method_send, "Resumes the generator, whose yield results in arg, up to its next yield.", NATIVE_NO_SIGNATURE},
    {"throw($self, value, /)", method_throw, "Resumes the generator with an exception, up to its next yield.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"close($self, /)", method_close, "Has GeneratorExit raised where the generator waits.", NATIVE_NO_SIGNATURE},
    {0},
};
#define NAME_GETSET                                                                                              \
  {"__name__", generator_get_name, generator_set_name, "What it is called", (void *)offsetof(Generator, name)},                   \
  {"__qualname__", generator_get_name, generator_set_name, "What it is called, and inside of what", (void *)offsetof(Generator, qualname)}
static const GetSetDef generator_getset[] = {
    NAME_GETSET,
    {"gi_yieldfrom", generator_get_delegate, NULL, "The iterator that a yield from goes through just now, or None", NULL},
    {"gi_running", generator_get_running, NULL, NULL, NULL},
    {"gi_frame", generator_get_frame, NULL, NULL, NULL},
    {"gi_suspended", generator_get_suspended, NULL, NULL, NULL},
    {0},
};
static const MemberDef generator_members[] = {{"gi_code", MEMBER_VALUE, offsetof(Generator, code), true, NULL}, {0}};

#define GENERATOR_MEMORY .finalize = generator_finalize, .dealloc = generator_dealloc, .traverse = generator_traverse, .clear = generator_clear

Type type_generator, type_coroutine, type_coroutine_wrapper;
static const TypeSpec spec_generator = {
    .name = "generator",
    .size = sizeof(Generator),
    .item_size = sizeof(Ref),
    .flags = TYPE_WEAKREF | TYPE_NO_INSTANTIATE | TYPE_VARSIZE,
    .slots = {.repr = generator_repr, .iter = iter_self, .iternext = generator_next, GENERATOR_MEMORY},
    .methods = generator_methods,
    .getset = generator_getset,
    .members = generator_members,
};

// --- Coroutines -------------------------------------------------------------------------------------------------------------------------

typedef struct CoroutineWrapper { Object ob; Value coroutine; } CoroutineWrapper;

static Value coroutine_await(Thread *t, Value self) {
  CoroutineWrapper *w = (CoroutineWrapper *)heap_new_object(t, SHAPE_COROUTINE_WRAPPER, sizeof *w);
  if (!w) return raise_no_memory(t);
  w->coroutine = v_own(t, self);
  return v_from_obj(w);
}

static const NativeDef coroutine_methods[] = {
    {"send($self, arg, /)", method_send, "Resumes the coroutine, whose await results in arg, until it waits again.", NATIVE_NO_SIGNATURE},
    {"throw($self, value, /)", method_throw, "Resumes the coroutine with an exception, until it waits again.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"close($self, /)", method_close, "Has GeneratorExit raised where the coroutine waits.", NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef coroutine_getset[] = {
    NAME_GETSET,
    {"cr_await", generator_get_delegate, NULL, "What it awaits just now, or None", NULL},
    {"cr_running", generator_get_running, NULL, NULL, NULL},
    {"cr_frame", generator_get_frame, NULL, NULL, NULL},
    {"cr_suspended", generator_get_suspended, NULL, NULL, NULL},
    {0},
};
static const MemberDef coroutine_members[] = {
    {"cr_code", MEMBER_VALUE, offsetof(Generator, code), true, NULL},
    {"cr_origin", MEMBER_VALUE, offsetof(Generator, origin), true, NULL},
    {0},
};
static const TypeSpec spec_coroutine = {
    .name = "coroutine",
    .size = sizeof(Generator),
    .item_size = sizeof(Ref),
    .flags = TYPE_WEAKREF | TYPE_NO_INSTANTIATE | TYPE_VARSIZE,
    .slots = {.repr = generator_repr, .await = coroutine_await, GENERATOR_MEMORY},
    .methods = coroutine_methods,
    .getset = coroutine_getset,
    .members = coroutine_members,
};

static Generator *wrapped(Value self) { return v_generator(((CoroutineWrapper *)v_obj(self))->coroutine); }

static Value wrapper_next(Thread *t, Value self) { return generator_send(t, wrapped(self), V_NONE); }
METHOD(wrapper_send) {
  NO_KW;
  return generator_send(t, wrapped(self), args[0]);
}
METHOD(wrapper_throw) {
  if (native_no_keywords(t, "coroutine_wrapper.throw", kwnames) < 0 || native_check_positional(t, "throw", nargs, 1, 3) < 0) return V_NULL;
  return generator_throw(t, wrapped(self), args, nargs, true);
}
METHOD(wrapper_close) {
  (void)args;
  NO_KW;
  return generator_close(t, wrapped(self));
}

static void wrapper_clear(Thread *t, Object *o) { v_clear(t, &((CoroutineWrapper *)o)->coroutine); }
static void wrapper_dealloc(Thread *t, Object *o) {
  wrapper_clear(t, o);
  heap_free_object(t, o);
}
static void wrapper_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((CoroutineWrapper *)o)->coroutine, visit, arg); }

static const NativeDef wrapper_methods[] = {
    {"send($self, arg, /)", wrapper_send, "Resumes the coroutine, whose await results in arg, until it waits again.", NATIVE_NO_SIGNATURE},
    {"throw($self, value, /)", wrapper_throw, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"close($self, /)", wrapper_close, "Has GeneratorExit raised where the coroutine waits.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_coroutine_wrapper = {
    .name = "coroutine_wrapper",
    .size = sizeof(CoroutineWrapper),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.iter = iter_self, .iternext = wrapper_next, .dealloc = wrapper_dealloc, .traverse = wrapper_traverse, .clear = wrapper_clear},
    .methods = wrapper_methods,
    .doc = "What awaits a coroutine, step by step.",
};

bool generator_init(Thread *t) {
  return type_ready(t, &type_generator, &spec_generator, SHAPE_GENERATOR) && type_ready(t, &type_coroutine, &spec_coroutine, SHAPE_COROUTINE) &&
         type_ready(t, &type_coroutine_wrapper, &spec_coroutine_wrapper, SHAPE_COROUTINE_WRAPPER);
}

// --- Awaiting ---------------------------------------------------------------------------------------------------------------------------

Value awaitable_iterator(Thread *t, Value v) {
  if (v_is_exact(v, SHAPE_COROUTINE)) return v_own(t, v);
  if (v_is_exact(v, SHAPE_GENERATOR) && v_code(v_generator(v)->code)->flags & CO_ITERABLE_COROUTINE) return v_own(t, v);
  if (!v_type(v)->slots.await) return raise_type_error(t, "object %T can't be used in 'await' expression", v);
  Value it = v_type(v)->slots.await(t, v);
  if (v_is_null(it)) return it;
  bool coroutine = v_is_exact(it, SHAPE_COROUTINE) || (v_is_exact(it, SHAPE_GENERATOR) && v_code(v_generator(it)->code)->flags & CO_ITERABLE_COROUTINE);
  if (coroutine) raise_type_error(t, "__await__() returned a coroutine");
  else if (!object_is_iterator(it)) raise_type_error(t, "__await__() returned non-iterator of type '%T'", it);
  else return it;
  v_drop(t, it);
  return V_NULL;
}

Value async_get_awaitable(Thread *t, Value v, unsigned where) {
  Value it = awaitable_iterator(t, v);
  if (v_is_null(it)) {
    if (where && !v_type(v)->slots.await && error_matches(t, &exc_TypeError)) {
      error_clear(t);
      raise_type_error(t, "'async with' received an object from %s that does not implement __await__: %T",
                       where == 1 ? "__aenter__" : "__aexit__", v);
    }
    return it;
  }
  Value delegate = v_is_exact(it, SHAPE_COROUTINE) ? generator_delegate(t, v_generator(it)) : V_NULL;
  if (!v_is_null(delegate)) {
    v_drop(t, delegate);
    v_drop(t, it);
    return raise_error(t, &exc_RuntimeError, "coroutine is being awaited already");
  }
  return it;
}

Value async_get_aiter(Thread *t, Value v) {
  if (!v_type(v)->slots.aiter) return raise_type_error(t, "'async for' requires an object with __aiter__ method, got %T", v);
  Value it = v_type(v)->slots.aiter(t, v);
  if (v_is_null(it) || v_type(it)->slots.anext) return it;
  raise_type_error(t, "'async for' received an object from __aiter__ that does not implement __anext__: %T", it);
  v_drop(t, it);
  return V_NULL;
}

Value async_get_anext(Thread *t, Value aiter) {
  if (!v_type(aiter)->slots.anext) return raise_type_error(t, "'async for' requires an iterator with __anext__ method, got %T", aiter);
  Value next = v_type(aiter)->slots.anext(t, aiter);
  if (v_is_null(next) || v_is_exact(aiter, SHAPE_ASYNC_GENERATOR)) return next;
  Value it = awaitable_iterator(t, next);
  if (v_is_null(it)) {
    Value cause = error_fetch(t);
    raise_type_error(t, "'async for' received an invalid object from __anext__: %T", next);
    Value exc = error_fetch(t);
    exception_set_cause(t, exc, cause);
    exception_set_context(t, exc, cause);
    v_drop(t, cause);
    error_restore(t, exc);
  }
  v_drop(t, next);
  return it;
}
