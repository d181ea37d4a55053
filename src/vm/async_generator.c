// Asynchronous generators: what asend, athrow and aclose return, and the awaitable of anext(it, default).
#include "vm/async_generator.h"

#include <stddef.h>

#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/awaitable.h"
#include "vm/generator.h"
#include "vm/generator_throw.h"
#include "vm/generator_type.h"

// A value on its way out of an asynchronous generator: tells a yield from what an inner await passes through.
typedef struct WrappedValue { Object ob; Value value; } WrappedValue;

enum { STEP_INIT, STEP_ITER, STEP_CLOSED };   // Step.state
// An awaitable that steps an asynchronous generator: asend (args = the value sent) or athrow (args = throw's tuple; null: aclose).
typedef struct Step {
  Object ob;
  Generator *generator;   // owned
  Value args;             // owned or null
  a8 state;               // STEP_*: relaxed, for what it guards is claimed by the generator's own flags
} Step;

static Step *v_step(Value v) { return (Step *)v_obj(v); }
static bool step_is(const Step *s, uint8_t state) { return a8_load_rlx(&s->state) == state; }
static void step_set(Step *s, uint8_t state) { a8_store_rlx(&s->state, state); }

// From the first send or throw until the generator yields or ends nobody else may step it.
static bool claim_running(Generator *g) { return a8_cas_acq(&g->running_async, 0, 1); }
static void end_running(Generator *g) { a8_store_rel(&g->running_async, 0); }

Value async_wrapped_value(Thread *t, Value v) {
  WrappedValue *w = (WrappedValue *)heap_new_object(t, SHAPE_ASYNC_GENERATOR_WRAPPED, sizeof *w);
  if (!w) return raise_no_memory(t);
  w->value = v_own(t, v);
  return v_from_obj(w);
}

static Value step_new(Thread *t, uint32_t shape, Value generator, Value args) {
  Step *s = (Step *)heap_new_object(t, shape, sizeof *s);
  if (!s) return raise_no_memory(t);
  s->generator = v_generator(v_own(t, generator));
  s->args = v_own(t, args);
  return v_from_obj(s);
}

// What the generator answered: a yield ends the awaiting with StopIteration(value); the end closes the generator.
static Value unwrap(Thread *t, Generator *g, Value result) {
  if (v_is_null(result)) {
    if (!error_pending(t)) raise_bare(t, &exc_StopAsyncIteration);
    if (error_matches(t, &exc_StopAsyncIteration) || error_matches(t, &exc_GeneratorExit)) a8_store_rlx(&g->closed, 1);
    end_running(g);
    return V_NULL;
  }
  if (!v_is_exact(result, SHAPE_ASYNC_GENERATOR_WRAPPED)) return result;
  set_stop_iteration(t, ((WrappedValue *)v_obj(result))->value);
  v_drop(t, result);
  end_running(g);
  return V_NULL;
}

// --- asend --------------------------------------------------------------------------------------------------------------------------

