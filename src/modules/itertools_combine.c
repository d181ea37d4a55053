// itertools: product, permutations, combinations and combinations_with_replacement.
//
// Each keeps the pool of items (constant) and the numbers of the items it gave last, which change under the object's lock. A row is made from
// those numbers, so nothing else needs to be kept.
#include "modules/itertools.h"
#include "objects/int.h"

Type type_itertools_product, type_itertools_permutations, type_itertools_combinations, type_itertools_combinations_with_replacement;

typedef enum { FRESH, RUNNING, ENDED } Phase;

// A tuple of C integers.
static Value tuple_of_numbers(Thread *t, const int64_t *numbers, int64_t n) {
  Value v = tuple_new(t, n);
  for (int64_t i = 0; !v_is_null(v) && i < n; i++) v_tuple(v)->items[i] = int_from_i64(t, numbers[i]);
  return v;
}

// Item i of a state as a number between 0 and max. 0, -1.
static int state_number(Thread *t, Value state, int64_t i, int64_t max, int64_t *out) {
  int64_t n = number_as_i64(t, v_tuple(state)->items[i]);
  if (n == -1 && error_pending(t)) return -1;
  *out = n > max ? max : n < 0 ? 0 : n;
  return 0;
}

static int check_numbers(Thread *t, Value state, int64_t n) {
  if (!v_is_tuple(state) || v_tuple(state)->length != n) return raise_value_error(t, "invalid arguments"), -1;
  return 0;
}

static int64_t *new_numbers(Thread *t, int64_t n) {
  int64_t *numbers = n > INT64_MAX / 16 ? NULL : heap_calloc(t, (size_t)(n ? n : 1) * sizeof(int64_t));
  if (!numbers) raise_no_memory(t);
  return numbers;
}

// --- product ------------------------------------------------------------------------------------------------------------------------------

typedef struct Product {
  Object ob;
  Value pools;        // tuple of tuples, constant
  int64_t *numbers;   // one for each pool; with phase under the lock
  Phase phase;
} Product;

static inline Product *product_of(Value v) { return (Product *)v_obj(v); }

// The only keyword is repeat. -1 with an exception.
static int64_t product_repeat(Thread *t, Type *type, const Value *values, Value kwnames) {
  int64_t repeat = 1, nkw = v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length;
  if (nkw > 1 && itertools_is_strict(type, &type_itertools_product))
    return raise_type_error(t, "product() takes at most 1 keyword argument (%lld given)", (long long)nkw), -1;
  for (int64_t i = 0; i < nkw; i++) {
    Value name = v_tuple(kwnames)->items[i];
    if (str_equals_cstr(name, "repeat")) {
      repeat = number_as_i64(t, values[i]);
      if (repeat == -1 && error_pending(t)) return -1;
      if (repeat < 0) return raise_value_error(t, "repeat argument cannot be negative"), -1;
    } else if (itertools_is_strict(type, &type_itertools_product)) {
      return raise_type_error(t, "'%U' is an invalid keyword argument for product()", name), -1;
    }
  }
  return repeat;
}

NEW(product_new) {
  int64_t repeat = product_repeat(t, type, args + nargs, kwnames);
  if (repeat == -1) return V_NULL;
  if (repeat > 0 && nargs > 0 && (int64_t)nargs > INT64_MAX / (int64_t)sizeof(Value) / repeat) {
    return raise_overflow(t, "repeat argument too large");
  }
  int64_t n = repeat ? (int64_t)nargs : 0;
  Value pools = tuple_new(t, n * repeat), v = V_NULL;
  bool ok = !v_is_null(pools);
  for (int64_t i = 0; ok && i < n * repeat; i++) {
    Value pool = i < n ? object_to_tuple(t, args[i]) : v_own(t, v_tuple(pools)->items[i - n]);
    ok = !v_is_null(pool);
    if (ok) v_tuple(pools)->items[i] = pool;
  }
  int64_t *numbers = ok ? new_numbers(t, n * repeat) : NULL;
  if (numbers) v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    if (numbers) heap_free(t, numbers);
    v_drop(t, pools);
    return v;
  }
  product_of(v)->pools = pools;
  product_of(v)->numbers = numbers;
  return v;
}

