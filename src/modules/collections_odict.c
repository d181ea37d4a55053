// OrderedDict: a dict whose order can be changed, and that compares by it.
//
// The order is the dict's own: moving a key to the end takes it out and appends it anew, moving it to the front rebuilds the table. `state`
// goes up whenever a key comes, goes or moves, so that iterators notice.
#include "modules/_collections.h"
#include "objects/dict_attribute.h"
#include "objects/dict_table.h"
#include "objects/instance.h"
#include "objects/iterate.h"

Type type_OrderedDict, type_odict_iterator, type_odict_keys, type_odict_values, type_odict_items;

typedef struct OrderedDict {
  Dict dict;
  uint64_t ext;      // __dict__
  a64 state;         // relaxed
  DictFirst first;   // under the lock (dict_take_first)
} OrderedDict;

static inline OrderedDict *odict_of(Value v) { return (OrderedDict *)v_obj(v); }
static bool is_odict(Value v) { return type_is_subtype(v_type(v), &type_OrderedDict); }
static bool is_exact(Value v) { return v_type(v) == &type_OrderedDict; }
static void changed(Value v) { a64_fetch_add_rlx(&odict_of(v)->state, 1); }

// --- Filling --------------------------------------------------------------------------------------------------------------------------------

// self[key] = value for one pair, an iterable of two.
static int add_pair(Thread *t, Value pair, void *self) {
  Value it = object_iter(t, pair), got[3] = {V_NULL, V_NULL, V_NULL};
  if (v_is_null(it)) return -1;
  int n = 0, rc = -1;
  while (n < 3 && !v_is_null(got[n] = object_iternext(t, it))) n++;
  v_drop(t, it);
  if (!error_pending(t)) {
    if (n == 0) raise_value_error(t, "need more than 0 values to unpack");
    else if (n == 1) raise_value_error(t, "need more than 1 value to unpack");
    else if (n == 3) raise_value_error(t, "too many values to unpack (expected 2)");
    else rc = object_setitem(t, *(Value *)self, got[0], got[1]);
  }
  for (int i = 0; i < 3; i++) v_drop(t, got[i]);
  return rc;
}

static int add_pairs(Thread *t, Value self, Value pairs) { return iterate(t, pairs, add_pair, &self); }

typedef struct KeyCopy { Value self, mapping; } KeyCopy;
static int copy_key(Thread *t, Value key, void *arg) {
  const KeyCopy *c = arg;
  Value value = object_getitem(t, c->mapping, key);
  int r = v_is_null(value) ? -1 : object_setitem(t, c->self, key, value);
  v_drop(t, value);
  return r;
}
static int add_by_keys(Thread *t, Value self, Value mapping, Value keys) { return iterate(t, keys, copy_key, &(KeyCopy){self, mapping}); }

// MutableMapping.update with one argument: through keys(), items() or as pairs, and always through self's __setitem__.
static int update_from(Thread *t, Value self, Value other) {
  Value found, method;
  int r;
  if (v_is_dict_exact(other)) {
    found = dict_items_list(t, v_dict(other));
    r = v_is_null(found) ? -1 : add_pairs(t, self, found);
    v_drop(t, found);
    return r;
  }
  r = object_lookup_attr(t, other, N(keys), &method);
  if (r < 0) return -1;
  bool by_keys = r > 0;
  if (!by_keys) {
    r = object_lookup_attr(t, other, N(items), &method);
    if (r < 0) return -1;
    if (r == 0) return add_pairs(t, self, other);
  }
  found = object_call0(t, method);
  v_drop(t, method);
  if (v_is_null(found)) return -1;
  r = by_keys ? add_by_keys(t, self, other, found) : add_pairs(t, self, found);
  v_drop(t, found);
  return r;
}

