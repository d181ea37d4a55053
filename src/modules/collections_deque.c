// deque: a ring of values, quick at both ends.
//
// Locking: everything, reads included, under the deque's lock. `state` goes up with every change of the length or the order, so that iteration
// and searches, which call Python code outside the lock, notice it.
#include "modules/_collections.h"

Type type_deque, type_deque_iterator, type_deque_reverse_iterator;

typedef struct Deque {
  Object ob;
  Value *ring;       // NULL while empty and never used
  int64_t capacity;  // of the ring: a power of 2, or 0
  int64_t head;      // place of item 0
  int64_t length;
  int64_t max;       // -1: unbounded
  uint64_t state;
} Deque;

enum { MIN_CAPACITY = 8 };

static inline Deque *deque_of(Value v) { return (Deque *)v_obj(v); }
static bool is_deque(Value v) { return type_is_subtype(v_type(v), &type_deque); }
static inline Value *place(Deque *d, int64_t i) { return &d->ring[(d->head + i) & (d->capacity - 1)]; }

// --- The ring, lock held --------------------------------------------------------------------------------------------------------------------

// A ring of the given capacity, items from place 0 on. 0, or -1 without an exception.
static int resize_locked(Thread *t, Deque *d, int64_t capacity) {
  Value *ring = capacity > INT64_MAX / 16 ? NULL : heap_alloc(t, (size_t)capacity * sizeof(Value));
  if (!ring) return -1;
  int64_t first = d->capacity - d->head < d->length ? d->capacity - d->head : d->length;
  if (d->length) {
    memcpy(ring, d->ring + d->head, (size_t)first * sizeof(Value));
    memcpy(ring + first, d->ring, (size_t)(d->length - first) * sizeof(Value));
  }
  if (d->ring) heap_free(t, d->ring);
  d->ring = ring;
  d->capacity = capacity;
  d->head = 0;
  return 0;
}

static int make_room_locked(Thread *t, Deque *d) {
  if (likely(d->length < d->capacity)) return 0;
  return resize_locked(t, d, d->capacity ? d->capacity * 2 : MIN_CAPACITY);
}

static Value take_right_locked(Thread *t, Deque *d) {
  Value v = *place(d, --d->length);
  d->state++;
  if (unlikely(d->capacity > 64 && d->length < d->capacity / 8)) resize_locked(t, d, d->capacity / 2);  // failing to shrink is no error
  return v;
}

static Value take_left_locked(Thread *t, Deque *d) {
  Value v = d->ring[d->head];
  d->head = (d->head + 1) & (d->capacity - 1);
  d->length--;
  d->state++;
  if (unlikely(d->capacity > 64 && d->length < d->capacity / 8)) resize_locked(t, d, d->capacity / 2);
  return v;
}

// Removes item i, moving the shorter side.
static Value take_locked(Deque *d, int64_t i) {
  Value v = *place(d, i);
  if (i < d->length / 2) {
    for (; i > 0; i--) *place(d, i) = *place(d, i - 1);
    d->head = (d->head + 1) & (d->capacity - 1);
  } else {
    for (; i < d->length - 1; i++) *place(d, i) = *place(d, i + 1);
  }
  d->length--;
  d->state++;
  return v;
}

static void rotate_locked(Deque *d, int64_t n) {
  if (d->length < 2) return;
  n %= d->length;
  if (n > d->length / 2) n -= d->length;
  else if (n < -(d->length / 2)) n += d->length;
  d->state++;     // though nothing may move, as there
  for (; n > 0; n--) {
    Value v = *place(d, d->length - 1);
    d->head = (d->head - 1) & (d->capacity - 1);
    d->ring[d->head] = v;
  }
  for (; n < 0; n++) {
    Value v = d->ring[d->head];
    d->head = (d->head + 1) & (d->capacity - 1);
    *place(d, d->length - 1) = v;
  }
}

