// set and frozenset: open addressing with CPython's probing and growth, so that iteration order agrees with it.
//
// Locking: everything, reads included, under the object's lock (frozenset: immutable once published, no lock).
#ifndef WEFT_OBJECTS_SET_H
#define WEFT_OBJECTS_SET_H

#include "objects/type.h"

typedef struct SetEntry { Value key; int64_t hash; } SetEntry;  // key V_NULL: never used, V_ABSENT: deleted
typedef struct Set {
  Object ob;
  int64_t fill, used, mask;
  SetEntry *table;
  int64_t hash;          // frozenset; -1: not computed
  int64_t finger;        // pop's search position
  uint64_t changes;      // bumped on every table change: iteration and re-checks
} Set;

static inline bool v_is_anyset(Value v) { return v_has_flag(v, TYPE_SET); }
static inline Set *v_set_obj(Value v) { return (Set *)v_obj(v); }
Value set_new(Thread *t, Value iterable /* V_NULL: empty */);
Value frozenset_new(Thread *t, Value iterable);
int set_add(Thread *t, Set *s, Value key);        // borrowed; 0, -1
int set_contains(Thread *t, Set *s, Value key);   // 1, 0, -1
int set_discard(Thread *t, Set *s, Value key);    // 1, 0, -1
int set_update(Thread *t, Set *s, Value iterable);
int64_t set_length(Set *s);
bool set_next(Thread *t, Set *s, int64_t *pos, Value *key /* owned */);

#endif
