// The type variables of parameterised types (list[T], int | T), and putting types in their place.
#include "objects/generic_params.h"

#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// ---- finding them ----------------------------------------------------------------------------------------------------------------

static int64_t index_of(const Tuple *items, Value v) {
  for (int64_t i = 0; i < items->length; i++)
    if (v_is(items->items[i], v)) return i;
  return -1;
}

static int append_unique(Thread *t, List *list, Value v) {
  for (int64_t i = 0; i < list_length(list); i++) {
    Value item = list_get(t, list, i);
    bool same = v_is(item, v);
    v_drop(t, item);
    if (same) return 0;
  }
  return list_append(t, list, v);
}

static int lookup_cstr(Thread *t, Value v, const char *name, Value *out) {
  Value key = str_intern_cstr(t, name);
  return v_is_null(key) ? -1 : object_lookup_attr(t, v, key, out);
}

static int collect_parameters(Thread *t, List *list, Value arg) {
  Value found;
  if (v_is_type(arg)) return 0;
  int r = object_lookup_attr(t, arg, N(__typing_subst__), &found);
  if (r < 0) return -1;
  if (r > 0) {
    v_drop(t, found);
    return append_unique(t, list, arg);
  }
  r = object_lookup_attr(t, arg, N(__parameters__), &found);
  if (r <= 0) return r;
  r = 0;
  if (v_is_tuple(found))
    for (int64_t i = 0; r == 0 && i < v_tuple(found)->length; i++) r = append_unique(t, list, v_tuple(found)->items[i]);
  v_drop(t, found);
  return r;
}

Value generic_parameters(Thread *t, Value args) {
  Value list = list_new(t, 0), result = V_NULL;
  if (v_is_null(list)) return V_NULL;
  int r = 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(args)->length; i++) r = collect_parameters(t, v_list(list), v_tuple(args)->items[i]);
  if (r == 0) result = list_to_tuple(t, v_list(list));
  v_drop(t, list);
  return result;
}

// ---- substitution ----------------------------------------------------------------------------------------------------------------

static int extend_tuple(Thread *t, List *list, Value tuple) {
  for (int64_t i = 0; i < v_tuple(tuple)->length; i++)
    if (list_append(t, list, v_tuple(tuple)->items[i]) < 0) return -1;
  return 0;
}

// *tuple[int, str] among the items stands for int, str (but not *tuple[int, ...]).
static int append_unpacked(Thread *t, List *list, Value item) {
  if (v_is_type(item)) return list_append(t, list, item);
  Value inner;
  int r = object_lookup_attr(t, item, N(__typing_unpacked_tuple_args__), &inner);
  if (r < 0) return -1;
  bool unpack = r > 0 && v_is_tuple(inner);
  if (unpack) {
    int64_t n = v_tuple(inner)->length;
    unpack = !(n > 0 && v_is(v_tuple(inner)->items[n - 1], V_ELLIPSIS));
  }
  r = unpack ? extend_tuple(t, list, inner) : list_append(t, list, item);
  v_drop(t, inner);
  return r;
}

static Value unpack_items(Thread *t, Value item) {
  Value list = list_new(t, 0), result = V_NULL;
  if (v_is_null(list)) return V_NULL;
  int r = 0;
  if (v_is_tuple(item)) {
    for (int64_t i = 0; r == 0 && i < v_tuple(item)->length; i++) r = append_unpacked(t, v_list(list), v_tuple(item)->items[i]);
  } else {
    r = append_unpacked(t, v_list(list), item);
  }
  if (r == 0) result = list_to_tuple(t, v_list(list));
  v_drop(t, list);
  return result;
}

// Lets each parameter (TypeVarTuple, ParamSpec) rearrange the items. Steals items.
static Value prepare_items(Thread *t, Value self, const Tuple *parameters, Value items) {
  for (int64_t i = 0; i < parameters->length; i++) {
    Value prepare;
    int r = object_lookup_attr(t, parameters->items[i], N(__typing_prepare_subst__), &prepare);
    if (r > 0 && !v_is_none(prepare)) {
      Value tuple = v_is_tuple(items) ? v_own(t, items) : tuple_pack(t, 1, items);
      Value next = v_is_null(tuple) ? V_NULL : object_call2(t, prepare, self, tuple);
      v_drop(t, tuple);
      v_drop(t, items);
      items = next;
      if (v_is_null(items)) r = -1;
    }
    v_drop(t, prepare);
    if (r < 0) {
      v_drop(t, items);
      return V_NULL;
    }
  }
  return items;
}

