// The types generator and coroutine: finalisation, memory, attributes and methods.
#include "vm/generator_type.h"

#include <stddef.h>

#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/str.h"
#include "threading/critical.h"
#include "vm/generator.h"
#include "vm/generator_throw.h"

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
      if (generator_state(g) == GEN_CREATED) generator_end_fresh(t, g);
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