static int update_from_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (nargs && update_from(t, self, args[0]) < 0) return -1;
  int64_t n = v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length;
  for (int64_t i = 0; i < n; i++) {
    if (object_setitem(t, self, v_tuple(kwnames)->items[i], args[nargs + (size_t)i]) < 0) return -1;
  }
  return 0;
}

static int odict_init_slot(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (nargs > 1) return raise_type_error(t, "expected at most 1 arguments, got %zu", nargs), -1;
  return update_from_call(t, self, args, nargs, kwnames);
}

METHOD(odict_update) {
  if (nargs > 1) return raise_type_error(t, "update() takes at most 1 positional argument (%zu given)", nargs);
  return update_from_call(t, self, args, nargs, kwnames) < 0 ? V_NULL : V_NONE;
}

static int odict_setitem(Thread *t, Value self, Value key, Value value) {
  if (v_is_null(value)) {
    int r = dict_delete(t, v_dict(self), key);
    if (r == 0) raise_key_error(t, key);
    if (r > 0) changed(self);
    return r > 0 ? 0 : -1;
  }
  int r = dict_put(t, v_dict(self), key, value);
  if (r == 0) changed(self);
  return r < 0 ? -1 : 0;
}

// --- Methods --------------------------------------------------------------------------------------------------------------------------------

METHOD(odict_setdefault) {
  UNUSED_ARGS;
  Value default_ = v_is_absent(args[1]) ? V_NONE : args[1];
  if (is_exact(self)) {
    Value v;
    if (dict_setdefault(t, v_dict(self), args[0], default_, &v) == 0) changed(self);
    return v;
  }
  int r = object_contains(t, self, args[0]);
  if (r < 0) return V_NULL;
  if (r > 0) return object_getitem(t, self, args[0]);
  return object_setitem(t, self, args[0], default_) < 0 ? V_NULL : v_own(t, default_);
}

METHOD(odict_pop) {
  UNUSED_ARGS;
  Value v;
  int r = dict_pop(t, v_dict(self), args[0], &v);
  if (r > 0) changed(self);
  if (r) return v;
  return v_is_absent(args[1]) ? raise_key_error(t, args[0]) : v_own(t, args[1]);
}

METHOD(odict_popitem) {
  UNUSED_ARGS;
  int last = v_is_absent(args[0]) ? 1 : object_is_true(t, args[0]);
  if (last < 0) return V_NULL;
  if (dict_length(v_dict(self)) == 0) return raise_error(t, &exc_KeyError, "dictionary is empty");
  if (last) {
    Value pair = dict_popitem(t, v_dict(self));
    if (!v_is_null(pair)) changed(self);
    return pair;
  }
  Value pair[2];
  if (!dict_take_first(t, v_dict(self), &odict_of(self)->first, &pair[0], &pair[1])) return raise_error(t, &exc_KeyError, "dictionary is empty");
  changed(self);
  return tuple_from_stolen(t, pair, 2);
}

