// dict as C code uses it: getting, setting, deleting, walking, merging, comparing, and the VM's cached look-ups.
//
// Every operation hashes first, then looks the key up. Where the comparison can be done without Python code, a read needs no lock, and a write
// searches and changes under one lock. Where it can't, the search runs unlocked (dict_find_slow) and the write then checks, under the lock, that
// the table is the same and that nothing was appended; otherwise it searches again. What leaves the dict is dropped after the lock.
#include "objects/dict.h"

#include <stdio.h>

#include "objects/dict_table.h"
#include "objects/error.h"
#include "objects/hash_inline.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

// --- Making -----------------------------------------------------------------------------------------------------------------------

static Value dict_from_table(Thread *t, DictTable *table) {
  Dict *d = (Dict *)heap_new_object(t, SHAPE_DICT, sizeof(Dict));
  if (!d) return raise_no_memory(t);
  aptr_store_rlx(&d->table, table);
  return v_from_obj(d);
}

Value dict_new(Thread *t) { return dict_from_table(t, &dict_empty_table.table); }

Value dict_new_sized(Thread *t, int64_t expected) {
  if (expected <= 0) return dict_new(t);
  DictTable *table = dict_table_new(t, expected, true);
  if (!table) return raise_no_memory(t);
  Value v = dict_from_table(t, table);
  if (v_is_null(v)) heap_free(t, table);
  return v;
}

Value dict_new_named(Thread *t, const Value *names, const Value *owned, int64_t n) {
  DictTable *table = dict_table_of_strs(t, names, owned, n);
  if (unlikely(!table)) {
    for (int64_t i = 0; i < n; i++) v_drop(t, owned[i]);
    return raise_no_memory(t);
  }
  Value v = dict_from_table(t, table);
  if (unlikely(v_is_null(v))) {
    dict_table_drop_entries(t, table);
    heap_free(t, table);
  }
  return v;
}

int64_t dict_length(const Dict *d) { return dict_table_used((DictTable *)aptr_load_acq(&d->table)); }

// --- Getting ----------------------------------------------------------------------------------------------------------------------

// Entry number of key in the table that is put in *table, FIND_ABSENT or FIND_ERROR.
static inline int64_t find(Thread *t, Dict *d, Value key, int64_t hash, DictTable **table) {
  for (;;) {
    *table = (DictTable *)aptr_load_acq(&d->table);
    int64_t ix = dict_find_inline(t, d, *table, key, hash);
    if (likely(ix >= FIND_ABSENT)) return ix;
    if (ix == FIND_CHANGED) continue;
    uint32_t generation;
    int64_t count;
    ix = dict_find_slow(t, d, key, hash, &generation, &count);
    if (ix < 0) return ix;
    *table = (DictTable *)aptr_load_acq(&d->table);
    if (a32_load_acq(&d->generation) == generation) return ix;
  }
}

// Owns the value of entry ix: 1; 0 it was deleted; FIND_CHANGED.
static inline int load_value(Thread *t, Dict *d, DictTable *table, int64_t ix, Value *out) {
  const Value *slot = dict_table_value(table, ix);
  Value v = v_load_ref(t, &d->table, table, slot);
  if (unlikely(v_is_null(v))) {
    v = dict_table_ref_slow(t, d, table, slot);
    if (v_is_null(v)) return FIND_CHANGED;
  }
  if (unlikely(v_is_absent(v))) return 0;
  *out = v;
  return 1;
}

static inline int get_hash(Thread *t, Dict *d, Value key, int64_t hash, Value *out) {
  object_share(t, &d->ob);
  for (;;) {
    DictTable *table;
    int64_t ix = find(t, d, key, hash, &table);
    int r = ix < 0 ? 0 : load_value(t, d, table, ix, out);
    if (unlikely(r == FIND_CHANGED)) continue;
    if (r == 0) *out = V_NULL;
    return ix == FIND_ERROR ? -1 : r;
  }
}

int dict_get(Thread *t, Dict *d, Value key, Value *out) {
  int64_t hash = object_hash_inline(t, key);
  if (unlikely(hash == -1)) {
    *out = V_NULL;
    return -1;
  }
  return get_hash(t, d, key, hash, out);
}

int dict_get_hash(Thread *t, Dict *d, Value key, int64_t hash, Value *out) { return get_hash(t, d, key, hash, out); }