// --- Adding and taking --------------------------------------------------------------------------------------------------------------------

// Adds v (stolen) at one end; what a bounded deque loses at the other is dropped. 0, -1.
static int add(Thread *t, Deque *d, Value v, bool left) {
  int rc = 0;
  Value victim = V_NULL;
  CRITICAL_BEGIN(t, d);
  if (d->max == 0) {
    victim = v;
  } else {
    if (d->max > 0 && d->length >= d->max) victim = left ? take_right_locked(t, d) : take_left_locked(t, d);
    rc = make_room_locked(t, d);
    if (rc == 0) {
      d->state++;
      d->length++;
      if (left) {
        d->head = (d->head - 1) & (d->capacity - 1);
        d->ring[d->head] = v;
      } else {
        *place(d, d->length - 1) = v;
      }
    }
  }
  CRITICAL_END(t);
  v_drop(t, victim);
  if (rc < 0) {
    v_drop(t, v);
    raise_no_memory(t);
  }
  return rc;
}

static Value take_end(Thread *t, Deque *d, bool left) {
  Value v = V_NULL;
  CRITICAL_BEGIN(t, d);
  if (d->length > 0) v = left ? take_left_locked(t, d) : take_right_locked(t, d);
  CRITICAL_END(t);
  return v_is_null(v) ? raise_error(t, &exc_IndexError, "pop from an empty deque") : v;
}

// Item i, owned, and the state it was read in; V_NULL: out of range.
static Value item(Thread *t, Deque *d, int64_t i, uint64_t *state) {
  Value v = V_NULL;
  CRITICAL_BEGIN(t, d);
  if (i >= 0 && i < d->length) v = v_own(t, *place(d, i));
  if (state) *state = d->state;
  CRITICAL_END(t);
  return v;
}

static int64_t length_of(Thread *t, Deque *d) {
  int64_t n;
  CRITICAL_BEGIN(t, d);
  n = d->length;
  CRITICAL_END(t);
  return n;
}

static uint64_t state_of(Thread *t, Deque *d) {
  uint64_t state;
  CRITICAL_BEGIN(t, d);
  state = d->state;
  CRITICAL_END(t);
  return state;
}

static void clear(Thread *t, Deque *d) {
  Value *ring;
  int64_t capacity, head, n;
  CRITICAL_BEGIN(t, d);
  ring = d->ring, capacity = d->capacity, head = d->head, n = d->length;
  d->ring = NULL;
  d->capacity = d->head = d->length = 0;
  if (n) d->state++;
  CRITICAL_END(t);
  for (int64_t i = 0; i < n; i++) v_drop(t, ring[(head + i) & (capacity - 1)]);
  if (ring) heap_free(t, ring);
}

static int extend(Thread *t, Deque *d, Value iterable, bool left) {
  Value source = v_is(iterable, v_from_obj(d)) ? object_to_list(t, iterable) : v_own(t, iterable);
  Value it = v_is_null(source) ? V_NULL : object_iter(t, source);
  v_drop(t, source);
  if (v_is_null(it)) return -1;
  int rc = 0;
  while (rc == 0) {
    Value v = object_iternext(t, it);
    if (v_is_null(v)) {
      if (error_pending(t)) rc = -1;
      break;
    }
    rc = add(t, d, v, left);
  }
  v_drop(t, it);
  return rc;
}

// --- Searching ------------------------------------------------------------------------------------------------------------------------------

// First item from `start` to `stop` that equals v: its number; -1 none; -2 an exception, `mutated` (a type and text) if the deque changed.
static int64_t find(Thread *t, Deque *d, Value v, int64_t start, int64_t stop, Type *mutated, const char *text) {
  uint64_t before = state_of(t, d), now;
  for (int64_t i = start; i < stop; i++) {
    Value x = item(t, d, i, NULL);
    if (v_is_null(x)) break;
    int r = object_equal(t, x, v);
    v_drop(t, x);
    if (r < 0) return -2;
    now = state_of(t, d);
    if (now != before && (r == 0 || mutated == &exc_IndexError)) return raise_error(t, mutated, "%s", text), -2;
    if (r > 0) return i;
  }
  return -1;
}

