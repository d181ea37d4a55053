// dict: insertion-ordered hash table; append-only tables that are replaced on growth, so that readers need no lock.
//
// A table holds an index (1, 2, 4 or 8 bytes a word) and an entry array. Writers (under the object's lock) write an entry's hash, key and
// value, then release-store its index; deletion makes the value ABSENT (key too in tables with non-str keys); growth publishes a new table
// and retires the old. Each table has an id that is never reused: (table id, entry index) is a valid inline cache for module dicts, as
// entries of one table never change their key. memory.md 4 has the protocol; equality that may run Python code holds no lock.
#ifndef WEFT_OBJECTS_DICT_H
#define WEFT_OBJECTS_DICT_H

#include "objects/type.h"

// Tables whose keys are all exact strs keep no hash beside them: the str has it cached.
typedef struct DictStrEntry { Value key, value; } DictStrEntry;
typedef struct DictEntry { Value key, value; int64_t hash; } DictEntry;

// One block: this header, `capacity` entries of either kind, then the index (2, 4 or 8 bytes a word, 1 << log2_size words). An index word
// is 0 (never used) or entry number + 1 in its low log2_size bits and the hash's top bits above them, so that most mismatches never touch
// an entry.
typedef struct DictTable {
  a32 id;                 // unique for the process's life, given when first asked for; 0: none yet, or ids ran out
  uint8_t log2_size;      // of the index
  uint8_t index_bytes;
  bool str_keys;          // every key is an exact str
  a32 used;               // live entries; written under the dict's lock
  a32 count;              // entries appended, live or not; published (release) after the entry is written
  uint32_t tail;          // all entries from here on are dead (popitem's start); under the lock
  uint32_t capacity;      // of the entry array
  char entries[];         // DictStrEntry or DictEntry
} DictTable;

typedef struct Dict {
  Object ob;
  aptr table;             // DictTable *, never NULL (a shared static empty one at first)
  a32 keys_version;       // != 0 while someone caches "name is absent here"; zeroed by any insert of a new key
  a32 generation;         // how often the table was replaced; under the lock
} Dict;

static inline DictStrEntry *dict_str_entries(DictTable *table) { return (DictStrEntry *)(void *)table->entries; }
static inline DictEntry *dict_entries(DictTable *table) { return (DictEntry *)(void *)table->entries; }

static inline bool v_is_dict(Value v) { return v_has_flag(v, TYPE_DICT); }
static inline bool v_is_dict_exact(Value v) { return v_is_exact(v, SHAPE_DICT); }
static inline Dict *v_dict(Value v) { return (Dict *)v_obj(v); }
Value dict_new(Thread *t);
Value dict_new_sized(Thread *t, int64_t expected);
int64_t dict_length(const Dict *d);
// 1 found (*out owned), 0 absent (*out = V_NULL), -1 error. Lock-free.
int dict_get(Thread *t, Dict *d, Value key, Value *out);
int dict_get_hash(Thread *t, Dict *d, Value key, int64_t hash, Value *out);
int dict_get_cstr(Thread *t, Dict *d, const char *key, Value *out);
int dict_contains(Thread *t, Dict *d, Value key);
int dict_set(Thread *t, Dict *d, Value key, Value value);          // borrowed; 0, -1
int dict_set_hash(Thread *t, Dict *d, Value key, int64_t hash, Value value);
int dict_set_cstr(Thread *t, Dict *d, const char *key, Value value);
int dict_set_steal(Thread *t, Dict *d, Value key, Value owned_value);  // steals the value, also on failure
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

// --- Inline caches (vm/): str keys only -----------------------------------------------------------------------------------------
// Entry index of an interned str key in the dict's present table and that table's id; -1: absent, -2: not cacheable. No Python code.
// A cache of absence takes dict_keys_version first and looks afterwards.
int64_t dict_find_cached(Dict *d, Value key, uint32_t *table_id);
// The value of entry `index` if the dict's present table has that id: owned; V_NULL: miss (changed, deleted).
Value dict_get_cached(Thread *t, Dict *d, uint32_t table_id, int64_t index);
// Replaces the value of that entry (borrowed v); false: miss.
bool dict_set_cached(Thread *t, Dict *d, uint32_t table_id, int64_t index, Value v);
uint32_t dict_keys_version(Thread *t, Dict *d);                    // for caches of absence; assigned on demand

static inline Value dict_get_cached_inline(Thread *t, Dict *d, uint32_t table_id, int64_t index) {
  object_share(t, &d->ob);
  DictTable *table = (DictTable *)aptr_load_acq(&d->table);
  if (unlikely(a32_load_rlx(&table->id) != table_id)) return V_NULL;
  Value v = v_load_ref(t, &d->table, table, &dict_str_entries(table)[index].value);
  return likely(!v_is_absent(v)) ? v : V_NULL;
}

bool dict_init(Thread *t);          // dict
bool dict_views_init(Thread *t);    // dict_keys, dict_values, dict_items
bool dict_iter_init(Thread *t);     // their iterators

#endif
