// The hash table under dict: probing, appending, replacing (memory.md 4).
//
// A table only grows: an entry, once appended, never changes its key, and its index word is written last (release). A deleted entry has
// the value ABSENT; in a table with other keys than strs its key is ABSENT too, while a str stays until the table is replaced, so that
// readers can tell whose entry it was. A str that comes back gets a new entry, and its index word is overwritten with that one's number.
// Readers may therefore follow any word they find. What they must not do is look into a key that they have not counted: the table may have
// been replaced and the key freed since. So unlocked readers compare pointers first, and count (v_load_ref) before any other comparison.
#include "objects/dict_table.h"

#include <assert.h>
#include <string.h>

#include "objects/object.h"
#include "objects/pure_equal.h"
#include "threading/critical.h"

_Static_assert((int)FIND_SLOW == (int)PURE_UNKNOWN, "what pure_equal answers is passed on");

union DictEmptyTable dict_empty_table = {.table = {.index_bytes = 2, .str_keys = true}};

// --- Layout -----------------------------------------------------------------------------------------------------------------------

#define LOG2_MIN 3
#define LOG2_MAX 32  // entry numbers are 32 bits

// Two thirds of the index may be filled.
static int64_t capacity_of(unsigned log2_size) { return (int64_t)(((uint64_t)1 << log2_size << 1) / 3); }
// The number and at least three bits of hash must fit a word.
static unsigned index_bytes_of(unsigned log2_size) { return log2_size <= 13 ? 2 : log2_size <= 28 ? 4 : 8; }

static inline void word_store(void *index, unsigned bytes, size_t i, uint64_t w) {
  switch (bytes) {
    case 2: a16_store_rel((a16 *)index + i, (uint16_t)w); break;
    case 4: a32_store_rel((a32 *)index + i, (uint32_t)w); break;
    default: a64_store_rel((a64 *)index + i, w); break;
  }
}

static inline __attribute__((always_inline)) DictTable *allocate(Thread *t, unsigned log2_size, bool str_keys) {
  unsigned bytes = index_bytes_of(log2_size);
  int64_t capacity = capacity_of(log2_size);
  size_t entries = (size_t)capacity * dict_entry_bytes(str_keys), index = (size_t)bytes << log2_size;
  DictTable *table = heap_alloc(t, sizeof(DictTable) + entries + index);
  if (!table) return NULL;
  memset(table, 0, sizeof *table);
  table->log2_size = (uint8_t)log2_size;
  table->index_bytes = (uint8_t)bytes;
  table->str_keys = str_keys;
  table->capacity = (uint32_t)capacity;
  memset(table->entries + entries, 0, index);
  return table;
}

DictTable *dict_table_new(Thread *t, int64_t n, bool str_keys) {
  unsigned log2_size = LOG2_MIN;
  while (capacity_of(log2_size) < n) {
    if (++log2_size > LOG2_MAX) return NULL;
  }
  return log2_size == LOG2_MIN && str_keys ? allocate(t, LOG2_MIN, true) : allocate(t, log2_size, str_keys);
}

DictTable *dict_table_of_strs(Thread *t, const Value *keys, const Value *owned, int64_t n) {
  DictTable *table = dict_table_new(t, n, true);
  if (!table) return NULL;
  assert(table->index_bytes == 2);
  a16 *index = dict_table_index(table);
  DictStrEntry *entries = dict_str_entries(table);
  const size_t mask = ((size_t)1 << table->log2_size) - 1;
  for (int64_t i = 0; i < n; i++) {
    int64_t hash = str_hash(v_str(keys[i]));
    entries[i] = (DictStrEntry){v_own(t, keys[i]), owned[i]};
    uint64_t perturb = (uint64_t)hash;
    size_t at = perturb & mask;
    while (a16_load_rlx(&index[at])) at = (at * 5 + (perturb >>= DICT_PERTURB_SHIFT) + 1) & mask;
    a16_store_rlx(&index[at], (uint16_t)((dict_word_tag(hash, 2) & ~(uint64_t)mask) | ((uint64_t)i + 1)));
  }
  a32_store_rlx(&table->count, (uint32_t)n);
  a32_store_rlx(&table->used, (uint32_t)n);
  table->tail = (uint32_t)n;
  return table;
}