static const char MUTATED[] = "deque mutated during iteration";

static int deque_contains(Thread *t, Value self, Value v) {
  int64_t i = find(t, deque_of(self), v, 0, length_of(t, deque_of(self)), &exc_RuntimeError, MUTATED);
  return i == -2 ? -1 : i >= 0;
}

METHOD(deque_index) {
  if (native_no_keywords(t, "deque.index", kwnames) < 0) return V_NULL;
  if (nargs < 1 || nargs > 3) return raise_type_error(t, "index() takes at %s (%zu given)", nargs ? "most 3 arguments" : "least 1 argument", nargs);
  Deque *d = deque_of(self);
  int64_t n = length_of(t, d), start = slice_bound(t, nargs > 1 ? args[1] : V_ABSENT, 0);
  if (start == -1 && error_pending(t)) return V_NULL;
  int64_t stop = slice_bound(t, nargs > 2 ? args[2] : V_ABSENT, INT64_MAX);
  if (stop == -1 && error_pending(t)) return V_NULL;
  slice_clip(n, &start, &stop);
  int64_t i = find(t, d, args[0], start, stop, &exc_RuntimeError, MUTATED);
  if (i >= 0) return v_from_smi(i);
  return i == -1 ? raise_value_error(t, "%R is not in deque", args[0]) : V_NULL;
}

METHOD(deque_count) {
  UNUSED_ARGS;
  Deque *d = deque_of(self);
  uint64_t before = state_of(t, d);
  int64_t n = length_of(t, d), count = 0;
  for (int64_t i = 0; i < n; i++) {
    Value x = item(t, d, i, NULL);
    if (v_is_null(x)) break;
    int r = object_equal(t, x, args[0]);
    v_drop(t, x);
    if (r < 0) return V_NULL;
    count += r;
    if (state_of(t, d) != before) return raise_error(t, &exc_RuntimeError, MUTATED);
  }
  return v_from_smi(count);
}

METHOD(deque_remove) {
  UNUSED_ARGS;
  Deque *d = deque_of(self);
  int64_t i = find(t, d, args[0], 0, length_of(t, d), &exc_IndexError, MUTATED);
  if (i == -1) return raise_value_error(t, "%R is not in deque", args[0]);
  if (i < 0) return V_NULL;
  Value v = V_NULL;
  CRITICAL_BEGIN(t, d);
  if (i < d->length) v = take_locked(d, i);
  CRITICAL_END(t);
  v_drop(t, v);
  return V_NONE;
}

// --- Sequence operations ------------------------------------------------------------------------------------------------------------------

static int64_t deque_length(Thread *t, Value self) { return length_of(t, deque_of(self)); }

static Value deque_seq_item(Thread *t, Value self, int64_t i) {
  Value v = item(t, deque_of(self), i, NULL);
  return v_is_null(v) ? raise_error(t, &exc_IndexError, "deque index out of range") : v;
}

// A subscript as an item number, negative ones counted from the end. 0, -1.
static int subscript(Thread *t, Deque *d, Value key, int64_t *i) {
  if (!number_is_index(key)) return raise_type_error(t, "sequence index must be integer, not '%T'", key), -1;
  if (subscript_index(t, key, i) < 0) return -1;
  if (*i < 0) *i += length_of(t, d);
  return 0;
}

static Value deque_getitem(Thread *t, Value self, Value key) {
  int64_t i;
  return subscript(t, deque_of(self), key, &i) < 0 ? V_NULL : deque_seq_item(t, self, i);
}

