// set and frozenset as Python sees them: set algebra, comparison, methods, the iterator and the types.
#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/iterate.h"
#include "objects/generic_alias.h"
#include "objects/iterated.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

Type type_set, type_frozenset, type_set_iterator;

static inline Set *set_of(Value v) { return v_set_obj(v); }

// The plain type under v's: what its set algebra returns.
static Type *base_type(Value v) { return v_is_frozenset(v) ? &type_frozenset : &type_set; }
static Value set_copy(Thread *t, Value v) { return set_make(t, base_type(v), v); }

static Value fail(Thread *t, Value result) {
  v_drop(t, result);
  return V_NULL;
}

// --- Algebra ----------------------------------------------------------------------------------------------------------------------------

typedef struct { Set *set, *result; } IntersectArg;
static int intersect_item(Thread *t, Value item, void *arg) {
  IntersectArg *a = arg;
  int64_t hash = object_hash(t, item);
  int r = hash == -1 ? -1 : set_contains_hash(t, a->set, item, hash);
  return r > 0 ? set_add_hash(t, a->result, item, hash) : r;
}

static Value set_intersect(Thread *t, Value self, Value other) {
  if (v_is(self, other)) return set_copy(t, self);
  Value result = set_make(t, base_type(self), V_NULL);
  if (v_is_null(result)) return result;
  if (!v_is_anyset(other)) {
    IntersectArg arg = {set_of(self), set_of(result)};
    return iterate(t, other, intersect_item, &arg) < 0 ? fail(t, result) : result;
  }
  Set *walked = set_of(other), *asked = set_of(self);
  if (set_length(walked) > set_length(asked)) {
    Set *swap = walked;
    walked = asked;
    asked = swap;
  }
  SetWalk w;
  if (!set_walk_begin(t, &w, walked)) return fail(t, result);
  Value key;
  int64_t hash;
  int r = 0;
  while (r >= 0 && set_walk_next(t, &w, &key, &hash)) {
    r = set_contains_hash(t, asked, key, hash);
    if (r > 0) r = set_add_hash(t, set_of(result), key, hash);
    v_drop(t, key);
  }
  set_walk_end(t, &w);
  return r < 0 ? fail(t, result) : result;
}

static int discard_item(Thread *t, Value item, void *set) { return set_discard(t, set, item) < 0 ? -1 : 0; }

static int set_subtract(Thread *t, Value self, Value other) {
  Set *s = set_of(self);
  if (v_is(self, other)) {
    set_clear(t, s);
    return 0;
  }
  if (!v_is_anyset(other)) {
    if (iterate(t, other, discard_item, s) < 0) return -1;
    return set_shed(t, s);
  }
  // Of a much larger set only what is common is walked.
  Value walked = set_length(set_of(other)) >> 3 > set_length(s) ? set_intersect(t, self, other) : v_own(t, other);
  if (v_is_null(walked)) return -1;
  SetWalk w;
  Value key;
  int64_t hash;
  int rc = set_walk_begin(t, &w, set_of(walked)) ? 0 : -1;
  while (rc == 0 && set_walk_next(t, &w, &key, &hash)) {
    rc = set_discard_hash(t, s, key, hash) < 0 ? -1 : 0;
    v_drop(t, key);
  }
  set_walk_end(t, &w);
  v_drop(t, walked);
  return rc < 0 ? rc : set_shed(t, s);
}

static Value copy_and_subtract(Thread *t, Value self, Value other) {
  Value result = set_copy(t, self);
  if (v_is_null(result)) return result;
  return set_subtract(t, result, other) < 0 ? fail(t, result) : result;
}

static Value set_difference(Thread *t, Value self, Value other) {
  Set *s = set_of(self);
  bool is_set = v_is_anyset(other);
  if (!is_set && !v_is_dict_exact(other)) return copy_and_subtract(t, self, other);
  int64_t n = is_set ? set_length(set_of(other)) : dict_length(v_dict(other));
  if (set_length(s) >> 2 > n) return copy_and_subtract(t, self, other);
  Value result = set_make(t, base_type(self), V_NULL), key;
  if (v_is_null(result)) return result;
  SetWalk w;
  if (!set_walk_begin(t, &w, s)) return fail(t, result);
  int64_t hash;
  int r = 0;
  while (r >= 0 && set_walk_next(t, &w, &key, &hash)) {
    if (is_set) {
      r = set_contains_hash(t, set_of(other), key, hash);
    } else {
      Value v;
      r = dict_get_hash(t, v_dict(other), key, hash, &v);
      v_drop(t, v);
    }
    if (r == 0) r = set_add_hash(t, set_of(result), key, hash);
    v_drop(t, key);
  }
  set_walk_end(t, &w);
  return r < 0 ? fail(t, result) : result;
}

