// range objects and their two iterators, one on machine integers and one on ints of any size.
#include "objects/range.h"

#include "objects/containers.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

Type type_range, type_range_iterator, type_longrange_iterator;

// --- Arithmetic -------------------------------------------------------------------------------------------------------------------------

// How many values lie in [start, stop) at that step (not 0); an int, owned.
static Value count_values(Thread *t, Value start, Value stop, Value step) {
  if (v_are_smi(start, stop) && v_is_smi(step)) {
    int64_t a = v_smi(start), b = v_smi(stop), s = v_smi(step);
    if (s > 0) return a < b ? int_from_i64(t, (b - a - 1) / s + 1) : v_from_smi(0);
    return a > b ? int_from_i64(t, (a - b - 1) / -s + 1) : v_from_smi(0);
  }
  bool down = int_sign(step) < 0;
  Value low = down ? stop : start, high = down ? start : stop;
  if (int_compare(low, high) >= 0) return v_from_smi(0);
  Value width = int_subtract(t, high, low), unit = V_NULL, steps = V_NULL, n = V_NULL;
  Value less = v_is_null(width) ? V_NULL : int_subtract(t, width, v_from_smi(1));
  if (!v_is_null(less)) unit = down ? int_negative(t, step) : v_own(t, step);
  if (!v_is_null(unit)) steps = int_floor_divide(t, less, unit);
  if (!v_is_null(steps)) n = int_add(t, steps, v_from_smi(1));
  v_drop(t, width);
  v_drop(t, less);
  v_drop(t, unit);
  v_drop(t, steps);
  return n;
}

// start + i * step, owned.
static Value value_at(Thread *t, Value start, Value step, Value i) {
  Value offset = int_multiply(t, i, step);
  if (v_is_null(offset)) return offset;
  Value v = int_add(t, start, offset);
  v_drop(t, offset);
  return v;
}

// --- Making -----------------------------------------------------------------------------------------------------------------------------

// Takes over the three ints.
static Value range_from_stolen(Thread *t, Value start, Value stop, Value step) {
  Value length = count_values(t, start, stop, step);
  Range *r = v_is_null(length) ? NULL : (Range *)heap_new_object(t, SHAPE_RANGE, sizeof(Range));
  if (!r) {
    if (!v_is_null(length)) raise_no_memory(t);
    v_drop(t, start);
    v_drop(t, stop);
    v_drop(t, step);
    v_drop(t, length);
    return V_NULL;
  }
  r->start = start;
  r->stop = stop;
  r->step = step;
  r->length = length;
  return v_from_obj(r);
}

// __index__ as an exact int, owned.
static Value index_of(Thread *t, Value v) {
  if (v_is_smi(v)) return v;
  Value index = number_index(t, v);
  if (v_is_null(index) || v_is_int_exact(index)) return index;
  Value exact = int_canonical(t, index);
  v_drop(t, index);
  return exact;
}

Value range_new(Thread *t, Value start, Value stop, Value step) {
  Value a = index_of(t, start), b = V_NULL, s = V_NULL;
  if (!v_is_null(a)) b = index_of(t, stop);
  if (!v_is_null(b)) s = index_of(t, step);
  if (!v_is_null(s) && int_sign(s) != 0) return range_from_stolen(t, a, b, s);
  if (!v_is_null(s)) raise_value_error(t, "range() arg 3 must not be zero");
  v_drop(t, a);
  v_drop(t, b);
  v_drop(t, s);
  return V_NULL;
}

static Value range_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  if (native_no_keywords(t, "range", kwnames) < 0 || native_check_positional(t, "range", nargs, 1, 3) < 0) return V_NULL;
  if (nargs == 1) return range_new(t, v_from_smi(0), args[0], v_from_smi(1));
  return range_new(t, args[0], args[1], nargs > 2 ? args[2] : v_from_smi(1));
}

// --- Sequence operations ------------------------------------------------------------------------------------------------------------------

static int64_t range_length(Thread *t, Value self) {
  Value n = v_range(self)->length;
  return v_is_smi(n) ? v_smi(n) : number_as_i64(t, n);
}

static int range_bool(Thread *t, Value self) {
  (void)t;
  return int_sign(v_range(self)->length) != 0;
}

