// The hash table of set and frozenset: probing, growth, merging.
//
// The order of iteration is the order of the table, so it is CPython's to the letter: a probe looks at an entry and up to nine that follow it,
// then jumps; the table grows to four times what is live (twice, when large) once three fifths of it have been used; a new key takes the place
// of the last deleted entry that its probe passed.
// Locking: a set's table is looked at and changed under its lock only. Comparisons that may run Python code happen outside: the candidate
// is owned, compared, and the probe goes on from there if the table is the same one and still has it there. A frozenset needs no lock
// once it is published; its contents never change.
#include "objects/set.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/hash_inline.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/pure_equal.h"
#include "objects/str.h"
#include "threading/critical.h"

#define LINEAR_PROBES 9
#define PERTURB_SHIFT 5
#define MIN_SIZE 8

bool v_is_frozenset(Value v) { return v_is_anyset(v) && type_is_subtype(v_type(v), &type_frozenset); }

static bool entry_is_live(const SetEntry *e) { return !v_is_null(e->key) && !v_is_absent(e->key); }

// --- Probing ----------------------------------------------------------------------------------------------------------------------

typedef struct Probe {
  size_t at;        // entry looked at
  size_t start;     // of this run of neighbours
  size_t perturb;
  int left;         // neighbours still to be looked at
  int64_t deleted;  // the last deleted entry passed; -1: none
} Probe;

static inline int probe_run_length(size_t start, size_t mask) { return start + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0; }

static inline void probe_start(Probe *p, int64_t hash, size_t mask) {
  p->perturb = (size_t)hash;
  p->at = p->start = (size_t)hash & mask;
  p->left = probe_run_length(p->start, mask);
  p->deleted = -1;
}

static inline void probe_next(Probe *p, size_t mask) {
  if (p->left-- > 0) {
    p->at++;
    return;
  }
  p->perturb >>= PERTURB_SHIFT;
  p->at = p->start = (p->start * 5 + 1 + p->perturb) & mask;
  p->left = probe_run_length(p->start, mask);
}

typedef enum { PROBE_FOUND, PROBE_UNUSED, PROBE_COMPARE } Outcome;

// Follows the probe to the key, to a never-used entry, or to an entry that must be compared with Python code. Lock held; table not NULL.
static inline Outcome probe_run(Thread *t, Set *s, Value key, int64_t hash, Probe *p) {
  size_t mask = (size_t)s->mask;
  for (;; probe_next(p, mask)) {
    SetEntry *e = &s->table[p->at];
    if (v_is_null(e->key)) return PROBE_UNUSED;
    if (v_is_absent(e->key)) p->deleted = (int64_t)p->at;
    if (e->hash != hash || v_is_absent(e->key)) continue;
    int r = pure_equal(t, e->key, key);
    if (r == 1) return PROBE_FOUND;
    if (r == PURE_UNKNOWN) return PROBE_COMPARE;
  }
}

// Puts a key into a table that has room and neither deleted entries nor the key.
static void insert_clean(SetEntry *table, size_t mask, Value key, int64_t hash) {
  Probe p;
  probe_start(&p, hash, mask);
  while (!v_is_null(table[p.at].key)) probe_next(&p, mask);
  table[p.at] = (SetEntry){key, hash};
}

static void set_used(Set *s, int64_t n) { a64_store_rlx(&s->used, (uint64_t)n); }

// --- The table ----------------------------------------------------------------------------------------------------------------------

// A table for more than `minused` entries. Lock held. 0, or -1 without an exception.
static int resize_locked(Thread *t, Set *s, int64_t minused) {
  size_t size = MIN_SIZE;
  while (size <= (size_t)minused) size <<= 1;
  SetEntry *table = heap_calloc(t, size * sizeof(SetEntry)), *old = s->table;
  if (!table) return -1;
  for (int64_t i = 0; old && i <= s->mask; i++) {
    if (entry_is_live(&old[i])) insert_clean(table, size - 1, old[i].key, old[i].hash);
  }
  s->table = table;
  s->mask = (int64_t)size - 1;
  s->fill = set_length(s);
  s->changes++;
  if (old) heap_free(t, old);
  return 0;
}