// Takes key out if it is there, else puts it in.
static int toggle(Thread *t, Set *s, Value key, int64_t hash) {
  int r = set_discard_hash(t, s, key, hash);
  return r == 0 ? set_add_hash(t, s, key, hash) : r < 0 ? -1 : 0;
}

static int set_toggle_all(Thread *t, Value self, Value other) {
  Set *s = set_of(self);
  if (v_is(self, other)) {
    set_clear(t, s);
    return 0;
  }
  Value key;
  int64_t hash;
  int rc = 0;
  if (v_is_dict_exact(other)) {
    for (int64_t pos = 0; rc == 0 && dict_walk(t, v_dict(other), &pos, &key, NULL, &hash);) {
      rc = toggle(t, s, key, hash);
      v_drop(t, key);
    }
    return rc;
  }
  Value walked = v_is_anyset(other) ? v_own(t, other) : set_make(t, base_type(self), other);
  SetWalk w;
  if (v_is_null(walked)) return -1;
  if (!set_walk_begin(t, &w, set_of(walked))) rc = -1;
  while (rc == 0 && set_walk_next(t, &w, &key, &hash)) {
    rc = toggle(t, s, key, hash);
    v_drop(t, key);
  }
  set_walk_end(t, &w);
  v_drop(t, walked);
  return rc;
}

static Value set_symmetric(Thread *t, Value self, Value other) {
  Value result = set_make(t, base_type(self), other);
  if (v_is_null(result)) return result;
  return set_toggle_all(t, result, self) < 0 ? fail(t, result) : result;
}

// --- Comparison -------------------------------------------------------------------------------------------------------------------------

// Is a <= b, both sets? 1, 0, -1.
static int set_is_subset(Thread *t, Value a, Value b) {
  if (set_length(set_of(a)) > set_length(set_of(b))) return 0;
  SetWalk w;
  Value key;
  int64_t hash;
  int r = set_walk_begin(t, &w, set_of(a)) ? 1 : -1;
  while (r == 1 && set_walk_next(t, &w, &key, &hash)) {
    r = set_contains_hash(t, set_of(b), key, hash);
    v_drop(t, key);
  }
  set_walk_end(t, &w);
  return r;
}

static int set_is_equal(Thread *t, Value a, Value b) {
  if (set_length(set_of(a)) != set_length(set_of(b))) return 0;
  uint64_t ha = a64_load_rlx(&set_of(a)->hash), hb = a64_load_rlx(&set_of(b)->hash);
  if (ha != (uint64_t)-1 && hb != (uint64_t)-1 && ha != hb) return 0;
  return set_is_subset(t, a, b);
}

static Value set_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_anyset(b)) return V_NOT_IMPLEMENTED;
  int r = 0;
  switch (op) {
    case CMP_EQ: r = set_is_equal(t, a, b); break;
    case CMP_NE: r = set_is_equal(t, a, b); if (r >= 0) r = !r; break;
    case CMP_LE: r = set_is_subset(t, a, b); break;
    case CMP_GE: r = set_is_subset(t, b, a); break;
    case CMP_LT: r = set_length(set_of(a)) < set_length(set_of(b)) ? set_is_subset(t, a, b) : 0; break;
    case CMP_GT: r = set_length(set_of(a)) > set_length(set_of(b)) ? set_is_subset(t, b, a) : 0; break;
  }
  return r < 0 ? V_NULL : v_from_bool(r);
}

static uint64_t shuffle_bits(uint64_t h) { return ((h ^ 89869747u) ^ (h << 16)) * 3644798167u; }