// KeyError whose arguments are a tuple's items, and none for None: how CPython raises this one.
static Value raise_missing(Thread *t, Value key) {
  const Value *items = v_is_tuple(key) ? v_tuple(key)->items : &key;
  Value exc = exception_new(t, &exc_KeyError, items, v_is_none(key) ? 0 : v_is_tuple(key) ? (size_t)v_tuple(key)->length : 1);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

METHOD(odict_move_to_end) {
  UNUSED_ARGS;
  int last = v_is_absent(args[1]) ? 1 : object_is_true(t, args[1]);
  if (last < 0) return V_NULL;
  int r = dict_move(t, v_dict(self), args[0], last);
  if (r == 0) return raise_missing(t, args[0]);
  if (r < 0) return V_NULL;
  changed(self);
  return V_NONE;
}

METHOD(odict_clear) {
  UNUSED_ARGS;
  dict_clear(t, v_dict(self));
  return V_NONE;
}

METHOD(odict_copy) {
  UNUSED_ARGS;
  Value copy = object_call0(t, v_from_obj(v_type(self)));
  if (v_is_null(copy)) return copy;
  bool plain = is_exact(self);
  Value key, value;
  int rc = 0;
  for (int64_t pos = 0; rc == 0 && dict_next(t, v_dict(self), &pos, &key, &value);) {
    if (!plain) {  // a subclass may have its own way with items
      v_drop(t, value);
      value = object_getitem(t, self, key);
    }
    rc = v_is_null(value) ? -1 : plain ? odict_setitem(t, copy, key, value) : object_setitem(t, copy, key, value);
    v_drop(t, key);
    v_drop(t, value);
  }
  if (rc == 0) return copy;
  v_drop(t, copy);
  return V_NULL;
}

METHOD(odict_fromkeys) {
  UNUSED_ARGS;
  Value d = object_call0(t, self), it = v_is_null(d) ? V_NULL : object_iter(t, args[0]);
  int rc = v_is_null(it) ? -1 : 0;
  while (rc == 0) {
    Value key = object_iternext(t, it);
    if (v_is_null(key)) {
      if (error_pending(t)) rc = -1;
      break;
    }
    rc = object_setitem(t, d, key, v_is_absent(args[1]) ? V_NONE : args[1]);
    v_drop(t, key);
  }
  v_drop(t, it);
  if (rc == 0) return d;
  v_drop(t, d);
  return V_NULL;
}

METHOD(odict_reduce) {
  UNUSED_ARGS;
  Value state = instance_state(t, self), items = V_NULL, it = V_NULL, result = V_NULL;
  if (!v_is_null(state)) items = object_call_method0(t, self, N(items));
  if (!v_is_null(items)) it = object_iter(t, items);
  if (!v_is_null(it)) result = tuple_pack(t, 5, v_from_obj(v_type(self)), tuple_empty, state, V_NONE, it);
  v_drop(t, state);
  v_drop(t, items);
  v_drop(t, it);
  return result;
}

METHOD(odict_sizeof) {
  UNUSED_ARGS;
  size_t size = v_type(self)->size;
  CRITICAL_BEGIN(t, v_obj(self));
  DictTable *table = dict_table(v_dict(self));
  if (table != &dict_empty_table.table) size += heap_usable_size(table);
  CRITICAL_END(t);
  return v_from_smi((int64_t)size);
}

// --- Comparison, repr, operators --------------------------------------------------------------------------------------------------------------

static int same_order(Thread *t, Dict *a, Dict *b) {
  int64_t i = 0, k = 0;
  for (;;) {
    Value x, y;
    bool more = dict_next(t, a, &i, &x, NULL);
    if (!dict_next(t, b, &k, &y, NULL)) {
      if (more) v_drop(t, x);
      return !more;
    }
    if (!more) {
      v_drop(t, y);
      return 0;
    }
    int r = object_equal(t, x, y);
    v_drop(t, x);
    v_drop(t, y);
    if (r <= 0) return r;
  }
}

static Value odict_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_dict(b) || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  int r = dict_equal(t, v_dict(a), v_dict(b));
  if (r > 0 && is_odict(b)) r = same_order(t, v_dict(a), v_dict(b));
  return r < 0 ? V_NULL : v_from_bool(r == (op == CMP_EQ));
}

static Value odict_repr(Thread *t, Value self) {
  Value name = v_type(self)->flags & TYPE_HEAP ? v_type(self)->name : v_type(self)->qualname;
  if (dict_length(v_dict(self)) == 0) return str_from_format(t, "%U()", name);
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_ascii(t, "...", 3) : V_NULL;
  Value list = V_NULL, text = V_NULL;
  if (is_exact(self)) {
    list = dict_items_list(t, v_dict(self));
  } else {
    Value items = object_call_method0(t, self, N(items));
    if (!v_is_null(items)) list = object_to_list(t, items);
    v_drop(t, items);
  }
  if (!v_is_null(list)) text = str_from_format(t, "%U(%R)", name, list);
  v_drop(t, list);
  repr_leave(t, self);
  return text;
}

