// Arrays as sequences: subscripts and slices, joining and repeating, comparison.
#include "modules/array_internal.h"
#include "objects/containers.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "threading/critical.h"

// --- Subscripts -------------------------------------------------------------------------------------------------------------------

int64_t array_length(Thread *t, Value self) { return array_length_of(t, v_array(self)); }

// 0: *index is a subscript; 1: key is a slice; -1.
static int key_kind(Thread *t, Value key, int64_t *index) {
  if (number_is_index(key)) return subscript_index(t, key, index);
  if (v_is_slice(key)) return 1;
  raise_type_error(t, "array indices must be integers");
  return -1;
}

Value array_item(Thread *t, Value self, int64_t i) {
  Value v = array_item_at(t, v_array(self), i);
  return v_is_null(v) && !error_pending(t) ? raise_error(t, &exc_IndexError, "array index out of range") : v;
}

Value array_getitem(Thread *t, Value self, Value key) {
  Array *a = v_array(self);
  int64_t i, start, stop, step;
  int kind = key_kind(t, key, &i);
  if (kind < 0) return V_NULL;
  if (kind == 0) {
    return array_item(t, self, i < 0 ? i + array_length_of(t, a) : i);
  }
  if (slice_unpack(t, key, &start, &stop, &step) < 0) return V_NULL;
  int64_t n = slice_adjust(array_length_of(t, a), &start, &stop, step);
  return array_take(t, a, start, step, n);
}

static int set_index(Thread *t, Array *a, int64_t i, Value value) {
  char bytes[ARRAY_ITEM_MAX];
  if (i < 0) i += array_length_of(t, a);
  if (i < 0 || i >= array_length_of(t, a)) return array_change_raise(t, ARRAY_CHANGE_RANGE, "array assignment index out of range");
  if (!v_is_null(value) && a->code->pack(t, a->code, value, bytes) < 0) return -1;
  ArrayChange change = ARRAY_CHANGE_RANGE;
  CRITICAL_BEGIN(t, a);
  if (i < a->length) {
    change = v_is_null(value) ? array_splice_locked(t, a, i, i + 1, NULL, 0) : ARRAY_CHANGE_OK;
    if (!v_is_null(value)) memcpy(a->data + i * a->code->size, bytes, a->code->size);
  }
  CRITICAL_END(t);
  return array_change_raise(t, change, "array assignment index out of range");
}

// Deletes n items, the first at start, the others by step.
static void delete_stepped_locked(Thread *t, Array *a, int64_t start, int64_t step, int64_t n) {
  int64_t size = a->code->size;
  if (step < 0) {
    start += step * (n - 1);
    step = -step;
  }
  int64_t to = start;
  for (int64_t k = 0; k < n; k++) {
    int64_t from = start + k * step + 1, until = k + 1 < n ? start + (k + 1) * step : a->length;
    memmove(a->data + to * size, a->data + from * size, (size_t)((until - from) * size));
    to += until - from;
  }
  array_resize_locked(t, a, to);
}

// items NULL: delete.
static int set_slice(Thread *t, Array *a, Value slice, const Array *items) {
  int64_t start, stop, step, selected = 0, n = items ? items->length : 0;
  if (slice_unpack(t, slice, &start, &stop, &step) < 0) return -1;
  ArrayChange change = ARRAY_CHANGE_OK;
  bool mismatch = false;
  CRITICAL_BEGIN(t, a);
  selected = slice_adjust(a->length, &start, &stop, step);
  if ((step > 0 && stop < start) || (step < 0 && stop > start)) stop = start;
  if ((n == 0 || selected != n) && a->exports > 0) {
    change = ARRAY_CHANGE_EXPORTED;
  } else if (step == 1) {
    change = array_splice_locked(t, a, start, stop, items ? items->data : NULL, n);
  } else if (n == 0) {
    if (selected) delete_stepped_locked(t, a, start, step, selected);
  } else if (n != selected) {
    mismatch = true;
  } else {
    int64_t size = a->code->size;
    for (int64_t k = 0; k < n; k++) memcpy(a->data + (start + k * step) * size, items->data + k * size, (size_t)size);
  }
  CRITICAL_END(t);
  if (!mismatch) return array_change_raise(t, change, NULL);
  raise_value_error(t, "attempt to assign array of size %lld to extended slice of size %lld", (long long)n, (long long)selected);
  return -1;
}

static int bad_argument(Thread *t) {
  raise_type_error(t, "bad argument type for built-in operation");
  return -1;
}