// Item at an int index; negative ones count from the end.
static Value item_at(Thread *t, Range *r, Value index) {
  Value i = int_sign(index) < 0 ? int_add(t, r->length, index) : v_own(t, index), v = V_NULL;
  if (v_is_null(i)) return i;
  if (int_sign(i) < 0 || int_compare(i, r->length) >= 0) raise_error(t, &exc_IndexError, "range object index out of range");
  else v = value_at(t, r->start, r->step, i);
  v_drop(t, i);
  return v;
}

static Value range_seq_item(Thread *t, Value self, int64_t i) {
  return i < 0 ? raise_error(t, &exc_IndexError, "range object index out of range") : item_at(t, v_range(self), v_from_smi(i));
}

// The slice's bounds for this length, by the method slice.indices, which takes ints of any size.
static Value range_slice(Thread *t, Range *r, Value slice) {
  Value bounds = slice_indices_of(t, slice, r->length);
  if (v_is_null(bounds)) return bounds;
  Value *b = v_tuple(bounds)->items, result = V_NULL;
  Value step = int_multiply(t, r->step, b[2]), start = V_NULL, stop = V_NULL;
  if (!v_is_null(step)) start = value_at(t, r->start, r->step, b[0]);
  if (!v_is_null(start)) stop = value_at(t, r->start, r->step, b[1]);
  v_drop(t, bounds);
  if (!v_is_null(stop)) return range_from_stolen(t, start, stop, step);
  v_drop(t, step);
  v_drop(t, start);
  return result;
}

static Value range_getitem(Thread *t, Value self, Value key) {
  Range *r = v_range(self);
  if (v_is_slice(key)) return range_slice(t, r, key);
  if (!number_is_index(key)) return raise_type_error(t, "range indices must be integers or slices, not %T", key);
  Value i = index_of(t, key);
  if (v_is_null(i)) return i;
  Value v = item_at(t, r, i);
  v_drop(t, i);
  return v;
}

// Position of an int in the range: owned; None: it is not there.
static Value position_of(Thread *t, Range *r, Value v) {
  bool down = int_sign(r->step) < 0;
  if (down ? int_compare(v, r->start) > 0 || int_compare(v, r->stop) <= 0 : int_compare(v, r->start) < 0 || int_compare(v, r->stop) >= 0) return V_NONE;
  Value offset = int_subtract(t, v, r->start);
  if (v_is_null(offset)) return offset;
  Value rest = int_remainder(t, offset, r->step), at = V_NULL;
  if (!v_is_null(rest)) at = int_sign(rest) == 0 ? int_floor_divide(t, offset, r->step) : V_NONE;
  v_drop(t, rest);
  v_drop(t, offset);
  return at;
}

static bool is_int_or_bool(Value v) { return v_is_int_exact(v) || v_is_exact(v, SHAPE_BOOL); }

// Other types are compared with each value in turn. Returns how many are equal, or the position of the first (count false; -1 none); -2 error.
static int64_t search_values(Thread *t, Value self, Value v, bool count) {
  Value it = object_iter(t, self);
  if (v_is_null(it)) return -2;
  int64_t n = 0, found = count ? 0 : -1;
  for (;; n++) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) {
      if (error_pending(t)) found = -2;
      break;
    }
    int r = object_equal(t, item, v);
    v_drop(t, item);
    if (r < 0) found = -2;
    else if (r > 0) found = count ? found + 1 : n;
    if (r < 0 || (r > 0 && !count)) break;
    if ((n & 1023) == 1023 && safepoint(t) < 0) {
      found = -2;
      break;
    }
  }
  v_drop(t, it);
  return found;
}

static int range_contains(Thread *t, Value self, Value v) {
  if (!is_int_or_bool(v)) {
    int64_t at = search_values(t, self, v, false);
    return at == -2 ? -1 : at >= 0;
  }
  Value at = position_of(t, v_range(self), v);
  if (v_is_null(at)) return -1;
  int r = !v_is_none(at);
  v_drop(t, at);
  return r;
}

// --- Comparison, hash, repr -----------------------------------------------------------------------------------------------------------------

static bool ranges_equal(Range *a, Range *b) {
  if (int_compare(a->length, b->length) != 0) return false;
  if (int_sign(a->length) == 0) return true;
  if (int_compare(a->start, b->start) != 0) return false;
  return v_is(a->length, v_from_smi(1)) || int_compare(a->step, b->step) == 0;
}