static int deque_setitem(Thread *t, Value self, Value key, Value value) {
  Deque *d = deque_of(self);
  int64_t i;
  if (subscript(t, d, key, &i) < 0) return -1;
  bool in_range;
  Value old = V_NULL, stored = v_is_null(value) ? V_NULL : v_own(t, value);
  CRITICAL_BEGIN(t, d);
  in_range = i >= 0 && i < d->length;
  if (in_range && v_is_null(value)) {
    old = take_locked(d, i);
  } else if (in_range) {
    old = *place(d, i);
    *place(d, i) = stored;
  }
  CRITICAL_END(t);
  if (in_range) {
    v_drop(t, old);
    return 0;
  }
  v_drop(t, stored);
  raise_error(t, &exc_IndexError, "deque index out of range");
  return -1;
}

static Value deque_make(Thread *t, Type *type, int64_t max) {
  Value v = type->slots.alloc(t, type, 0);
  if (!v_is_null(v)) deque_of(v)->max = max;
  return v;
}

// A copy: for a subclass by calling it.
static Value deque_copy(Thread *t, Value self) {
  Deque *d = deque_of(self);
  Type *type = v_type(self);
  if (type == &type_deque) {
    Value v = deque_make(t, type, d->max);
    if (v_is_null(v) || extend(t, deque_of(v), self, false) == 0) return v;
    v_drop(t, v);
    return V_NULL;
  }
  Value v = d->max < 0 ? object_call1(t, v_from_obj(type), self) : object_call2(t, v_from_obj(type), self, v_from_smi(d->max));
  if (v_is_null(v) || is_deque(v)) return v;
  raise_type_error(t, "%N() must return a deque, not %T", type, v);
  v_drop(t, v);
  return V_NULL;
}

