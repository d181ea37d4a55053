// dict as Python sees it: subscripts, operators, comparison, repr, methods and the type.
#include "objects/dict_iter.h"
#include "objects/dict_table.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

Type type_dict;

// --- Subscripts -------------------------------------------------------------------------------------------------------------------

static Value missing(Thread *t, Value self, Value key) {
  if (!v_is_dict_exact(self)) {
    Value method;
    int r = object_lookup_special(t, self, N(__missing__), &method);
    if (r < 0) return V_NULL;
    if (r > 0) {
      Value v = object_call1(t, method, key);
      v_drop(t, method);
      return v;
    }
  }
  return raise_key_error(t, key);
}

static Value dict_getitem(Thread *t, Value self, Value key) {
  Value v;
  int r = dict_get(t, v_dict(self), key, &v);
  if (likely(r > 0)) return v;
  return r < 0 ? V_NULL : missing(t, self, key);
}

static int dict_setitem(Thread *t, Value self, Value key, Value value) {
  if (!v_is_null(value)) return dict_set(t, v_dict(self), key, value);
  int r = dict_delete(t, v_dict(self), key);
  if (r == 0) raise_key_error(t, key);
  return r > 0 ? 0 : -1;
}

static int dict_contains_slot(Thread *t, Value self, Value key) { return dict_contains(t, v_dict(self), key); }

static int64_t dict_len(Thread *t, Value self) {
  object_share(t, v_obj(self));
  return dict_length(v_dict(self));
}

// --- Operators ----------------------------------------------------------------------------------------------------------------------

static Value dict_or(Thread *t, Value a, Value b) {
  if (!v_is_dict(a) || !v_is_dict(b)) return V_NOT_IMPLEMENTED;
  Value v = dict_copy(t, v_dict(a));
  if (!v_is_null(v) && dict_update(t, v_dict(v), b) < 0) {
    v_drop(t, v);
    return V_NULL;
  }
  return v;
}

static Value dict_ior(Thread *t, Value a, Value b) { return dict_update(t, v_dict(a), b) < 0 ? V_NULL : v_own(t, a); }

static Value dict_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_dict(a) || !v_is_dict(b) || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  int r = dict_equal(t, v_dict(a), v_dict(b));
  return r < 0 ? V_NULL : v_from_bool(r == (op == CMP_EQ));
}

static Value dict_repr(Thread *t, Value self) {
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_ascii(t, "{...}", 5) : V_NULL;
  // Shown as it is now, whatever other threads do to it meanwhile.
  Value shown = object_is_private(t, v_obj(self)) ? v_own(t, self) : dict_copy(t, v_dict(self));
  if (v_is_null(shown)) {
    repr_leave(t, self);
    return shown;
  }
  Dict *d = v_dict(shown);
  StrBuilder b;
  strb_init(&b, t);
  bool ok = strb_char(&b, '{'), first = true;
  Value key, value;
  for (int64_t pos = 0; ok && dict_next(t, d, &pos, &key, &value); first = false) {
    if (!first) strb_ascii(&b, ", ", 2);
    Value k = object_repr(t, key), v = V_NULL;
    ok = !v_is_null(k) && strb_str(&b, k) && strb_ascii(&b, ": ", 2);
    if (ok) {
      v = object_repr(t, value);
      ok = !v_is_null(v) && strb_str(&b, v);
    }
    v_drop(t, k);
    v_drop(t, v);
    v_drop(t, key);
    v_drop(t, value);
  }
  v_drop(t, shown);
  repr_leave(t, self);
  if (!ok) {
    strb_discard(&b);
    return V_NULL;
  }
  strb_char(&b, '}');
  return strb_finish(&b);
}

// --- Methods ------------------------------------------------------------------------------------------------------------------------

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

METHOD(dict_get_method) {
  UNUSED_ARGS;
  Value v;
  int r = dict_get(t, v_dict(self), args[0], &v);
  if (r) return v;
  return v_is_absent(args[1]) ? V_NONE : v_own(t, args[1]);
}

METHOD(dict_setdefault_method) {
  UNUSED_ARGS;
  Value v;
  dict_setdefault(t, v_dict(self), args[0], v_is_absent(args[1]) ? V_NONE : args[1], &v);
  return v;
}

METHOD(dict_pop_method) {
  if (native_no_keywords(t, "dict.pop", kwnames) < 0 || native_check_positional(t, "pop", nargs, 1, 2) < 0) return V_NULL;
  Value v;
  // An empty dict does not ask for the key's hash.
  int r = dict_length(v_dict(self)) ? dict_pop(t, v_dict(self), args[0], &v) : 0;
  if (r) return v;
  return nargs > 1 ? v_own(t, args[1]) : raise_key_error(t, args[0]);
}