static Value range_richcompare(Thread *t, Value a, Value b, int op) {
  (void)t;
  if (!v_is_range(b) || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  return v_from_bool(ranges_equal(v_range(a), v_range(b)) == (op == CMP_EQ));
}

static int64_t range_hash(Thread *t, Value self) {
  Range *r = v_range(self);
  bool one = v_is(r->length, v_from_smi(1));
  Value key = int_sign(r->length) == 0 ? tuple_pack(t, 3, r->length, V_NONE, V_NONE)
              : tuple_pack(t, 3, r->length, r->start, one ? V_NONE : r->step);
  if (v_is_null(key)) return -1;
  int64_t h = object_hash(t, key);
  v_drop(t, key);
  return h;
}

static Value range_repr(Thread *t, Value self) {
  Range *r = v_range(self);
  if (v_is(r->step, v_from_smi(1))) return str_from_format(t, "range(%R, %R)", r->start, r->stop);
  return str_from_format(t, "range(%R, %R, %R)", r->start, r->stop, r->step);
}

// --- Iterating --------------------------------------------------------------------------------------------------------------------------------

typedef struct LongRangeIterator {
  Object ob;
  Value start, step, length;  // constant ints
  Value index;                // under the lock
} LongRangeIterator;

static Value small_iterator(Thread *t, int64_t start, int64_t step, int64_t n) {
  RangeIterator *it = (RangeIterator *)heap_new_object(t, SHAPE_RANGE_ITERATOR, sizeof(RangeIterator));
  if (!it) return raise_no_memory(t);
  it->start = start;
  it->step = step;
  a64_store_rlx(&it->next, (uint64_t)start);
  a64_store_rlx(&it->left, (uint64_t)n);
  return v_from_obj(it);
}

// Steals its arguments.
static Value long_iterator(Thread *t, Value start, Value step, Value length) {
  LongRangeIterator *it = (LongRangeIterator *)heap_new_object(t, SHAPE_LONGRANGE_ITERATOR, sizeof(LongRangeIterator));
  if (!it) {
    v_drop(t, start);
    v_drop(t, step);
    v_drop(t, length);
    return raise_no_memory(t);
  }
  it->start = start;
  it->step = step;
  it->length = length;
  it->index = v_from_smi(0);
  return v_from_obj(it);
}

// The small one will do if the first and the last value are small.
static Value iterate(Thread *t, Value start, Value step, Value length, Value last) {
  if (v_is_smi(start) && v_is_smi(step) && v_is_smi(length) && (v_smi(length) == 0 || v_is_smi(last))) {
    return small_iterator(t, v_smi(start), v_smi(step), v_smi(length));
  }
  return long_iterator(t, v_own(t, start), v_own(t, step), v_own(t, length));
}

Value range_small_iterator(Thread *t, const Value *args, size_t n) {
  if (n < 1 || n > 3) return V_NULL;
  for (size_t i = 0; i < n; i++)
    if (!v_is_smi(args[i])) return V_NULL;
  int64_t start = n > 1 ? v_smi(args[0]) : 0, stop = v_smi(args[n > 1]), step = n > 2 ? v_smi(args[2]) : 1, length = 0;
  if (step == 0) return V_NULL;
  if (step > 0 && start < stop) length = (stop - start - 1) / step + 1;
  if (step < 0 && start > stop) length = (start - stop - 1) / -step + 1;
  return small_iterator(t, start, step, length);
}

static Value last_value(Thread *t, Range *r) {
  Value i = int_subtract(t, r->length, v_from_smi(1));
  if (v_is_null(i)) return i;
  Value v = value_at(t, r->start, r->step, i);
  v_drop(t, i);
  return v;
}

static Value range_iter(Thread *t, Value self) {
  Range *r = v_range(self);
  if (v_are_smi(r->start, r->stop)) return iterate(t, r->start, r->step, r->length, r->start);
  Value last = last_value(t, r);
  if (v_is_null(last)) return last;
  Value it = iterate(t, r->start, r->step, r->length, last);
  v_drop(t, last);
  return it;
}

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)args, (void)nargs, (void)kwnames

METHOD(range_reversed) {
  UNUSED_ARGS;
  Range *r = v_range(self);
  Value last = last_value(t, r), step = V_NULL, it = V_NULL;
  if (!v_is_null(last)) step = int_negative(t, r->step);
  if (!v_is_null(step)) it = iterate(t, last, step, r->length, r->start);
  v_drop(t, last);
  v_drop(t, step);
  return it;
}