static Value odict_or(Thread *t, Value a, Value b) {
  bool left = is_odict(a);
  if (!v_is_dict(left ? b : a)) return V_NOT_IMPLEMENTED;
  Value v = object_call1(t, v_from_obj(v_type(left ? a : b)), a);
  if (!v_is_null(v) && update_from(t, v, b) < 0) {
    v_drop(t, v);
    return V_NULL;
  }
  return v;
}

static Value odict_ior(Thread *t, Value a, Value b) { return update_from(t, a, b) < 0 ? V_NULL : v_own(t, a); }

// --- Iterators and views ----------------------------------------------------------------------------------------------------------------------

enum { GIVE_KEYS = 1, GIVE_VALUES = 2, BACKWARDS = 4 };

typedef struct OdictIterator {
  Object ob;
  Value dict;       // constant
  int kind;         // constant
  a64 size;         // int64_t: of the dict when iteration began; -1 once it was found to have another. Relaxed
  uint64_t state;   // of the dict then, constant
  a64 position;     // int64_t: next entry (forwards), the one after it (backwards); relaxed
  a64 given;        // how many items it has given; relaxed
  a8 done;          // relaxed
} OdictIterator;

static inline OdictIterator *iter_of(Value v) { return (OdictIterator *)v_obj(v); }

static Value iter_make(Thread *t, Value dict, int kind) {
  Value v = type_odict_iterator.slots.alloc(t, &type_odict_iterator, 0);
  if (v_is_null(v)) return v;
  OdictIterator *it = iter_of(v);
  it->dict = v_own(t, dict);
  it->kind = kind;
  int64_t size = dict_length(v_dict(dict));
  a64_store_rlx(&it->size, (uint64_t)size);
  it->state = a64_load_rlx(&odict_of(dict)->state);
  if (!size) a8_store_rlx(&it->done, 1);
  if (kind & BACKWARDS) {
    object_share(t, v_obj(dict));
    a64_store_rlx(&it->position, (uint64_t)dict_table_count((DictTable *)aptr_load_acq(&v_dict(dict)->table)));
  }
  return v;
}

static bool walk_back(Thread *t, Dict *d, int64_t *position, Value *key, Value *value) {
  for (int64_t ix = *position; ix-- > 0;) {
    int64_t next = ix;
    if (!dict_walk(t, d, &next, key, value, NULL)) continue;
    if (next == ix + 1) {
      *position = ix;
      return true;
    }
    v_drop(t, *key);  // the entry is dead, and this was a later one
    v_drop(t, *value);
  }
  return false;
}

static Value iter_next(Thread *t, Value self) {
  OdictIterator *it = iter_of(self);
  Dict *d = v_dict(it->dict);
  if (a8_load_rlx(&it->done)) return V_NULL;
  if (a64_load_rlx(&odict_of(it->dict)->state) != it->state) {
    a8_store_rlx(&it->done, 1);
    return raise_error(t, &exc_RuntimeError, "OrderedDict mutated during iteration");
  }
  int64_t size = (int64_t)a64_load_rlx(&it->size);
  if (dict_length(d) != size) {     // clear() alone does not count as a mutation; from now on every step says so
    a64_store_rlx(&it->size, (uint64_t)-1);
    return raise_error(t, &exc_RuntimeError, "OrderedDict changed size during iteration");
  }
  int64_t position = (int64_t)a64_load_rlx(&it->position);
  Value pair[2];
  bool found = it->kind & BACKWARDS ? walk_back(t, d, &position, &pair[0], &pair[1]) : dict_next(t, d, &position, &pair[0], &pair[1]);
  if (!found) {
    a8_store_rlx(&it->done, 1);
    return V_NULL;
  }
  a64_store_rlx(&it->position, (uint64_t)position);
  uint64_t given = a64_load_rlx(&it->given) + 1;
  a64_store_rlx(&it->given, given);
  if ((int64_t)given >= size) a8_store_rlx(&it->done, 1);     // known now, so that no change behind the last item is an error
  int kind = it->kind & (GIVE_KEYS | GIVE_VALUES);
  if (kind == (GIVE_KEYS | GIVE_VALUES)) return tuple_from_stolen(t, pair, 2);
  v_drop(t, pair[kind == GIVE_KEYS]);
  return pair[kind == GIVE_VALUES];
}