static Value deque_concat(Thread *t, Value a, Value b) {
  if (!is_deque(b)) return raise_type_error(t, "can only concatenate deque (not \"%T\") to deque", b);
  Value v = deque_copy(t, a);
  if (v_is_null(v) || extend(t, deque_of(v), b, false) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value deque_iconcat(Thread *t, Value a, Value b) { return extend(t, deque_of(a), b, false) < 0 ? V_NULL : v_own(t, a); }

static void note_change(Thread *t, Deque *d) {
  CRITICAL_BEGIN(t, d);
  d->state++;
  CRITICAL_END(t);
}

static int multiply(Thread *t, Deque *d, int64_t n) {
  int64_t length = length_of(t, d);
  if (n <= 0) {
    clear(t, d);
    return 0;
  }
  if (length == 0 || n == 1) return 0;
  // Of a bounded deque only the last items will be seen.
  if (d->max >= 0 && n > d->max / length) n = (d->max + length - 1) / length;
  if (n == 1) {
    if (length == 1) note_change(t, d);     // as there, though it remains as it is
    return 0;
  }
  if (n > INT64_MAX / 16 / length) return raise_no_memory(t), -1;
  Value copy = object_to_list(t, v_from_obj(d));
  if (v_is_null(copy)) return -1;
  int rc = 0;
  for (; rc == 0 && n > 1; n--) rc = extend(t, d, copy, false);
  v_drop(t, copy);
  return rc;
}

static Value deque_irepeat(Thread *t, Value self, int64_t n) { return multiply(t, deque_of(self), n) < 0 ? V_NULL : v_own(t, self); }

static Value deque_repeat(Thread *t, Value self, int64_t n) {
  Value v = deque_copy(t, self);
  if (v_is_null(v) || multiply(t, deque_of(v), n) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value deque_richcompare(Thread *t, Value a, Value b, int op) {
  if (!is_deque(a) || !is_deque(b)) return V_NOT_IMPLEMENTED;
  Deque *x = deque_of(a), *y = deque_of(b);
  if (op == CMP_EQ || op == CMP_NE) {
    if (x == y) return v_from_bool(op == CMP_EQ);
    if (length_of(t, x) != length_of(t, y)) return v_from_bool(op == CMP_NE);
  }
  uint64_t xs = state_of(t, x), ys = state_of(t, y);
  for (int64_t i = 0;; i++) {
    uint64_t xnow, ynow;
    Value p = item(t, x, i, &xnow), q = item(t, y, i, &ynow);
    Value result = V_NULL;
    int same = 0;
    if (xnow != xs || ynow != ys) {
      raise_error(t, &exc_RuntimeError, MUTATED);
    } else if (v_is_null(p) || v_is_null(q)) {
      result = v_from_bool(container_compare_lengths(!v_is_null(p), !v_is_null(q), op));
    } else {
      same = object_equal(t, p, q);
      if (same == 0) {
        int r = object_compare_bool(t, p, q, op);
        if (r >= 0) result = v_from_bool(r);
      }
    }
    v_drop(t, p);
    v_drop(t, q);
    if (same <= 0) return result;
  }
}

static Value deque_repr(Thread *t, Value self) {
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_ascii(t, "[...]", 5) : V_NULL;
  Value list = object_to_list(t, self), text = V_NULL;
  Value name = v_type(self)->qualname;
  if (!v_is_null(list)) {
    text = deque_of(self)->max >= 0 ? str_from_format(t, "%U(%R, maxlen=%lld)", name, list, (long long)deque_of(self)->max)
                                    : str_from_format(t, "%U(%R)", name, list);
  }
  v_drop(t, list);
  repr_leave(t, self);
  return text;
}

// --- Methods --------------------------------------------------------------------------------------------------------------------------------

METHOD(deque_append) {
  UNUSED_ARGS;
  return add(t, deque_of(self), v_own(t, args[0]), false) < 0 ? V_NULL : V_NONE;
}

METHOD(deque_appendleft) {
  UNUSED_ARGS;
  return add(t, deque_of(self), v_own(t, args[0]), true) < 0 ? V_NULL : V_NONE;
}

METHOD(deque_pop) {
  UNUSED_ARGS;
  return take_end(t, deque_of(self), false);
}

METHOD(deque_popleft) {
  UNUSED_ARGS;
  return take_end(t, deque_of(self), true);
}

METHOD(deque_extend) {
  UNUSED_ARGS;
  return extend(t, deque_of(self), args[0], false) < 0 ? V_NULL : V_NONE;
}

METHOD(deque_extendleft) {
  UNUSED_ARGS;
  return extend(t, deque_of(self), args[0], true) < 0 ? V_NULL : V_NONE;
}

METHOD(deque_clear) {
  UNUSED_ARGS;
  clear(t, deque_of(self));
  return V_NONE;
}

METHOD(deque_copy_method) {
  UNUSED_ARGS;
  return deque_copy(t, self);
}

METHOD(deque_rotate) {
  if (native_no_keywords(t, "deque.rotate", kwnames) < 0 || native_check_positional(t, "deque.rotate", nargs, 0, 1) < 0) return V_NULL;
  int64_t n = 1;
  if (nargs) {
    n = number_as_i64(t, args[0]);
    if (n == -1 && error_pending(t)) return V_NULL;
  }
  CRITICAL_BEGIN(t, deque_of(self));
  rotate_locked(deque_of(self), n);
  CRITICAL_END(t);
  return V_NONE;
}

METHOD(deque_reverse) {
  UNUSED_ARGS;
  Deque *d = deque_of(self);
  CRITICAL_BEGIN(t, d);
  for (int64_t i = 0, k = d->length - 1; i < k; i++, k--) {
    Value v = *place(d, i);
    *place(d, i) = *place(d, k);
    *place(d, k) = v;
  }
  CRITICAL_END(t);
  return V_NONE;
}

METHOD(deque_insert) {
  if (native_no_keywords(t, "deque.insert", kwnames) < 0) return V_NULL;
  if (nargs != 2) return raise_type_error(t, "insert() takes exactly 2 arguments (%zu given)", nargs);
  Deque *d = deque_of(self);
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  Value v = v_own(t, args[1]);
  bool full;
  int rc = 0;
  CRITICAL_BEGIN(t, d);
  full = d->max >= 0 && d->length >= d->max;
  if (!full) rc = make_room_locked(t, d);
  if (!full && rc == 0) {
    int64_t n = d->length;
    if (i < 0 && (i += n) < 0) i = 0;
    if (i > n) i = n;
    d->length++;
    d->state++;
    for (int64_t k = n; k > i; k--) *place(d, k) = *place(d, k - 1);
    *place(d, i) = v;
  }
  CRITICAL_END(t);
  if (!full && rc == 0) return V_NONE;
  v_drop(t, v);
  return full ? raise_error(t, &exc_IndexError, "deque already at its maximum size") : raise_no_memory(t);
}

METHOD(deque_reduce) {
  UNUSED_ARGS;
  Deque *d = deque_of(self);
  Value state = instance_state(t, self), call = V_NULL, it = V_NULL, result = V_NULL;
  if (!v_is_null(state)) it = object_iter(t, self);
  if (!v_is_null(it)) call = d->max < 0 ? tuple_empty : tuple_pack(t, 2, tuple_empty, v_from_smi(d->max));
  if (!v_is_null(call)) result = tuple_pack(t, 4, v_from_obj(v_type(self)), call, state, it);
  v_drop(t, state);
  v_drop(t, it);
  v_drop(t, call);
  return result;
}

METHOD(deque_sizeof) {
  UNUSED_ARGS;
  Deque *d = deque_of(self);
  int64_t size = v_type(self)->size;
  CRITICAL_BEGIN(t, d);
  size += d->capacity * (int64_t)sizeof(Value);
  CRITICAL_END(t);
  return v_from_smi(size);
}

static Value deque_maxlen(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return deque_of(self)->max < 0 ? V_NONE : v_from_smi(deque_of(self)->max);
}

static const GetSetDef deque_getset[] = {{"maxlen", deque_maxlen, NULL, "The most items it holds, or None for no limit.", NULL}, {0}};

// --- Iterators ------------------------------------------------------------------------------------------------------------------------------

typedef struct DequeIterator {
  Object ob;
  Value deque;     // constant
  uint64_t state;  // the deque's, when iteration began
  a64 left;        // int64_t: items to come, relaxed
} DequeIterator;

static inline DequeIterator *iter_of(Value v) { return (DequeIterator *)v_obj(v); }

static Value iter_make(Thread *t, Type *type, Value deque) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  iter_of(v)->deque = v_own(t, deque);
  iter_of(v)->state = state_of(t, deque_of(deque));
  a64_store_rlx(&iter_of(v)->left, (uint64_t)length_of(t, deque_of(deque)));
  return v;
}

static Value deque_iter(Thread *t, Value self) { return iter_make(t, &type_deque_iterator, self); }

METHOD(deque_reversed) {
  UNUSED_ARGS;
  return iter_make(t, &type_deque_reverse_iterator, self);
}

static Value iter_step(Thread *t, DequeIterator *it, bool reverse) {
  Deque *d = deque_of(it->deque);
  int64_t left = (int64_t)a64_load_rlx(&it->left), n = length_of(t, d);
  uint64_t state;
  if (reverse && left == 0) return V_NULL;    // forwards a change is an error behind the last item too
  Value v = item(t, d, left == 0 ? -1 : reverse ? left - 1 : n - left, &state);
  if (state != it->state) {
    v_drop(t, v);
    a64_store_rlx(&it->left, 0);
    return raise_error(t, &exc_RuntimeError, MUTATED);
  }
  if (!v_is_null(v)) a64_store_rlx(&it->left, (uint64_t)left - 1);
  return v;
}

static Value forward_next(Thread *t, Value self) { return iter_step(t, iter_of(self), false); }
static Value reverse_next(Thread *t, Value self) { return iter_step(t, iter_of(self), true); }

static Value iter_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  const char *name = type == &type_deque_iterator ? "_deque_iterator" : "_deque_reverse_iterator";
  if (native_no_keywords(t, name, kwnames) < 0 || native_check_positional(t, name, nargs, 1, 2) < 0) return V_NULL;
  if (!is_deque(args[0])) return raise_type_error(t, "argument 1 must be collections.deque, not %K", args[0]);
  int64_t skip = nargs > 1 ? number_as_i64(t, args[1]) : 0;
  if (skip == -1 && error_pending(t)) return V_NULL;
  Value it = iter_make(t, type, args[0]);
  for (; !v_is_null(it) && skip > 0; skip--) {
    Value v = type->slots.iternext(t, it);
    if (v_is_null(v)) {
      if (!error_pending(t)) break;
      v_drop(t, it);
      return V_NULL;
    }
    v_drop(t, v);
  }
  return it;
}

METHOD(iter_length_hint) {
  UNUSED_ARGS;
  return v_from_smi((int64_t)a64_load_rlx(&iter_of(self)->left));
}

METHOD(iter_reduce) {
  UNUSED_ARGS;
  DequeIterator *it = iter_of(self);
  int64_t given = length_of(t, deque_of(it->deque)) - (int64_t)a64_load_rlx(&it->left);
  Value call = tuple_pack(t, 2, it->deque, v_from_smi(given)), result = V_NULL;
  if (!v_is_null(call)) result = tuple_pack(t, 2, v_from_obj(v_type(self)), call);
  v_drop(t, call);
  return result;
}

static void iter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((DequeIterator *)o)->deque);
  heap_free_object(t, o);
}