// Steps the numbers as an odometer. False: all combinations have been given. Lock held.
static bool product_advance(Product *p) {
  Tuple *pools = v_tuple(p->pools);
  if (p->phase == FRESH) {
    for (int64_t i = 0; i < pools->length; i++) {
      if (v_tuple(pools->items[i])->length == 0) return false;
    }
    return true;
  }
  for (int64_t i = pools->length - 1; i >= 0; i--) {
    if (++p->numbers[i] < v_tuple(pools->items[i])->length) return true;
    p->numbers[i] = 0;
  }
  return false;
}

static Value product_next(Thread *t, Value self) {
  Product *p = product_of(self);
  Tuple *pools = v_tuple(p->pools);
  Value row = tuple_new(t, pools->length);
  if (v_is_null(row)) return row;
  bool more;
  CRITICAL_BEGIN(t, p);
  more = p->phase != ENDED && product_advance(p);
  p->phase = more ? RUNNING : ENDED;
  for (int64_t i = 0; more && i < pools->length; i++) v_tuple(row)->items[i] = v_own(t, v_tuple(pools->items[i])->items[p->numbers[i]]);
  CRITICAL_END(t);
  if (more) return row;
  v_drop(t, row);
  return V_NULL;
}

METHOD(product_reduce) {
  UNUSED_ARGS;
  Product *p = product_of(self);
  Phase phase;
  Value state;
  CRITICAL_BEGIN(t, p);
  phase = p->phase;
  state = phase == RUNNING ? tuple_of_numbers(t, p->numbers, v_tuple(p->pools)->length) : V_NULL;
  CRITICAL_END(t);
  if (phase == ENDED) return itertools_reduced(t, self, tuple_pack(t, 1, tuple_empty), V_NULL, false);
  return itertools_reduced(t, self, v_own(t, p->pools), state, phase == RUNNING);
}

METHOD(product_setstate) {
  UNUSED_ARGS;
  Product *p = product_of(self);
  Tuple *pools = v_tuple(p->pools);
  if (check_numbers(t, args[0], pools->length) < 0) return V_NULL;
  for (int64_t i = 0; i < pools->length; i++) {
    int64_t number, max = v_tuple(pools->items[i])->length - 1;
    if (state_number(t, args[0], i, max < 0 ? 0 : max, &number) < 0) return V_NULL;
    CRITICAL_BEGIN(t, p);
    p->numbers[i] = number;
    if (max < 0) p->phase = ENDED;
    CRITICAL_END(t);
    if (max < 0) return V_NONE;
  }
  CRITICAL_BEGIN(t, p);
  p->phase = RUNNING;
  CRITICAL_END(t);
  return V_NONE;
}

METHOD(product_sizeof) {
  UNUSED_ARGS;
  return v_from_smi((int64_t)sizeof(Product) + v_tuple(product_of(self)->pools)->length * (int64_t)sizeof(int64_t));
}

static void product_dealloc(Thread *t, Object *o) {
  Product *p = (Product *)o;
  v_drop(t, p->pools);
  heap_free(t, p->numbers);
  heap_free_object(t, o);
}

static void product_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Product *)o)->pools, visit, arg); }

static const NativeDef product_methods[] = {
    REDUCE_DEF(product_reduce),
    SETSTATE_DEF(product_setstate),
    {"__sizeof__($self, /)", product_sizeof, "How many bytes of memory the object takes.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_product = {
    .name = "itertools.product",
    .size = sizeof(Product),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(product)},
    .methods = product_methods,
    .doc = "product(*iterables, repeat=1) --> product object\n\nAn iterator over the cartesian product, as nested for-loops would give it, the last "
           "iterable changing fastest.",
};

// --- permutations and combinations ---------------------------------------------------------------------------------------------------------

typedef struct Chooser {
  Object ob;
  Value pool;         // tuple, constant
  int64_t r;          // items in a row
  int64_t *numbers;   // of the items; for permutations of all of the pool. With cycles and phase under the lock
  int64_t *cycles;    // permutations: how many rotations each place has left
  Phase phase;
} Chooser;

static inline Chooser *chooser_of(Value v) { return (Chooser *)v_obj(v); }
static inline int64_t pool_size(Chooser *c) { return v_tuple(c->pool)->length; }

