// `raise` and `except`.
#include "vm/slow_raise.h"

#include "objects/error.h"
#include "objects/tuple.h"

static bool exc_type_is_valid(Value type) {
  if (!v_is_tuple(type)) return v_is_exception_class(type);
  for (int64_t i = 0; i < v_tuple(type)->length; i++) {
    if (!v_is_exception_class(v_tuple(type)->items[i])) return false;
  }
  return true;
}

static bool exc_matches(Value exc, Value type) {
  if (!v_is_tuple(type)) return type_is_subtype(v_type(exc), v_as_type(type));
  for (int64_t i = 0; i < v_tuple(type)->length; i++) {
    if (exc_matches(exc, v_tuple(type)->items[i])) return true;
  }
  return false;
}

bool slow_check_exc_match(Thread *t, Value exc, Value type, bool *match) {
  if (!exc_type_is_valid(type)) {
    raise_type_error(t, "catching classes that do not inherit from BaseException is not allowed");
    return false;
  }
  *match = exc_matches(exc, type);
  return true;
}

// An exception instance from what `raise` was given: owned, V_NULL with an exception.
static Value exception_from(Thread *t, Value v, const char *otherwise) {
  if (v_is_exception_class(v)) {
    Value exc = object_call0(t, v);
    if (v_is_null(exc) || v_is_exception(exc)) return exc;
    raise_type_error(t, "calling %R should have returned an instance of BaseException, not %R", v, v_from_obj(v_type(exc)));
    v_drop(t, exc);
    return V_NULL;
  }
  if (v_is_exception(v)) return v_own(t, v);
  return raise_type_error(t, otherwise);
}

bool slow_raise(Thread *t, Value v, Value cause) {
  Value exc = exception_from(t, v, "exceptions must derive from BaseException");
  if (v_is_null(exc)) return false;
  if (!v_is_absent(cause)) {
    Value fixed = v_is_none(cause) ? V_NONE : exception_from(t, cause, "exception causes must derive from BaseException");
    if (v_is_null(fixed)) {
      v_drop(t, exc);
      return false;
    }
    exception_set_cause(t, exc, fixed);
    v_drop(t, fixed);
  }
  raise_object(t, exc);
  v_drop(t, exc);
  return false;
}