int array_setitem(Thread *t, Value self, Value key, Value value) {
  Array *a = v_array(self);
  int64_t i;
  int kind = key_kind(t, key, &i);
  if (kind < 0) return -1;
  if (kind == 0) return set_index(t, a, i, value);
  if (v_is_null(value)) return set_slice(t, a, key, NULL);
  if (!v_is_array(value)) {
    int64_t start, stop, step;
    if (slice_unpack(t, key, &start, &stop, &step) < 0) return -1;
    raise_type_error(t, "can only assign array (not \"%.200T\") to array slice", value);
    return -1;
  }
  if (v_array(value)->code != a->code) return bad_argument(t);
  Value copy = array_copy(t, v_array(value));
  int status = v_is_null(copy) ? -1 : set_slice(t, a, key, v_array(copy));
  v_drop(t, copy);
  return status;
}

// --- Joining and repeating --------------------------------------------------------------------------------------------------------

Value array_concat(Thread *t, Value self, Value other) {
  if (!v_is_array(other)) return raise_type_error(t, "can only append array (not \"%.200T\") to array", other);
  if (v_array(self)->code != v_array(other)->code) return bad_argument(t), V_NULL;
  Value v = array_copy(t, v_array(self));
  if (v_is_null(v) || array_extend_by_array(t, v_array(v), other) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

Value array_iconcat(Thread *t, Value self, Value other) {
  if (!v_is_array(other)) return raise_type_error(t, "can only extend array with array (not \"%.200T\")", other);
  if (v_array(self)->code != v_array(other)->code) return raise_type_error(t, "can only extend with array of same kind");
  return array_extend_by_array(t, v_array(self), other) < 0 ? V_NULL : v_own(t, self);
}

// Repeats the items of a in place.
static ArrayChange repeat_locked(Thread *t, Array *a, int64_t n) {
  int64_t old = a->length, total;
  if (old == 0 || n == 1) return ARRAY_CHANGE_OK;
  if (a->exports > 0) return ARRAY_CHANGE_EXPORTED;
  if (n < 0) n = 0;
  if (__builtin_mul_overflow(old, n, &total)) return ARRAY_CHANGE_NO_MEMORY;
  ArrayChange change = array_resize_locked(t, a, total);
  for (int64_t at = old, size = a->code->size; change == ARRAY_CHANGE_OK && at < total; at += old) memcpy(a->data + at * size, a->data, (size_t)(old * size));
  return change;
}

Value array_irepeat(Thread *t, Value self, int64_t n) {
  Array *a = v_array(self);
  ArrayChange change;
  CRITICAL_BEGIN(t, a);
  change = repeat_locked(t, a, n);
  CRITICAL_END(t);
  return array_change_raise(t, change, NULL) < 0 ? V_NULL : v_own(t, self);
}

Value array_repeat(Thread *t, Value self, int64_t n) {
  Value v = array_copy(t, v_array(self));
  if (v_is_null(v)) return V_NULL;
  ArrayChange change = repeat_locked(t, v_array(v), n);
  if (change == ARRAY_CHANGE_OK) return v;
  v_drop(t, v);
  array_change_raise(t, change, NULL);
  return V_NULL;
}

// --- Looking at items -------------------------------------------------------------------------------------------------------------

int array_contains(Thread *t, Value self, Value item) {
  int64_t i = array_find(t, v_array(self), item, 0, INT64_MAX);
  return i == -2 ? -1 : i >= 0;
}

Value array_compare(Thread *t, Value a, Value b, int op) {
  if (!v_is_array(a) || !v_is_array(b)) return V_NOT_IMPLEMENTED;
  Array *x = v_array(a), *y = v_array(b);
  if (array_length_of(t, x) != array_length_of(t, y) && (op == CMP_EQ || op == CMP_NE)) return v_from_bool(op == CMP_NE);
  for (int64_t i = 0;; i++) {
    Value p = array_item_at(t, x, i), q = error_pending(t) ? V_NULL : array_item_at(t, y, i), result = V_NULL;
    bool both = !v_is_null(p) && !v_is_null(q);
    int equal = error_pending(t) ? -1 : both ? object_equal(t, p, q) : 0;
    if (both && equal == 0) result = op == CMP_EQ ? V_FALSE : op == CMP_NE ? V_TRUE : object_compare(t, p, q, op);
    v_drop(t, p);
    v_drop(t, q);
    if (equal < 0 || (both && equal == 0)) return result;
    if (!both) break;
    if (i % 1024 == 1023 && safepoint(t) < 0) return V_NULL;
  }
  return v_from_bool(container_compare_lengths(array_length_of(t, x), array_length_of(t, y), op));
}