// Independent of order; CPython's formula.
static int64_t frozenset_hash(Thread *t, Value self) {
  (void)t;
  Set *s = set_of(self);
  int64_t known = (int64_t)a64_load_rlx(&s->hash);
  if (known != -1) return known;
  uint64_t hash = 0;
  for (int64_t i = 0; s->table && i <= s->mask; i++) {
    if (!v_is_null(s->table[i].key) && !v_is_absent(s->table[i].key)) hash ^= shuffle_bits((uint64_t)s->table[i].hash);
  }
  hash ^= ((uint64_t)set_length(s) + 1) * 1927868237u;
  hash ^= (hash >> 11) ^ (hash >> 25);
  hash = hash * 69069u + 907133923u;
  if (hash == UINT64_MAX) hash = 590923713u;
  a64_store_rlx(&s->hash, hash);
  return (int64_t)hash;
}

// --- Operators ----------------------------------------------------------------------------------------------------------------------------

static bool are_sets(Value a, Value b) { return v_is_anyset(a) && v_is_anyset(b); }

static Value set_or(Thread *t, Value a, Value b) {
  if (!are_sets(a, b)) return V_NOT_IMPLEMENTED;
  Value result = set_copy(t, a);
  if (v_is_null(result) || v_is(a, b)) return result;
  return set_update(t, set_of(result), b) < 0 ? fail(t, result) : result;
}

static Value set_and(Thread *t, Value a, Value b) { return are_sets(a, b) ? set_intersect(t, a, b) : V_NOT_IMPLEMENTED; }
static Value set_sub(Thread *t, Value a, Value b) { return are_sets(a, b) ? set_difference(t, a, b) : V_NOT_IMPLEMENTED; }
static Value set_xor(Thread *t, Value a, Value b) { return are_sets(a, b) ? set_symmetric(t, a, b) : V_NOT_IMPLEMENTED; }

static Value set_ior(Thread *t, Value a, Value b) {
  if (!v_is_anyset(b)) return V_NOT_IMPLEMENTED;
  return set_update(t, set_of(a), b) < 0 ? V_NULL : v_own(t, a);
}

static Value set_isub(Thread *t, Value a, Value b) {
  if (!v_is_anyset(b)) return V_NOT_IMPLEMENTED;
  return set_subtract(t, a, b) < 0 ? V_NULL : v_own(t, a);
}

static Value set_ixor(Thread *t, Value a, Value b) {
  if (!v_is_anyset(b)) return V_NOT_IMPLEMENTED;
  return set_toggle_all(t, a, b) < 0 ? V_NULL : v_own(t, a);
}

// self becomes what `stolen` holds; V_NULL passes an error on.
static int become(Thread *t, Value self, Value stolen) {
  if (v_is_null(stolen)) return -1;
  set_swap(t, set_of(self), set_of(stolen));
  v_drop(t, stolen);
  return 0;
}

static Value set_iand(Thread *t, Value a, Value b) {
  if (!v_is_anyset(b)) return V_NOT_IMPLEMENTED;
  return become(t, a, set_intersect(t, a, b)) < 0 ? V_NULL : v_own(t, a);
}

// --- Membership with unhashable sets ----------------------------------------------------------------------------------------------------------

// A set as a key stands for the frozenset with its items: fn, which may have failed already, is tried again with that.
static int with_set_key(Thread *t, Set *s, Value key, int (*fn)(Thread *, Set *, Value)) {
  int r = error_pending(t) ? -1 : fn(t, s, key);
  if (r >= 0 || !v_is_anyset(key) || v_is_frozenset(key) || !error_matches(t, &exc_TypeError)) return r;
  error_clear(t);
  Value frozen = set_make(t, &type_frozenset, key);
  if (v_is_null(frozen)) return -1;
  r = fn(t, s, frozen);
  v_drop(t, frozen);
  return r;
}

static int set_contains_slot(Thread *t, Value self, Value key) {
  int r = set_contains(t, set_of(self), key);
  return likely(r >= 0) ? r : with_set_key(t, set_of(self), key, set_contains);
}
static int64_t set_length_slot(Thread *t, Value self) {
  (void)t;
  return set_length(set_of(self));
}

// --- Methods --------------------------------------------------------------------------------------------------------------------------------

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)args, (void)nargs, (void)kwnames

METHOD(set_add_method) {
  UNUSED_ARGS;
  return set_add(t, set_of(self), args[0]) < 0 ? V_NULL : V_NONE;
}

METHOD(set_discard_method) {
  UNUSED_ARGS;
  return with_set_key(t, set_of(self), args[0], set_discard) < 0 ? V_NULL : V_NONE;
}