// --- Methods of range -----------------------------------------------------------------------------------------------------------------------

METHOD(range_reduce) {
  UNUSED_ARGS;
  Range *r = v_range(self);
  Value call = tuple_pack(t, 3, r->start, r->stop, r->step);
  if (v_is_null(call)) return call;
  Value result = tuple_pack(t, 2, v_from_obj(v_type(self)), call);
  v_drop(t, call);
  return result;
}

METHOD(range_count) {
  UNUSED_ARGS;
  if (is_int_or_bool(args[0])) {
    int r = range_contains(t, self, args[0]);
    return r < 0 ? V_NULL : v_from_smi(r);
  }
  int64_t n = search_values(t, self, args[0], true);
  return n == -2 ? V_NULL : v_from_smi(n);
}

METHOD(range_index) {
  UNUSED_ARGS;
  if (!is_int_or_bool(args[0])) {
    int64_t at = search_values(t, self, args[0], false);
    if (at >= 0) return v_from_smi(at);
    return at == -2 ? V_NULL : raise_value_error(t, "sequence.index(x): x not in sequence");
  }
  Value at = position_of(t, v_range(self), args[0]);
  return v_is_null(at) || !v_is_none(at) ? at : raise_value_error(t, "%R is not in range", args[0]);
}

static const NativeDef range_methods[] = {
    {"__reversed__($self, /)", range_reversed, "An iterator from the last number to the first.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /, *args)", range_reduce, NULL, NATIVE_NO_SIGNATURE},
    {"count($self, value, /)", range_count, "How many of the numbers are equal to value.", NATIVE_NO_SIGNATURE},
    {"index($self, value, /)", range_index,
     "Where the value is; ValueError if it is not there.", NATIVE_NO_SIGNATURE},
    {0},
};

static const MemberDef range_members[] = {
    {"start", MEMBER_VALUE, offsetof(Range, start), true, NULL},
    {"stop", MEMBER_VALUE, offsetof(Range, stop), true, NULL},
    {"step", MEMBER_VALUE, offsetof(Range, step), true, NULL},
    {0},
};

static void range_dealloc(Thread *t, Object *o) {
  Range *r = (Range *)o;
  v_drop(t, r->start);
  v_drop(t, r->stop);
  v_drop(t, r->step);
  v_drop(t, r->length);
  heap_free_object(t, o);
}

static const TypeSpec spec_range = {
    .name = "range",
    .size = sizeof(Range),
    .flags = TYPE_IMMUTABLE | TYPE_SEQUENCE,
    .slots = {.repr = range_repr,
              .hash = range_hash,
              .richcompare = range_richcompare,
              .iter = range_iter,
              .new = range_type_new,
              .bool_ = range_bool,
              .length = range_length,
              .getitem = range_getitem,
              .contains = range_contains,
              .seq_item = range_seq_item,
              .dealloc = range_dealloc},
    .methods = range_methods,
    .members = range_members,
    .doc = "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nThe ints from start (0 by default) up to, but without, "
           "stop, at intervals of step (1 by default).",
};

// --- The iterators --------------------------------------------------------------------------------------------------------------------------

static inline RangeIterator *small_of(Value v) { return (RangeIterator *)v_obj(v); }
static inline LongRangeIterator *long_of(Value v) { return (LongRangeIterator *)v_obj(v); }

static Value small_next(Thread *t, Value self) {
  (void)t;
  return range_iterator_next(small_of(self));
}

METHOD(small_length_hint) {
  UNUSED_ARGS;
  return v_from_smi((int64_t)a64_load_rlx(&small_of(self)->left));
}

// How many values the iterator has given.
static int64_t small_index(RangeIterator *it) { return ((int64_t)a64_load_rlx(&it->next) - it->start) / it->step; }

// (iter, (range,), index)
static Value reduce_to_range(Thread *t, Value start, Value step, Value length, Value index) {
  Value f = object_builtin(t, N(iter)), stop = V_NULL, range = V_NULL, call = V_NULL, result = V_NULL;
  if (!v_is_null(f)) stop = value_at(t, start, step, length);
  if (!v_is_null(stop)) range = range_new(t, start, stop, step);
  if (!v_is_null(range)) call = tuple_pack(t, 1, range);
  if (!v_is_null(call)) result = tuple_pack(t, 3, f, call, index);
  v_drop(t, f);
  v_drop(t, stop);
  v_drop(t, range);
  v_drop(t, call);
  return result;
}

