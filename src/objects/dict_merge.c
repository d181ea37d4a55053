// Whole dicts: copying, merging and comparing them.
#include "objects/dict.h"

#include <stdio.h>

#include "objects/dict_table.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "threading/critical.h"

Value dict_copy(Thread *t, Dict *d) {
  object_share(t, &d->ob);
  DictTable *table;
  CRITICAL_BEGIN(t, d);
  table = dict_clone_table_locked(t, d);
  CRITICAL_END(t);
  if (!table) return raise_no_memory(t);
  Value v = dict_from_table(t, table);
  if (v_is_null(v) && table != &dict_empty_table.table) {
    dict_table_drop_entries(t, table);
    heap_free(t, table);
  }
  return v;
}

// `mode` as in dict_merge.
static int merge_one(Thread *t, Dict *d, Value key, int64_t hash, Value value, int mode) {
  if (mode == 1) return dict_set_hash(t, d, key, hash, value);
  if (mode == 0) return dict_add_hash(t, d, key, hash, value);
  Value old;
  int r = dict_get_hash(t, d, key, hash, &old);
  if (r < 0) return -1;
  if (r > 0) {
    v_drop(t, old);
    raise_key_error(t, key);
    return -1;
  }
  return dict_set_hash(t, d, key, hash, value);
}

// An empty dict takes over a copy of the other's table.
static bool merge_into_empty(Thread *t, Dict *d, Dict *other) {
  bool done = false;
  DictTable *old = NULL;
  CRITICAL_BEGIN2(t, d, other);
  if (dict_table_used(dict_table(d)) == 0) {
    DictTable *table = dict_clone_table_locked(t, other);
    if (table) {
      old = dict_table(d);
      a32_store_rel(&d->keys_version, 0);
      dict_publish_locked(d, table);
      done = true;
    }
  }
  CRITICAL_END2(t);
  if (old && old != &dict_empty_table.table) {
    dict_table_drop_entries(t, old);
    heap_retire(t, &d->ob, old);
  }
  return done;
}

// Room for n more entries, when the present table is too small for them alone. Failing to is no error yet.
static void reserve(Thread *t, Dict *d, int64_t n) {
  CRITICAL_BEGIN(t, d);
  DictTable *table = dict_table(d);
  if (table->capacity < n) dict_resize_locked(t, d, dict_table_used(table) + n, table->str_keys);
  CRITICAL_END(t);
}

static int merge_dict(Thread *t, Dict *d, Dict *other, int mode) {
  if (d == other) return 0;
  object_share(t, &d->ob);
  object_share(t, &other->ob);
  int64_t n = dict_length(other);
  if (n == 0) return 0;
  if (dict_length(d) == 0 && merge_into_empty(t, d, other)) return 0;
  if (!object_is_private(t, &other->ob)) {  // other threads may change it meanwhile, which is no error: what it holds now counts
    Value snapshot = dict_copy(t, other);
    if (v_is_null(snapshot)) return -1;
    int r = merge_dict(t, d, v_dict(snapshot), mode);
    v_drop(t, snapshot);
    return r;
  }
  reserve(t, d, n);
  uint32_t generation = a32_load_acq(&other->generation);
  Value key, value;
  int64_t hash;
  for (int64_t pos = 0; dict_walk(t, other, &pos, &key, &value, &hash);) {
    int r = merge_one(t, d, key, hash, value, mode);
    v_drop(t, value);
    v_drop(t, key);
    if (r < 0) return -1;
    if (dict_length(other) != n || a32_load_acq(&other->generation) != generation) {
      raise_error(t, &exc_RuntimeError, "dict mutated during update");
      return -1;
    }
  }
  return 0;
}

// mapping.keys() as a list: all of them are asked for before the first value is.
static Value mapping_keys(Thread *t, Value mapping) {
  Value keys = object_call_method0(t, mapping, N(keys));
  if (v_is_null(keys) || v_is_list_exact(keys)) return keys;
  Value it = object_iter(t, keys), list = V_NULL;
  if (!v_is_null(it)) {
    list = object_to_list(t, it);
  } else if (error_matches(t, &exc_TypeError)) {
    error_clear(t);
    raise_type_error(t, "%.200T.keys() returned a non-iterable (type %.200T)", mapping, keys);
  }
  v_drop(t, it);
  v_drop(t, keys);
  return list;
}