METHOD(set_remove_method) {
  UNUSED_ARGS;
  int r = with_set_key(t, set_of(self), args[0], set_discard);
  if (r == 0) return raise_key_error(t, args[0]);
  return r < 0 ? V_NULL : V_NONE;
}

METHOD(set_contains_method) {
  UNUSED_ARGS;
  int r = set_contains_slot(t, self, args[0]);
  return r < 0 ? V_NULL : v_from_bool(r);
}

METHOD(set_pop_method) {
  UNUSED_ARGS;
  return set_pop(t, set_of(self));
}

METHOD(set_clear_method) {
  UNUSED_ARGS;
  set_clear(t, set_of(self));
  return V_NONE;
}

METHOD(set_copy_method) {
  UNUSED_ARGS;
  return set_copy(t, self);
}

METHOD(frozenset_copy_method) {
  UNUSED_ARGS;
  return v_is_exact(self, SHAPE_FROZENSET) ? v_own(t, self) : set_copy(t, self);
}

METHOD(set_update_method) {
  UNUSED_ARGS;
  Tuple *others = v_tuple(args[0]);
  for (int64_t i = 0; i < others->length; i++) {
    if (set_update(t, set_of(self), others->items[i]) < 0) return V_NULL;
  }
  return V_NONE;
}

METHOD(set_union_method) {
  UNUSED_ARGS;
  Tuple *others = v_tuple(args[0]);
  Value result = set_copy(t, self);
  for (int64_t i = 0; !v_is_null(result) && i < others->length; i++) {
    if (!v_is(others->items[i], self) && set_update(t, set_of(result), others->items[i]) < 0) return fail(t, result);
  }
  return result;
}

static Value intersect_all(Thread *t, Value self, Tuple *others) {
  if (others->length == 0) return set_copy(t, self);
  Value result = v_own(t, self);
  for (int64_t i = 0; !v_is_null(result) && i < others->length; i++) {
    Value next = set_intersect(t, result, others->items[i]);
    v_drop(t, result);
    result = next;
  }
  return result;
}

METHOD(set_intersection_method) {
  UNUSED_ARGS;
  return intersect_all(t, self, v_tuple(args[0]));
}

METHOD(set_intersection_update_method) {
  UNUSED_ARGS;
  return become(t, self, intersect_all(t, self, v_tuple(args[0]))) < 0 ? V_NULL : V_NONE;
}

METHOD(set_difference_method) {
  UNUSED_ARGS;
  Tuple *others = v_tuple(args[0]);
  if (others->length == 0) return set_copy(t, self);
  Value result = set_difference(t, self, others->items[0]);
  for (int64_t i = 1; !v_is_null(result) && i < others->length; i++) {
    if (set_subtract(t, result, others->items[i]) < 0) return fail(t, result);
  }
  return result;
}

METHOD(set_difference_update_method) {
  UNUSED_ARGS;
  Tuple *others = v_tuple(args[0]);
  for (int64_t i = 0; i < others->length; i++) {
    if (set_subtract(t, self, others->items[i]) < 0) return V_NULL;
  }
  return V_NONE;
}

METHOD(set_symmetric_difference_method) {
  UNUSED_ARGS;
  return set_symmetric(t, self, args[0]);
}

METHOD(set_symmetric_difference_update_method) {
  UNUSED_ARGS;
  return set_toggle_all(t, self, args[0]) < 0 ? V_NULL : V_NONE;
}

static int is_missing(Thread *t, Value item, void *set) {
  int r = set_contains(t, set, item);
  return r < 0 ? -1 : !r;
}
static int is_present(Thread *t, Value item, void *set) { return set_contains(t, set, item); }

METHOD(set_issubset_method) {
  UNUSED_ARGS;
  int r;
  if (v_is_anyset(args[0])) {
    r = set_is_subset(t, self, args[0]);
  } else {
    Value common = set_intersect(t, self, args[0]);
    if (v_is_null(common)) return common;
    r = set_length(set_of(common)) == set_length(set_of(self));
    v_drop(t, common);
  }
  return r < 0 ? V_NULL : v_from_bool(r);
}

METHOD(set_issuperset_method) {
  UNUSED_ARGS;
  int r = v_is_anyset(args[0]) ? set_is_subset(t, args[0], self) : iterate(t, args[0], is_missing, set_of(self));
  if (r >= 0 && !v_is_anyset(args[0])) r = !r;
  return r < 0 ? V_NULL : v_from_bool(r);
}