static int64_t grown_size(const Set *s) { return set_length(s) > 50000 ? set_length(s) * 2 : set_length(s) * 4; }

// The room for the first entry.
static int ensure_table_locked(Thread *t, Set *s) {
  if (likely(s->table)) return 0;
  s->table = heap_calloc(t, (size_t)(s->mask + 1) * sizeof(SetEntry));
  return s->table ? 0 : -1;
}

// Before n more entries are merged in. Lock held.
static int presize_locked(Thread *t, Set *s, int64_t n) {
  return (s->fill + n) * 5 >= s->mask * 3 ? resize_locked(t, s, (set_length(s) + n) * 2) : 0;
}

// --- One key --------------------------------------------------------------------------------------------------------------------------

typedef enum { SET_LOOK, SET_ADD, SET_DISCARD } Action;

// Does the action at the end of a probe. Lock held. -1: no memory, nothing raised. *victim: what left the set.
static inline int act_locked(Thread *t, Set *s, Value key, int64_t hash, Action action, Outcome outcome, const Probe *p, Value *victim) {
  SetEntry *e = &s->table[p->at];
  if (outcome == PROBE_FOUND) {
    if (action == SET_DISCARD) {
      *victim = e->key;
      *e = (SetEntry){V_ABSENT, -1};
      set_used(s, set_length(s) - 1);
    }
    return 0;
  }
  if (action != SET_ADD) return 0;
  if (p->deleted >= 0 && v_is_absent(s->table[p->deleted].key)) {
    s->table[p->deleted] = (SetEntry){v_own(t, key), hash};
    set_used(s, set_length(s) + 1);
    return 0;
  }
  *e = (SetEntry){v_own(t, key), hash};
  s->fill++;
  set_used(s, set_length(s) + 1);
  return s->fill * 5 < s->mask * 3 ? 0 : resize_locked(t, s, grown_size(s));
}

// Goes on with a probe that has met an entry which only Python code can compare. 1 the key was there, 0 not, -1 an exception.
static int set_do_comparing(Thread *t, Set *s, Value key, int64_t hash, Action action, Probe p, uint64_t changes, Value candidate) {
  for (;;) {
    int equal = object_compare_bool(t, candidate, key, CMP_EQ), rc = 0;
    if (equal < 0 || (equal && action == SET_ADD)) {  // equal is equal, whatever has become of the table
      v_drop(t, candidate);
      return equal;
    }
    Outcome outcome = PROBE_UNUSED;
    Value victim = V_NULL, next = V_NULL;
    CRITICAL_BEGIN(t, s);
    if (s->table || (action == SET_ADD && (rc = ensure_table_locked(t, s)) == 0)) {
      if (s->changes != changes || !v_is(s->table[p.at].key, candidate)) {
        probe_start(&p, hash, (size_t)s->mask);
        changes = s->changes;
        outcome = probe_run(t, s, key, hash, &p);
      } else if (equal) {
        outcome = PROBE_FOUND;
      } else {
        probe_next(&p, (size_t)s->mask);
        outcome = probe_run(t, s, key, hash, &p);
      }
      if (outcome == PROBE_COMPARE) next = v_own(t, s->table[p.at].key);
      else rc = act_locked(t, s, key, hash, action, outcome, &p, &victim);
    }
    CRITICAL_END(t);
    v_drop(t, candidate);
    v_drop(t, victim);
    if (rc < 0) return raise_no_memory(t), -1;
    if (outcome != PROBE_COMPARE) return outcome == PROBE_FOUND;
    candidate = next;
  }
}

