// The hash table under dict: probing, appending, replacing; everything that never runs Python code.
//
// "Pure" look-ups compare keys only where that can run no Python code (identity, exact str, numbers, bytes, tuples of such), so that they may
// run under the dict's lock; when another comparison is needed they say FIND_SLOW, and dict_find_slow does it without a lock.
#ifndef WEFT_OBJECTS_DICT_TABLE_H
#define WEFT_OBJECTS_DICT_TABLE_H

#include "objects/dict_probe.h"

extern union DictEmptyTable { DictTable table; char space[sizeof(DictTable) + 4 * sizeof(uint16_t)]; } dict_empty_table;   // with its index

static inline DictTable *dict_table(const Dict *d) { return (DictTable *)aptr_load_rlx(&d->table); }
static inline Value *dict_table_key(DictTable *table, int64_t ix) {
  return table->str_keys ? &dict_str_entries(table)[ix].key : &dict_entries(table)[ix].key;
}
static inline Value *dict_table_value(DictTable *table, int64_t ix) {
  return table->str_keys ? &dict_str_entries(table)[ix].value : &dict_entries(table)[ix].value;
}
static inline int64_t dict_table_count(DictTable *table) { return (int64_t)a32_load_acq(&table->count); }  // pairs with append's release
static inline int64_t dict_table_used(DictTable *table) { return (int64_t)a32_load_rlx(&table->used); }

// A new, empty table for at least n entries; NULL: no memory (nothing raised).
DictTable *dict_table_new(Thread *t, int64_t n, bool str_keys);

// A new table with n strs as keys, at most 1000 and no two equal, and their values, which it takes. NULL: no memory (nothing raised or taken).
DictTable *dict_table_of_strs(Thread *t, const Value *keys, const Value *owned, int64_t n);

// Searches without the lock. Entry number >= 0 (its value may have been deleted since), or FIND_*.
int64_t dict_table_find(Thread *t, Dict *d, DictTable *table, Value key, int64_t hash);
// The same under the dict's lock, in its present table. *slot: the index word of what was found, or the one to use for a new entry. An entry
// whose value was deleted counts as absent.
int64_t dict_table_find_locked(Thread *t, Dict *d, Value key, int64_t hash, size_t *slot);
// The entry of the very str `key` in a table of strs: >= 0; -1 absent; -2 an entry may hold an equal str that is another object. No lock, no
// counting. The caller keeps the dict alive and passes no safepoint between loading the table and this.
int64_t dict_table_find_identical(DictTable *table, Value key);
// Any comparison, no lock held; *generation and *count are what the answer refers to. Entry number, FIND_ABSENT, FIND_ERROR.
int64_t dict_find_slow(Thread *t, Dict *d, Value key, int64_t hash, uint32_t *generation, int64_t *count);

// Appends an entry for a key that is not there (steals key and value), making room if need be. `slot` from dict_table_find_locked, or
// DICT_SLOT_UNKNOWN. Lock held. 0; -1 no memory (nothing raised, nothing stolen).
#define DICT_SLOT_UNKNOWN SIZE_MAX
int dict_append_locked(Thread *t, Dict *d, Value key, int64_t hash, Value value, size_t slot);
// Takes entry ix out: its value is the caller's to drop; *key too, unless it is V_NULL (a str stays in its table). Lock held.
Value dict_take_locked(Dict *d, int64_t ix, Value *key);
// After entries were taken: gives up a well-filled table that has no live entry left, with the strs it still held. Lock held.
void dict_shed_locked(Thread *t, Dict *d);
// A new table for n entries in all, of either kind, holding the live entries. Lock held. 0, -1.
int dict_resize_locked(Thread *t, Dict *d, int64_t n, bool str_keys);
// Publishes `table` in the place of the present one; the caller retires the old. Lock held.
void dict_publish_locked(Dict *d, DictTable *table);
// Rebuilds the table with entry ix in front of the others. Lock held. 0, -1.
int dict_move_to_front_locked(Thread *t, Dict *d, int64_t ix);
// A copy of the dict's present table, counting its keys and values: exactly the same, or compacted when much is dead. Lock held; NULL: no
// memory. The empty table is returned as it is.
DictTable *dict_clone_table_locked(Thread *t, Dict *d);

// A new dict over `table`, which it takes, but not on failure: V_NULL with MemoryError.
Value dict_from_table(Thread *t, DictTable *table);
// As dict_set_hash (dict.c), unless the key is there. 0, -1.
int dict_add_hash(Thread *t, Dict *d, Value key, int64_t hash, Value value);

// Drops every key and value of a table that is no longer a dict's, in order; the block stays.
void dict_table_drop_entries(Thread *t, DictTable *table);

// dict_table_find and dict_table_find_locked with the commonest case in line: an exact str in a small table of strs.
DICT_INLINE int64_t dict_find_inline(Thread *t, Dict *d, DictTable *table, Value key, int64_t hash) {
  if (likely(table->str_keys && table->index_bytes == 2 && v_is_exact(key, SHAPE_STR)))
    return dict_probe_str(t, d, table, key, hash, NULL, false, 2);
  return dict_table_find(t, d, table, key, hash);
}

DICT_INLINE int64_t dict_find_locked_inline(Thread *t, Dict *d, Value key, int64_t hash, size_t *slot) {
  DictTable *table = dict_table(d);
  if (likely(table->str_keys && table->index_bytes == 2 && v_is_exact(key, SHAPE_STR))) {
    int64_t ix = dict_probe_str(t, d, table, key, hash, slot, true, 2);
    return ix >= 0 && v_is_absent(dict_str_entries(table)[ix].value) ? FIND_ABSENT : ix;
  }
  return dict_table_find_locked(t, d, key, hash, slot);
}

#endif
