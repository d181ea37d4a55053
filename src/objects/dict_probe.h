// Looking for a str in a table of strs, in line: the search that nearly all dicts' uses come down to.
#ifndef WEFT_OBJECTS_DICT_PROBE_H
#define WEFT_OBJECTS_DICT_PROBE_H

#include <string.h>

#include "objects/dict_layout.h"
#include "objects/str.h"

enum {
  FIND_ABSENT = -1,
  FIND_ERROR = -2,    // an exception is set (dict_find_slow only)
  FIND_CHANGED = -3,  // the table was replaced while it was searched without the lock: begin again with the new one
  FIND_SLOW = -4,     // the answer needs a comparison that may run Python code
};

#define DICT_PERTURB_SHIFT 5
#define DICT_INLINE static inline __attribute__((always_inline))

// --- Layout -----------------------------------------------------------------------------------------------------------------------

static inline size_t dict_entry_bytes(bool str_keys) { return str_keys ? sizeof(DictStrEntry) : sizeof(DictEntry); }
static inline void *dict_table_index(DictTable *table) { return table->entries + (size_t)table->capacity * dict_entry_bytes(table->str_keys); }

static inline uint64_t dict_word_load(const void *index, unsigned bytes, size_t i) {  // acquire: pairs with dict_table.c
  switch (bytes) {
    case 2: return a16_load_acq((const a16 *)index + i);
    case 4: return a32_load_acq((const a32 *)index + i);
    default: return a64_load_acq((const a64 *)index + i);
  }
}

// The hash's top bits, as wide as an index word.
static inline uint64_t dict_word_tag(int64_t hash, unsigned bytes) { return (uint64_t)hash >> (64 - 8 * bytes); }

// --- Comparing texts ----------------------------------------------------------------------------------------------------------------

// memcmp() == 0 for texts that are mostly short.
static inline bool dict_bytes_equal(const char *a, const char *b, size_t n) {
  if (n > 16) return memcmp(a, b, n) == 0;
  if (n >= 8) {
    uint64_t x[2], y[2];
    memcpy(&x[0], a, 8), memcpy(&x[1], a + n - 8, 8);
    memcpy(&y[0], b, 8), memcpy(&y[1], b + n - 8, 8);
    return x[0] == y[0] && x[1] == y[1];
  }
  if (n >= 4) {
    uint32_t x[2], y[2];
    memcpy(&x[0], a, 4), memcpy(&x[1], a + n - 4, 4);
    memcpy(&y[0], b, 4), memcpy(&y[1], b + n - 4, 4);
    return x[0] == y[0] && x[1] == y[1];
  }
  return n == 0 || (a[0] == b[0] && a[n >> 1] == b[n >> 1] && a[n - 1] == b[n - 1]);
}

// A key has its hash cached since it was put in.
static inline bool dict_text_equal(const Str *a, const Str *b, int64_t hash) {
  return (int64_t)a64_load_rlx(&a->hash) == hash && a->length == b->length && str_kind(a) == str_kind(b) &&
         dict_bytes_equal(a->data, b->data, (size_t)a->length * (size_t)str_kind(a));
}

// In dict_table.c. load_ref, second try: an owned copy of a word of `table`, the dict's present one when the caller loaded it; V_NULL: it no longer is. Waiting
// for the lock parks, so the old table may be freed and another stand at its address: the generation tells them apart.
Value dict_table_ref_slow(Thread *t, Dict *d, DictTable *table, const Value *slot);

// The same with a key in its slot, without the dict's lock: 1, 0, FIND_CHANGED.
static inline int dict_text_entry_equal(Thread *t, Dict *d, DictTable *table, const Value *slot, Value key, int64_t hash) {
  Value k = v_load_peek(t, slot);
  if (likely(!v_is_null(k))) return dict_text_equal(v_str(k), v_str(key), hash);   // comparing texts is no safepoint
  k = v_load_ref(t, &d->table, table, slot);
  if (unlikely(v_is_null(k))) {
    k = dict_table_ref_slow(t, d, table, slot);
    if (v_is_null(k)) return FIND_CHANGED;
  }
  int r = dict_text_equal(v_str(k), v_str(key), hash);
  v_drop(t, k);
  return r;
}

// --- Probing ----------------------------------------------------------------------------------------------------------------------

// A str in a table of strs: entries are compared by pointer, and by text when index tag and hash agree.
DICT_INLINE int64_t dict_probe_str(Thread *t, Dict *d, DictTable *table, Value key, int64_t hash, size_t *slot, bool locked, unsigned bytes) {
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
    const Value *k = &dict_str_entries(table)[ix].key;
    int r = v_is(v_load_rlx(k), key) ? 1
            : locked                 ? dict_text_equal(v_str(v_load_rlx(k)), v_str(key), hash)   // a str stays in its table
                                     : dict_text_entry_equal(t, d, table, k, key, hash);
    if (r == 0) continue;
    if (locked) *slot = i;
    return r == 1 ? ix : r;
  }
}

#endif