Value dict_table_ref_slow(Thread *t, Dict *d, DictTable *table, const Value *slot) {
  Value v = V_NULL;
  uint32_t generation = a32_load_acq(&d->generation);
  CRITICAL_BEGIN(t, d);
  if (a32_load_rlx(&d->generation) == generation && dict_table(d) == table) v = v_new_ref_locked(t, *slot);
  CRITICAL_END(t);
  return v;
}

// --- Comparing without Python code ------------------------------------------------------------------------------------------------

// Does the key in *slot, which is not the same object, equal `key`? 1, 0, FIND_CHANGED, FIND_SLOW.
static int entry_equals(Thread *t, Dict *d, DictTable *table, const Value *slot, Value key, bool locked) {
  Value k = v_load_rlx(slot);
  if (!locked) {
    k = v_load_ref(t, &d->table, table, slot);
    if (unlikely(v_is_null(k))) k = dict_table_ref_slow(t, d, table, slot);
    if (v_is_null(k)) return FIND_CHANGED;
  }
  int r = v_is_absent(k) ? 0 : pure_equal(t, k, key);
  if (!locked) v_drop(t, k);
  return r;
}

// --- Probing ----------------------------------------------------------------------------------------------------------------------

// Any key in a table with hashes.
DICT_INLINE int64_t probe_any(Thread *t, Dict *d, DictTable *table, Value key, int64_t hash, size_t *slot, bool locked, unsigned bytes) {
  const void *index = dict_table_index(table);
  const size_t mask = ((size_t)1 << table->log2_size) - 1;
  const uint64_t tag = dict_word_tag(hash, bytes);
  uint64_t perturb = (uint64_t)hash;
  for (size_t i = perturb & mask;; i = (i * 5 + (perturb >>= DICT_PERTURB_SHIFT) + 1) & mask) {
    uint64_t w = dict_word_load(index, bytes, i);
    if (w == 0) {
      if (locked) *slot = i;
      return FIND_ABSENT;
    }
    if ((w ^ tag) & ~(uint64_t)mask) continue;
    int64_t ix = (int64_t)(w & mask) - 1;
    DictEntry *e = &dict_entries(table)[ix];
    if (e->hash != hash) continue;
    int r = v_is(v_load_rlx(&e->key), key) ? 1 : entry_equals(t, d, table, &e->key, key, locked);
    if (r == 0) continue;
    if (locked) *slot = i;
    return r == 1 ? ix : r;
  }
}

// A key that is no exact str in a table of strs: only a type with an equality of its own could match one.
static int64_t find_other_in_strs(DictTable *table, Value key) {
  int c = pure_class(key);
  return a32_load_rlx(&table->count) && (c == PURE_NO || c == PURE_BYTES) ? FIND_SLOW : FIND_ABSENT;
}

DICT_INLINE int64_t find_in(Thread *t, Dict *d, DictTable *table, Value key, int64_t hash, size_t *slot, bool locked) {
  if (likely(table->str_keys)) {
    if (unlikely(!v_is_exact(key, SHAPE_STR))) {
      if (locked) *slot = DICT_SLOT_UNKNOWN;
      return find_other_in_strs(table, key);
    }
    if (likely(table->index_bytes == 2)) return dict_probe_str(t, d, table, key, hash, slot, locked, 2);
    return dict_probe_str(t, d, table, key, hash, slot, locked, table->index_bytes);
  }
  if (likely(table->index_bytes == 2)) return probe_any(t, d, table, key, hash, slot, locked, 2);
  return probe_any(t, d, table, key, hash, slot, locked, table->index_bytes);
}

