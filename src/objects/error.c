// Making, raising and chaining exceptions from C.
#include "objects/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "objects/locked_field.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Value (*error_handled_hook)(Thread *t);
int (*warn_hook)(Thread *t, Type *category, Value message, int stack_level);
void (*error_unraisable_hook)(Thread *t, Value exc, const char *message, Value where);

Type exc_BaseException;
#define EXC_DEFINE(name, base) Type exc_##name;
EXCEPTION_TYPES(EXC_DEFINE)
#undef EXC_DEFINE

// --- Exceptions as objects --------------------------------------------------------------------------------------------------------

Value exception_alloc(Thread *t, Type *type, const Value *args, size_t nargs) {
  Value self = type->slots.alloc(t, type, 0);
  if (v_is_null(self)) return V_NULL;
  Value tuple = tuple_from(t, args, nargs);
  if (v_is_null(tuple)) {
    v_drop(t, self);
    return V_NULL;
  }
  v_exc(self)->args = tuple;
  return self;
}

Value exception_new(Thread *t, Type *type, const Value *args, size_t nargs) {
  // BaseException's own __new__ and __init__ come to keeping the arguments.
  if (type->slots.new == exc_BaseException.slots.new && type->slots.init == exc_BaseException.slots.init)
    return exception_alloc(t, type, args, nargs);
  return object_call(t, v_from_obj(type), args, nargs, V_NULL);
}

static void field_set(Thread *t, Value exc, Value *field, Value borrowed) {
  bool none = v_is_null(borrowed) || v_is_none(borrowed);
  locked_field_set(t, v_obj(exc), field, none ? V_NULL : v_own(t, borrowed));
}

Value exception_get_traceback(Thread *t, Value exc) {
  Value tb = locked_field(t, v_obj(exc), &v_exc(exc)->traceback);
  return v_is_null(tb) ? V_NONE : tb;
}

Value exception_get_context(Thread *t, Value exc) { return locked_field(t, v_obj(exc), &v_exc(exc)->context); }
Value exception_get_cause(Thread *t, Value exc) { return locked_field(t, v_obj(exc), &v_exc(exc)->cause); }

void exception_set_traceback(Thread *t, Value exc, Value tb) { field_set(t, exc, &v_exc(exc)->traceback, tb); }
void exception_set_context(Thread *t, Value exc, Value context) { field_set(t, exc, &v_exc(exc)->context, context); }
void exception_set_cause(Thread *t, Value exc, Value cause) {
  a8_store_rlx(&v_exc(exc)->suppress_context, 1);
  field_set(t, exc, &v_exc(exc)->cause, cause);
}

// --- Raising ----------------------------------------------------------------------------------------------------------------------

// Cuts the link by which `exc` would become its own ancestor when it takes `context` as its context.
static void break_context_cycle(Thread *t, Value exc, Value context) {
  Value o = v_own(t, context), slow = v_own(t, context);
  bool move_slow = false;
  for (;;) {
    Value next = exception_get_context(t, o);
    if (v_is_null(next)) break;
    if (v_is(next, exc)) {
      exception_set_context(t, o, V_NULL);
      v_drop(t, next);
      break;
    }
    v_drop(t, o);
    o = next;
    if (v_is(o, slow)) break;  // a cycle that does not hold exc: leave it
    if (move_slow) {
      next = exception_get_context(t, slow);
      v_drop(t, slow);
      slow = next;
      if (v_is_null(slow)) break;  // another thread has cut the chain behind us
    }
    move_slow = !move_slow;
  }
  v_drop(t, o);
  v_drop(t, slow);
}

Value raise_object(Thread *t, Value exc) {
  Value handled = error_handled_hook ? error_handled_hook(t) : V_NULL;
  if (!v_is_null(handled) && !v_is_none(handled) && !v_is(handled, exc)) {
    break_context_cycle(t, exc, handled);
    exception_set_context(t, exc, handled);
  }
  error_restore(t, v_own(t, exc));
  return V_NULL;
}