// Looks the key up and does the action: 1 it was there, 0 not, -1 an exception.
static inline int set_do(Thread *t, Set *s, Value key, int64_t hash, Action action) {
  Probe p;
  Outcome outcome = PROBE_UNUSED;
  Value victim = V_NULL, candidate = V_NULL;
  uint64_t changes = 0;
  int rc = 0;
  CRITICAL_BEGIN(t, s);
  if (likely(s->table != NULL) || (action == SET_ADD && (rc = ensure_table_locked(t, s)) == 0)) {
    probe_start(&p, hash, (size_t)s->mask);
    outcome = probe_run(t, s, key, hash, &p);
    if (unlikely(outcome == PROBE_COMPARE)) {
      candidate = v_own(t, s->table[p.at].key);
      changes = s->changes;
    } else {
      rc = act_locked(t, s, key, hash, action, outcome, &p, &victim);
    }
  }
  CRITICAL_END(t);
  if (unlikely(outcome == PROBE_COMPARE)) return set_do_comparing(t, s, key, hash, action, p, changes, candidate);
  v_drop(t, victim);
  if (unlikely(rc < 0)) return raise_no_memory(t), -1;
  return outcome == PROBE_FOUND;
}

// A frozenset's contents don't change, so neither locks nor second looks are needed.
static int frozen_contains(Thread *t, Set *s, Value key, int64_t hash) {
  if (!s->table) return 0;
  Probe p;
  probe_start(&p, hash, (size_t)s->mask);
  for (;;) {
    Outcome outcome = probe_run(t, s, key, hash, &p);
    if (outcome != PROBE_COMPARE) return outcome == PROBE_FOUND;
    int r = object_compare_bool(t, s->table[p.at].key, key, CMP_EQ);
    if (r) return r;
    probe_next(&p, (size_t)s->mask);
  }
}

int set_add_hash(Thread *t, Set *s, Value key, int64_t hash) { return set_do(t, s, key, hash, SET_ADD) < 0 ? -1 : 0; }
int set_discard_hash(Thread *t, Set *s, Value key, int64_t hash) { return set_do(t, s, key, hash, SET_DISCARD); }
int set_contains_hash(Thread *t, Set *s, Value key, int64_t hash) {
  return object_shape(&s->ob) == SHAPE_FROZENSET ? frozen_contains(t, s, key, hash) : set_do(t, s, key, hash, SET_LOOK);
}

int set_add(Thread *t, Set *s, Value key) {
  int64_t hash = object_hash_inline(t, key);
  return hash == -1 ? -1 : set_add_hash(t, s, key, hash);
}
int set_contains(Thread *t, Set *s, Value key) {
  int64_t hash = object_hash_inline(t, key);
  return hash == -1 ? -1 : set_contains_hash(t, s, key, hash);
}
int set_discard(Thread *t, Set *s, Value key) {
  int64_t hash = object_hash_inline(t, key);
  return hash == -1 ? -1 : set_discard_hash(t, s, key, hash);
}

// --- All of it --------------------------------------------------------------------------------------------------------------------------

bool set_next_hash(Thread *t, Set *s, int64_t *pos, Value *key, int64_t *hash) {
  bool found = false;
  CRITICAL_BEGIN(t, s);
  int64_t i = *pos;
  if (s->table) {
    while (i <= s->mask && !entry_is_live(&s->table[i])) i++;
    if (i <= s->mask) {
      found = true;
      *key = v_own(t, s->table[i].key);
      if (hash) *hash = s->table[i].hash;
    }
  }
  *pos = i + 1;
  CRITICAL_END(t);
  return found;
}

bool set_next(Thread *t, Set *s, int64_t *pos, Value *key) { return set_next_hash(t, s, pos, key, NULL); }

// The items, owned, in table order, with their hashes: a buffer of *n. NULL with *n 0: empty; with *n -1: no memory (raised).
static SetEntry *copy_items(Thread *t, Set *s, int64_t *n) {
  SetEntry *copy = NULL;
  bool failed = false;
  *n = 0;
  CRITICAL_BEGIN(t, s);
  if (set_length(s) > 0) {
    copy = heap_alloc(t, (size_t)set_length(s) * sizeof(SetEntry));
    failed = !copy;
    for (int64_t i = 0; copy && i <= s->mask; i++) {
      if (entry_is_live(&s->table[i])) copy[(*n)++] = (SetEntry){v_own(t, s->table[i].key), s->table[i].hash};
    }
  }
  CRITICAL_END(t);
  if (failed) {
    *n = -1;
    raise_no_memory(t);
  }
  return copy;
}

