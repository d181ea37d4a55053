// dict_keys, dict_values and dict_items: live views; those of keys and items are set-like.
#include "objects/dict_iter.h"
#include "objects/dict.h"
#include "objects/error_state.h"
#include "objects/iterate.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_dict_keys, type_dict_values, type_dict_items;

typedef struct DictView {
  Object ob;
  Value dict;  // owned, constant
} DictView;

static inline Dict *view_dict(Value v) { return v_dict(((DictView *)v_obj(v))->dict); }

static bool is_keys(Value v) { return type_is_subtype(v_type(v), &type_dict_keys); }
static bool is_items(Value v) { return type_is_subtype(v_type(v), &type_dict_items); }
static bool is_set_like(Value v) { return is_keys(v) || is_items(v); }

static Value view_new(Thread *t, uint32_t shape, Value dict) {
  DictView *v = (DictView *)heap_new_object(t, shape, sizeof(DictView));
  if (!v) return raise_no_memory(t);
  v->dict = v_own(t, dict);
  return v_from_obj(v);
}

Value dict_keys_view(Thread *t, Value dict) { return view_new(t, SHAPE_DICT_KEYS, dict); }
Value dict_values_view(Thread *t, Value dict) { return view_new(t, SHAPE_DICT_VALUES, dict); }
Value dict_items_view(Thread *t, Value dict) { return view_new(t, SHAPE_DICT_ITEMS, dict); }

Value dict_view_list(Thread *t, Value view) {
  switch (object_shape(v_obj(view))) {
    case SHAPE_DICT_KEYS: return dict_keys_list(t, view_dict(view));
    case SHAPE_DICT_VALUES: return dict_values_list(t, view_dict(view));
    default: return dict_items_list(t, view_dict(view));
  }
}

// --- What all three do ----------------------------------------------------------------------------------------------------------------

static int64_t view_length(Thread *t, Value self) {
  Dict *d = view_dict(self);
  object_share(t, &d->ob);
  return dict_length(d);
}

static Value view_repr(Thread *t, Value self) {
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_ascii(t, "...", 3) : V_NULL;
  Value list = object_to_list(t, self), text = V_NULL;
  if (!v_is_null(list)) text = str_from_format(t, "%N(%R)", v_type(self), list);
  v_drop(t, list);
  repr_leave(t, self);
  return text;
}

static Value view_mapping(Thread *t, Value self, void *closure) {
  (void)closure;
  return object_call1(t, v_from_obj(&type_mappingproxy), ((DictView *)v_obj(self))->dict);
}

static const GetSetDef view_getset[] = {
    {"mapping", view_mapping, NULL, "The dictionary behind the view, which cannot be changed through this.", NULL},
    {0},
};

static void view_dealloc(Thread *t, Object *o) {
  v_drop(t, ((DictView *)o)->dict);
  heap_free_object(t, o);
}

static void view_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((DictView *)o)->dict, visit, arg); }

#define ITERATION(VIEW, ITER, REVERSE)                                                                                           \
  static Value VIEW##_iter(Thread *t, Value self) { return dict_iterator_new(t, ITER, ((DictView *)v_obj(self))->dict); }          \
  static Value VIEW##_reversed(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {                            \
    (void)args, (void)nargs, (void)kwnames;                                                                                        \
    return dict_iterator_new(t, REVERSE, ((DictView *)v_obj(self))->dict);                                                         \
  }
ITERATION(keys, SHAPE_DICT_KEYITERATOR, SHAPE_DICT_REVERSEKEYITERATOR)
ITERATION(values, SHAPE_DICT_VALUEITERATOR, SHAPE_DICT_REVERSEVALUEITERATOR)
ITERATION(items, SHAPE_DICT_ITEMITERATOR, SHAPE_DICT_REVERSEITEMITERATOR)

// --- Membership and comparison --------------------------------------------------------------------------------------------------------

static int keys_contains(Thread *t, Value self, Value key) { return dict_contains(t, view_dict(self), key); }

static int items_contains(Thread *t, Value self, Value item) {
  if (!v_is_tuple(item) || v_tuple(item)->length != 2) return 0;
  Value value;
  int r = dict_get(t, view_dict(self), v_tuple(item)->items[0], &value);
  if (r <= 0) return r;
  r = object_equal(t, value, v_tuple(item)->items[1]);
  v_drop(t, value);
  return r;
}

