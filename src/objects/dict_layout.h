// How a dict and its tables lie in memory.
//
// A table holds an index (2, 4 or 8 bytes a word) and an entry array. Writers (under the object's lock) write an entry's hash, key and
// value, then release-store its index; deletion makes the value ABSENT (key too in tables with non-str keys); growth publishes a new table
// and retires the old. Each table has an id that is never reused.
#ifndef WEFT_OBJECTS_DICT_LAYOUT_H
#define WEFT_OBJECTS_DICT_LAYOUT_H

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

#endif