static void iter_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((DequeIterator *)o)->deque, visit, arg); }

static const NativeDef iter_methods[] = {
    {"__length_hint__($self, /)", iter_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", iter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};

#define ITERATOR_SPEC(NAME, PYTHON_NAME, NEXT)                                                                                        \
  static const TypeSpec spec_##NAME = {                                                                                               \
      .name = PYTHON_NAME,                                                                                                            \
      .size = sizeof(DequeIterator),                                                                                                  \
      .flags = TYPE_IMMUTABLE,                                                                                                        \
      .slots = {.iter = container_self, .iternext = NEXT, .new = iter_type_new, .dealloc = iter_dealloc, .traverse = iter_traverse},  \
      .methods = iter_methods,                                                                                                        \
  };
ITERATOR_SPEC(deque_iterator, "_collections._deque_iterator", forward_next)
ITERATOR_SPEC(deque_reverse_iterator, "_collections._deque_reverse_iterator", reverse_next)

// --- The type -------------------------------------------------------------------------------------------------------------------------------

static const NativeDef deque_methods[] = {
    {"append($self, item, /)", deque_append, "Puts the item at the end.", NATIVE_NO_SIGNATURE},
    {"appendleft($self, item, /)", deque_appendleft, "Puts the item in front.", NATIVE_NO_SIGNATURE},
    {"clear($self, /)", deque_clear, "Takes all items away.", NATIVE_NO_SIGNATURE},
    {"__copy__($self, /)", deque_copy_method, "Another deque with the same items and limit.", NATIVE_NO_SIGNATURE},
    {"copy($self, /)", deque_copy_method, "Another deque with the same items and limit.", NATIVE_NO_SIGNATURE},
    {"count($self, value, /)", deque_count, "How many items are equal to value.", NATIVE_NO_SIGNATURE},
    {"extend($self, iterable, /)", deque_extend, "Puts each item of the iterable at the end.", NATIVE_NO_SIGNATURE},
    {"extendleft($self, iterable, /)", deque_extendleft, "Puts each item of the iterable in front, one after another.", NATIVE_NO_SIGNATURE},
    {"index($self, value, start=0, stop=sys.maxsize, /)", deque_index,
     "Where the value is first from start to stop; ValueError if it is not there.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"insert($self, index, object, /)", deque_insert, "Puts the object in front of the item at index.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"pop($self, /)", deque_pop, "Takes the last item away and returns it.", NATIVE_NO_SIGNATURE},
    {"popleft($self, /)", deque_popleft, "Takes the first item away and returns it.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", deque_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"remove($self, value, /)", deque_remove, "Takes the first item equal to value away.", NATIVE_NO_SIGNATURE},
    {"__reversed__($self, /)", deque_reversed, "An iterator from the last item to the first.", NATIVE_NO_SIGNATURE},
    {"reverse($self, /)", deque_reverse, "Turns the order of the items round, in place.", NATIVE_NO_SIGNATURE},
    {"rotate($self, n=1, /)", deque_rotate, "Moves the last n items to the front, or the first -n to the end.",
     NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"__sizeof__($self, /)", deque_sizeof, "How many bytes of memory the deque takes.", NATIVE_NO_SIGNATURE},
    CLASS_GETITEM_DEF,
    {0},
};

static Value deque_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return deque_make(t, type, -1);
}