// Steals pool.
static Value chooser_make(Thread *t, Type *type, Value pool, int64_t r, int64_t nnumbers, int64_t ncycles, bool ended) {
  int64_t *numbers = new_numbers(t, nnumbers), *cycles = numbers ? new_numbers(t, ncycles) : NULL;
  Value v = cycles ? type->slots.alloc(t, type, 0) : V_NULL;
  if (v_is_null(v)) {
    if (numbers) heap_free(t, numbers);
    if (cycles) heap_free(t, cycles);
    v_drop(t, pool);
    return v;
  }
  Chooser *c = chooser_of(v);
  c->pool = pool;
  c->r = r;
  c->numbers = numbers;
  c->cycles = cycles;
  c->phase = ended ? ENDED : FRESH;
  return v;
}

static void chooser_dealloc(Thread *t, Object *o) {
  Chooser *c = (Chooser *)o;
  v_drop(t, c->pool);
  heap_free(t, c->numbers);
  heap_free(t, c->cycles);
  heap_free_object(t, o);
}

static void chooser_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Chooser *)o)->pool, visit, arg); }

// The next row: `advance` steps the numbers of a running chooser and says whether there is another row. It runs under the lock.
static inline Value chooser_next(Thread *t, Value self, bool (*advance)(Chooser *c)) {
  Chooser *c = chooser_of(self);
  Value row = c->r > pool_size(c) && c->phase == ENDED ? tuple_empty : tuple_new(t, c->r);
  if (v_is_null(row)) return row;
  bool more;
  CRITICAL_BEGIN(t, c);
  more = c->phase == FRESH || (c->phase == RUNNING && advance(c));
  c->phase = more ? RUNNING : ENDED;
  for (int64_t i = 0; more && i < c->r; i++) v_tuple(row)->items[i] = v_own(t, v_tuple(c->pool)->items[c->numbers[i]]);
  CRITICAL_END(t);
  if (more) return row;
  v_drop(t, row);
  return V_NULL;
}

static Phase chooser_phase(Thread *t, Chooser *c) {
  Phase phase;
  CRITICAL_BEGIN(t, c);
  phase = c->phase;
  CRITICAL_END(t);
  return phase;
}

// (pool, r), the pool empty at the end; `fresh_pool`: what never began is given with its pool even if it is at its end.
static Value chooser_call(Thread *t, Chooser *c, Phase phase) {
  bool never_began = c->r > pool_size(c);
  Value r = int_from_i64(t, c->r);
  if (v_is_null(r)) return r;
  Value call = tuple_pack(t, 2, phase == ENDED && !never_began ? tuple_empty : c->pool, r);
  v_drop(t, r);
  return call;
}

METHOD(combinations_reduce) {
  UNUSED_ARGS;
  Chooser *c = chooser_of(self);
  Phase phase = chooser_phase(t, c);
  Value state = V_NULL;
  if (phase == RUNNING) {
    CRITICAL_BEGIN(t, c);
    state = tuple_of_numbers(t, c->numbers, c->r);
    CRITICAL_END(t);
  }
  return itertools_reduced(t, self, chooser_call(t, c, phase), state, phase == RUNNING);
}

METHOD(chooser_sizeof) {
  UNUSED_ARGS;
  return v_from_smi((int64_t)sizeof(Chooser) + chooser_of(self)->r * (int64_t)sizeof(int64_t));
}

// Reads r numbers of a state, number i at most first_max + i * per_place.
static Value combinations_restore(Thread *t, Value self, Value state, int64_t first_max, int64_t per_place) {
  Chooser *c = chooser_of(self);
  if (check_numbers(t, state, c->r) < 0) return V_NULL;
  for (int64_t i = 0; i < c->r; i++) {
    int64_t number;
    if (state_number(t, state, i, first_max + i * per_place, &number) < 0) return V_NULL;
    CRITICAL_BEGIN(t, c);
    c->numbers[i] = number;
    CRITICAL_END(t);
  }
  CRITICAL_BEGIN(t, c);
  if (c->phase != ENDED) c->phase = RUNNING;
  CRITICAL_END(t);
  return V_NONE;
}

// r as combinations take it: not negative. -1 with an exception.
static int64_t combinations_r(Thread *t, Value v) {
  int64_t r = number_as_i64(t, v);
  if (r == -1 && error_pending(t)) return -1;
  if (r < 0) return raise_value_error(t, "r must be non-negative"), -1;
  return r;
}