static Value asend_send(Thread *t, Step *s, Value arg) {
  Generator *g = s->generator;
  if (step_is(s, STEP_CLOSED)) return raise_error(t, &exc_RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  if (step_is(s, STEP_INIT)) {
    if (!claim_running(g)) return raise_error(t, &exc_RuntimeError, "anext(): asynchronous generator is already running");
    if (v_is_none(arg)) arg = s->args;
    step_set(s, STEP_ITER);
  }
  Value r = unwrap(t, g, generator_send(t, g, arg));
  if (v_is_null(r)) step_set(s, STEP_CLOSED);
  return r;
}

// throw() into the generator with arguments that nobody has counted yet.
static Value throw_counted(Thread *t, Generator *g, const Value *args, size_t nargs) {
  return native_check_positional(t, "throw", nargs, 1, 3) < 0 ? V_NULL : generator_throw(t, g, args, nargs, true);
}

static Value asend_throw(Thread *t, Step *s, const Value *args, size_t nargs) {
  if (step_is(s, STEP_CLOSED)) return raise_error(t, &exc_RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  Value r = unwrap(t, s->generator, throw_counted(t, s->generator, args, nargs));
  if (v_is_null(r)) step_set(s, STEP_CLOSED);
  return r;
}

// --- athrow and aclose ----------------------------------------------------------------------------------------------------------------

static Value ignored_exit(Thread *t, Step *s, Value result) {
  v_drop(t, result);
  end_running(s->generator);
  step_set(s, STEP_CLOSED);
  return raise_error(t, &exc_RuntimeError, "async generator ignored GeneratorExit");
}

// For aclose the two exceptions that end a generator mean that all went well.
static Value athrow_raised(Thread *t, Step *s) {
  if (v_is_null(s->args) && (error_matches(t, &exc_StopAsyncIteration) || error_matches(t, &exc_GeneratorExit))) {
    error_clear(t);
    set_stop_iteration(t, V_NONE);
  }
  return V_NULL;
}

static Value athrow_failed(Thread *t, Step *s) {
  end_running(s->generator);
  step_set(s, STEP_CLOSED);
  return athrow_raised(t, s);
}

// Whether athrow or aclose may begin. False: not, and the exception is set.
static bool athrow_claim(Thread *t, Step *s, Value arg) {
  Generator *g = s->generator;
  if (!claim_running(g)) {
    step_set(s, STEP_CLOSED);
    raise_error(t, &exc_RuntimeError, "%s(): asynchronous generator is already running", v_is_null(s->args) ? "aclose" : "athrow");
    return false;
  }
  if (a8_load_rlx(&g->closed)) {
    step_set(s, STEP_CLOSED);
    raise_bare(t, &exc_StopAsyncIteration);
  } else if (!v_is_none(arg)) {
    raise_error(t, &exc_RuntimeError, "can't send non-None value to a just-started coroutine");
  } else {
    step_set(s, STEP_ITER);
    return true;
  }
  end_running(g);
  return false;
}

static Value athrow_begin(Thread *t, Step *s, Value arg) {
  Generator *g = s->generator;
  if (!athrow_claim(t, s, arg)) return V_NULL;
  if (v_is_null(s->args)) {
    a8_store_rlx(&g->closed, 1);
    Value exit = v_from_obj(&exc_GeneratorExit), r = generator_throw(t, g, &exit, 1, false);
    if (v_is_null(r)) return athrow_failed(t, s);
    return v_is_exact(r, SHAPE_ASYNC_GENERATOR_WRAPPED) ? ignored_exit(t, s, r) : r;
  }
  Tuple *args = v_tuple(s->args);
  // Their number is looked at this late, and the generator stays claimed if it is wrong.
  if (native_check_positional(t, "athrow", (size_t)args->length, 1, 3) < 0) return V_NULL;
  Value r = unwrap(t, g, generator_throw(t, g, args->items, (size_t)args->length, false));
  return v_is_null(r) ? athrow_failed(t, s) : r;
}

static Value athrow_send(Thread *t, Step *s, Value arg) {
  Generator *g = s->generator;
  if (step_is(s, STEP_CLOSED)) return raise_error(t, &exc_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  if (generator_state(g) == GEN_DONE) {
    step_set(s, STEP_CLOSED);
    return raise_bare(t, &exc_StopIteration);
  }
  if (step_is(s, STEP_INIT)) return athrow_begin(t, s, arg);
  Value r = generator_send(t, g, arg);
  if (!v_is_null(s->args)) return unwrap(t, g, r);
  if (v_is_null(r)) return athrow_failed(t, s);
  return v_is_exact(r, SHAPE_ASYNC_GENERATOR_WRAPPED) ? ignored_exit(t, s, r) : r;
}

// Unlike a send that fails, a throw leaves the generator claimed and the awaitable usable.
static Value athrow_throw(Thread *t, Step *s, const Value *args, size_t nargs) {
  if (step_is(s, STEP_CLOSED)) return raise_error(t, &exc_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  Value r = throw_counted(t, s->generator, args, nargs);
  if (!v_is_null(s->args)) return unwrap(t, s->generator, r);
  if (!v_is_null(r) && v_is_exact(r, SHAPE_ASYNC_GENERATOR_WRAPPED)) return ignored_exit(t, s, r);
  return v_is_null(r) ? athrow_raised(t, s) : r;
}

// --- The types of steps -----------------------------------------------------------------------------------------------------------------

static Value step_send(Thread *t, Value self, Value arg) {
  return v_is_exact(self, SHAPE_ASYNC_GENERATOR_ASEND) ? asend_send(t, v_step(self), arg) : athrow_send(t, v_step(self), arg);
}
static Value step_next(Thread *t, Value self) { return step_send(t, self, V_NONE); }
static Value iter_self(Thread *t, Value self) { return v_own(t, self); }

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define NO_KW (void)nargs, (void)kwnames

METHOD(step_method_send) {
  NO_KW;
  return step_send(t, self, args[0]);
}
METHOD(step_method_throw) {
  bool asend = v_is_exact(self, SHAPE_ASYNC_GENERATOR_ASEND);
  if (native_no_keywords(t, asend ? "async_generator_asend.throw" : "async_generator_athrow.throw", kwnames) < 0) return V_NULL;
  return asend ? asend_throw(t, v_step(self), args, nargs) : athrow_throw(t, v_step(self), args, nargs);
}
METHOD(step_method_close) {
  (void)t, (void)args;
  NO_KW;
  step_set(v_step(self), STEP_CLOSED);
  return V_NONE;
}

static void step_clear(Thread *t, Object *o) {
  Step *s = (Step *)o;
  Generator *g = s->generator;
  s->generator = NULL;
  v_drop(t, v_from_obj(g));
  v_clear(t, &s->args);
}
static void step_dealloc(Thread *t, Object *o) {
  step_clear(t, o);
  heap_free_object(t, o);
}
static void step_traverse(Object *o, GcVisit visit, void *arg) {
  Step *s = (Step *)o;
  if (s->generator) visit(&s->generator->ob, true, arg);
  gc_visit_value(s->args, visit, arg);
}

static const NativeDef step_methods[] = {
    {"send($self, arg, /)", step_method_send, NULL, NATIVE_NO_SIGNATURE},
    {"throw($self, value, /)", step_method_throw, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"close($self, /)", step_method_close, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
Type type_async_generator_asend, type_async_generator_athrow, type_async_generator_wrapped_value;
#define STEP_SPEC(name_)                                                                                     \
  {.name = name_, .size = sizeof(Step), .flags = TYPE_NO_INSTANTIATE,                                        \
   .slots = {.await = iter_self, .iter = iter_self, .iternext = step_next, .dealloc = step_dealloc,          \
             .traverse = step_traverse, .clear = step_clear},                                                \
   .methods = step_methods}
static const TypeSpec spec_asend = STEP_SPEC("async_generator_asend"), spec_athrow = STEP_SPEC("async_generator_athrow");

static void wrapped_clear(Thread *t, Object *o) { v_clear(t, &((WrappedValue *)o)->value); }
static void wrapped_dealloc(Thread *t, Object *o) {
  wrapped_clear(t, o);
  heap_free_object(t, o);
}
static void wrapped_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((WrappedValue *)o)->value, visit, arg); }
static const TypeSpec spec_wrapped = {
    .name = "async_generator_wrapped_value", .size = sizeof(WrappedValue), .flags = TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = wrapped_dealloc, .traverse = wrapped_traverse, .clear = wrapped_clear}};

// --- The generator's type -----------------------------------------------------------------------------------------------------------------

// On the first step the thread's hooks are told of the generator.
static bool init_hooks(Thread *t, Value self) {
  Generator *g = v_generator(self);
  if (!a8_cas_acqrel(&g->hooks_inited, 0, 1)) return true;
  g->finalizer = v_own(t, t->vm->asyncgen_finalizer);
  Value firstiter = v_own(t, t->vm->asyncgen_firstiter);
  if (v_is_null(firstiter)) return true;
  Value r = object_call1(t, firstiter, self);
  v_drop(t, firstiter);
  v_drop(t, r);
  return !v_is_null(r);
}

static Value async_next(Thread *t, Value self) {
  return init_hooks(t, self) ? step_new(t, SHAPE_ASYNC_GENERATOR_ASEND, self, V_NONE) : V_NULL;
}
METHOD(async_asend) {
  NO_KW;
  return init_hooks(t, self) ? step_new(t, SHAPE_ASYNC_GENERATOR_ASEND, self, args[0]) : V_NULL;
}
METHOD(async_athrow) {
  if (native_no_keywords(t, "async_generator.athrow", kwnames) < 0) return V_NULL;
  if (!init_hooks(t, self)) return V_NULL;
  Value tuple = tuple_from(t, args, nargs);
  Value r = v_is_null(tuple) ? V_NULL : step_new(t, SHAPE_ASYNC_GENERATOR_ATHROW, self, tuple);
  v_drop(t, tuple);
  return r;
}
METHOD(async_aclose) {
  (void)args;
  NO_KW;
  return init_hooks(t, self) ? step_new(t, SHAPE_ASYNC_GENERATOR_ATHROW, self, V_NULL) : V_NULL;
}
static Value get_running(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(a8_load_rlx(&v_generator(self)->running_async));
}

static const NativeDef async_methods[] = {
    {"asend($self, value, /)", async_asend, "Resumes the generator; the yield it waits at results in v.", NATIVE_NO_SIGNATURE},
    {"athrow($self, value, /)", async_athrow, "Resumes the generator with an exception.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"aclose($self, /)", async_aclose, "Has GeneratorExit raised where the generator waits.", NATIVE_NO_SIGNATURE},
    {"__class_getitem__($type, object, /)", generic_alias_class_getitem, "See PEP 585", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef async_getset[] = {
    {"__name__", generator_get_name, generator_set_name, "What the generator is called", (void *)offsetof(Generator, name)},
    {"__qualname__", generator_get_name, generator_set_name,
     "What the generator is called, and inside of what", (void *)offsetof(Generator, qualname)},
    {"ag_await", generator_get_delegate, NULL, "What it awaits just now, or None", NULL},
    {"ag_frame", generator_get_frame, NULL, NULL, NULL},
    {0},
};
static const GetSetDef async_computed[] = {{"ag_running", get_running, NULL, NULL, NULL}, {0}};
static const MemberDef async_members[] = {{"ag_code", MEMBER_VALUE, offsetof(Generator, code), true, NULL}, {0}};

Type type_async_generator;
static const TypeSpec spec_async_generator = {
    .name = "async_generator",
    .size = sizeof(Generator),
    .item_size = sizeof(Ref),
    .flags = TYPE_WEAKREF | TYPE_NO_INSTANTIATE | TYPE_VARSIZE,
    .slots = {.repr = generator_repr, .aiter = iter_self, .anext = async_next, .finalize = generator_finalize,
              .dealloc = generator_dealloc, .traverse = generator_traverse, .clear = generator_clear},
    .methods = async_methods,
    .getset = async_getset,
    .computed_members = async_computed,
    .members = async_members,
};

// --- anext(iterator, default) -------------------------------------------------------------------------------------------------------------

typedef struct AnextAwaitable { Object ob; Value wrapped, default_; } AnextAwaitable;
static Type type_anext_awaitable;

Value async_anext_awaitable(Thread *t, Value awaitable, Value default_) {
  AnextAwaitable *a = (AnextAwaitable *)heap_new_object(t, type_anext_awaitable.shape, sizeof *a);
  if (!a) return raise_no_memory(t);
  a->wrapped = v_own(t, awaitable);
  a->default_ = v_own(t, default_);
  return v_from_obj(a);
}

// The iterator behind it, owned.
static Value anext_iterator(Thread *t, Value self) {
  Value it = awaitable_iterator(t, ((AnextAwaitable *)v_obj(self))->wrapped);
  if (v_is_null(it) || object_is_iterator(it)) return it;
  // A coroutine can't be stepped as an iterator: its __await__ can.
  Value inner = v_type(it)->slots.await(t, it);
  v_drop(t, it);
  if (v_is_null(inner) || object_is_iterator(inner)) return inner;
  raise_type_error(t, "__await__ must return an iterable, not %T", inner);
  v_drop(t, inner);
  return V_NULL;
}

// The end of the iteration becomes the default.
static Value anext_result(Thread *t, Value self, Value r) {
  if (!v_is_null(r) || !error_pending(t) || !error_matches(t, &exc_StopAsyncIteration)) return r;
  Value default_ = ((AnextAwaitable *)v_obj(self))->default_, end = error_fetch(t);
  if (!v_is_tuple(default_) && !v_is_exception(default_)) {
    v_drop(t, end);
    set_stop_iteration(t, default_);
    return V_NULL;
  }
  // For these CPython calls StopIteration while the end is still pending, which its check of every call's outcome forbids.
  raise_system_error(t, "%R returned a result with an exception set", v_from_obj(&exc_StopIteration));
  Value exc = error_fetch(t);
  exception_set_cause(t, exc, end);
  exception_set_context(t, exc, end);
  v_drop(t, end);
  error_restore(t, exc);
  return V_NULL;
}

static Value anext_next(Thread *t, Value self) {
  Value it = anext_iterator(t, self);
  if (v_is_null(it)) return it;
  Value r = v_type(it)->slots.iternext(t, it);
  v_drop(t, it);
  return anext_result(t, self, r);
}

static Value anext_proxy(Thread *t, Value self, Value name, const Value *args, size_t nargs) {
  Value it = anext_iterator(t, self);
  if (v_is_null(it)) return it;
  Value method = object_getattr(t, it, name);
  v_drop(t, it);
  if (v_is_null(method)) return method;
  Value r = object_call(t, method, args, nargs, V_NULL);
  v_drop(t, method);
  return anext_result(t, self, r);
}

// As CPython, which has the argument of send() go through a format string: a tuple is spread.
METHOD(anext_send) {
  NO_KW;
  bool spread = nargs == 1 && v_is_tuple(args[0]);
  return anext_proxy(t, self, N(send), spread ? v_tuple(args[0])->items : args, spread ? (size_t)v_tuple(args[0])->length : nargs);
}
METHOD(anext_throw) { return native_no_keywords(t, "anext_awaitable.throw", kwnames) < 0 ? V_NULL : anext_proxy(t, self, N(throw), args, nargs); }
METHOD(anext_close) { return native_no_keywords(t, "anext_awaitable.close", kwnames) < 0 ? V_NULL : anext_proxy(t, self, N(close), args, nargs); }

static void anext_clear(Thread *t, Object *o) {
  v_clear(t, &((AnextAwaitable *)o)->wrapped);
  v_clear(t, &((AnextAwaitable *)o)->default_);
}
static void anext_dealloc(Thread *t, Object *o) {
  anext_clear(t, o);
  heap_free_object(t, o);
}
static void anext_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((AnextAwaitable *)o)->wrapped, visit, arg);
  gc_visit_value(((AnextAwaitable *)o)->default_, visit, arg);
}

static const NativeDef anext_methods[] = {
    {"send($self, arg, /)", anext_send, NULL, NATIVE_NO_SIGNATURE},
    {"throw($self, /, *args)", anext_throw, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"close($self, /, *args)", anext_close, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_anext_awaitable = {
    .name = "anext_awaitable", .size = sizeof(AnextAwaitable), .flags = TYPE_NO_INSTANTIATE,
    .slots = {.await = iter_self, .iter = iter_self, .iternext = anext_next, .dealloc = anext_dealloc, .traverse = anext_traverse, .clear = anext_clear},
    .methods = anext_methods};

bool async_generator_init(Thread *t) {
  return type_ready(t, &type_async_generator, &spec_async_generator, SHAPE_ASYNC_GENERATOR) &&
         type_ready(t, &type_async_generator_asend, &spec_asend, SHAPE_ASYNC_GENERATOR_ASEND) &&
         type_ready(t, &type_async_generator_athrow, &spec_athrow, SHAPE_ASYNC_GENERATOR_ATHROW) &&
         type_ready(t, &type_async_generator_wrapped_value, &spec_wrapped, SHAPE_ASYNC_GENERATOR_WRAPPED) &&
         type_ready(t, &type_anext_awaitable, &spec_anext_awaitable, 0);
}
