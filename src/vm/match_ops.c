// Structural pattern matching: mapping keys and class patterns.
#include "vm/match_ops.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

Value match_keys(Thread *t, Value subject, Value keys) {
  Tuple *k = v_tuple(keys);
  if (k->length == 0) return tuple_empty;
  Value get, seen = set_new(t, V_NULL), dummy = V_NULL, result = V_NULL;
  if (v_is_null(seen)) return V_NULL;
  // get(key, default) rather than subject[key]: a defaultdict must not grow by matching.
  get = object_getattr(t, subject, N(get));
  if (!v_is_null(get)) dummy = object_call0(t, v_from_obj(&type_object));
  if (!v_is_null(dummy)) result = tuple_new(t, k->length);
  bool ok = !v_is_null(result);
  for (int64_t i = 0; ok && i < k->length; i++) {
    Value key = k->items[i];
    int known = set_contains(t, v_set_obj(seen), key);
    if (known > 0) raise_value_error(t, "mapping pattern checks duplicate key (%R)", key);
    if (known || set_add(t, v_set_obj(seen), key) < 0) {
      ok = false;
      break;
    }
    Value v = object_call2(t, get, key, dummy);
    if (v_is_null(v)) {
      ok = false;
    } else if (v_is(v, dummy)) {
      v_drop(t, v);
      v_drop(t, result);
      result = V_NONE;
      break;
    } else {
      v_tuple(result)->items[i] = v;
    }
  }
  v_drop(t, seen);
  v_drop(t, get);
  v_drop(t, dummy);
  if (ok) return result;
  v_drop(t, result);
  return V_NULL;
}

// subject.name for a class pattern: 1 *out, 0 no such attribute, -1. The same name twice is an error.
static int match_attribute(Thread *t, Value subject, Value cls, Value name, Value seen, Value *out) {
  int known = set_contains(t, v_set_obj(seen), name);
  if (known > 0) raise_type_error(t, "%s() got multiple sub-patterns for attribute %R", str_utf8(t, v_as_type(cls)->name, NULL), name);
  if (known || set_add(t, v_set_obj(seen), name) < 0) return -1;
  return object_lookup_attr(t, subject, name, out);
}

// Appends the subpatterns' attribute. 1, 0 no match, -1.
static int match_append(Thread *t, Value subject, Value cls, Value name, Value seen, Value attrs) {
  Value v;
  int found = match_attribute(t, subject, cls, name, seen, &v);
  if (found > 0 && list_append_steal(t, v_list(attrs), v) < 0) return -1;
  return found;
}

// Positional subpatterns, through __match_args__. 1, 0, -1.
static int match_positional(Thread *t, Value subject, Value cls, int64_t nargs, Value seen, Value attrs) {
  Value match_args;
  bool self = false;
  int found = object_lookup_attr(t, cls, N(__match_args__), &match_args);
  if (found < 0) return -1;
  const char *name = str_utf8(t, v_as_type(cls)->name, NULL);
  if (!found) {
    match_args = tuple_empty;
    self = v_as_type(cls)->flags & TYPE_MATCH_SELF;
  } else if (!v_is_tuple_exact(match_args)) {
    raise_type_error(t, "%s.__match_args__ must be a tuple (got %T)", name, match_args);
    v_drop(t, match_args);
    return -1;
  }
  int64_t allowed = self ? 1 : v_tuple(match_args)->length;
  int result = 1;
  if (allowed < nargs) {
    raise_type_error(t, "%s() accepts %lld positional sub-pattern%s (%lld given)", name, (long long)allowed, allowed == 1 ? "" : "s", (long long)nargs);
    result = -1;
  } else if (self) {
    if (nargs && list_append(t, v_list(attrs), subject) < 0) result = -1;
  } else {
    for (int64_t i = 0; result == 1 && i < nargs; i++) {
      Value attr = v_tuple(match_args)->items[i];
      if (!v_is_str_exact(attr)) {
        raise_type_error(t, "__match_args__ elements must be strings (got %T)", attr);
        result = -1;
      } else {
        result = match_append(t, subject, cls, attr, seen, attrs);
      }
    }
  }
  v_drop(t, match_args);
  return result;
}

Value match_class(Thread *t, Value subject, Value cls, int64_t nargs, Value names) {
  if (!v_is_type(cls)) return raise_type_error(t, "called match pattern must be a type");
  int is = object_isinstance(t, subject, cls);
  if (is <= 0) return is < 0 ? V_NULL : V_NONE;
  Value seen = set_new(t, V_NULL), attrs = v_is_null(seen) ? V_NULL : list_new(t, nargs + v_tuple(names)->length), r = V_NULL;
  int result = v_is_null(attrs) ? -1 : 1;
  if (result > 0 && nargs) result = match_positional(t, subject, cls, nargs, seen, attrs);
  for (int64_t i = 0; result == 1 && i < v_tuple(names)->length; i++)
    result = match_append(t, subject, cls, v_tuple(names)->items[i], seen, attrs);
  if (result > 0) r = list_to_tuple(t, v_list(attrs));
  else if (result == 0) r = V_NONE;
  v_drop(t, seen);
  v_drop(t, attrs);
  return r;
}