METHOD(set_isdisjoint_method) {
  UNUSED_ARGS;
  Value other = args[0];
  if (v_is(self, other)) return v_from_bool(set_length(set_of(self)) == 0);
  int r = 0;
  if (v_is_exact(other, SHAPE_SET) || v_is_exact(other, SHAPE_FROZENSET)) {
    Set *walked = set_of(other), *asked = set_of(self);
    if (set_length(walked) > set_length(asked)) {
      walked = set_of(self);
      asked = set_of(other);
    }
    SetWalk w;
    Value key;
    int64_t hash;
    r = set_walk_begin(t, &w, walked) ? 0 : -1;
    while (r == 0 && set_walk_next(t, &w, &key, &hash)) {
      r = set_contains_hash(t, asked, key, hash);
      v_drop(t, key);
    }
    set_walk_end(t, &w);
  } else {
    r = iterate(t, other, is_present, set_of(self));
  }
  return r < 0 ? V_NULL : v_from_bool(!r);
}

METHOD(set_reduce) {
  UNUSED_ARGS;
  Value list = object_to_list(t, self), call = V_NULL, state = V_NULL, result = V_NULL;
  if (v_is_null(list)) return list;
  call = tuple_from_stolen(t, &list, 1);
  if (!v_is_null(call)) state = object_call_method0(t, self, N(__getstate__));
  if (!v_is_null(state)) result = tuple_pack(t, 3, v_from_obj(v_type(self)), call, state);
  v_drop(t, call);
  v_drop(t, state);
  return result;
}

METHOD(set_sizeof) {
  UNUSED_ARGS;
  int64_t size = v_type(self)->size;
  CRITICAL_BEGIN(t, v_obj(self));
  if (set_of(self)->table) size += (set_of(self)->mask + 1) * (int64_t)sizeof(SetEntry);
  CRITICAL_END(t);
  return v_from_smi(size);
}