int64_t dict_table_find(Thread *t, Dict *d, DictTable *table, Value key, int64_t hash) {
  return find_in(t, d, table, key, hash, NULL, false);
}

int64_t dict_table_find_locked(Thread *t, Dict *d, Value key, int64_t hash, size_t *slot) {
  DictTable *table = dict_table(d);
  int64_t ix = find_in(t, d, table, key, hash, slot, true);
  return ix >= 0 && v_is_absent(*dict_table_value(table, ix)) ? FIND_ABSENT : ix;
}

int64_t dict_table_find_identical(DictTable *table, Value key) {
  int64_t hash = str_hash(v_str(key));
  unsigned bytes = table->index_bytes;
  const size_t mask = ((size_t)1 << table->log2_size) - 1;
  const uint64_t tag = dict_word_tag(hash, bytes);
  uint64_t perturb = (uint64_t)hash;
  bool doubtful = false;
  for (size_t i = perturb & mask;; i = (i * 5 + (perturb >>= DICT_PERTURB_SHIFT) + 1) & mask) {
    uint64_t w = dict_word_load(dict_table_index(table), bytes, i);
    if (w == 0) return doubtful ? -2 : -1;
    if ((w ^ tag) & ~(uint64_t)mask) continue;
    int64_t ix = (int64_t)(w & mask) - 1;
    if (v_is(v_load_rlx(&dict_str_entries(table)[ix].key), key)) return ix;
    doubtful = true;
  }
}

// Looks at one entry of a slow search: 1 it is the key, 0 not, FIND_ERROR, FIND_CHANGED.
static int slow_entry_equals(Thread *t, Dict *d, DictTable *table, uint32_t generation, int64_t ix, Value key, int64_t hash) {
  bool str_keys = table->str_keys;
  const Value *slot = dict_table_key(table, ix);
  if (v_is(v_load_rlx(slot), key)) return 1;
  if (!str_keys && dict_entries(table)[ix].hash != hash) return 0;
  Value k = v_load_ref(t, &d->table, table, slot);
  if (v_is_null(k)) k = dict_table_ref_slow(t, d, table, slot);
  if (v_is_null(k)) return FIND_CHANGED;
  int r = 0;
  if (!v_is_absent(k) && (!str_keys || str_hash(v_str(k)) == hash)) {
    r = object_compare_bool(t, k, key, CMP_EQ);
    // Python code may have run: the table is looked at again only if it is surely the same one, and the entry if it is not deleted.
    if (r < 0) r = FIND_ERROR;
    else if (a32_load_acq(&d->generation) != generation || dict_table(d) != table || !v_is(v_load_acq(slot), k)) r = FIND_CHANGED;
  }
  v_drop(t, k);
  if (r >= 0 && a32_load_acq(&d->generation) != generation) r = FIND_CHANGED;  // dropping may run Python code as well
  return r;
}

int64_t dict_find_slow(Thread *t, Dict *d, Value key, int64_t hash, uint32_t *generation, int64_t *count) {
again:
  *generation = a32_load_acq(&d->generation);
  DictTable *table = (DictTable *)aptr_load_acq(&d->table);
  *count = dict_table_count(table);
  unsigned bytes = table->index_bytes;
  const size_t mask = ((size_t)1 << table->log2_size) - 1;
  const uint64_t tag = dict_word_tag(hash, bytes);
  uint64_t perturb = (uint64_t)hash;
  for (size_t i = perturb & mask;; i = (i * 5 + (perturb >>= DICT_PERTURB_SHIFT) + 1) & mask) {
    uint64_t w = dict_word_load(dict_table_index(table), bytes, i);
    if (w == 0) return FIND_ABSENT;
    if ((w ^ tag) & ~(uint64_t)mask) continue;
    int64_t ix = (int64_t)(w & mask) - 1;
    int r = slow_entry_equals(t, d, table, *generation, ix, key, hash);
    if (r == 1) return ix;
    if (r == FIND_CHANGED) goto again;
    if (r < 0) return r;
  }
}