// Is every item of `part` in `whole`? 1, 0, -1.
static int is_missing(Thread *t, Value item, void *whole) {
  int r = object_contains(t, *(Value *)whole, item);
  return r < 0 ? -1 : !r;
}
static int all_in(Thread *t, Value part, Value whole) {
  int missing = iterate(t, part, is_missing, &whole);
  return missing < 0 ? -1 : !missing;
}

static Value view_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_anyset(b) && !is_set_like(b)) return V_NOT_IMPLEMENTED;
  int64_t na = object_length(t, a), nb = na < 0 ? -1 : object_length(t, b);
  if (nb < 0) return V_NULL;
  int r = 0;
  switch (op) {
    case CMP_NE:
    case CMP_EQ:
      if (na == nb) r = all_in(t, a, b);
      if (op == CMP_NE && r >= 0) r = !r;
      break;
    case CMP_LT: if (na < nb) r = all_in(t, a, b); break;
    case CMP_LE: if (na <= nb) r = all_in(t, a, b); break;
    case CMP_GT: if (na > nb) r = all_in(t, b, a); break;
    case CMP_GE: if (na >= nb) r = all_in(t, b, a); break;
  }
  return r < 0 ? V_NULL : v_from_bool(r);
}

static Value view_isdisjoint(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Value other = args[0];
  if (v_is(self, other)) return v_from_bool(view_length(t, self) == 0);
  // The shorter is walked, if asking the other is surely cheap.
  if (v_is_exact(other, SHAPE_SET) || v_is_exact(other, SHAPE_FROZENSET) || is_set_like(other)) {
    int64_t n = object_length(t, other);
    if (n < 0) return V_NULL;
    if (n > view_length(t, self)) {
      Value swap = self;
      self = other;
      other = swap;
    }
  }
  Value it = object_iter(t, other);
  if (v_is_null(it)) return it;
  int r = 0;
  while (r == 0) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) {
      if (error_pending(t)) r = -1;
      break;
    }
    r = object_contains(t, self, item);
    v_drop(t, item);
  }
  v_drop(t, it);
  return r < 0 ? V_NULL : v_from_bool(!r);
}

// --- Set operators ------------------------------------------------------------------------------------------------------------------

// Either operand may be the view.
static Value to_set(Thread *t, Value v) {
  if (is_keys(v)) {
    Value dict = ((DictView *)v_obj(v))->dict;
    if (v_is_dict_exact(dict)) return set_new(t, dict);
  }
  return set_new(t, v);
}

static Value view_and(Thread *t, Value a, Value b) {
  Value self = is_set_like(a) ? a : b, other = is_set_like(a) ? b : a;
  if (v_is_exact(other, SHAPE_SET) && view_length(t, self) <= set_length(v_set_obj(other))) {
    return object_call_method1(t, other, N(intersection), self);
  }
  if (is_set_like(other) && view_length(t, other) > view_length(t, self)) {
    Value swap = self;
    self = other;
    other = swap;
  }
  Value result = set_new(t, V_NULL);
  if (v_is_null(result)) return result;
  Value it = object_iter(t, other);
  int r = v_is_null(it) ? -1 : 0;
  while (r >= 0) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) {
      if (error_pending(t)) r = -1;
      break;
    }
    r = is_keys(self) ? keys_contains(t, self, item) : items_contains(t, self, item);
    if (r > 0) r = set_add(t, v_set_obj(result), item);
    v_drop(t, item);
  }
  v_drop(t, it);
  if (r >= 0) return result;
  v_drop(t, result);
  return V_NULL;
}

static Value apply_to_copy(Thread *t, Value a, Value b, Value method) {
  Value set = to_set(t, a);
  if (v_is_null(set)) return set;
  Value r = object_call_method1(t, set, method, b);
  v_drop(t, r);
  if (!v_is_null(r)) return set;
  v_drop(t, set);
  return V_NULL;
}

static Value view_sub(Thread *t, Value a, Value b) { return apply_to_copy(t, a, b, N(difference_update)); }