// The items to choose from, a tuple, and r: a number before the items are asked for, and only then not negative. V_NULL with an exception.
static Value combinations_pool(Thread *t, const Value *bound, int64_t *r) {
  *r = number_as_i64(t, bound[1]);
  if (*r == -1 && error_pending(t)) return V_NULL;
  Value pool = object_to_tuple(t, bound[0]);
  if (v_is_null(pool) || *r >= 0) return pool;
  v_drop(t, pool);
  return raise_value_error(t, "r must be non-negative");
}

static bool permutations_advance(Chooser *c) {
  int64_t n = pool_size(c);
  for (int64_t i = c->r - 1; i >= 0; i--) {
    int64_t number = c->numbers[i];
    if (--c->cycles[i] > 0) {
      int64_t other = n - c->cycles[i];
      c->numbers[i] = c->numbers[other];
      c->numbers[other] = number;
      return true;
    }
    // All items have stood here: they go back to ascending order, and the place before takes its next.
    memmove(&c->numbers[i], &c->numbers[i + 1], (size_t)(n - 1 - i) * sizeof(int64_t));
    c->numbers[n - 1] = number;
    c->cycles[i] = n - i;
  }
  return false;
}

static bool combinations_advance(Chooser *c) {
  int64_t n = pool_size(c), i = c->r - 1;
  while (i >= 0 && c->numbers[i] == i + n - c->r) i--;
  if (i < 0) return false;
  for (int64_t number = c->numbers[i] + 1; i < c->r; i++) c->numbers[i] = number++;
  return true;
}

static bool combinations_with_replacement_advance(Chooser *c) {
  int64_t n = pool_size(c), i = c->r - 1;
  while (i >= 0 && c->numbers[i] == n - 1) i--;
  if (i < 0) return false;
  for (int64_t number = c->numbers[i] + 1; i < c->r; i++) c->numbers[i] = number;
  return true;
}

static Value permutations_next(Thread *t, Value self) { return chooser_next(t, self, permutations_advance); }
static Value combinations_next(Thread *t, Value self) { return chooser_next(t, self, combinations_advance); }
static Value combinations_with_replacement_next(Thread *t, Value self) { return chooser_next(t, self, combinations_with_replacement_advance); }

NEW(permutations_new) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "permutations(iterable, r=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Value pool = object_to_tuple(t, bound[0]);
  if (v_is_null(pool)) return pool;
  int64_t n = v_tuple(pool)->length, r = n;
  if (!v_is_absent_or_none(bound[1])) {
    if (!v_is_int(bound[1])) raise_type_error(t, "Expected int as r");
    else r = combinations_r(t, bound[1]);
    if (error_pending(t)) {
      v_drop(t, pool);
      return V_NULL;
    }
  }
  Value v = chooser_make(t, type, pool, r, n, r > n ? 0 : r, r > n);
  if (v_is_null(v)) return v;
  Chooser *c = chooser_of(v);
  for (int64_t i = 0; i < n; i++) c->numbers[i] = i;
  for (int64_t i = 0; r <= n && i < r; i++) c->cycles[i] = n - i;
  return v;
}

NEW(combinations_new) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "combinations(iterable, r)", args, nargs, kwnames, bound) < 0) return V_NULL;
  int64_t r;
  Value pool = combinations_pool(t, bound, &r);
  if (v_is_null(pool)) return pool;
  bool ended = r > v_tuple(pool)->length;
  Value v = chooser_make(t, type, pool, r, ended ? 0 : r, 0, ended);
  for (int64_t i = 0; !v_is_null(v) && !ended && i < r; i++) chooser_of(v)->numbers[i] = i;
  return v;
}

NEW(combinations_with_replacement_new) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "combinations_with_replacement(iterable, r)", args, nargs, kwnames, bound) < 0) return V_NULL;
  int64_t r;
  Value pool = combinations_pool(t, bound, &r);
  if (v_is_null(pool)) return pool;
  return chooser_make(t, type, pool, r, r, 0, v_tuple(pool)->length == 0 && r > 0);
}