// --- Writing ----------------------------------------------------------------------------------------------------------------------

static size_t first_free_word(DictTable *table, int64_t hash) {
  const size_t mask = ((size_t)1 << table->log2_size) - 1;
  uint64_t perturb = (uint64_t)hash;
  size_t i = perturb & mask;
  while (dict_word_load(dict_table_index(table), table->index_bytes, i)) i = (i * 5 + (perturb >>= DICT_PERTURB_SHIFT) + 1) & mask;
  return i;
}

// Appends to a table that has room; `slot` is the index word to set.
static void table_append(DictTable *table, Value key, int64_t hash, Value value, size_t slot) {
  int64_t ix = (int64_t)a32_load_rlx(&table->count);
  if (table->str_keys) {
    DictStrEntry *e = &dict_str_entries(table)[ix];
    v_store_rlx(&e->key, key);
    v_store_rlx(&e->value, value);
  } else {
    DictEntry *e = &dict_entries(table)[ix];
    e->hash = hash;
    v_store_rlx(&e->key, key);
    v_store_rlx(&e->value, value);
  }
  a32_store_rel(&table->count, (uint32_t)ix + 1);  // for walkers, who go by the count
  table->tail = (uint32_t)ix + 1;
  a32_store_rlx(&table->used, a32_load_rlx(&table->used) + 1);
  uint64_t mask = ((uint64_t)1 << table->log2_size) - 1;
  word_store(dict_table_index(table), table->index_bytes, slot, (dict_word_tag(hash, table->index_bytes) & ~mask) | ((uint64_t)ix + 1));
}

void dict_publish_locked(Dict *d, DictTable *table) {
  aptr_store_rel(&d->table, table);  // pairs with readers' acquire load
  // After the table: who loads the new generation gets the new table too; who got the new table with the old one only starts again.
  a32_store_rel(&d->generation, a32_load_rlx(&d->generation) + 1);
}

static void retire(Thread *t, Dict *d, DictTable *table) {
  if (table != &dict_empty_table.table) heap_retire(t, &d->ob, table);
}

static int64_t entry_hash(DictTable *table, int64_t ix) {
  return table->str_keys ? str_hash(v_str(dict_str_entries(table)[ix].key)) : dict_entries(table)[ix].hash;
}

// The strs of deleted entries go with their table. They are exact strs: dropping them runs no Python code.
static void drop_dead_keys(Thread *t, DictTable *table) {
  uint32_t count = a32_load_rlx(&table->count);
  if (!table->str_keys || a32_load_rlx(&table->used) == count) return;
  for (uint32_t ix = 0; ix < count; ix++) {
    if (v_is_absent(dict_str_entries(table)[ix].value)) v_drop(t, dict_str_entries(table)[ix].key);
  }
}

static void copy_entry(DictTable *from, int64_t ix, DictTable *to) {
  Value value = *dict_table_value(from, ix);
  if (v_is_absent(value)) return;
  int64_t hash = entry_hash(from, ix);
  table_append(to, *dict_table_key(from, ix), hash, value, first_free_word(to, hash));
}

// A new table for n entries holding the live ones, entry `front` (-1: none) before the others.
static int replace_table(Thread *t, Dict *d, int64_t n, bool str_keys, int64_t front) {
  DictTable *old = dict_table(d), *table = dict_table_new(t, n, str_keys);
  if (!table) return -1;
  int64_t count = dict_table_count(old);
  if (front >= 0) copy_entry(old, front, table);
  for (int64_t ix = 0; ix < count; ix++) {
    if (ix != front) copy_entry(old, ix, table);
  }
  dict_publish_locked(d, table);
  drop_dead_keys(t, old);
  retire(t, d, old);
  return 0;
}

int dict_resize_locked(Thread *t, Dict *d, int64_t n, bool str_keys) { return replace_table(t, d, n, str_keys, -1); }