#define SHARED_METHODS                                                                                                                        \
  {"__contains__($self, object, /)", set_contains_method, "Whether y is in the set.", NATIVE_COEXIST | NATIVE_NO_SIGNATURE},                   \
      {"difference($self, /, *others)", set_difference_method, "Return a new set of the items that are in none of the others.",                \
       NATIVE_NO_SIGNATURE | NATIVE_VARARGS},                                                                                                                   \
      {"intersection($self, /, *others)", set_intersection_method, "Return a new set of the items that are in all of the others too.",         \
       NATIVE_NO_SIGNATURE | NATIVE_VARARGS},                                                                                                                   \
      {"isdisjoint($self, other, /)", set_isdisjoint_method, "Return True if no item is in both.", NATIVE_NO_SIGNATURE},                       \
      {"issubset($self, other, /)", set_issubset_method, "Whether all items are also in the other set.", NATIVE_NO_SIGNATURE},                 \
      {"issuperset($self, other, /)", set_issuperset_method, "Whether all items of the other set are also in this one.", NATIVE_NO_SIGNATURE}, \
      {"__reduce__($self, /)", set_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},                      \
      {"__sizeof__($self, /)", set_sizeof, "How many bytes of memory the set takes.", NATIVE_NO_SIGNATURE},                                    \
      {"symmetric_difference($self, other, /)", set_symmetric_difference_method, "Return a new set of the items that are in just one of the two.", \
       NATIVE_NO_SIGNATURE},                                                                                                                   \
      {"union($self, /, *others)", set_union_method, "Return a new set of the items that are in any of them.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},           \
      CLASS_GETITEM_DEF

static const NativeDef set_methods[] = {
    SHARED_METHODS,
    {"add($self, object, /)", set_add_method, "Put an item in; nothing happens if it is there already.", NATIVE_NO_SIGNATURE},
    {"clear($self, /)", set_clear_method, "Take out all items.", NATIVE_NO_SIGNATURE},
    {"copy($self, /)", set_copy_method, "Another set with the same items.", NATIVE_NO_SIGNATURE},
    {"discard($self, object, /)", set_discard_method, "Take an item out; nothing happens if it is not there.", NATIVE_NO_SIGNATURE},
    {"difference_update($self, /, *others)", set_difference_update_method, "Take out every item that is in one of the others.",
     NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"intersection_update($self, /, *others)", set_intersection_update_method, "Keep only the items that are in all of the others too.",
     NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"pop($self, /)", set_pop_method, "Takes out any one item and returns it; KeyError if there is none.", NATIVE_NO_SIGNATURE},
    {"remove($self, object, /)", set_remove_method, "Take an item out.\n\nRaises KeyError if it is not there.", NATIVE_NO_SIGNATURE},
    {"symmetric_difference_update($self, other, /)", set_symmetric_difference_update_method,
     "Keep the items that are in just one of the two.", NATIVE_NO_SIGNATURE},
    {"update($self, /, *others)", set_update_method, "Put in the items of all the others.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {0},
};

static const NativeDef frozenset_methods[] = {
    SHARED_METHODS,
    {"copy($self, /)", frozenset_copy_method, "Another set with the same items.", NATIVE_NO_SIGNATURE},
    {0},
};

// --- Repr and iteration -------------------------------------------------------------------------------------------------------------------

static Value set_repr(Thread *t, Value self) {
  Type *type = v_type(self);
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_format(t, "%N(...)", type) : V_NULL;
  Value text = V_NULL;
  if (set_length(set_of(self)) == 0) {
    text = str_from_format(t, "%N()", type);
  } else {
    Value list = object_to_list(t, self), items = v_is_null(list) ? V_NULL : object_repr(t, list);
    if (!v_is_null(items)) {
      Value inner = str_slice(t, items, 1, v_str(items)->length - 1);
      if (!v_is_null(inner)) text = type == &type_set ? str_from_format(t, "{%U}", inner) : str_from_format(t, "%N({%U})", type, inner);
      v_drop(t, inner);
    }
    v_drop(t, items);
    v_drop(t, list);
  }
  repr_leave(t, self);
  return text;
}

typedef struct SetIterator {
  Object ob;
  Value set;       // owned; V_NULL once dropped
  a64 used;        // the set's length when iteration began; -1 after it was found changed. All relaxed
  a64 position;    // next entry; SET_ITER_DONE when exhausted
  a64 left;
} SetIterator;
#define SET_ITER_DONE ((uint64_t)1 << 62)

static inline SetIterator *iter_of(Value v) { return (SetIterator *)v_obj(v); }

static Value set_iter(Thread *t, Value self) {
  SetIterator *it = (SetIterator *)heap_new_object(t, SHAPE_SET_ITERATOR, sizeof(SetIterator));
  if (!it) return raise_no_memory(t);
  it->set = v_own(t, self);
  uint64_t n = (uint64_t)set_length(set_of(self));
  a64_store_rlx(&it->used, n);
  a64_store_rlx(&it->left, n);
  return v_from_obj(it);
}

static Value set_iter_next(Thread *t, Value self) {
  SetIterator *it = iter_of(self);
  int64_t position = (int64_t)a64_load_rlx(&it->position);
  Value set = (uint64_t)position == SET_ITER_DONE ? V_NULL : iterated_own(t, &it->set), key = V_NULL;
  if (v_is_null(set)) return set;
  if (a64_load_rlx(&it->used) != (uint64_t)set_length(set_of(set))) {
    a64_store_rlx(&it->used, (uint64_t)-1);
    raise_error(t, &exc_RuntimeError, "Set changed size during iteration");
  } else if (set_next(t, set_of(set), &position, &key)) {
    a64_store_rlx(&it->position, (uint64_t)position);
    uint64_t left = a64_load_rlx(&it->left);
    if (likely(left)) a64_store_rlx(&it->left, left - 1);   // 0: threads that share the iterator counted an item twice
  } else {
    key = V_NULL;
    a64_store_rlx(&it->position, SET_ITER_DONE);
    iterated_release(t, &it->ob, &it->set);
  }
  v_drop(t, set);
  return key;
}

METHOD(set_iter_length_hint) {
  UNUSED_ARGS;
  SetIterator *it = iter_of(self);
  Value set = iterated(&it->set);
  if (v_is_null(set) || a64_load_rlx(&it->used) != (uint64_t)set_length(set_of(set))) return v_from_smi(0);
  return v_from_smi((int64_t)a64_load_rlx(&it->left));
}

METHOD(set_iter_reduce) {
  UNUSED_ARGS;
  SetIterator *it = iter_of(self);
  Value maker = object_builtin(t, N(iter));
  if (v_is_null(maker)) return V_NULL;
  Value set = iterated_own(t, &it->set);
  if (v_is_null(set)) return container_iterator_reduced(t, maker, V_NONE);
  Value copy = set_iter(t, set);
  v_drop(t, set);
  if (!v_is_null(copy)) {
    a64_store_rlx(&iter_of(copy)->used, a64_load_rlx(&it->used));
    a64_store_rlx(&iter_of(copy)->position, a64_load_rlx(&it->position));
    a64_store_rlx(&iter_of(copy)->left, a64_load_rlx(&it->left));
  }
  return container_iterator_reduced(t, maker, copy);
}

static void set_iter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((SetIterator *)o)->set);
  heap_free_object(t, o);
}

