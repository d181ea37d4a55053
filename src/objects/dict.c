// dict as C code uses it: getting, setting, deleting and walking. Whole dicts are in dict_merge.c, the VM's cached look-ups in dict_cache.c.
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

Value dict_from_table(Thread *t, DictTable *table) {
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

int dict_add_hash(Thread *t, Dict *d, Value key, int64_t hash, Value value) {
  return put(t, d, key, hash, v_own(t, value), true, NULL) < 0 ? -1 : 0;
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