int dict_get_cstr(Thread *t, Dict *d, const char *key, Value *out) {
  Value k = str_from_cstr(t, key);
  *out = V_NULL;
  if (v_is_null(k)) return -1;
  int r = dict_get(t, d, k, out);
  v_drop(t, k);
  return r;
}

int dict_contains(Thread *t, Dict *d, Value key) {
  Value v;
  int r = dict_get(t, d, key, &v);
  v_drop(t, v);
  return r;
}

// --- Writing ----------------------------------------------------------------------------------------------------------------------

// A key's place, found under the lock or, where a comparison may run Python code, without it and confirmed under it.
typedef struct Place {
  int64_t ix;           // entry, or FIND_ABSENT
  size_t slot;          // for dict_append_locked
  bool searched;        // a slow search has answered ix for this generation and count
  uint32_t generation;
  int64_t count;
} Place;

// True: p holds the key's place until the lock is released. False: release it, call place_search and try again.
static bool place_locked(Thread *t, Dict *d, Value key, int64_t hash, Place *p) {
  if (likely(!p->searched)) {
    p->ix = dict_find_locked_inline(t, d, key, hash, &p->slot);
    return p->ix != FIND_SLOW;
  }
  DictTable *table = dict_table(d);
  if (a32_load_rlx(&d->generation) != p->generation || (int64_t)a32_load_rlx(&table->count) != p->count) return false;
  p->slot = DICT_SLOT_UNKNOWN;  // in a table of strs this key is no str, so appending it makes another table
  if (p->ix >= 0 && v_is_absent(*dict_table_value(table, p->ix))) p->ix = FIND_ABSENT;
  return true;
}

static int place_search(Thread *t, Dict *d, Value key, int64_t hash, Place *p) {
  p->searched = true;
  p->ix = dict_find_slow(t, d, key, hash, &p->generation, &p->count);
  return p->ix == FIND_ERROR ? -1 : 0;
}

// Sets d[key] (steals value, also on failure): 1 the key was there, 0 inserted, -1. `keep`: an existing value stays. *now, unless NULL: the
// value in the dict afterwards, owned.
static int put(Thread *t, Dict *d, Value key, int64_t hash, Value value, bool keep, Value *now) {
  object_share(t, &d->ob);
  Place p = {.searched = false};
  Value victim = V_NULL;
  for (;;) {
    bool placed;
    int rc = 0;
    CRITICAL_BEGIN(t, d);
    placed = place_locked(t, d, key, hash, &p);
    if (placed && p.ix >= 0) {
      Value *slot = dict_table_value(dict_table(d), p.ix);
      rc = 1;
      if (keep) {
        victim = value;
        value = v_new_ref_locked(t, *slot);
      } else {
        victim = *slot;
        if (now) v_own(t, value);
        v_store_rel(slot, value);
      }
    } else if (placed) {
      Value k = v_own(t, key);
      if (now) v_own(t, value);
      if (unlikely(dict_append_locked(t, d, k, hash, value, p.slot) < 0)) {
        rc = -1;
        victim = k;
      }
    }
    CRITICAL_END(t);
    if (likely(placed)) {
      v_drop(t, victim);
      if (now) *now = rc < 0 ? V_NULL : value;
      else if (keep && rc == 1) v_drop(t, value);
      if (unlikely(rc < 0)) {
        v_drop(t, value);
        if (now) v_drop(t, value);
        raise_no_memory(t);
      }
      return rc;
    }
    if (place_search(t, d, key, hash, &p) < 0) {
      v_drop(t, value);
      if (now) *now = V_NULL;
      return -1;
    }
  }
}

// put for the commonest key, an exact str in a small table of strs: 1 it was there, 0 inserted; -1: nothing was done, put must try.
static inline int put_str(Thread *t, Dict *d, Value key, int64_t hash, Value value) {
  Value victim = V_NULL;
  int rc = -1;
  object_share(t, &d->ob);
  CRITICAL_BEGIN(t, d);
  DictTable *table = dict_table(d);
  if (likely(table->str_keys && table->index_bytes == 2)) {
    size_t at;
    int64_t ix = dict_probe_str(t, d, table, key, hash, &at, true, 2);
    Value *slot = ix >= 0 ? &dict_str_entries(table)[ix].value : NULL;
    if (slot && likely(!v_is_absent(*slot))) {
      victim = *slot;
      v_store_rel(slot, value);
      rc = 1;
    } else {
      Value k = v_own(t, key);
      if (likely(dict_append_locked(t, d, k, hash, value, at) == 0)) rc = 0;
      else victim = k;
    }
  }
  CRITICAL_END(t);
  v_drop(t, victim);
  return rc;
}