static int deque_init_slot(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  Deque *d = deque_of(self);
  if (native_bind(t, &binder, "deque(iterable=(), maxlen=None)", args, nargs, kwnames, bound) < 0) return -1;
  int64_t max = -1;
  if (!v_is_absent_or_none(bound[1])) {
    if (!v_is_int(bound[1])) return raise_type_error(t, "an integer is required"), -1;
    max = number_as_i64(t, bound[1]);
    if (max == -1 && error_pending(t)) return -1;
    if (max < 0) return raise_value_error(t, "maxlen must be non-negative"), -1;
  }
  CRITICAL_BEGIN(t, d);
  d->max = max;
  CRITICAL_END(t);
  clear(t, d);
  return v_is_absent(bound[0]) ? 0 : extend(t, d, bound[0], false);
}

static void deque_dealloc(Thread *t, Object *o) {
  Deque *d = (Deque *)o;
  for (int64_t i = 0; i < d->length; i++) v_drop(t, *place(d, i));
  if (d->ring) heap_free(t, d->ring);
  heap_free_object(t, o);
}

static void deque_traverse(Object *o, GcVisit visit, void *arg) {
  Deque *d = (Deque *)o;
  for (int64_t i = 0; i < d->length; i++) gc_visit_value(*place(d, i), visit, arg);
}