static Value raise_new(Thread *t, Type *type, const Value *args, size_t nargs) {
  Value exc = exception_new(t, type, args, nargs);
  if (v_is_null(exc)) return V_NULL;
  raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

Value raise_value(Thread *t, Type *type, Value arg) { return raise_new(t, type, &arg, 1); }

Value raise_errorv(Thread *t, Type *type, const char *format, va_list ap) {
  Value message = str_from_formatv(t, format, ap);
  if (v_is_null(message) && (!error_matches(t, &exc_Exception) || error_matches(t, &exc_MemoryError))) return V_NULL;
  if (v_is_null(message)) error_clear(t);     // a repr() that fails leaves the error without a message
  raise_new(t, type, &message, v_is_null(message) ? 0 : 1);
  v_drop(t, message);
  return V_NULL;
}

#define RAISE_FORMATTED(type)               \
  va_list ap;                               \
  va_start(ap, format);                     \
  raise_errorv(t, type, format, ap);        \
  va_end(ap);                               \
  return V_NULL

Value raise_error(Thread *t, Type *type, const char *format, ...) { RAISE_FORMATTED(type); }
Value raise_type_error(Thread *t, const char *format, ...) { RAISE_FORMATTED(&exc_TypeError); }
Value raise_value_error(Thread *t, const char *format, ...) { RAISE_FORMATTED(&exc_ValueError); }
Value raise_overflow(Thread *t, const char *format, ...) { RAISE_FORMATTED(&exc_OverflowError); }
Value raise_system_error(Thread *t, const char *format, ...) { RAISE_FORMATTED(&exc_SystemError); }

Value raise_key_error(Thread *t, Value key) { return raise_value(t, &exc_KeyError, key); }

Value raise_stop_iteration(Thread *t, Value value) {
  if (v_is_null(value) || v_is_none(value)) return raise_new(t, &exc_StopIteration, NULL, 0);
  return raise_value(t, &exc_StopIteration, value);
}

Value raise_attribute_error(Thread *t, Value obj, Value name) {
  Value message;
  if (v_is_type(obj)) message = str_from_format(t, "type object '%.50U' has no attribute '%U'", v_as_type(obj)->name, name);
  else message = str_from_format(t, "'%.100T' object has no attribute '%U'", obj, name);
  if (v_is_null(message)) return V_NULL;
  Value exc = exception_new(t, &exc_AttributeError, &message, 1);
  v_drop(t, message);
  if (v_is_null(exc)) return V_NULL;
  AttributeErrorException *e = (AttributeErrorException *)v_obj(exc);
  e->name = v_own(t, name);
  e->obj = v_own(t, obj);
  raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

Value raise_errno(Thread *t, int err, Value filename, Value filename2) {
  char buffer[256];
  const char *text = strerror_r(err, buffer, sizeof buffer);
  Value args[5] = {v_from_smi(err), str_decode_fs(t, text, strlen(text)), filename, V_NONE, filename2};
  if (v_is_null(args[1])) return V_NULL;
  size_t n = v_is_null(filename) ? 2 : v_is_null(filename2) ? 3 : 5;
  Value exc = object_call(t, v_from_obj(&exc_OSError), args, n, V_NULL);
  v_drop(t, args[1]);
  if (v_is_null(exc)) return V_NULL;
  raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

bool error_matches(Thread *t, Type *type) { return t->exc && type_is_subtype(object_type(t->exc), type); }

void error_chain(Thread *t, Value previous) {
  if (v_is_null(previous)) return;
  if (!t->exc) {
    error_restore(t, previous);
    return;
  }
  Value now = v_from_obj(t->exc);
  if (v_is(now, previous)) {
    v_drop(t, previous);
    return;
  }
  break_context_cycle(t, now, previous);
  exception_set_context(t, now, previous);
  v_drop(t, previous);
}

void error_write_unraisable(Thread *t, const char *message, Value where) {
  Value exc = error_fetch(t);
  if (v_is_null(exc)) return;
  if (error_unraisable_hook) error_unraisable_hook(t, exc, message, where);
  error_clear(t);
  v_drop(t, exc);
}

int (*warn_explicit_hook)(Thread *t, Type *category, Value message, Value filename, int lineno);
int warn_explicit(Thread *t, Type *category, Value message, Value filename, int lineno) {
  return warn_explicit_hook ? warn_explicit_hook(t, category, message, filename, lineno) : 0;
}

int warn(Thread *t, Type *category, int stack_level, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  Value message = str_from_formatv(t, format, ap);
  va_end(ap);
  if (v_is_null(message)) return -1;
  int r = warn_hook ? warn_hook(t, category, message, stack_level) : 0;
  v_drop(t, message);
  return r;
}