int dict_set_hash(Thread *t, Dict *d, Value key, int64_t hash, Value value) {
  return put(t, d, key, hash, v_own(t, value), false, NULL) < 0 ? -1 : 0;
}

int dict_put(Thread *t, Dict *d, Value key, Value value) {
  int64_t hash = object_hash_inline(t, key);
  return unlikely(hash == -1) ? -1 : put(t, d, key, hash, v_own(t, value), false, NULL);
}

int dict_set_steal(Thread *t, Dict *d, Value key, Value owned_value) {
  if (unlikely(v_is_null(owned_value))) return -1;
  int64_t hash = object_hash_inline(t, key);
  if (unlikely(hash == -1)) {
    v_drop(t, owned_value);
    return -1;
  }
  if (v_is_exact(key, SHAPE_STR) && likely(put_str(t, d, key, hash, owned_value) >= 0)) return 0;
  return put(t, d, key, hash, owned_value, false, NULL) < 0 ? -1 : 0;
}

int dict_set(Thread *t, Dict *d, Value key, Value value) { return dict_set_steal(t, d, key, v_own(t, value)); }

int dict_set_cstr(Thread *t, Dict *d, const char *key, Value value) {
  Value k = str_intern_cstr(t, key);
  if (v_is_null(k)) return -1;
  int r = dict_set(t, d, k, value);
  v_drop(t, k);
  return r;
}

int dict_setdefault(Thread *t, Dict *d, Value key, Value value, Value *out) {
  int64_t hash = object_hash_inline(t, key);
  *out = V_NULL;
  return unlikely(hash == -1) ? -1 : put(t, d, key, hash, v_own(t, value), true, out);
}

// Takes d[key] out: 1 with *value and *old_key owned (the latter null for a str, which stays in its table), 0 absent, -1.
static int take(Thread *t, Dict *d, Value key, Value *value, Value *old_key) {
  int64_t hash = object_hash_inline(t, key);
  *value = *old_key = V_NULL;
  if (unlikely(hash == -1)) return -1;
  object_share(t, &d->ob);
  Place p = {.searched = false};
  for (;;) {
    bool placed;
    CRITICAL_BEGIN(t, d);
    placed = place_locked(t, d, key, hash, &p);
    if (placed && p.ix >= 0) *value = dict_take_locked(d, p.ix, old_key);
    CRITICAL_END(t);
    if (placed) return p.ix >= 0;
    if (place_search(t, d, key, hash, &p) < 0) return -1;
  }
}

int dict_delete(Thread *t, Dict *d, Value key) {
  Value value, old_key;
  int r = take(t, d, key, &value, &old_key);
  v_drop(t, old_key);
  v_drop(t, value);
  return r;
}

int dict_pop(Thread *t, Dict *d, Value key, Value *out) {
  Value old_key;
  int r = take(t, d, key, out, &old_key);
  v_drop(t, old_key);
  return r;
}

Value dict_popitem(Thread *t, Dict *d) {
  Value pair = tuple_new(t, 2);  // made first: failing to make it must not lose the item
  if (v_is_null(pair)) return pair;
  bool taken = false;
  object_share(t, &d->ob);
  CRITICAL_BEGIN(t, d);
  DictTable *table = dict_table(d);
  if (dict_table_used(table) > 0) {
    uint32_t ix = table->tail - 1;
    while (v_is_absent(*dict_table_value(table, ix))) ix--;
    Value str_key = table->str_keys ? v_own(t, dict_str_entries(table)[ix].key) : V_NULL, key;
    v_tuple(pair)->items[1] = dict_take_locked(d, ix, &key);
    v_tuple(pair)->items[0] = table->str_keys ? str_key : key;
    table->tail = ix;
    dict_shed_locked(t, d);
    taken = true;
  }
  CRITICAL_END(t);
  if (taken) return pair;
  v_drop(t, pair);
  return raise_error(t, &exc_KeyError, "popitem(): dictionary is empty");
}