METHOD(dict_popitem_method) {
  UNUSED_ARGS;
  return dict_popitem(t, v_dict(self));
}

METHOD(dict_keys_method) {
  UNUSED_ARGS;
  return dict_keys_view(t, self);
}

METHOD(dict_values_method) {
  UNUSED_ARGS;
  return dict_values_view(t, self);
}

METHOD(dict_items_method) {
  UNUSED_ARGS;
  return dict_items_view(t, self);
}

METHOD(dict_clear_method) {
  UNUSED_ARGS;
  dict_clear(t, v_dict(self));
  return V_NONE;
}

METHOD(dict_copy_method) {
  UNUSED_ARGS;
  return dict_copy(t, v_dict(self));
}

METHOD(dict_contains_method) {
  UNUSED_ARGS;
  int r = dict_contains(t, v_dict(self), args[0]);
  return r < 0 ? V_NULL : v_from_bool(r);
}

METHOD(dict_getitem_method) {
  UNUSED_ARGS;
  return dict_getitem(t, self, args[0]);
}

METHOD(dict_reversed_method) {
  UNUSED_ARGS;
  return dict_iterator_new(t, SHAPE_DICT_REVERSEKEYITERATOR, self);
}

METHOD(dict_sizeof) {
  UNUSED_ARGS;
  size_t size = v_type(self)->size;
  Dict *d = v_dict(self);
  object_share(t, &d->ob);
  CRITICAL_BEGIN(t, d);
  DictTable *table = dict_table(d);
  if (table != &dict_empty_table.table) size += heap_usable_size(table);
  CRITICAL_END(t);
  return v_from_smi((int64_t)size);
}

// The arguments of dict() and dict.update(): at most one positional, then keywords.
static int update_from_call(Thread *t, Value self, const char *name, const Value *args, size_t nargs, Value kwnames) {
  if (native_check_positional(t, name, nargs, 0, 1) < 0) return -1;
  if (nargs == 1 && dict_update(t, v_dict(self), args[0]) < 0) return -1;
  int64_t n = v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length;
  for (int64_t i = 0; i < n; i++) {
    if (dict_set(t, v_dict(self), v_tuple(kwnames)->items[i], args[nargs + (size_t)i]) < 0) return -1;
  }
  return 0;
}

METHOD(dict_update_method) { return update_from_call(t, self, "update", args, nargs, kwnames) < 0 ? V_NULL : V_NONE; }

// The keys of dicts and sets are not hashed again.
static int fill_from_dict(Thread *t, Dict *target, Dict *from, Value value) {
  Value key;
  int64_t hash;
  int rc = 0;
  for (int64_t pos = 0; rc == 0 && dict_walk(t, from, &pos, &key, NULL, &hash);) {
    rc = dict_set_hash(t, target, key, hash, value);
    v_drop(t, key);
  }
  return rc;
}

static int fill_from_set(Thread *t, Dict *target, Set *from, Value value) {
  SetWalk w;
  Value key;
  int64_t hash;
  int rc = set_walk_begin(t, &w, from) ? 0 : -1;
  while (rc == 0 && set_walk_next(t, &w, &key, &hash)) {
    rc = dict_set_hash(t, target, key, hash, value);
    v_drop(t, key);
  }
  set_walk_end(t, &w);
  return rc;
}

static int fill_from_keys(Thread *t, Value target, Value iterable, Value value) {
  bool plain = v_is_dict_exact(target);
  if (plain && v_is_dict_exact(iterable)) return fill_from_dict(t, v_dict(target), v_dict(iterable), value);
  if (plain && (v_type(iterable) == &type_set || v_type(iterable) == &type_frozenset)) return fill_from_set(t, v_dict(target), (Set *)v_obj(iterable), value);
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) return -1;
  int rc = 0;
  while (rc == 0) {
    Value key = object_iternext(t, it);
    if (v_is_null(key)) {
      if (error_pending(t)) rc = -1;
      break;
    }
    rc = plain ? dict_set(t, v_dict(target), key, value) : object_setitem(t, target, key, value);
    v_drop(t, key);
  }
  v_drop(t, it);
  return rc;
}

METHOD(dict_fromkeys) {
  UNUSED_ARGS;
  Value d = object_call0(t, self);
  if (v_is_null(d)) return d;
  if (fill_from_keys(t, d, args[0], v_is_absent(args[1]) ? V_NONE : args[1]) == 0) return d;
  v_drop(t, d);
  return V_NULL;
}