static Value view_or(Thread *t, Value a, Value b) {
  Value set = to_set(t, a);
  if (v_is_null(set) || set_update(t, v_set_obj(set), b) == 0) return set;
  v_drop(t, set);
  return V_NULL;
}

// For two items views no pair is made, and nothing hashed, that is in both.
static Value items_xor(Thread *t, Dict *a, Dict *b) {
  Value rest = dict_copy(t, a), result = v_is_null(rest) ? V_NULL : set_new(t, V_NULL);
  Value key, theirs;
  int64_t hash;
  bool ok = !v_is_null(result);
  for (int64_t pos = 0; ok && dict_walk(t, b, &pos, &key, &theirs, &hash);) {
    Value ours;
    int same = dict_get_hash(t, v_dict(rest), key, hash, &ours);
    if (same > 0) {
      same = object_equal(t, ours, theirs);
      v_drop(t, ours);
    }
    if (same > 0) {
      same = dict_delete(t, v_dict(rest), key);
    } else if (same == 0) {
      Value pair = tuple_pack(t, 2, key, theirs);
      same = v_is_null(pair) ? -1 : set_add(t, v_set_obj(result), pair);
      v_drop(t, pair);
    }
    v_drop(t, key);
    v_drop(t, theirs);
    ok = same >= 0;
  }
  if (ok) {
    Value left = dict_items_view(t, rest);
    ok = !v_is_null(left) && set_update(t, v_set_obj(result), left) == 0;
    v_drop(t, left);
  }
  v_drop(t, rest);
  if (ok) return result;
  v_drop(t, result);
  return V_NULL;
}

static Value view_xor(Thread *t, Value a, Value b) {
  if (is_items(a) && is_items(b)) return items_xor(t, view_dict(a), view_dict(b));
  return apply_to_copy(t, a, b, N(symmetric_difference_update));
}

// --- The types ----------------------------------------------------------------------------------------------------------------------

#define VIEW_METHODS(VIEW, WHAT)                                                                                     \
  {"isdisjoint($self, other, /)", view_isdisjoint, "Whether none of the items is also in the view.", NATIVE_NO_SIGNATURE}, \
      {"__reversed__($self, /)", VIEW##_reversed, "An iterator over the " WHAT " from the last to the first.", NATIVE_NO_SIGNATURE}, {0}

static const NativeDef keys_methods[] = {VIEW_METHODS(keys, "keys")};
static const NativeDef items_methods[] = {VIEW_METHODS(items, "items")};
static const NativeDef values_methods[] = {
    {"__reversed__($self, /)", values_reversed, "An iterator over the values from the last to the first.", NATIVE_NO_SIGNATURE},
    {0},
};

#define SET_LIKE_SPEC(TYPE, VIEW)                                                                                    \
  static const TypeSpec spec_##TYPE = {                                                                              \
      .name = #TYPE,                                                                                                 \
      .size = sizeof(DictView),                                                                                      \
      .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,                                                                 \
      .slots = {.repr = view_repr, .hash = object_hash_not_implemented, .richcompare = view_richcompare, .iter = VIEW##_iter, \
                .subtract = view_sub, .and_ = view_and, .xor_ = view_xor, .or_ = view_or, .length = view_length,     \
                .contains = VIEW##_contains, .dealloc = view_dealloc, .traverse = view_traverse},                    \
      .methods = VIEW##_methods,                                                                                     \
      .getset = view_getset,                                                                                         \
  };
SET_LIKE_SPEC(dict_keys, keys)
SET_LIKE_SPEC(dict_items, items)

static const TypeSpec spec_dict_values = {
    .name = "dict_values",
    .size = sizeof(DictView),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.repr = view_repr, .iter = values_iter, .length = view_length, .dealloc = view_dealloc, .traverse = view_traverse},
    .methods = values_methods,
    .getset = view_getset,
};

bool dict_views_init(Thread *t) {
  return type_ready(t, &type_dict_keys, &spec_dict_keys, SHAPE_DICT_KEYS) && type_ready(t, &type_dict_items, &spec_dict_items, SHAPE_DICT_ITEMS) &&
         type_ready(t, &type_dict_values, &spec_dict_values, SHAPE_DICT_VALUES);
}