static void deque_gc_clear(Thread *t, Object *o) { clear(t, (Deque *)o); }

static const TypeSpec spec_deque = {
    .name = "collections.deque",
    .size = sizeof(Deque),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_WEAKREF | TYPE_SEQUENCE | TYPE_BY_INDEX,
    .slots = {.repr = deque_repr,
              .hash = object_hash_not_implemented,
              .richcompare = deque_richcompare,
              .iter = deque_iter,
              .new = deque_type_new,
              .init = deque_init_slot,
              .length = deque_length,
              .getitem = deque_getitem,
              .setitem = deque_setitem,
              .contains = deque_contains,
              .concat = deque_concat,
              .iconcat = deque_iconcat,
              .repeat = deque_repeat,
              .irepeat = deque_irepeat,
              .seq_item = deque_seq_item,
              .dealloc = deque_dealloc,
              .traverse = deque_traverse,
              .clear = deque_gc_clear},
    .methods = deque_methods,
    .getset = deque_getset,
    .doc = "A list that is quick at both of its ends.",
};

bool deque_init(Thread *t) {
  return type_ready(t, &type_deque, &spec_deque, 0) && type_ready(t, &type_deque_iterator, &spec_deque_iterator, 0) &&
         type_ready(t, &type_deque_reverse_iterator, &spec_deque_reverse_iterator, 0);
}