// Moves entry ix to the end. Lock held. 0, or -1 without an exception.
static int move_to_end_locked(Thread *t, Dict *d, int64_t ix, int64_t hash, size_t slot) {
  DictTable *table = dict_table(d);
  if (ix + 1 == dict_table_count(table)) return 0;
  Value key = v_own(t, *dict_table_key(table, ix)), taken, value = dict_take_locked(d, ix, &taken);
  if (dict_append_locked(t, d, key, hash, value, slot) == 0) {
    v_drop(t, taken);  // never the last reference: the new entry has one
    return 0;
  }
  // Put back: the new table could not be made, so this is still the old one.
  v_store_rel(dict_table_value(table, ix), value);
  if (!v_is_null(taken)) v_store_rel(dict_table_key(table, ix), taken);
  a32_store_rlx(&table->used, a32_load_rlx(&table->used) + 1);
  v_drop(t, key);
  return -1;
}

int dict_move(Thread *t, Dict *d, Value key, bool last) {
  int64_t hash = object_hash_inline(t, key);
  return unlikely(hash == -1) ? -1 : dict_move_hash(t, d, key, hash, last);
}

int dict_move_hash(Thread *t, Dict *d, Value key, int64_t hash, bool last) {
  object_share(t, &d->ob);
  Place p = {.searched = false};
  for (;;) {
    bool placed;
    int rc = 0;
    CRITICAL_BEGIN(t, d);
    placed = place_locked(t, d, key, hash, &p);
    if (placed && p.ix >= 0) rc = last ? move_to_end_locked(t, d, p.ix, hash, p.slot) : dict_move_to_front_locked(t, d, p.ix);
    CRITICAL_END(t);
    if (placed && rc < 0) raise_no_memory(t);
    if (placed) return rc < 0 ? -1 : p.ix >= 0;
    if (place_search(t, d, key, hash, &p) < 0) return -1;
  }
}

bool dict_take_first(Thread *t, Dict *d, DictFirst *first, Value *key, Value *value) {
  bool taken = false;
  object_share(t, &d->ob);
  CRITICAL_BEGIN(t, d);
  DictTable *table = dict_table(d);
  uint32_t generation = a32_load_rlx(&d->generation), ix = first->generation == generation ? first->index : 0;
  if (dict_table_used(table) > 0) {
    while (v_is_absent(*dict_table_value(table, ix))) ix++;
    Value str_key = table->str_keys ? v_own(t, dict_str_entries(table)[ix].key) : V_NULL;
    *value = dict_take_locked(d, ix, key);
    if (table->str_keys) *key = str_key;
    *first = (DictFirst){generation, ix + 1};
    dict_shed_locked(t, d);
    taken = true;
  }
  CRITICAL_END(t);
  return taken;
}

void dict_clear(Thread *t, Dict *d) {
  object_share(t, &d->ob);
  DictTable *table;
  CRITICAL_BEGIN(t, d);
  table = dict_table(d);
  dict_publish_locked(d, &dict_empty_table.table);
  CRITICAL_END(t);
  if (table == &dict_empty_table.table) return;
  dict_table_drop_entries(t, table);
  heap_retire(t, &d->ob, table);
}

// --- Walking ------------------------------------------------------------------------------------------------------------------------

bool dict_next(Thread *t, Dict *d, int64_t *pos, Value *key, Value *value) { return dict_walk(t, d, pos, key, value, NULL); }

bool dict_walk(Thread *t, Dict *d, int64_t *pos, Value *key, Value *value, int64_t *hash) {
  object_share(t, &d->ob);
  for (;;) {
    DictTable *table = (DictTable *)aptr_load_acq(&d->table);
    int64_t ix = *pos;
    if (ix >= dict_table_count(table)) return false;
    Value v = V_NULL, k = V_NULL;
    int r = load_value(t, d, table, ix, &v);
    if (r == FIND_CHANGED) continue;
    if (r == 1 && key) {
      const Value *slot = dict_table_key(table, ix);
      k = v_load_ref(t, &d->table, table, slot);
      if (unlikely(v_is_null(k))) k = dict_table_ref_slow(t, d, table, slot);
      if (v_is_null(k)) {
        v_drop(t, v);
        continue;
      }
      if (v_is_absent(k)) {  // deleted between the two loads
        v_drop(t, v);
        r = 0;
      }
    }
    *pos = ix + 1;
    if (r == 0) continue;
    if (hash) *hash = table->str_keys ? str_hash(v_str(k)) : dict_entries(table)[ix].hash;
    if (key) *key = k;
    if (value) *value = v;
    else v_drop(t, v);
    return true;
  }
}

// Lists of keys, values or pairs as they are at one moment.
enum { WANT_KEYS = 1, WANT_VALUES = 2 };

