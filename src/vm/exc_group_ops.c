// except*: splitting the exception by a handler's types, and what is left to raise when all handlers have run.
#include "vm/exc_group_ops.h"

#include "objects/error.h"
#include "objects/exception_groups.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

static bool is_group_class(Value type) { return v_is_type(type) && type_is_subtype(v_as_type(type), &exc_BaseExceptionGroup); }

static bool check_star_types(Thread *t, Value types) {
  bool tuple = v_is_tuple(types);
  int64_t n = tuple ? v_tuple(types)->length : 1;
  for (int64_t i = 0; i < n; i++) {
    Value type = tuple ? v_tuple(types)->items[i] : types;
    if (!v_is_exception_class(type)) {
      raise_type_error(t, "catching classes that do not inherit from BaseException is not allowed");
      return false;
    }
  }
  for (int64_t i = 0; i < n; i++) {
    if (is_group_class(tuple ? v_tuple(types)->items[i] : types)) {
      raise_type_error(t, "catching ExceptionGroup with except* is not allowed. Use except instead.");
      return false;
    }
  }
  return true;
}

// BaseExceptionGroup('', exceptions): an ExceptionGroup when all are Exceptions. Owned.
static Value unnamed_group(Thread *t, Value exceptions) {
  return object_call2(t, v_from_obj(&exc_BaseExceptionGroup), str_empty, exceptions);
}

bool check_eg_match(Thread *t, Ref *window) {
  Value exc = ref_value(window[0]), types = ref_value(window[1]), match, rest;
  if (!check_star_types(t, types)) return false;
  if (exception_group_split(t, exc, types, &match, &rest) < 0) return false;
  if (!v_is_none(match) && !v_is_exception_group(match)) {
    // A naked exception: the clause sees it as a group of one.
    Value one = tuple_from_stolen(t, &match, 1), group = v_is_null(one) ? V_NULL : unnamed_group(t, one);
    v_drop(t, one);
    if (v_is_null(group)) {
      v_drop(t, rest);
      return false;
    }
    match = group;
  }
  ref_set(t, &window[1], match);
  if (v_is_none(match)) {     // the next clause sees the exception itself, not its copy
    v_drop(t, rest);
  } else {
    v_set(t, &t->vm->exc->value, v_own(t, match));
    ref_set(t, &window[0], rest);
  }
  return true;
}

static bool same_metadata(Value a, Value b) {
  BaseException *x = v_exc(a), *y = v_exc(b);
  return v_is(v_load_rlx(&x->traceback), v_load_rlx(&y->traceback)) && v_is(v_load_rlx(&x->cause), v_load_rlx(&y->cause)) &&
         v_is(v_load_rlx(&x->context), v_load_rlx(&y->context));
}

// Splits the exceptions left or raised by the handlers: those that come from the original group, and new ones.
static bool sort_raised(Thread *t, Value orig, Value raised, Value reraised, Value fresh) {
  for (int64_t i = 0; i < list_length(v_list(raised)); i++) {
    Value e = list_get(t, v_list(raised), i);
    if (v_is_null(e) || v_is_none(e)) continue;
    int rc = list_append(t, v_list(same_metadata(orig, e) ? reraised : fresh), e);
    v_drop(t, e);
    if (rc < 0) return false;
  }
  return true;
}

Value prep_reraise_star(Thread *t, Value orig, Value raised) {
  if (list_length(v_list(raised)) == 0) return V_NONE;
  if (!v_is_exception_group(orig)) {
    // A naked exception was caught and wrapped: only one clause could run, so there is at most one in the list.
    return list_get(t, v_list(raised), 0);
  }
  Value reraised = list_new(t, 0), fresh = list_new(t, 0), result = V_NULL;
  if (!v_is_null(reraised) && !v_is_null(fresh) && sort_raised(t, orig, raised, reraised, fresh)) {
    Value left = list_length(v_list(reraised)) ? exception_group_projection(t, orig, reraised) : V_NONE;
    // What handlers raised is always wrapped, even one exception alone; what nobody handled goes on as it came.
    bool any_fresh = list_length(v_list(fresh)) > 0;
    if (!any_fresh) result = left;
    else if (!v_is_null(left) && (v_is_none(left) || list_append(t, v_list(fresh), left) == 0)) result = unnamed_group(t, fresh);
    if (any_fresh) v_drop(t, left);
  }
  v_drop(t, reraised);
  v_drop(t, fresh);
  return result;
}