static void set_iter_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((SetIterator *)o)->set, visit, arg); }

static const NativeDef set_iter_methods[] = {
    {"__length_hint__($self, /)", set_iter_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", set_iter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};

static const TypeSpec spec_set_iterator = {
    .name = "set_iterator",
    .size = sizeof(SetIterator),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = set_iter_next, .dealloc = set_iter_dealloc, .traverse = set_iter_traverse},
    .methods = set_iter_methods,
};

// --- The types ------------------------------------------------------------------------------------------------------------------------------

static Value set_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return set_make(t, type, V_NULL);
}

static int set_init_slot(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "set", kwnames) < 0) return -1;
  const char *name = str_utf8(t, v_type(self)->name, NULL);
  if (!name || native_check_positional(t, name, nargs, 0, 1) < 0) return -1;
  Set *s = set_of(self);
  if (s->table) set_clear(t, s);
  a64_store_rlx(&s->hash, (uint64_t)-1);
  return nargs ? set_update(t, s, args[0]) : 0;
}

static Value frozenset_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (type->slots.init == type_frozenset.slots.init && native_no_keywords(t, "frozenset", kwnames) < 0) return V_NULL;
  if (nargs > 1) return raise_type_error(t, "%N expected at most 1 argument, got %zu", type, nargs);
  Value iterable = nargs ? args[0] : V_NULL;
  return type == &type_frozenset ? frozenset_new(t, iterable) : set_make(t, type, iterable);
}

static void set_dealloc(Thread *t, Object *o) {
  Set *s = (Set *)o;
  for (int64_t i = 0; s->table && i <= s->mask; i++) v_drop(t, s->table[i].key);
  if (s->table) heap_free(t, s->table);
  heap_free_object(t, o);
}

static void set_traverse(Object *o, GcVisit visit, void *arg) {
  Set *s = (Set *)o;
  for (int64_t i = 0; s->table && i <= s->mask; i++) gc_visit_value(s->table[i].key, visit, arg);
}

static void set_gc_clear(Thread *t, Object *o) { set_clear(t, (Set *)o); }

#define SHARED_SLOTS                                                                                                        \
  .repr = set_repr, .richcompare = set_richcompare, .iter = set_iter, .subtract = set_sub, .and_ = set_and, .xor_ = set_xor, .or_ = set_or, \
  .length = set_length_slot, .contains = set_contains_slot, .dealloc = set_dealloc, .traverse = set_traverse, .clear = set_gc_clear

static const TypeSpec spec_set = {
    .name = "set",
    .size = sizeof(Set),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_SET | TYPE_WEAKREF | TYPE_MATCH_SELF,
    .slots = {SHARED_SLOTS, .hash = object_hash_not_implemented, .new = set_type_new, .init = set_init_slot,
              .isubtract = set_isub, .iand = set_iand, .ixor = set_ixor, .ior = set_ior},
    .methods = set_methods,
    .doc = "A set, without order or duplicates, made of the items of an iterable.",
};

static const TypeSpec spec_frozenset = {
    .name = "frozenset",
    .size = sizeof(Set),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_SET | TYPE_WEAKREF | TYPE_MATCH_SELF,
    .slots = {SHARED_SLOTS, .hash = frozenset_hash, .new = frozenset_type_new},
    .methods = frozenset_methods,
    .doc = "A set that cannot change and so can be a key, made of the items of an iterable.",
};

bool set_init(Thread *t) {
  return type_ready(t, &type_set, &spec_set, SHAPE_SET) && type_ready(t, &type_frozenset, &spec_frozenset, SHAPE_FROZENSET) &&
         type_ready(t, &type_set_iterator, &spec_set_iterator, SHAPE_SET_ITERATOR);
}