Value set_to_list(Thread *t, Set *s) {
  int64_t n;
  SetEntry *copy = copy_items(t, s, &n);
  if (n < 0) return V_NULL;
  ListArray *array = list_array_new(t, n ? n : 1);
  for (int64_t i = 0; i < n; i++) {
    if (array) array->items[i] = copy[i].key;
    else v_drop(t, copy[i].key);
  }
  if (copy) heap_free(t, copy);
  return array ? list_from_array(t, array, n) : raise_no_memory(t);
}

bool set_walk_begin(Thread *t, SetWalk *w, Set *s) {
  *w = (SetWalk){.set = s};
  if (object_is_private(t, &s->ob) || v_is_frozenset(v_from_obj(s))) return true;
  w->copy = copy_items(t, s, &w->ncopied);
  return w->ncopied >= 0;
}

bool set_walk_next(Thread *t, SetWalk *w, Value *key, int64_t *hash) {
  if (!w->copy) return set_next_hash(t, w->set, &w->position, key, hash);
  if (w->position == w->ncopied) return false;
  SetEntry *e = &w->copy[w->position++];
  *key = e->key;
  if (hash) *hash = e->hash;
  return true;
}

void set_walk_end(Thread *t, SetWalk *w) {
  if (!w->copy) return;
  while (w->position < w->ncopied) v_drop(t, w->copy[w->position++].key);
  heap_free(t, w->copy);
}

static void drop_table(Thread *t, SetEntry *table, int64_t mask) {
  if (!table) return;
  for (int64_t i = 0; i <= mask; i++) v_drop(t, table[i].key);
  heap_free(t, table);
}

void set_clear(Thread *t, Set *s) {
  SetEntry *table;
  int64_t mask;
  CRITICAL_BEGIN(t, s);
  table = s->table;
  mask = s->mask;
  s->table = NULL;
  s->mask = MIN_SIZE - 1;
  s->fill = 0;
  set_used(s, 0);
  s->changes++;
  CRITICAL_END(t);
  drop_table(t, table, mask);
}

Value set_pop(Thread *t, Set *s) {
  Value key = V_NULL;
  CRITICAL_BEGIN(t, s);
  if (set_length(s) > 0) {
    int64_t i = s->finger & s->mask;
    while (!entry_is_live(&s->table[i])) i = i == s->mask ? 0 : i + 1;
    key = s->table[i].key;
    s->table[i] = (SetEntry){V_ABSENT, -1};
    set_used(s, set_length(s) - 1);
    s->finger = i + 1;
  }
  CRITICAL_END(t);
  return v_is_null(key) ? raise_error(t, &exc_KeyError, "pop from an empty set") : key;
}

int set_shed(Thread *t, Set *s) {
  int rc = 0;
  CRITICAL_BEGIN(t, s);
  if (s->fill - set_length(s) > s->mask / 4) rc = resize_locked(t, s, grown_size(s));
  CRITICAL_END(t);
  if (rc < 0) raise_no_memory(t);
  return rc;
}

void set_swap(Thread *t, Set *s, Set *other) {
  CRITICAL_BEGIN(t, s);
  int64_t fill = s->fill, used = set_length(s), mask = s->mask;
  SetEntry *table = s->table;
  s->fill = other->fill, set_used(s, set_length(other)), s->mask = other->mask, s->table = other->table;
  other->fill = fill, set_used(other, used), other->mask = mask, other->table = table;
  s->changes++;
  CRITICAL_END(t);
}

// --- Merging ------------------------------------------------------------------------------------------------------------------------------