// An argument that has parameters of its own: subscripted with what its parameters stand for.
static Value substitute_inside(Thread *t, Value arg, const Tuple *parameters, const Tuple *items) {
  Value own;
  int r = object_lookup_attr(t, arg, N(__parameters__), &own);
  if (r < 0) return V_NULL;
  if (r == 0 || !v_is_tuple(own) || v_tuple(own)->length == 0) {
    v_drop(t, own);
    return v_own(t, arg);
  }
  Value list = list_new(t, 0), result = V_NULL, key = V_NULL;
  r = v_is_null(list) ? -1 : 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(own)->length; i++) {
    Value v = v_tuple(own)->items[i];
    int64_t k = index_of(parameters, v);
    if (k >= 0) {
      Value parameter = v;
      v = items->items[k];
      if (v_type(parameter)->slots.iter && v_is_tuple(v)) {   // a TypeVarTuple stands for several
        r = extend_tuple(t, v_list(list), v);
        continue;
      }
    }
    r = list_append(t, v_list(list), v);
  }
  if (r == 0) key = list_to_tuple(t, v_list(list));
  if (!v_is_null(key)) result = object_getitem(t, arg, key);
  v_drop(t, key);
  v_drop(t, list);
  v_drop(t, own);
  return result;
}

static int is_unpacked_typevartuple(Thread *t, Value arg) {
  Value mark;
  int r = lookup_cstr(t, arg, "__typing_is_unpacked_typevartuple__", &mark);
  if (r <= 0) return r;
  r = object_is_true(t, mark);
  v_drop(t, mark);
  return r;
}

static int append_substituted(Thread *t, List *list, Value arg, const Tuple *parameters, const Tuple *items) {
  if (v_is_type(arg)) return list_append(t, list, arg);
  int unpack = is_unpacked_typevartuple(t, arg);
  Value subst, made;
  int r = unpack < 0 ? -1 : object_lookup_attr(t, arg, N(__typing_subst__), &subst);
  if (r < 0) return -1;
  if (r > 0) {
    made = object_call1(t, subst, items->items[index_of(parameters, arg)]);
    v_drop(t, subst);
  } else {
    made = substitute_inside(t, arg, parameters, items);
  }
  if (v_is_null(made)) return -1;
  if (unpack && v_is_tuple(made)) r = extend_tuple(t, list, made);
  else r = list_append(t, list, made);
  v_drop(t, made);
  return r;
}

Value generic_substitute(Thread *t, Value self, Value args, Value parameters, Value item) {
  const Tuple *p = v_tuple(parameters);
  if (p->length == 0) return raise_type_error(t, "%R is not a generic class", self);
  Value items = unpack_items(t, item);
  if (!v_is_null(items)) items = prepare_items(t, self, p, items);
  if (v_is_null(items)) return V_NULL;
  if (!v_is_tuple(items)) {
    Value one = tuple_pack(t, 1, items);
    v_drop(t, items);
    items = one;
    if (v_is_null(items)) return V_NULL;
  }
  Value list = V_NULL, result = V_NULL;
  int64_t n = v_tuple(items)->length;
  if (n != p->length) {
    raise_type_error(t, "Too %s arguments for %R; actual %lld, expected %lld", n > p->length ? "many" : "few", self, (long long)n,
                     (long long)p->length);
    goto done;
  }
  list = list_new(t, 0);
  if (v_is_null(list)) goto done;
  for (int64_t i = 0; i < v_tuple(args)->length; i++)
    if (append_substituted(t, v_list(list), v_tuple(args)->items[i], p, v_tuple(items)) < 0) goto done;
  result = list_to_tuple(t, v_list(list));
done:
  v_drop(t, list);
  v_drop(t, items);
  return result;
}
