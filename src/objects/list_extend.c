// list.extend: from lists, tuples, sets and dicts at one stroke, from anything else by iterating.
//
// What a set or a dict holds is taken as it is at one moment, so that list(d) never fails because another thread changes d meanwhile.
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/tuple.h"

// The items of an exact set, dict or dict view as a list; V_NULL without an exception for other types.
static Value snapshot(Thread *t, Value v) {
  if (!v_is_ptr(v)) return V_NULL;
  switch (object_shape(v_obj(v))) {
    case SHAPE_SET:
    case SHAPE_FROZENSET: return set_to_list(t, v_set_obj(v));
    case SHAPE_DICT: return dict_keys_list(t, v_dict(v));
    case SHAPE_DICT_KEYS:
    case SHAPE_DICT_VALUES:
    case SHAPE_DICT_ITEMS: return dict_view_list(t, v);
    default: return V_NULL;
  }
}

static int extend_by_iterating(Thread *t, List *l, Value iterable) {
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) return -1;
  int rc = -1;
  int64_t hint = object_length_hint(t, iterable, 8);
  if (hint < 0) goto done;
  int64_t length = list_length(l);
  // A hint too large to be true is left alone: the items decide. The first fill of a list is exact.
  if (hint > 0 && hint <= INT64_MAX / 16 - length) {
    ListArray *array = aptr_load_acq(&l->array);
    if ((!array || length + hint > array->capacity) && list_reserve(t, l, length + hint) < 0) goto done;
  }
  UnaryFn next = v_type(it)->slots.iternext;   // whatever happens to the class meanwhile
  Value v;
  while (!v_is_null(v = next(t, it))) {
    if (list_append_inline(t, l, v) < 0) goto done;
  }
  if (error_pending(t)) {
    if (!error_matches(t, &exc_StopIteration)) goto done;
    error_clear(t);
  }
  rc = 0;
done:
  v_drop(t, it);
  return rc;
}

int list_extend(Thread *t, List *l, Value iterable) {
  if (v_is_list_exact(iterable) || v_is(iterable, v_from_obj(l))) return list_extend_list(t, l, v_list(iterable));
  if (v_is_tuple_exact(iterable)) return list_extend_array(t, l, v_tuple(iterable)->items, v_tuple(iterable)->length);
  object_share(t, &l->ob);
  Value items = snapshot(t, iterable);
  if (v_is_null(items)) return error_pending(t) ? -1 : extend_by_iterating(t, l, iterable);
  int rc = list_extend_list(t, l, v_list(items));
  v_drop(t, items);
  return rc;
}

Value list_copy_of(Thread *t, Value iterable, const char *error) {
  if (v_is_list_exact(iterable)) return list_slice(t, v_list(iterable), 0, INT64_MAX);
  if (v_is_tuple_exact(iterable)) return list_from(t, v_tuple(iterable)->items, (size_t)v_tuple(iterable)->length);
  Value items = snapshot(t, iterable);
  if (!v_is_null(items) || error_pending(t)) return items;
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) {
    if (error_matches(t, &exc_TypeError)) {
      error_clear(t);
      raise_type_error(t, "%s", error);
    }
    return it;
  }
  Value copy = list_new(t, 0);
  if (!v_is_null(copy) && extend_by_iterating(t, v_list(copy), it) < 0) {
    v_drop(t, copy);
    copy = V_NULL;
  }
  v_drop(t, it);
  return copy;
}