METHOD(permutations_reduce) {
  UNUSED_ARGS;
  Chooser *c = chooser_of(self);
  Phase phase = chooser_phase(t, c);
  Value numbers = V_NULL, cycles = V_NULL, state = V_NULL;
  if (phase == RUNNING) {
    CRITICAL_BEGIN(t, c);
    numbers = tuple_of_numbers(t, c->numbers, pool_size(c));
    cycles = tuple_of_numbers(t, c->cycles, c->r);
    CRITICAL_END(t);
    if (!v_is_null(numbers) && !v_is_null(cycles)) state = tuple_pack(t, 2, numbers, cycles);
    v_drop(t, numbers);
    v_drop(t, cycles);
  }
  return itertools_reduced(t, self, chooser_call(t, c, phase), state, phase == RUNNING);
}

METHOD(permutations_setstate) {
  UNUSED_ARGS;
  Chooser *c = chooser_of(self);
  if (itertools_check_state(t, args[0], 2, 2) < 0) return V_NULL;
  Value numbers = v_tuple(args[0])->items[0], cycles = v_tuple(args[0])->items[1];
  int64_t n = pool_size(c);
  if (check_numbers(t, numbers, n) < 0 || check_numbers(t, cycles, c->r) < 0) return V_NULL;
  for (int64_t i = 0; i < n; i++) {
    int64_t number;
    if (state_number(t, numbers, i, n - 1, &number) < 0) return V_NULL;
    CRITICAL_BEGIN(t, c);
    c->numbers[i] = number;
    CRITICAL_END(t);
  }
  for (int64_t i = 0; c->r <= n && i < c->r; i++) {
    int64_t number;
    if (state_number(t, cycles, i, n - i, &number) < 0) return V_NULL;
    CRITICAL_BEGIN(t, c);
    c->cycles[i] = number < 1 ? 1 : number;
    CRITICAL_END(t);
  }
  CRITICAL_BEGIN(t, c);
  if (c->phase != ENDED) c->phase = RUNNING;
  CRITICAL_END(t);
  return V_NONE;
}

METHOD(combinations_setstate) {
  UNUSED_ARGS;
  return combinations_restore(t, self, args[0], pool_size(chooser_of(self)) - chooser_of(self)->r, 1);
}

METHOD(combinations_with_replacement_setstate) {
  UNUSED_ARGS;
  return combinations_restore(t, self, args[0], pool_size(chooser_of(self)) - 1, 0);
}

#define CHOOSER_SPEC(NAME, REDUCE, SIGNATURE, DOC)                                                                                 \
  static const NativeDef NAME##_methods[] = {                                                                                      \
      REDUCE_DEF(REDUCE),                                                                                                          \
      SETSTATE_DEF(NAME##_setstate),                                                                                               \
      {"__sizeof__($self, /)", chooser_sizeof, "How many bytes of memory the object takes.", NATIVE_NO_SIGNATURE},                 \
      {0},                                                                                                                         \
  };                                                                                                                               \
  static const TypeSpec spec_##NAME = {                                                                                            \
      .name = "itertools." #NAME,                                                                                                  \
      .size = sizeof(Chooser),                                                                                                     \
      .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,                                                                                     \
      .slots = {.iter = container_self, .iternext = NAME##_next, .new = NAME##_new, .dealloc = chooser_dealloc, .traverse = chooser_traverse}, \
      .methods = NAME##_methods,                                                                                                   \
      .doc = DOC,                                                                                                                  \
      .text_signature = SIGNATURE,                                                                                                 \
  };
CHOOSER_SPEC(permutations, permutations_reduce, "(iterable, r=None)", "An iterator over the ways to put r of the items in a row.")
CHOOSER_SPEC(combinations, combinations_reduce, "(iterable, r)", "An iterator over the ways to choose r of the items, kept in their order.")
CHOOSER_SPEC(combinations_with_replacement, combinations_reduce, "(iterable, r)",
             "An iterator over the ways to choose r of the items, each as often as one likes, kept in their order.")

bool itertools_combine_init(Thread *t) {
  return type_ready(t, &type_itertools_product, &spec_product, 0) && type_ready(t, &type_itertools_permutations, &spec_permutations, 0) &&
         type_ready(t, &type_itertools_combinations, &spec_combinations, 0) &&
         type_ready(t, &type_itertools_combinations_with_replacement, &spec_combinations_with_replacement, 0);
}
