// dict: insertion-ordered hash table; append-only tables that are replaced on growth, so that readers need no lock.
//
// The table's id and the entry index are a valid inline cache for module dicts, as entries of one table never change their key. memory.md 4
// has the protocol; equality that may run Python code holds no lock.
#ifndef WEFT_OBJECTS_DICT_H
#define WEFT_OBJECTS_DICT_H

#include "objects/dict_layout.h"

Value dict_new(Thread *t);
Value dict_new_sized(Thread *t, int64_t expected);
// A new dict of n interned strs, no two of them the same, with their values (stolen, also on failure).
Value dict_new_named(Thread *t, const Value *names, const Value *owned, int64_t n);
int64_t dict_length(const Dict *d);
// 1 found (*out owned), 0 absent (*out = V_NULL), -1 error. Lock-free.
int dict_get(Thread *t, Dict *d, Value key, Value *out);
int dict_get_hash(Thread *t, Dict *d, Value key, int64_t hash, Value *out);
int dict_get_cstr(Thread *t, Dict *d, const char *key, Value *out);
int dict_contains(Thread *t, Dict *d, Value key);
int dict_set(Thread *t, Dict *d, Value key, Value value);          // borrowed; 0, -1
int dict_set_hash(Thread *t, Dict *d, Value key, int64_t hash, Value value);
int dict_set_cstr(Thread *t, Dict *d, const char *key, Value value);
int dict_set_steal(Thread *t, Dict *d, Value key, Value owned_value);  // steals the value, also on failure; V_NULL with an exception set: -1
int dict_delete(Thread *t, Dict *d, Value key);                    // 1 deleted, 0 absent, -1
int dict_pop(Thread *t, Dict *d, Value key, Value *out);           // 1 (*out owned), 0, -1
// 1 the key was there, 0 inserted; *out owned: the value now in the dict.
int dict_setdefault(Thread *t, Dict *d, Value key, Value value, Value *out);
// Walks entries in order: true with owned key and value (either may be NULL if not wanted), *pos starts at 0. A concurrent writer may or may
// not be seen; never runs Python code.
bool dict_next(Thread *t, Dict *d, int64_t *pos, Value *key, Value *value);
int dict_update(Thread *t, Dict *d, Value other);                  // as dict.update(other): mapping or pairs
int dict_merge(Thread *t, Dict *d, Value mapping, int mode);       // 0: keep old, 1: overwrite, 2: error on duplicates (KeyError(key))
int dict_merge_pairs(Thread *t, Dict *d, Value iterable, bool overwrite);  // (key, value) pairs
Value dict_copy(Thread *t, Dict *d);                               // an exact dict with the same entries
int dict_equal(Thread *t, Dict *a, Dict *b);                       // 1, 0, -1
Value dict_popitem(Thread *t, Dict *d);                            // tuple; KeyError "popitem(): dictionary is empty"
Value dict_view_list(Thread *t, Value view);                       // what an exact view shows now, as a list
Value dict_keys_view(Thread *t, Value dict);
Value dict_values_view(Thread *t, Value dict);
Value dict_items_view(Thread *t, Value dict);
Value dict_iter(Thread *t, Value dict);                            // slots.iter of dict: over the keys
void dict_clear(Thread *t, Dict *d);
Value dict_keys_list(Thread *t, Dict *d);
Value dict_values_list(Thread *t, Dict *d);
Value dict_items_list(Thread *t, Dict *d);

// --- For containers built on dict ---------------------------------------------------------------------------------------------------
// As dict_set, but 1: the key was there, 0: inserted.
int dict_put(Thread *t, Dict *d, Value key, Value value);
// Moves a key to the end or to the front (the latter takes time in proportion to the dict's size). 1, 0 absent, -1.
int dict_move(Thread *t, Dict *d, Value key, bool last);
int dict_move_hash(Thread *t, Dict *d, Value key, int64_t hash, bool last);
// Takes the first entry out (owned key and value); false: empty. `first`, zeroed at first and changed here only, says from where on to look.
typedef struct DictFirst { uint32_t generation, index; } DictFirst;
bool dict_take_first(Thread *t, Dict *d, DictFirst *first, Value *key, Value *value);
// As dict_next, with the key's hash too (unless NULL; then key must be wanted).
bool dict_walk(Thread *t, Dict *d, int64_t *pos, Value *key, Value *value, int64_t *hash);

// --- Inline caches (vm/): str keys only -----------------------------------------------------------------------------------------
// Entry index of an interned str key in the dict's present table and that table's id; -1: absent, -2: not cacheable. No Python code.
// A cache of absence takes dict_keys_version first and looks afterwards.
int64_t dict_find_cached(Dict *d, Value key, uint32_t *table_id);
// The value of entry `index` if the dict's present table has that id: owned; V_NULL: miss (changed, deleted).
Value dict_get_cached(Thread *t, Dict *d, uint32_t table_id, int64_t index);
// Replaces the value of that entry (borrowed v); false: miss.
bool dict_set_cached(Thread *t, Dict *d, uint32_t table_id, int64_t index, Value v);
uint32_t dict_keys_version(Thread *t, Dict *d);                    // for caches of absence; assigned on demand

// The same, as v_load_keep returns it.
static inline __attribute__((always_inline)) Value dict_get_cached_inline(Thread *t, Dict *d, uint32_t table_id, int64_t index) {
  object_share(t, &d->ob);
  DictTable *table = (DictTable *)aptr_load_acq(&d->table);
  if (unlikely(a32_load_rlx(&table->id) != table_id)) return V_NULL;
  Value v = v_load_keep(t, &d->table, table, &dict_str_entries(table)[index].value);
  return likely(!v_is_absent(v)) ? v : V_NULL;
}

bool dict_init(Thread *t);          // dict
bool dict_views_init(Thread *t);    // dict_keys, dict_values, dict_items
bool dict_iter_init(Thread *t);     // their iterators

#endif
