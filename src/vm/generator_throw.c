// Throwing into generators and closing them, down the chain of those that they delegate to.
#include "vm/generator_throw.h"

#include "objects/error.h"
#include "objects/names.h"
#include "objects/tuple.h"
#include "vm/exec.h"
#include "vm/generator.h"
#include "vm/trace.h"

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
  if (!raise_thrown(t, args, nargs) || generator_is_reused(t, g)) return V_NULL;
  Value result;
  GenResult outcome = generator_resume(t, g, V_NONE, true, &result);
  return generator_finish_step(t, g, outcome, result);
}

// The delegate of an entered generator is through with `value`: the generator goes on behind its SEND. value owned.
static Value finish_delegation(Thread *t, Generator *g, Value value) {
  Value result;
  const Inst *yield = g->frame.pc, *send = yield - 1;
  while (a16_load_rlx(&send->op) != X_SEND) send--;
  ref_set(t, &g->slots[yield->a - 1], value);
  ref_clear(t, &g->slots[yield->a]);
  GenResult outcome = generator_run(t, g, send + send->bc, false, &result);
  return generator_finish_step(t, g, outcome, result);
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
  GenResult outcome = generator_run_throwing(t, g, &result);
  return generator_finish_step(t, g, outcome, result);
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
  if (!generator_link(t, g, w.was, GENERATOR_ENTRY) || !generator_has_stack(t, g)) return v_drop(t, pending), V_NULL;
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
    if (!generator_claim(t, g, &w.was)) {
      return w.was == GEN_RUNNING ? raise_value_error(t, "%s already executing", generator_kind(g)) : throw_here(t, g, args, nargs);
    }
    delegate = generator_delegate_of(g);   // another thread may have resumed the generator since we looked
    bool closing = !v_is_null(delegate) && close_on_exit && is_generator_exit(args[0]);
    if (closing || v_is_null(delegate) || !is_plain_delegate(delegate)) {
      delegate = v_own(t, delegate);
      Value result = throw_at_end(t, w, delegate, args, nargs, closing);
      v_drop(t, delegate);
      return result;
    }
    if (!generator_link(t, g, w.was, GENERATOR_ENTRY) || !generator_has_stack(t, g)) return V_NULL;
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
void generator_end_fresh(Thread *t, Generator *g) {
  if (!generator_enter(t, g, GENERATOR_ENTRY)) return;
  if (g->was_fresh) generator_end(t, g, false);
  else generator_step_back(t, g);   // another thread has begun it meanwhile
}

// Ends one that never ran for a tracer to see: GeneratorExit is raised before its first line. 0, -1.
static int close_traced_fresh(Thread *t, Generator *g) {
  Value exit = exception_new(t, &exc_GeneratorExit, NULL, 0), result;
  if (v_is_null(exit)) return -1;
  error_restore(t, exit);
  GenResult outcome = generator_resume(t, g, V_NONE, true, &result);
  v_drop(t, result);
  if (outcome == GEN_RAISED && (error_matches(t, &exc_GeneratorExit) || error_matches(t, &exc_StopIteration))) error_clear(t);
  return error_pending(t) ? -1 : 0;
}

// A claimed generator, whose delegate is closed (rc < 0: by an exception, which is pending), is closed itself. 0, -1.
static int close_claimed(Thread *t, Waiting w, int rc) {
  Generator *g = w.generator;
  Value pending = error_fetch(t), result;
  if (!generator_link(t, g, w.was, GENERATOR_ENTRY) || !generator_has_stack(t, g)) return v_drop(t, pending), -1;
  if (rc == 0) pending = exception_new(t, &exc_GeneratorExit, NULL, 0);
  if (v_is_null(pending)) return generator_step_back(t, g), -1;
  error_restore(t, pending);
  GenResult outcome = generator_run_throwing(t, g, &result);
  v_drop(t, result);
  if (outcome == GEN_YIELDED) return raise_error(t, &exc_RuntimeError, "%s ignored GeneratorExit", generator_kind(g)), -1;
  if (outcome == GEN_RETURNED && object_shape(&g->ob) != SHAPE_ASYNC_GENERATOR) return 0;
  if (outcome == GEN_RETURNED) {    // CPython takes this end for an error
    error_restore(t, exception_new(t, &exc_StopAsyncIteration, NULL, 0));
    return -1;
  }
  if (!error_matches(t, &exc_StopIteration) && !error_matches(t, &exc_GeneratorExit)) return -1;
  error_clear(t);
  return 0;
}

// Claims a chain of generators down to the first that delegates to no other one, and closes what that delegates to. 0, -1.
static int close_down(Thread *t, Generator *g, Chain *chain) {
  for (;;) {
    Waiting w = {.generator = g};
    if (generator_state(g) == GEN_CREATED) {
      if (unlikely(trace_is_on()) && trace_wants(t) && t->vm->tracing == 0) return close_traced_fresh(t, g);
      generator_end_fresh(t, g);
    }
    if (error_pending(t) || chain_reserve(t, chain) < 0) return -1;
    if (!generator_claim(t, g, &w.was)) return w.was == GEN_RUNNING ? raise_value_error(t, "%s already executing", generator_kind(g)), -1 : 0;
    chain->items[chain->count++] = w;
    Value delegate = generator_delegate_of(g);
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

Value generator_close(Thread *t, Generator *g) {
  Chain chain;
  chain.count = chain.capacity = 0, chain.items = NULL;
  int rc = close_down(t, g, &chain);
  while (chain.count) rc = close_claimed(t, chain.items[--chain.count], rc);
  chain_free(t, &chain);
  return rc < 0 ? V_NULL : V_NONE;
}
