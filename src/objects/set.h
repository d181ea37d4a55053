// set and frozenset: open addressing with CPython's probing and growth, so that iteration order agrees with it.
//
// Locking: everything, reads included, under the object's lock (frozenset: immutable once published, no lock).
#ifndef WEFT_OBJECTS_SET_H
#define WEFT_OBJECTS_SET_H

#include "objects/type.h"

typedef struct SetEntry { Value key; int64_t hash; } SetEntry;  // key V_NULL: never used, V_ABSENT: deleted (hash -1)
typedef struct Set {
  Object ob;
  int64_t fill, mask;         // entries ever used, table size - 1
  a64 used;                   // live entries; read without the lock by len
  SetEntry *table;            // NULL while nothing was ever added (mask is 7 then)
  a64 hash;                   // frozenset; -1: not computed
  int64_t finger;             // pop's search position
  uint64_t changes;           // how often the table was replaced: iteration and re-checks
} Set;

static inline bool v_is_anyset(Value v) { return v_has_flag(v, TYPE_SET); }
static inline Set *v_set_obj(Value v) { return (Set *)v_obj(v); }
bool v_is_frozenset(Value v);                     // or a subclass
Value set_new(Thread *t, Value iterable /* V_NULL: empty */);
Value frozenset_new(Thread *t, Value iterable);
int set_add(Thread *t, Set *s, Value key);        // borrowed; 0, -1
int set_contains(Thread *t, Set *s, Value key);   // 1, 0, -1
int set_discard(Thread *t, Set *s, Value key);    // 1, 0, -1
int set_update(Thread *t, Set *s, Value iterable);
static inline int64_t set_length(const Set *s) { return (int64_t)a64_load_rlx(&s->used); }
void set_clear(Thread *t, Set *s);
bool set_next(Thread *t, Set *s, int64_t *pos, Value *key /* owned */);

Value set_to_list(Thread *t, Set *s);             // its items at one moment, in table order

// For set_ops.c: with the hash known, and making sets of a given type.
int set_add_hash(Thread *t, Set *s, Value key, int64_t hash);
int set_contains_hash(Thread *t, Set *s, Value key, int64_t hash);
int set_discard_hash(Thread *t, Set *s, Value key, int64_t hash);
// Walks a set's items in table order (owned keys). A set that other threads may change is walked as it was at the beginning.
typedef struct SetWalk { Set *set; int64_t position; SetEntry *copy; int64_t ncopied; } SetWalk;
bool set_walk_begin(Thread *t, SetWalk *w, Set *s);  // false: no memory
bool set_walk_next(Thread *t, SetWalk *w, Value *key, int64_t *hash);
void set_walk_end(Thread *t, SetWalk *w);
bool set_next_hash(Thread *t, Set *s, int64_t *pos, Value *key, int64_t *hash);
Value set_make(Thread *t, Type *type, Value iterable /* V_NULL: empty */);
void set_swap(Thread *t, Set *s, Set *private_set);  // exchanges contents with a set that nobody else knows
Value set_pop(Thread *t, Set *s);                    // V_NULL + KeyError
// After many removals: rebuilds the table when more than a quarter of it are deleted entries. 0, -1.
int set_shed(Thread *t, Set *s);

bool set_init(Thread *t);  // set, frozenset, set_iterator

#endif