static Value collect(Thread *t, Dict *d, int want) {
  object_share(t, &d->ob);
  for (;;) {
    int64_t n = dict_length(d), k = 0;
    ListArray *array = list_array_new(t, n ? n : 1);
    if (!array) return raise_no_memory(t);
    bool failed = false, fits = true;
    // Pairs are made before the lock is taken, as making them may fail.
    for (int64_t i = 0; want == (WANT_KEYS | WANT_VALUES) && i < n && !failed; i++) {
      array->items[i] = tuple_new(t, 2);
      failed = v_is_null(array->items[i]);
    }
    CRITICAL_BEGIN(t, d);
    DictTable *table = dict_table(d);
    fits = dict_table_used(table) == n;
    int64_t count = dict_table_count(table);
    for (int64_t ix = 0; fits && !failed && ix < count; ix++) {
      Value value = *dict_table_value(table, ix);
      if (v_is_absent(value)) continue;
      if (want == WANT_KEYS) {
        array->items[k] = v_own(t, *dict_table_key(table, ix));
      } else if (want == WANT_VALUES) {
        array->items[k] = v_own(t, value);
      } else {
        Value *items = v_tuple(array->items[k])->items;
        items[0] = v_own(t, *dict_table_key(table, ix));
        items[1] = v_own(t, value);
      }
      k++;
    }
    CRITICAL_END(t);
    if (fits && !failed) return list_from_array(t, array, n);
    for (int64_t i = 0; i < n; i++) v_drop(t, array->items[i]);
    heap_free(t, array);
    if (failed) return V_NULL;
  }
}

Value dict_keys_list(Thread *t, Dict *d) { return collect(t, d, WANT_KEYS); }
Value dict_values_list(Thread *t, Dict *d) { return collect(t, d, WANT_VALUES); }
Value dict_items_list(Thread *t, Dict *d) { return collect(t, d, WANT_KEYS | WANT_VALUES); }

// --- Whole dicts --------------------------------------------------------------------------------------------------------------------

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
  if (mode == 0) return put(t, d, key, hash, v_own(t, value), true, NULL) < 0 ? -1 : 0;
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

// --- Inline caches ------------------------------------------------------------------------------------------------------------------

static a32 last_table_id, last_keys_version;

// A fresh number, 0 once they have run out.
static uint32_t fresh_number(a32 *last) {
  for (;;) {
    uint32_t now = a32_load_rlx(last);
    if (now == UINT32_MAX) return 0;
    if (a32_cas_rlx(last, now, now + 1)) return now + 1;
  }
}

static uint32_t table_id(DictTable *table) {
  uint32_t id = a32_load_rlx(&table->id);
  if (id == 0) {
    id = fresh_number(&last_table_id);
    if (id && !a32_cas_rlx(&table->id, 0, id)) id = a32_load_rlx(&table->id);
  }
  return id;
}

int64_t dict_find_cached(Dict *d, Value key, uint32_t *id) {
  DictTable *table = (DictTable *)aptr_load_acq(&d->table);
  *id = 0;
  if (!table->str_keys || !v_is_exact(key, SHAPE_STR)) return -2;
  if (table == &dict_empty_table.table) return -1;
  int64_t ix = dict_table_find_identical(table, key);
  if (ix < 0) return ix;
  if (v_is_absent(v_load_acq(&dict_str_entries(table)[ix].value))) return -1;
  *id = table_id(table);
  return *id ? ix : -2;
}

Value dict_get_cached(Thread *t, Dict *d, uint32_t id, int64_t index) {
  return v_kept_own(t, dict_get_cached_inline(t, d, id, index));
}

bool dict_set_cached(Thread *t, Dict *d, uint32_t id, int64_t index, Value v) {
  bool hit;
  object_share(t, &d->ob);
  v = v_own(t, v);
  CRITICAL_BEGIN(t, d);
  DictTable *table = dict_table(d);
  Value *slot = &dict_str_entries(table)[index].value;
  hit = a32_load_rlx(&table->id) == id && !v_is_absent(*slot);
  if (hit) {
    Value old = *slot;
    v_store_rel(slot, v);
    v = old;
  }
  CRITICAL_END(t);
  v_drop(t, v);
  return hit;
}

uint32_t dict_keys_version(Thread *t, Dict *d) {
  uint32_t version;
  object_share(t, &d->ob);
  CRITICAL_BEGIN(t, d);
  version = a32_load_rlx(&d->keys_version);
  if (version == 0) {
    version = fresh_number(&last_keys_version);
    a32_store_rel(&d->keys_version, version);
  }
  CRITICAL_END(t);
  return version;
}
