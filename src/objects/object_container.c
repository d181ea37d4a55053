// Items, length, membership and iteration of any value.
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/tuple.h"
#include "objects/type_origin.h"

// ---- length ----------------------------------------------------------------------------------------------------------------------

int64_t object_length(Thread *t, Value v) {
  int64_t (*length)(Thread *, Value) = v_type(v)->slots.length;
  if (likely(length != NULL)) return length(t, v);
  raise_type_error(t, "object of type '%.200T' has no len()", v);
  return -1;
}

int64_t object_length_hint(Thread *t, Value v, int64_t default_) {
  if (v_is_exact(v, SHAPE_GENERATOR)) return default_;
  if (v_type(v)->slots.length) {
    int64_t n = object_length(t, v);
    if (n >= 0) return n;
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
  }
  Value method;
  int r = object_lookup_special(t, v, N(__length_hint__), &method);
  if (r <= 0) return r < 0 ? -1 : default_;
  Value hint = object_call0(t, method);
  v_drop(t, method);
  if (v_is_null(hint)) {
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
    return default_;
  }
  if (v_is_not_implemented(hint)) return default_;
  int64_t n = -1;
  if (!v_is_int(hint)) {
    raise_type_error(t, "__length_hint__ must be an integer, not %.100T", hint);
  } else {
    n = number_as_i64(t, hint);
    if (n < 0 && !error_pending(t)) raise_value_error(t, "__length_hint__() should return >= 0");
    if (n < 0) n = -1;
  }
  v_drop(t, hint);
  return n;
}

// ---- items -----------------------------------------------------------------------------------------------------------------------

static Value subscript_class(Thread *t, Value class, Value key) {
  if (v_is(class, v_from_obj(&type_type))) return generic_alias_new(t, class, key);
  Value method;
  int r = object_lookup_attr(t, class, N(__class_getitem__), &method);
  if (r < 0) return V_NULL;
  if (r == 0) return raise_type_error(t, "type '%.200N' is not subscriptable", v_as_type(class));
  Value result;
  if (v_is_none(method)) result = raise_type_error(t, "type '%.200N' is not subscriptable", v_as_type(class));
  else result = object_call1(t, method, key);
  v_drop(t, method);
  return result;
}

static Value item_by_index(Thread *t, Value v, Value key) {
  const TypeSlots *s = &v_type(v)->slots;
  if (!number_is_index(key)) return raise_type_error(t, "sequence index must be integer, not '%.200T'", key);
  int64_t i = number_as_i64(t, key);
  if (i == -1 && error_pending(t)) return V_NULL;
  if (i < 0 && s->length) {
    int64_t n = s->length(t, v);
    if (n < 0) return V_NULL;
    i += n;
  }
  return s->seq_item(t, v, i);
}

Value object_getitem(Thread *t, Value v, Value key) {
  const TypeSlots *s = &v_type(v)->slots;
  if (likely(s->getitem != NULL)) return s->getitem(t, v, key);
  if (s->seq_item) return item_by_index(t, v, key);
  if (v_is_type(v)) return subscript_class(t, v, key);
  return raise_type_error(t, "'%.200T' object is not subscriptable", v);
}

// What CPython takes for a sequence when it words this error: every class on its heap, and static types that are a little like one.
static bool looks_like_sequence(const Type *type) {
  const TypeSlots *s = &type->slots;
  return s->seq_item || s->concat || s->contains || (s->length && !s->getitem) || type_is_cpython_heap(type);
}

int object_setitem(Thread *t, Value v, Value key, Value value) {
  int (*setitem)(Thread *, Value, Value, Value) = v_type(v)->slots.setitem;
  if (likely(setitem != NULL)) return setitem(t, v, key, value);
  int64_t i;
  bool by_index = looks_like_sequence(v_type(v)) && number_is_index(key);
  if (by_index && subscript_index(t, key, &i) < 0) return -1;
  if (!v_is_null(value)) raise_type_error(t, "'%.200T' object does not support item assignment", v);
  else raise_type_error(t, by_index ? "'%.200T' object doesn't support item deletion" : "'%.200T' object does not support item deletion", v);
  return -1;
}

// ---- iteration -------------------------------------------------------------------------------------------------------------------

Value object_next_not_implemented(Thread *t, Value self) { return raise_type_error(t, "'%.200T' object is not iterable", self); }

bool object_is_iterator(Value v) {
  UnaryFn next = v_type(v)->slots.iternext;
  return next && next != object_next_not_implemented;
}

Value object_iter(Thread *t, Value v) {
  const Type *type = v_type(v);
  if (type->slots.iter) {
    Value it = type->slots.iter(t, v);
    if (v_is_null(it) || object_is_iterator(it)) return it;
    raise_type_error(t, "iter() returned non-iterator of type '%.100T'", it);
    v_drop(t, it);
    return V_NULL;
  }
  if (type->slots.seq_item && !(type->flags & TYPE_DICT)) return iterator_new(t, v);
  return raise_type_error(t, "'%.200T' object is not iterable", v);
}

Value object_iternext(Thread *t, Value iterator) {
  UnaryFn next = v_type(iterator)->slots.iternext;
  if (unlikely(!next)) return raise_type_error(t, "'%.200T' object is not an iterator", iterator);
  if (thread_stack_low(t)) return raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded in iterators of iterators");
  Value v = next(t, iterator);
  if (v_is_null(v) && error_pending(t) && error_matches(t, &exc_StopIteration)) error_clear(t);
  return v;
}

int object_contains(Thread *t, Value container, Value item) {
  int (*contains)(Thread *, Value, Value) = v_type(container)->slots.contains;
  return likely(contains != NULL) ? contains(t, container, item) : object_search_iterable(t, container, item);
}

int object_search_iterable(Thread *t, Value iterable, Value item) {
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) {
    if (error_matches(t, &exc_TypeError)) {
      error_clear(t);
      raise_type_error(t, "argument of type '%.200T' is not iterable", iterable);
    }
    return -1;
  }
  int found = 0;
  for (int64_t i = 1;; i++) {
    Value v = object_iternext(t, it);
    if (v_is_null(v)) {
      if (error_pending(t)) found = -1;
      break;
    }
    found = object_equal(t, v, item);
    v_drop(t, v);
    if (found == 0 && (i & 1023) == 0 && safepoint(t) < 0) found = -1;
    if (found) break;
  }
  v_drop(t, it);
  return found;
}

Value object_to_list(Thread *t, Value iterable) {
  Value list = list_new(t, 0);
  if (v_is_null(list) || list_extend(t, v_list(list), iterable) == 0) return list;
  v_drop(t, list);
  return V_NULL;
}

Value object_to_tuple(Thread *t, Value iterable) {
  if (v_is_tuple_exact(iterable)) return v_own(t, iterable);
  if (v_is_list_exact(iterable)) return list_to_tuple(t, v_list(iterable));
  Value list = object_to_list(t, iterable);
  if (v_is_null(list)) return V_NULL;
  Value tuple = list_to_tuple(t, v_list(list));
  v_drop(t, list);
  return tuple;
}

Value object_to_tuple_or(Thread *t, Value iterable, const char *error) {
  if (v_is_tuple_exact(iterable)) return v_own(t, iterable);
  Value list = list_copy_of(t, iterable, error), tuple = v_is_null(list) ? V_NULL : list_to_tuple(t, v_list(list));
  v_drop(t, list);
  return tuple;
}