// Both locks held. 1 done; 0 the entries must be added one by one; -1 no memory.
static int merge_locked(Thread *t, Set *s, Set *other) {
  if (set_length(other) == 0) return 1;
  if (presize_locked(t, s, set_length(other)) < 0) return -1;
  if (s->fill != 0) return 0;
  if (ensure_table_locked(t, s) < 0) return -1;
  bool same_layout = s->mask == other->mask && other->fill == set_length(other);
  for (int64_t i = 0; i <= other->mask; i++) {
    SetEntry *e = &other->table[i];
    if (!entry_is_live(e)) continue;
    Value key = v_own(t, e->key);
    if (same_layout) s->table[i] = (SetEntry){key, e->hash};
    else insert_clean(s->table, (size_t)s->mask, key, e->hash);
  }
  s->fill = set_length(other);
  set_used(s, s->fill);
  return 1;
}

static int merge_set(Thread *t, Set *s, Set *other) {
  if (s == other) return 0;
  int r;
  CRITICAL_BEGIN2(t, s, other);
  r = merge_locked(t, s, other);
  CRITICAL_END2(t);
  if (r < 0) raise_no_memory(t);
  if (r) return r < 0 ? -1 : 0;
  SetWalk w;
  if (!set_walk_begin(t, &w, other)) return -1;
  Value key;
  int64_t hash;
  for (r = 0; r == 0 && set_walk_next(t, &w, &key, &hash);) {
    r = set_add_hash(t, s, key, hash);
    v_drop(t, key);
  }
  set_walk_end(t, &w);
  return r;
}

static int merge_dict(Thread *t, Set *s, Dict *d) {
  int r;
  if (!object_is_private(t, &d->ob)) {  // as it is now, whatever other threads do to it meanwhile
    Value copy = dict_copy(t, d);
    if (v_is_null(copy)) return -1;
    r = merge_dict(t, s, v_dict(copy));
    v_drop(t, copy);
    return r;
  }
  int64_t n = dict_length(d);
  CRITICAL_BEGIN(t, s);
  r = presize_locked(t, s, n);
  CRITICAL_END(t);
  if (r < 0) {
    raise_no_memory(t);
    return -1;
  }
  Value key;
  int64_t hash;
  for (int64_t pos = 0; dict_walk(t, d, &pos, &key, NULL, &hash);) {
    r = set_add_hash(t, s, key, hash);
    v_drop(t, key);
    if (r < 0) return -1;
  }
  return 0;
}

int set_update(Thread *t, Set *s, Value iterable) {
  if (v_is_anyset(iterable)) return merge_set(t, s, v_set_obj(iterable));
  if (v_is_dict_exact(iterable)) return merge_dict(t, s, v_dict(iterable));
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) return -1;
  int rc = 0;
  while (rc == 0) {
    Value key = object_iternext(t, it);
    if (v_is_null(key)) {
      if (error_pending(t)) rc = -1;
      break;
    }
    rc = set_add(t, s, key);
    v_drop(t, key);
  }
  v_drop(t, it);
  return rc;
}

// --- Making -------------------------------------------------------------------------------------------------------------------------------

Value set_make(Thread *t, Type *type, Value iterable) {
  Value v = V_NULL;
  if (type == &type_set || type == &type_frozenset) {
    Object *o = heap_new_object(t, type == &type_set ? SHAPE_SET : SHAPE_FROZENSET, sizeof(Set));
    if (!o) return raise_no_memory(t);
    v = v_from_obj(o);
  } else {
    v = type->slots.alloc(t, type, 0);
    if (v_is_null(v)) return v;
  }
  Set *s = v_set_obj(v);
  s->mask = MIN_SIZE - 1;
  a64_store_rlx(&s->hash, (uint64_t)-1);
  if (v_is_null(iterable) || set_update(t, s, iterable) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

Value set_new(Thread *t, Value iterable) { return set_make(t, &type_set, iterable); }

Value frozenset_new(Thread *t, Value iterable) {
  if (!v_is_null(iterable) && v_is_exact(iterable, SHAPE_FROZENSET)) return v_own(t, iterable);
  return set_make(t, &type_frozenset, iterable);
}