METHOD(small_reduce) {
  UNUSED_ARGS;
  RangeIterator *it = small_of(self);
  int64_t index = small_index(it), n = index + (int64_t)a64_load_rlx(&it->left);
  return reduce_to_range(t, v_from_smi(it->start), v_from_smi(it->step), v_from_smi(n), v_from_smi(index));
}

METHOD(small_setstate) {
  UNUSED_ARGS;
  RangeIterator *it = small_of(self);
  int64_t i = number_as_i64(t, args[0]), n = small_index(it) + (int64_t)a64_load_rlx(&it->left);
  if (i == -1 && error_pending(t)) return V_NULL;
  i = i < 0 ? 0 : i > n ? n : i;
  a64_store_rlx(&it->left, (uint64_t)(n - i));
  a64_store_rlx(&it->next, (uint64_t)(it->start + i * it->step));
  return V_NONE;
}

static const NativeDef small_methods[] = {
    {"__length_hint__($self, /)", small_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", small_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", small_setstate, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE},
    {0},
};

static const TypeSpec spec_range_iterator = {
    .name = "range_iterator",
    .size = sizeof(RangeIterator),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = small_next},
    .methods = small_methods,
};

// The index, owned.
static Value long_index(Thread *t, LongRangeIterator *it) {
  Value i;
  CRITICAL_BEGIN(t, it);
  i = v_own(t, it->index);
  CRITICAL_END(t);
  return i;
}

static void long_set_index(Thread *t, LongRangeIterator *it, Value stolen) {
  Value old;
  CRITICAL_BEGIN(t, it);
  old = it->index;
  it->index = stolen;
  CRITICAL_END(t);
  v_drop(t, old);
}

static Value long_next(Thread *t, Value self) {
  LongRangeIterator *it = long_of(self);
  Value i = long_index(t, it), v = V_NULL;
  if (int_compare(i, it->length) < 0) {
    Value next = int_add(t, i, v_from_smi(1));
    if (!v_is_null(next)) {
      v = value_at(t, it->start, it->step, i);
      if (!v_is_null(v)) long_set_index(t, it, next);
      else v_drop(t, next);
    }
  }
  v_drop(t, i);
  return v;
}

METHOD(long_length_hint) {
  UNUSED_ARGS;
  Value i = long_index(t, long_of(self));
  Value left = int_subtract(t, long_of(self)->length, i);
  v_drop(t, i);
  return left;
}

METHOD(long_reduce) {
  UNUSED_ARGS;
  LongRangeIterator *it = long_of(self);
  Value i = long_index(t, it);
  Value result = reduce_to_range(t, it->start, it->step, it->length, i);
  v_drop(t, i);
  return result;
}

METHOD(long_setstate) {
  UNUSED_ARGS;
  LongRangeIterator *it = long_of(self);
  Value i = index_of(t, args[0]);
  if (v_is_null(i)) return i;
  if (int_sign(i) < 0) {
    v_drop(t, i);
    i = v_from_smi(0);
  } else if (int_compare(i, it->length) > 0) {
    v_drop(t, i);
    i = v_own(t, it->length);
  }
  long_set_index(t, it, i);
  return V_NONE;
}

static const NativeDef long_methods[] = {
    {"__length_hint__($self, /)", long_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", long_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", long_setstate, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE},
    {0},
};

static void long_dealloc(Thread *t, Object *o) {
  LongRangeIterator *it = (LongRangeIterator *)o;
  v_drop(t, it->start);
  v_drop(t, it->step);
  v_drop(t, it->length);
  v_drop(t, it->index);
  heap_free_object(t, o);
}

static const TypeSpec spec_longrange_iterator = {
    .name = "longrange_iterator",
    .size = sizeof(LongRangeIterator),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = long_next, .dealloc = long_dealloc},
    .methods = long_methods,
};

bool range_init(Thread *t) {
  return type_ready(t, &type_range, &spec_range, SHAPE_RANGE) &&
         type_ready(t, &type_range_iterator, &spec_range_iterator, SHAPE_RANGE_ITERATOR) &&
         type_ready(t, &type_longrange_iterator, &spec_longrange_iterator, SHAPE_LONGRANGE_ITERATOR);
}