int dict_move_to_front_locked(Thread *t, Dict *d, int64_t ix) {
  DictTable *table = dict_table(d);
  return replace_table(t, d, table->capacity, table->str_keys, ix);
}

void dict_shed_locked(Thread *t, Dict *d) {
  DictTable *old = dict_table(d);
  if (likely(dict_table_used(old) > 0) || a32_load_rlx(&old->count) < old->capacity / 2) return;
  dict_publish_locked(d, &dict_empty_table.table);
  drop_dead_keys(t, old);
  retire(t, d, old);
}

int dict_append_locked(Thread *t, Dict *d, Value key, int64_t hash, Value value, size_t slot) {
  DictTable *table = dict_table(d);
  bool is_str = v_is_exact(key, SHAPE_STR);
  if (unlikely((int64_t)a32_load_rlx(&table->count) == table->capacity || (table->str_keys && !is_str))) {
    bool str_keys = is_str && table->str_keys;
    // CPython's growth: an index of three times what is live. A table that only changes kind keeps its size.
    int64_t used = dict_table_used(table), n = used * 2;
    if ((int64_t)a32_load_rlx(&table->count) < table->capacity && n < table->capacity) n = table->capacity;
    if (dict_resize_locked(t, d, n, str_keys) < 0) return -1;
    table = dict_table(d);
    slot = DICT_SLOT_UNKNOWN;
  }
  if (slot == DICT_SLOT_UNKNOWN) slot = first_free_word(table, hash);
  if (unlikely(a32_load_rlx(&d->keys_version))) a32_store_rel(&d->keys_version, 0);
  table_append(table, key, hash, value, slot);
  return 0;
}

Value dict_take_locked(Dict *d, int64_t ix, Value *key) {
  DictTable *table = dict_table(d);
  Value *slot = dict_table_value(table, ix), value = *slot;
  v_store_rel(slot, V_ABSENT);
  *key = V_NULL;
  if (!table->str_keys) {
    DictEntry *e = &dict_entries(table)[ix];
    *key = e->key;
    v_store_rel(&e->key, V_ABSENT);
  }
  a32_store_rlx(&table->used, a32_load_rlx(&table->used) - 1);
  return value;
}

DictTable *dict_clone_table_locked(Thread *t, Dict *d) {
  DictTable *from = dict_table(d);
  int64_t used = dict_table_used(from), count = (int64_t)a32_load_rlx(&from->count);
  if (used == 0) return &dict_empty_table.table;
  if (used == count) {
    size_t size = sizeof(DictTable) + (size_t)from->capacity * dict_entry_bytes(from->str_keys) + ((size_t)from->index_bytes << from->log2_size);
    DictTable *table = heap_alloc(t, size);
    if (!table) return NULL;
    memcpy(table, from, size);
    a32_store_rlx(&table->id, 0);
    for (int64_t ix = 0; ix < count; ix++) {
      v_own(t, *dict_table_key(table, ix));
      v_own(t, *dict_table_value(table, ix));
    }
    return table;
  }
  DictTable *table = dict_table_new(t, used, from->str_keys);
  if (!table) return NULL;
  for (int64_t ix = 0; ix < count; ix++) {
    Value value = *dict_table_value(from, ix);
    if (v_is_absent(value)) continue;
    int64_t hash = entry_hash(from, ix);
    table_append(table, v_own(t, *dict_table_key(from, ix)), hash, v_own(t, value), first_free_word(table, hash));
  }
  return table;
}

void dict_table_drop_entries(Thread *t, DictTable *table) {
  uint32_t count = a32_load_rlx(&table->count);
  if (likely(table->str_keys)) {
    for (DictStrEntry *e = dict_str_entries(table), *end = e + count; e < end; e++) {
      v_drop(t, e->key);
      v_drop(t, e->value);
    }
    return;
  }
  for (DictEntry *e = dict_entries(table), *end = e + count; e < end; e++) {
    v_drop(t, e->key);
    v_drop(t, e->value);
  }
}