METHOD(iter_reduce) {
  UNUSED_ARGS;
  OdictIterator *it = iter_of(self);
  Value f = object_builtin(t, N(iter)), copy = V_NULL, rest = V_NULL, result = V_NULL;
  if (!v_is_null(f)) copy = iter_make(t, it->dict, it->kind);
  if (!v_is_null(copy)) {
    OdictIterator *c = iter_of(copy);
    a64_store_rlx(&c->size, a64_load_rlx(&it->size));
    c->state = it->state;
    a64_store_rlx(&c->position, a64_load_rlx(&it->position));
    a64_store_rlx(&c->given, a64_load_rlx(&it->given));
    a8_store_rlx(&c->done, a8_load_rlx(&it->done));
    rest = object_to_list(t, copy);
  }
  if (!v_is_null(rest)) {
    Value call = tuple_pack(t, 1, rest);
    if (!v_is_null(call)) result = tuple_pack(t, 2, f, call);
    v_drop(t, call);
  }
  v_drop(t, f);
  v_drop(t, copy);
  v_drop(t, rest);
  return result;
}

static void iter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((OdictIterator *)o)->dict);
  heap_free_object(t, o);
}

static void iter_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((OdictIterator *)o)->dict, visit, arg); }

static const NativeDef iter_methods[] = {
    {"__reduce__($self, /)", iter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_odict_iterator = {
    .name = "odict_iterator",
    .size = sizeof(OdictIterator),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = iter_next, .dealloc = iter_dealloc, .traverse = iter_traverse},
    .methods = iter_methods,
};

static Value odict_iter(Thread *t, Value self) { return iter_make(t, self, GIVE_KEYS); }

METHOD(odict_reversed) {
  UNUSED_ARGS;
  return iter_make(t, self, GIVE_KEYS | BACKWARDS);
}

// A view of dict's layout and methods, with the type's own iteration.
typedef struct OdictView { Object ob; Value dict; } OdictView;

static Value view_make(Thread *t, Type *type, Value dict) {
  Value v = type->slots.alloc(t, type, 0);
  if (!v_is_null(v)) ((OdictView *)v_obj(v))->dict = v_own(t, dict);
  return v;
}

#define VIEW(NAME, KIND, BASE)                                                                                         \
  static Value NAME##_iter(Thread *t, Value self) { return iter_make(t, ((OdictView *)v_obj(self))->dict, KIND); }     \
  METHOD(NAME##_reversed) {                                                                                            \
    UNUSED_ARGS;                                                                                                       \
    return iter_make(t, ((OdictView *)v_obj(self))->dict, (KIND) | BACKWARDS);                                         \
  }                                                                                                                    \
  METHOD(NAME##_method) {                                                                                              \
    UNUSED_ARGS;                                                                                                       \
    return view_make(t, &type_odict_##NAME, self);                                                                     \
  }                                                                                                                    \
  static const NativeDef NAME##_methods[] = {{"__reversed__($self, /)", NAME##_reversed, NULL, NATIVE_NO_SIGNATURE}, {0}}; \
  static const TypeSpec spec_odict_##NAME = {                                                                          \
      .name = "odict_" #NAME,                                                                                          \
      .base = &type_dict_##NAME,                                                                                       \
      .size = sizeof(OdictView),                                                                                       \
      .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,                                                                   \
      .slots = {.iter = NAME##_iter},                                                                                  \
      .methods = NAME##_methods,                                                                                       \
  };
VIEW(keys, GIVE_KEYS, dict_keys)
VIEW(values, GIVE_VALUES, dict_values)
VIEW(items, GIVE_KEYS | GIVE_VALUES, dict_items)

// --- The type -------------------------------------------------------------------------------------------------------------------------------

static const NativeDef odict_methods[] = {
    {"fromkeys($type, /, iterable, value=None)", odict_fromkeys, "Make a new ordered dict with keys from iterable, all with the same value.",
     NATIVE_CLASS},
    {"__sizeof__($self, /)", odict_sizeof, NULL, NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", odict_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"setdefault($self, /, key, default=None)", odict_setdefault, "Return the value for key; if there is none, put default there first.", 0},
    {"pop($self, /, key, default=<unrepresentable>)", odict_pop,
     "od.pop(key[,default]) -> v, take out the key and return its value.\n\nWithout the key: default if given, else KeyError.", 0},
    {"popitem($self, /, last=True)", odict_popitem, "Take out the last pair, or the first if last is false, and return it.", 0},
    {"keys($self, /)", keys_method, NULL, NATIVE_NO_SIGNATURE},
    {"values($self, /)", values_method, NULL, NATIVE_NO_SIGNATURE},
    {"items($self, /)", items_method, NULL, NATIVE_NO_SIGNATURE},
    {"update($self, /, *args, **kwargs)", odict_update, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"clear($self, /)", odict_clear, "Takes all items away.", NATIVE_NO_SIGNATURE},
    {"copy($self, /)", odict_copy, "Another such dictionary with the same items.", NATIVE_NO_SIGNATURE},
    {"__reversed__($self, /)", odict_reversed, "An iterator over the keys from the last to the first.", NATIVE_NO_SIGNATURE},
    {"move_to_end($self, /, key, last=True)", odict_move_to_end,
     "Move a key that is there to the end, or to the beginning if last is false.\n\nRaises KeyError if it is not there.", 0},
    {0},
};

static void odict_dealloc(Thread *t, Object *o) {
  instance_clear_ext(t, o, &((OrderedDict *)o)->ext);
  type_dict.slots.dealloc(t, o);
}

static void odict_traverse(Object *o, GcVisit visit, void *arg) {
  instance_traverse_ext(o, &((OrderedDict *)o)->ext, visit, arg);
  type_dict.slots.traverse(o, visit, arg);
}

static void odict_gc_clear(Thread *t, Object *o) {
  instance_clear_ext(t, o, &((OrderedDict *)o)->ext);
  dict_clear(t, (Dict *)o);
}

static const GetSetDef odict_getset[] = {DICT_ATTRIBUTE, {0}};

static const TypeSpec spec_OrderedDict = {
    .name = "collections.OrderedDict",
    .base = &type_dict,
    .size = sizeof(OrderedDict),
    .ext_offset = offsetof(OrderedDict, ext),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_HAS_EXT | TYPE_WEAKREF,
    .slots = {.repr = odict_repr,
              .hash = object_hash_not_implemented,
              .richcompare = odict_richcompare,
              .iter = odict_iter,
              .init = odict_init_slot,
              .or_ = odict_or,
              .ior = odict_ior,
              .setitem = odict_setitem,
              .dealloc = odict_dealloc,
              .traverse = odict_traverse,
              .clear = odict_gc_clear},
    .methods = odict_methods,
    .getset = odict_getset,
    .doc = "A dictionary whose order of keys can be changed and is compared.",
};

bool ordered_dict_init(Thread *t) {
  return type_ready(t, &type_OrderedDict, &spec_OrderedDict, 0) && type_ready(t, &type_odict_iterator, &spec_odict_iterator, 0) &&
         type_ready(t, &type_odict_keys, &spec_odict_keys, 0) && type_ready(t, &type_odict_values, &spec_odict_values, 0) &&
         type_ready(t, &type_odict_items, &spec_odict_items, 0);
}