static const NativeDef dict_methods[] = {
    {"__contains__($self, key, /)", dict_contains_method, "Whether the key is in the dictionary.", NATIVE_COEXIST},
    {"__getitem__($self, key, /)", dict_getitem_method, "The item that belongs to y.", NATIVE_COEXIST | NATIVE_NO_SIGNATURE},
    {"__sizeof__($self, /)", dict_sizeof, "Return the bytes that the dict takes in memory.", NATIVE_NO_SIGNATURE},
    {"get($self, key, default=None, /)", dict_get_method, "Return the value for key, or default if there is none.", 0},
    {"setdefault($self, key, default=None, /)", dict_setdefault_method,
     "Return the value for key; if there is none, put default there first.", 0},
    {"pop($self, key, default=<unrepresentable>, /)", dict_pop_method,
     "D.pop(k[,d]) -> v, take out the key and return its value.\n\nWithout the key: d if given, else KeyError.", NATIVE_RAW},
    {"popitem($self, /)", dict_popitem_method,
     "Take out the pair that was put in last and return it as a tuple.\n\nRaises KeyError if the dict is empty.", 0},
    {"keys($self, /)", dict_keys_method, "The keys, as a view that follows changes.", NATIVE_NO_SIGNATURE},
    {"items($self, /)", dict_items_method, "The items, as a view that follows changes.", NATIVE_NO_SIGNATURE},
    {"values($self, /)", dict_values_method, "The values, as a view that follows changes.", NATIVE_NO_SIGNATURE},
    {"update($self, E, /, **F)", dict_update_method,
     "D.update([E, ]**F) -> None.  Put in the pairs of E, a mapping (it has keys()) or an iterable of pairs, then the keywords F.",
     NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"fromkeys($type, iterable, value=None, /)", dict_fromkeys, "Make a new dict with keys from iterable, all with the same value.", NATIVE_CLASS},
    {"clear($self, /)", dict_clear_method, "D.clear() -> None.  Take out everything.", NATIVE_NO_SIGNATURE},
    {"copy($self, /)", dict_copy_method, "Another dictionary with the same items.", NATIVE_NO_SIGNATURE},
    {"__reversed__($self, /)", dict_reversed_method, "Return an iterator over the keys, the last first.", 0},
    CLASS_GETITEM_DEF,
    {0},
};

// --- The type -----------------------------------------------------------------------------------------------------------------------

static Value dict_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  if (type == &type_dict) return dict_new(t);
  Value v = type->slots.alloc(t, type, 0);
  if (!v_is_null(v)) aptr_store_rlx(&v_dict(v)->table, &dict_empty_table.table);
  return v;
}

static int dict_init_slot(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  return update_from_call(t, self, "dict", args, nargs, kwnames);
}

static void dict_dealloc(Thread *t, Object *o) {
  DictTable *table = dict_table((Dict *)o);
  if (table && table != &dict_empty_table.table) {
    dict_table_drop_entries(t, table);
    heap_free(t, table);
  }
  heap_free_object(t, o);
}

static void dict_traverse(Object *o, GcVisit visit, void *arg) {
  DictTable *table = dict_table((Dict *)o);
  if (!table) return;
  int64_t count = dict_table_count(table);
  for (int64_t ix = 0; ix < count; ix++) {
    if (!table->str_keys) gc_visit_value(*dict_table_key(table, ix), visit, arg);
    gc_visit_value(*dict_table_value(table, ix), visit, arg);
  }
}

static void dict_gc_clear(Thread *t, Object *o) { dict_clear(t, (Dict *)o); }

static const TypeSpec spec_dict = {
    .name = "dict",
    .size = sizeof(Dict),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_DICT | TYPE_MAPPING | TYPE_MATCH_SELF,
    .slots = {.repr = dict_repr,
              .hash = object_hash_not_implemented,
              .richcompare = dict_richcompare,
              .iter = dict_iter,
              .new = dict_type_new,
              .init = dict_init_slot,
              .or_ = dict_or,
              .ior = dict_ior,
              .length = dict_len,
              .getitem = dict_getitem,
              .setitem = dict_setitem,
              .contains = dict_contains_slot,
              .dealloc = dict_dealloc,
              .traverse = dict_traverse,
              .clear = dict_gc_clear},
    .methods = dict_methods,
    .doc = "dict() -> new empty dictionary\n"
           "dict(mapping) -> a dictionary with the mapping's (key, value) pairs\n"
           "dict(iterable) -> a dictionary of the pairs in iterable: d[k] = v for each k, v\n"
           "dict(**kwargs) -> a dictionary of the keywords and their values: dict(one=1, two=2)",
};

bool dict_init(Thread *t) { return type_ready(t, &type_dict, &spec_dict, SHAPE_DICT); }