int dict_merge(Thread *t, Dict *d, Value mapping, int mode) {
  // A subclass that iterates in its own way is asked, not looked into.
  if (v_is_dict(mapping) && v_type(mapping)->slots.iter == type_dict.slots.iter) return merge_dict(t, d, v_dict(mapping), mode);
  Value keys = mapping_keys(t, mapping);
  if (v_is_null(keys)) return -1;
  Value it = object_iter(t, keys);
  v_drop(t, keys);
  if (v_is_null(it)) return -1;
  int rc = 0;
  while (rc == 0) {
    Value key = object_iternext(t, it), value = V_NULL;
    if (v_is_null(key)) {
      if (error_pending(t)) rc = -1;
      break;
    }
    int r = mode == 1 ? 0 : dict_contains(t, d, key);
    if (r > 0 && mode == 2) raise_key_error(t, key), rc = -1;
    else if (r < 0) rc = -1;
    else if (r == 0) {
      value = object_getitem(t, mapping, key);
      rc = v_is_null(value) ? -1 : dict_set(t, d, key, value);
    }
    v_drop(t, value);
    v_drop(t, key);
  }
  v_drop(t, it);
  return rc;
}

// One element of the argument of dict(iterable): a sequence of two.
static int merge_pair(Thread *t, Dict *d, Value element, int64_t index, bool overwrite) {
  char error[96];
  snprintf(error, sizeof error, "cannot convert dictionary update sequence element #%lld to a sequence", (long long)index);
  Value pair = v_is_tuple_exact(element) || v_is_list_exact(element) ? v_own(t, element) : list_copy_of(t, element, error);
  if (v_is_null(pair)) return -1;
  int rc = -1;
  Value key = V_NULL, value = V_NULL;
  int64_t n = v_is_list(pair) ? list_length(v_list(pair)) : v_tuple(pair)->length;
  if (n != 2) {
    raise_value_error(t, "dictionary update sequence element #%lld has length %lld; 2 is required", (long long)index, (long long)n);
  } else if (v_is_list(pair)) {
    key = list_get(t, v_list(pair), 0);
    value = list_get(t, v_list(pair), 1);
    if (v_is_null(key) || v_is_null(value)) raise_error(t, &exc_RuntimeError, "list changed size during update");
  } else {
    key = v_own(t, v_tuple(pair)->items[0]);
    value = v_own(t, v_tuple(pair)->items[1]);
  }
  if (!v_is_null(value) && !v_is_null(key)) {
    if (overwrite) {
      rc = dict_set(t, d, key, value);
    } else {
      Value now;
      rc = dict_setdefault(t, d, key, value, &now) < 0 ? -1 : 0;
      v_drop(t, now);
    }
  }
  v_drop(t, key);
  v_drop(t, value);
  v_drop(t, pair);
  return rc;
}

int dict_merge_pairs(Thread *t, Dict *d, Value iterable, bool overwrite) {
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) return -1;
  int rc = 0;
  for (int64_t i = 0; rc == 0; i++) {
    Value element = object_iternext(t, it);
    if (v_is_null(element)) {
      if (error_pending(t)) rc = -1;
      break;
    }
    rc = merge_pair(t, d, element, i, overwrite);
    v_drop(t, element);
  }
  v_drop(t, it);
  return rc;
}

int dict_update(Thread *t, Dict *d, Value other) {
  if (v_is_dict_exact(other)) return dict_merge(t, d, other, 1);
  Value keys;
  int r = object_lookup_attr(t, other, N(keys), &keys);
  if (r < 0) return -1;
  v_drop(t, keys);
  return r > 0 ? dict_merge(t, d, other, 1) : dict_merge_pairs(t, d, other, true);
}

int dict_equal(Thread *t, Dict *a, Dict *b) {
  if (a == b) return 1;  // values are compared by identity first
  if (dict_length(a) != dict_length(b)) return 0;
  if (!object_is_private(t, &a->ob)) {  // as it is now, whatever other threads do to it meanwhile
    Value copy = dict_copy(t, a);
    if (v_is_null(copy)) return -1;
    int r = dict_equal(t, v_dict(copy), b);
    v_drop(t, copy);
    return r;
  }
  Value key, value;
  int64_t hash;
  for (int64_t pos = 0; dict_walk(t, a, &pos, &key, &value, &hash);) {
    Value other;
    int r = dict_get_hash(t, b, key, hash, &other);
    if (r > 0) {
      r = object_equal(t, value, other);
      v_drop(t, other);
    }
    v_drop(t, key);
    v_drop(t, value);
    if (r <= 0) return r;
  }
  return 1;
}
