// The module array: sequences of numbers or characters of one machine type, packed as C would have them.
//
// Locking: length, capacity, data and exports change under the object's lock only, and items are read under it. Values are packed before the
// lock is taken, for that may run Python code. While a buffer is exported the data neither moves nor changes its length.
#include <stdio.h>

#include "gc/heap.h"
#include "modules/array_items.h"
#include "modules/module_help.h"
#include "modules/sys_info.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/locked_field.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"
#include "threading/critical.h"

typedef struct Array {
  Object ob;
  const ArrayCode *code;       // constant
  int64_t length, capacity;    // items
  char *data;                  // NULL while nothing was ever in it
  int64_t exports;
} Array;

// Locking: index under the iterator's lock; array is dropped (V_NULL) at the end, under it.
typedef struct ArrayIterator {
  Object ob;
  Value array;
  int64_t index;
} ArrayIterator;

static Type type_array, type_arrayiterator;
static Array *v_array(Value v) { return (Array *)v_obj(v); }
static bool v_is_array(Value v) { return v_is_ptr(v) && type_is_subtype(v_type(v), &type_array); }

// --- Memory -----------------------------------------------------------------------------------------------------------------------

// Why a change under the lock failed; the error is raised after the lock is released.
typedef enum { CHANGE_OK, CHANGE_NO_MEMORY, CHANGE_EXPORTED, CHANGE_RANGE, CHANGE_EMPTY } Change;

static int change_raise(Thread *t, Change change, const char *range_message) {
  switch (change) {
    case CHANGE_OK: return 0;
    case CHANGE_NO_MEMORY: raise_no_memory(t); break;
    case CHANGE_EXPORTED: raise_error(t, &exc_BufferError, "cannot resize an array that is exporting buffers"); break;
    case CHANGE_RANGE: raise_error(t, &exc_IndexError, "%s", range_message); break;
    case CHANGE_EMPTY: raise_error(t, &exc_IndexError, "pop from empty array"); break;
  }
  return -1;
}

static Change resize_locked(Thread *t, Array *a, int64_t length) {
  if (length == a->length) return CHANGE_OK;
  if (a->exports > 0) return CHANGE_EXPORTED;
  if (length > a->capacity || length < a->capacity / 2) {
    if (length > INT64_MAX / 2 / a->code->size) return CHANGE_NO_MEMORY;
    int64_t capacity = length ? length + (length >> 4) + (length < 8 ? 3 : 7) : 0;
    if (capacity == 0) {
      if (a->data) heap_free(t, a->data);
      a->data = NULL;
    } else {
      size_t size = (size_t)capacity * a->code->size;
      char *data = a->data ? heap_realloc(t, a->data, size) : heap_alloc(t, size);
      if (!data) return CHANGE_NO_MEMORY;
      a->data = data;
    }
    a->capacity = capacity;
  }
  a->length = length;
  return CHANGE_OK;
}

// Replaces the items [start, end) by n others, which do not lie in a itself.
static Change splice_locked(Thread *t, Array *a, int64_t start, int64_t end, const char *p, int64_t n) {
  int64_t size = a->code->size, length = a->length, grown = n - (end - start);
  if (grown > INT64_MAX / 16 - length) return CHANGE_NO_MEMORY;
  if (grown != 0 && a->exports > 0) return CHANGE_EXPORTED;
  if (grown < 0) memmove(a->data + (start + n) * size, a->data + end * size, (size_t)((length - end) * size));
  Change change = resize_locked(t, a, length + grown);
  if (change != CHANGE_OK) {
    if (grown >= 0) return change;
    a->length = length + grown;   // a smaller block was not to be had: the old one stays
  }
  if (grown > 0 && length > end) memmove(a->data + (start + n) * size, a->data + end * size, (size_t)((length - end) * size));
  if (n) memcpy(a->data + start * size, p, (size_t)(n * size));
  return CHANGE_OK;
}

static Change splice(Thread *t, Array *a, int64_t start, int64_t end, const char *p, int64_t n) {
  Change change;
  CRITICAL_BEGIN(t, a);
  if (end > a->length) end = a->length;
  if (start > end) start = end;
  change = splice_locked(t, a, start, end, p, n);
  CRITICAL_END(t);
  return change;
}

static int append_items(Thread *t, Array *a, const char *p, int64_t n) { return change_raise(t, splice(t, a, INT64_MAX, INT64_MAX, p, n), NULL); }

static int64_t length_of(Thread *t, Array *a) {
  int64_t n;
  CRITICAL_BEGIN(t, a);
  n = a->length;
  CRITICAL_END(t);
  return n;
}

// A new array with n items copied from p (NULL: none yet, n is what there will be room for).
static Value array_make(Thread *t, Type *type, const ArrayCode *code, const char *p, int64_t n) {
  if (n > INT64_MAX / 2 / code->size) return raise_no_memory(t);
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  Array *a = v_array(v);
  a->code = code;
  if (n == 0) return v;
  a->data = heap_alloc(t, (size_t)n * code->size);
  if (!a->data) {
    v_drop(t, v);
    return raise_no_memory(t);
  }
  a->capacity = n;
  if (p) {
    memcpy(a->data, p, (size_t)n * code->size);
    a->length = n;
  }
  return v;
}

// A new array of the base type with a->length items from start, by step.
static Value array_take(Thread *t, Array *a, int64_t start, int64_t step, int64_t n) {
  int64_t size = a->code->size;
  Value v = array_make(t, &type_array, a->code, NULL, n);
  if (v_is_null(v)) return V_NULL;
  Array *out = v_array(v);
  CRITICAL_BEGIN(t, a);
  int64_t there = 0;
  for (int64_t at = start; there < n && at >= 0 && at < a->length; at += step, there++)
    if (step == 1) {
      there = n < a->length - start ? n : a->length - start;
      memcpy(out->data, a->data + start * size, (size_t)(there * size));
      break;
    } else {
      memcpy(out->data + there * size, a->data + at * size, (size_t)size);
    }
  out->length = there;    // fewer than n if another thread has shortened the array meanwhile
  CRITICAL_END(t);
  return v;
}
static Value array_copy(Thread *t, Array *a) { return array_take(t, a, 0, 1, length_of(t, a)); }

static void array_dealloc(Thread *t, Object *o) {
  Array *a = (Array *)o;
  if (a->data) heap_free(t, a->data);
  heap_free_object(t, o);
}

// --- Items ------------------------------------------------------------------------------------------------------------------------

// The item, V_NULL without an exception when there is none at i.
static Value item_at(Thread *t, Array *a, int64_t i) {
  char bytes[ARRAY_ITEM_MAX];
  bool there;
  CRITICAL_BEGIN(t, a);
  there = i >= 0 && i < a->length;
  if (there) memcpy(bytes, a->data + i * a->code->size, a->code->size);
  CRITICAL_END(t);
  return there ? a->code->unpack(t, a->code, bytes) : V_NULL;
}

static int append_value(Thread *t, Array *a, Value v) {
  char bytes[ARRAY_ITEM_MAX];
  return a->code->pack(t, a->code, v, bytes) < 0 ? -1 : append_items(t, a, bytes, 1);
}

static int extend_by_iterating(Thread *t, Array *a, Value iterable) {
  Value it = object_iter(t, iterable), item;
  if (v_is_null(it)) return -1;
  int status = 0;
  while (status == 0 && !v_is_null(item = object_iternext(t, it))) {
    status = append_value(t, a, item);
    v_drop(t, item);
  }
  v_drop(t, it);
  return status < 0 || error_pending(t) ? -1 : 0;
}

// a[len(a):] = other; both have the same code. The other may be a itself.
static int extend_by_array(Thread *t, Array *a, Value other) {
  Value copy = array_copy(t, v_array(other));
  if (v_is_null(copy)) return -1;
  int status = append_items(t, a, v_array(copy)->data, v_array(copy)->length);
  v_drop(t, copy);
  return status;
}

static int extend_by_buffer(Thread *t, Array *a, Value bytes) {
  BufferView view;
  if (buffer_get(t, bytes, &view, BUFFER_SIMPLE) < 0) return -1;
  int status = -1;
  if (view.itemsize != 1) raise_type_error(t, "a bytes-like object is required");
  else if (view.len % a->code->size) raise_value_error(t, "bytes length not a multiple of item size");
  else status = append_items(t, a, view.data, view.len / a->code->size);
  buffer_release(t, &view);
  return status;
}

static int extend_by_text(Thread *t, Array *a, Value text) {
  const Str *s = v_str(text);
  int status = 0;
  for (int64_t i = 0; status == 0 && i < s->length; i++) {
    uint32_t c = str_char(s, i);
    status = append_items(t, a, (const char *)&c, 1);
  }
  return status;
}

// --- Construction -----------------------------------------------------------------------------------------------------------------

// A type code argument. NULL: an exception is set.
static int typecode_get(Thread *t, Value v, const char *function, int position, uint32_t *letter) {
  if (v_is_str(v) && str_length(v_str(v)) == 1) {
    *letter = str_char(v_str(v), 0);
    return 0;
  }
  char where[32] = "";
  snprintf(where, sizeof where, "argument %d", position);
  if (v_is_none(v)) raise_type_error(t, "%s() %s must be a unicode character, not None", function, where);
  else raise_type_error(t, "%s() %s must be a unicode character, not %T", function, where, v);
  return -1;
}

static int fill(Thread *t, Array *a, Value initial) {
  if (v_is_bytes(initial) || v_is_bytearray(initial)) return extend_by_buffer(t, a, initial);
  if (v_is_str(initial) && a->code->letter == 'u') return extend_by_text(t, a, initial);
  if (v_is_array(initial) && v_array(initial)->code == a->code) return extend_by_array(t, a, initial);
  return extend_by_iterating(t, a, initial);
}

static Value array_new_of(Thread *t, Type *type, uint32_t letter, Value initial) {
  bool given = !v_is_absent(initial), text = letter == 'u';
  if (given && !text && v_is_str(initial)) return raise_type_error(t, "cannot use a str to initialize an array with typecode '%c'", (int)letter);
  if (given && !text && v_is_array(initial) && v_array(initial)->code->letter == 'u')
    return raise_type_error(t, "cannot use a unicode array to initialize an array with typecode '%c'", (int)letter);
  const ArrayCode *code = array_code_find(letter);
  if (!code) {
    // What cannot be iterated is complained of first.
    bool plain = !given || v_is_list(initial) || v_is_tuple(initial) || v_is_bytes(initial) || v_is_bytearray(initial);
    Value it = plain ? V_NONE : object_iter(t, initial);
    if (v_is_null(it)) return V_NULL;
    v_drop(t, it);
    return raise_value_error(t, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  }
  Value v = array_make(t, type, code, NULL, 0);
  if (v_is_null(v) || !given || fill(t, v_array(v), initial) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value array_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  uint32_t letter;
  bool own_init = type->slots.init != type_array.slots.init;   // a subclass's __init__ may want keywords
  if (!own_init && native_no_keywords(t, "array.array", kwnames) < 0) return V_NULL;
  if (nargs < 1) return raise_type_error(t, "array() takes at least 1 argument (0 given)");
  if (nargs > 2) return raise_type_error(t, "array() takes at most 2 arguments (%zu given)", nargs);
  if (typecode_get(t, args[0], "array", 1, &letter) < 0) return V_NULL;
  return array_new_of(t, type, letter, nargs > 1 ? args[1] : V_ABSENT);
}

static NATIVE(array_reconstructor) {
  if (!v_is_type(args[0])) {
    uint32_t ignored;
    return typecode_get(t, args[1], "_array_reconstructor", 2, &ignored) < 0 ? V_NULL
                                                                            : raise_type_error(t, "first argument must be a type object, not %.200T", args[0]);
  }
  uint32_t letter;
  if (typecode_get(t, args[1], "_array_reconstructor", 2, &letter) < 0) return V_NULL;
  int format = number_as_int(t, args[2]);
  if (format == -1 && error_pending(t)) return V_NULL;
  Type *type = v_as_type(args[0]);
  if (!type_is_subtype(type, &type_array)) return raise_type_error(t, "%.200N is not a subtype of %.200N", type, &type_array);
  const ArrayCode *code = array_code_find(letter);
  if (!code) return raise_value_error(t, "second argument must be a valid type code");
  if (format < 0 || format >= MACHINE_COUNT) return raise_value_error(t, "third argument must be a valid machine format code.");
  if (!v_is_bytes(args[3])) return raise_type_error(t, "fourth argument should be bytes, not %.200T", args[3]);
  if (format == code->machine_format) return array_new_of(t, type, letter, args[3]);
  char chosen = (char)letter;
  Value items = array_decode(t, args[3], format, &chosen);
  Value v = v_is_null(items) ? V_NULL : array_new_of(t, type, (uint32_t)chosen, items);
  v_drop(t, items);
  return v;
}

// --- Sequence operations ----------------------------------------------------------------------------------------------------------

static int64_t array_length(Thread *t, Value self) { return length_of(t, v_array(self)); }

// 0: *index is a subscript; 1: key is a slice; -1.
static int key_kind(Thread *t, Value key, int64_t *index) {
  if (number_is_index(key)) return subscript_index(t, key, index);
  if (v_is_slice(key)) return 1;
  raise_type_error(t, "array indices must be integers");
  return -1;
}

static Value array_item(Thread *t, Value self, int64_t i) {
  Value v = item_at(t, v_array(self), i);
  return v_is_null(v) && !error_pending(t) ? raise_error(t, &exc_IndexError, "array index out of range") : v;
}

static Value array_getitem(Thread *t, Value self, Value key) {
  Array *a = v_array(self);
  int64_t i, start, stop, step;
  int kind = key_kind(t, key, &i);
  if (kind < 0) return V_NULL;
  if (kind == 0) {
    return array_item(t, self, i < 0 ? i + length_of(t, a) : i);
  }
  if (slice_unpack(t, key, &start, &stop, &step) < 0) return V_NULL;
  int64_t n = slice_adjust(length_of(t, a), &start, &stop, step);
  return array_take(t, a, start, step, n);
}

static int set_index(Thread *t, Array *a, int64_t i, Value value) {
  char bytes[ARRAY_ITEM_MAX];
  if (i < 0) i += length_of(t, a);
  if (i < 0 || i >= length_of(t, a)) return change_raise(t, CHANGE_RANGE, "array assignment index out of range");
  if (!v_is_null(value) && a->code->pack(t, a->code, value, bytes) < 0) return -1;
  Change change = CHANGE_RANGE;
  CRITICAL_BEGIN(t, a);
  if (i < a->length) {
    change = v_is_null(value) ? splice_locked(t, a, i, i + 1, NULL, 0) : CHANGE_OK;
    if (!v_is_null(value)) memcpy(a->data + i * a->code->size, bytes, a->code->size);
  }
  CRITICAL_END(t);
  return change_raise(t, change, "array assignment index out of range");
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
  resize_locked(t, a, to);
}

// items NULL: delete.
static int set_slice(Thread *t, Array *a, Value slice, const Array *items) {
  int64_t start, stop, step, selected = 0, n = items ? items->length : 0;
  if (slice_unpack(t, slice, &start, &stop, &step) < 0) return -1;
  Change change = CHANGE_OK;
  bool mismatch = false;
  CRITICAL_BEGIN(t, a);
  selected = slice_adjust(a->length, &start, &stop, step);
  if ((step > 0 && stop < start) || (step < 0 && stop > start)) stop = start;
  if ((n == 0 || selected != n) && a->exports > 0) {
    change = CHANGE_EXPORTED;
  } else if (step == 1) {
    change = splice_locked(t, a, start, stop, items ? items->data : NULL, n);
  } else if (n == 0) {
    if (selected) delete_stepped_locked(t, a, start, step, selected);
  } else if (n != selected) {
    mismatch = true;
  } else {
    int64_t size = a->code->size;
    for (int64_t k = 0; k < n; k++) memcpy(a->data + (start + k * step) * size, items->data + k * size, (size_t)size);
  }
  CRITICAL_END(t);
  if (!mismatch) return change_raise(t, change, NULL);
  raise_value_error(t, "attempt to assign array of size %lld to extended slice of size %lld", (long long)n, (long long)selected);
  return -1;
}

static int bad_argument(Thread *t) {
  raise_type_error(t, "bad argument type for built-in operation");
  return -1;
}

static int array_setitem(Thread *t, Value self, Value key, Value value) {
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

static Value array_concat(Thread *t, Value self, Value other) {
  if (!v_is_array(other)) return raise_type_error(t, "can only append array (not \"%.200T\") to array", other);
  if (v_array(self)->code != v_array(other)->code) return bad_argument(t), V_NULL;
  Value v = array_copy(t, v_array(self));
  if (v_is_null(v) || extend_by_array(t, v_array(v), other) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value array_iconcat(Thread *t, Value self, Value other) {
  if (!v_is_array(other)) return raise_type_error(t, "can only extend array with array (not \"%.200T\")", other);
  if (v_array(self)->code != v_array(other)->code) return raise_type_error(t, "can only extend with array of same kind");
  return extend_by_array(t, v_array(self), other) < 0 ? V_NULL : v_own(t, self);
}

// Repeats the items of a in place.
static Change repeat_locked(Thread *t, Array *a, int64_t n) {
  int64_t old = a->length, total;
  if (old == 0 || n == 1) return CHANGE_OK;
  if (a->exports > 0) return CHANGE_EXPORTED;
  if (n < 0) n = 0;
  if (__builtin_mul_overflow(old, n, &total)) return CHANGE_NO_MEMORY;
  Change change = resize_locked(t, a, total);
  for (int64_t at = old, size = a->code->size; change == CHANGE_OK && at < total; at += old) memcpy(a->data + at * size, a->data, (size_t)(old * size));
  return change;
}

static Value array_irepeat(Thread *t, Value self, int64_t n) {
  Array *a = v_array(self);
  Change change;
  CRITICAL_BEGIN(t, a);
  change = repeat_locked(t, a, n);
  CRITICAL_END(t);
  return change_raise(t, change, NULL) < 0 ? V_NULL : v_own(t, self);
}

static Value array_repeat(Thread *t, Value self, int64_t n) {
  Value v = array_copy(t, v_array(self));
  if (v_is_null(v)) return V_NULL;
  Change change = repeat_locked(t, v_array(v), n);
  if (change == CHANGE_OK) return v;
  v_drop(t, v);
  change_raise(t, change, NULL);
  return V_NULL;
}

// The first index in [start, stop) whose item equals v; -1: none, -2: an exception.
static int64_t find_value(Thread *t, Array *a, Value v, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop; i++) {
    Value item = item_at(t, a, i);
    if (v_is_null(item)) return error_pending(t) ? -2 : -1;
    int equal = object_equal(t, item, v);
    v_drop(t, item);
    if (equal) return equal < 0 ? -2 : i;
    if (i % 1024 == 1023 && safepoint(t) < 0) return -2;
  }
  return -1;
}

static int array_contains(Thread *t, Value self, Value item) {
  int64_t i = find_value(t, v_array(self), item, 0, INT64_MAX);
  return i == -2 ? -1 : i >= 0;
}

// --- Comparison -------------------------------------------------------------------------------------------------------------------

static Value array_compare(Thread *t, Value a, Value b, int op) {
  if (!v_is_array(a) || !v_is_array(b)) return V_NOT_IMPLEMENTED;
  Array *x = v_array(a), *y = v_array(b);
  if (length_of(t, x) != length_of(t, y) && (op == CMP_EQ || op == CMP_NE)) return v_from_bool(op == CMP_NE);
  for (int64_t i = 0;; i++) {
    Value p = item_at(t, x, i), q = error_pending(t) ? V_NULL : item_at(t, y, i), result = V_NULL;
    bool both = !v_is_null(p) && !v_is_null(q);
    int equal = error_pending(t) ? -1 : both ? object_equal(t, p, q) : 0;
    if (both && equal == 0) result = op == CMP_EQ ? V_FALSE : op == CMP_NE ? V_TRUE : object_compare(t, p, q, op);
    v_drop(t, p);
    v_drop(t, q);
    if (equal < 0 || (both && equal == 0)) return result;
    if (!both) break;
    if (i % 1024 == 1023 && safepoint(t) < 0) return V_NULL;
  }
  return v_from_bool(container_compare_lengths(length_of(t, x), length_of(t, y), op));
}

// --- Methods ----------------------------------------------------------------------------------------------------------------------

static NATIVE(array_append) { return append_value(t, v_array(self), args[0]) < 0 ? V_NULL : V_NONE; }

static NATIVE(array_extend) {
  Array *a = v_array(self);
  if (!v_is_array(args[0])) return extend_by_iterating(t, a, args[0]) < 0 ? V_NULL : V_NONE;
  if (v_array(args[0])->code != a->code) return raise_type_error(t, "can only extend with array of same kind");
  return extend_by_array(t, a, args[0]) < 0 ? V_NULL : V_NONE;
}

static NATIVE(array_insert) {
  Array *a = v_array(self);
  char bytes[ARRAY_ITEM_MAX];
  int64_t i;
  if (module_index(t, args[0], &exc_OverflowError, &i) < 0 || a->code->pack(t, a->code, args[1], bytes) < 0) return V_NULL;
  Change change;
  CRITICAL_BEGIN(t, a);
  if (i < 0) i += a->length;
  if (i < 0) i = 0;
  if (i > a->length) i = a->length;
  change = splice_locked(t, a, i, i, bytes, 1);
  CRITICAL_END(t);
  return change_raise(t, change, NULL) < 0 ? V_NULL : V_NONE;
}

static NATIVE(array_pop) {
  Array *a = v_array(self);
  char bytes[ARRAY_ITEM_MAX];
  int64_t i = -1;
  if (!v_is_absent(args[0]) && module_index(t, args[0], &exc_OverflowError, &i) < 0) return V_NULL;
  Change change;
  CRITICAL_BEGIN(t, a);
  if (i < 0) i += a->length;
  if (a->length == 0) change = CHANGE_EMPTY;
  else if (i < 0 || i >= a->length) change = CHANGE_RANGE;
  else {
    memcpy(bytes, a->data + i * a->code->size, a->code->size);
    change = splice_locked(t, a, i, i + 1, NULL, 0);
  }
  CRITICAL_END(t);
  return change_raise(t, change, "pop index out of range") < 0 ? V_NULL : a->code->unpack(t, a->code, bytes);
}

static NATIVE(array_remove) {
  Array *a = v_array(self);
  int64_t i = find_value(t, a, args[0], 0, INT64_MAX);
  if (i == -2) return V_NULL;
  if (i == -1) return raise_value_error(t, "array.remove(x): x not in array");
  return change_raise(t, splice(t, a, i, i + 1, NULL, 0), NULL) < 0 ? V_NULL : V_NONE;
}

static NATIVE(array_count) {
  Array *a = v_array(self);
  int64_t n = 0, i = -1;
  while ((i = find_value(t, a, args[0], i + 1, INT64_MAX)) >= 0) n++;
  return i == -2 ? V_NULL : v_from_smi(n);
}

static NATIVE(array_index) {
  Array *a = v_array(self);
  int64_t start = slice_bound(t, args[1], 0);
  if (start == -1 && error_pending(t)) return V_NULL;
  int64_t stop = slice_bound(t, args[2], INT64_MAX);
  if (stop == -1 && error_pending(t)) return V_NULL;
  slice_clip(length_of(t, a), &start, &stop);
  int64_t i = find_value(t, a, args[0], start, stop);
  if (i == -1) return raise_value_error(t, "array.index(x): x not in array");
  return i == -2 ? V_NULL : v_from_smi(i);
}

static NATIVE(array_reverse) {
  Array *a = v_array(self);
  int64_t size = a->code->size;
  CRITICAL_BEGIN(t, a);
  for (int64_t i = 0, k = a->length - 1; i < k; i++, k--) {
    char bytes[ARRAY_ITEM_MAX];
    memcpy(bytes, a->data + i * size, (size_t)size);
    memcpy(a->data + i * size, a->data + k * size, (size_t)size);
    memcpy(a->data + k * size, bytes, (size_t)size);
  }
  CRITICAL_END(t);
  return V_NONE;
}

static NATIVE(array_byteswap) {
  Array *a = v_array(self);
  int size = a->code->size;
  CRITICAL_BEGIN(t, a);
  for (char *p = a->data, *end = p + (p ? a->length * size : 0); p < end; p += size)
    for (int i = 0, k = size - 1; i < k; i++, k--) {
      char c = p[i];
      p[i] = p[k];
      p[k] = c;
    }
  CRITICAL_END(t);
  return V_NONE;
}

static NATIVE(array_tolist) {
  Value copy = array_copy(t, v_array(self));
  if (v_is_null(copy)) return V_NULL;
  const Array *a = v_array(copy);
  Value list = list_new(t, a->length);
  for (int64_t i = 0; !v_is_null(list) && i < a->length; i++) {
    Value item = a->code->unpack(t, a->code, a->data + i * a->code->size);
    if (v_is_null(item) || list_append_steal(t, v_list(list), item) < 0) v_clear(t, &list);
  }
  v_drop(t, copy);
  return list;
}

// All or nothing: the list's items are packed first.
static NATIVE(array_fromlist) {
  Array *a = v_array(self);
  if (!v_is_list(args[0])) return raise_type_error(t, "arg must be list");
  List *l = v_list(args[0]);
  int64_t n = list_length(l);
  if (n == 0) return V_NONE;
  bool exported;
  CRITICAL_BEGIN(t, a);
  exported = a->exports > 0;
  CRITICAL_END(t);
  if (exported) return change_raise(t, CHANGE_EXPORTED, NULL), V_NULL;
  BytesBuilder b;
  bytesb_init(&b, t);
  bool ok = true;
  for (int64_t i = 0; ok && i < n; i++) {
    char bytes[ARRAY_ITEM_MAX];
    Value item = list_get(t, l, i);
    if (v_is_null(item)) raise_error(t, &exc_RuntimeError, "list changed size during iteration");
    ok = !v_is_null(item) && a->code->pack(t, a->code, item, bytes) == 0 && bytesb_put(&b, bytes, a->code->size);
    v_drop(t, item);
    if (ok && n != list_length(l)) {
      raise_error(t, &exc_RuntimeError, "list changed size during iteration");
      ok = false;
    }
  }
  ok = ok && append_items(t, a, b.data, n) == 0;
  bytesb_discard(&b);
  return ok ? V_NONE : V_NULL;
}

static Value tobytes(Thread *t, Array *a) {
  Value result;
  CRITICAL_BEGIN(t, a);
  result = bytes_from(t, a->data ? a->data : "", (size_t)(a->length * a->code->size));
  CRITICAL_END(t);
  return result;
}
static NATIVE(array_tobytes) { return tobytes(t, v_array(self)); }
static NATIVE(array_frombytes) { return extend_by_buffer(t, v_array(self), args[0]) < 0 ? V_NULL : V_NONE; }

static NATIVE(array_fromunicode) {
  Array *a = v_array(self);
  if (!v_is_str(args[0])) return raise_type_error(t, "fromunicode() argument must be str, not %K", args[0]);
  if (a->code->letter != 'u') return raise_value_error(t, "fromunicode() may only be called on unicode type arrays");
  return extend_by_text(t, a, args[0]) < 0 ? V_NULL : V_NONE;
}

static Value text_of(Thread *t, Array *a) {
  Value bytes = tobytes(t, a), text = V_NULL;
  if (v_is_null(bytes)) return V_NULL;
  const uint32_t *chars = (const uint32_t *)(const void *)v_bytes(bytes)->data;
  int64_t n = v_bytes(bytes)->length / 4, i = 0;
  while (i < n && chars[i] <= 0x10FFFF) i++;
  if (i < n) raise_value_error(t, "character U+%x is not in range [U+0000; U+10ffff]", (unsigned)chars[i]);
  else text = str_from_ucs4(t, chars, n);
  v_drop(t, bytes);
  return text;
}

static NATIVE(array_tounicode) {
  Array *a = v_array(self);
  return a->code->letter == 'u' ? text_of(t, a) : raise_value_error(t, "tounicode() may only be called on unicode type arrays");
}

static Value call_method1(Thread *t, Value obj, const char *name, Value arg) {
  Value key = str_intern_cstr(t, name);
  return v_is_null(key) ? V_NULL : object_call_method1(t, obj, key, arg);
}

enum { FILE_BLOCK = 64 * 1024 };

static NATIVE(array_tofile) {
  Value bytes = tobytes(t, v_array(self));
  if (v_is_null(bytes)) return V_NULL;
  int64_t n = v_bytes(bytes)->length;
  for (int64_t at = 0; at < n; at += FILE_BLOCK) {
    Value block = bytes_from(t, v_bytes(bytes)->data + at, (size_t)(n - at < FILE_BLOCK ? n - at : FILE_BLOCK));
    Value done = v_is_null(block) ? V_NULL : call_method1(t, args[0], "write", block);
    v_drop(t, block);
    v_drop(t, done);
    if (v_is_null(done)) {
      v_drop(t, bytes);
      return V_NULL;
    }
  }
  v_drop(t, bytes);
  return V_NONE;
}

static NATIVE(array_fromfile) {
  Array *a = v_array(self);
  int64_t n;
  if (module_index(t, args[1], &exc_OverflowError, &n) < 0) return V_NULL;
  if (n < 0) return raise_value_error(t, "negative count");
  if (n > INT64_MAX / a->code->size) return raise_no_memory(t);
  Value size = int_from_i64(t, n * a->code->size), bytes = v_is_null(size) ? V_NULL : call_method1(t, args[0], "read", size);
  v_drop(t, size);
  if (v_is_null(bytes)) return V_NULL;
  int status = -1;
  if (!v_is_bytes(bytes)) raise_type_error(t, "read() didn't return bytes");
  else status = extend_by_buffer(t, a, bytes);
  if (status == 0 && v_bytes(bytes)->length != n * a->code->size) {
    raise_error(t, &exc_EOFError, "read() didn't return enough bytes");
    status = -1;
  }
  v_drop(t, bytes);
  return status < 0 ? V_NULL : V_NONE;
}

static NATIVE(array_buffer_info) {
  Array *a = v_array(self);
  uint64_t address;
  int64_t n;
  CRITICAL_BEGIN(t, a);
  address = (uint64_t)(uintptr_t)a->data;
  n = a->length;
  CRITICAL_END(t);
  return tuple_from_stolen(t, (Value[]){int_from_u64(t, address), v_from_smi(n)}, 2);
}

static NATIVE(array_copy_method) { return array_copy(t, v_array(self)); }
static NATIVE(array_sizeof) {
  Array *a = v_array(self);
  int64_t capacity;
  CRITICAL_BEGIN(t, a);
  capacity = a->capacity;
  CRITICAL_END(t);
  return v_from_smi((int64_t)v_type(self)->size + capacity * a->code->size);
}

static NATIVE(array_reduce_ex) {
  Array *a = v_array(self);
  if (!v_is_int(args[0])) return raise_type_error(t, "__reduce_ex__ argument should be an integer");
  int64_t protocol = number_as_i64(t, args[0]);
  if (protocol == -1 && error_pending(t)) return V_NULL;
  Value dict, type = v_own_obj(t, v_type(self)), letter = str_from_char(t, (uint32_t)a->code->letter);
  int found = object_lookup_attr(t, self, N(__dict__), &dict);
  if (found < 0) return V_NULL;
  if (!found) dict = V_NONE;
  Value maker, parts;
  if (protocol < 3) {
    maker = v_own(t, type);
    parts = tuple_from_stolen(t, (Value[]){letter, array_tolist(t, self, NULL, 0, V_NULL)}, 2);
    v_drop(t, type);
    if (!v_is_null(parts) && v_is_null(v_tuple(parts)->items[1])) v_clear(t, &parts);
  } else {
    Value name = str_from_cstr(t, "array"), module = v_is_null(name) ? V_NULL : sys_import_hook(t, name);
    Value key = N(_array_reconstructor);
    maker = v_is_null(module) || v_is_null(key) ? V_NULL : object_getattr(t, module, key);
    v_drop(t, name);
    v_drop(t, module);
    parts = tuple_from_stolen(t, (Value[]){type, letter, v_from_smi(a->code->machine_format), tobytes(t, a)}, 4);
    if (!v_is_null(parts) && v_is_null(v_tuple(parts)->items[3])) v_clear(t, &parts);
  }
  if (v_is_null(maker) || v_is_null(parts)) {
    v_drop(t, maker);
    v_drop(t, parts);
    v_drop(t, dict);
    return V_NULL;
  }
  return tuple_from_stolen(t, (Value[]){maker, parts, dict}, 3);
}

static Value array_repr(Thread *t, Value self) {
  Array *a = v_array(self);
  Value name = v_type(self)->qualname;
  if (length_of(t, a) == 0) return str_from_format(t, "%U('%c')", name, a->code->letter);
  Value items = a->code->letter == 'u' ? text_of(t, a) : array_tolist(t, self, NULL, 0, V_NULL);
  Value text = v_is_null(items) ? V_NULL : str_from_format(t, "%U('%c', %R)", name, a->code->letter, items);
  v_drop(t, items);
  return text;
}

static Value array_get_typecode(Thread *t, Value self, UNUSED_OK void *closure) { return str_from_char(t, (uint32_t)v_array(self)->code->letter); }
static Value array_get_itemsize(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_array(self)->code->size); }

// --- Buffers ----------------------------------------------------------------------------------------------------------------------

static int array_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  static char nothing[ARRAY_ITEM_MAX];
  Array *a = v_array(self);
  int64_t n;
  char *data;
  CRITICAL_BEGIN(t, a);
  a->exports++;
  n = a->length;
  data = a->data ? a->data : nothing;
  CRITICAL_END(t);
  static const char formats[][2] = {"b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d"};
  *view = (BufferView){.data = data, .len = n * a->code->size, .itemsize = a->code->size, .ndim = 1, .obj = v_own(t, self), .inline_dims = {n, a->code->size}};
  if (flags & BUFFER_ND) view->shape = &view->inline_dims[0];
  if ((flags & BUFFER_STRIDES) == BUFFER_STRIDES) view->strides = &view->inline_dims[1];
  if (flags & BUFFER_FORMAT) {
    view->format = "w";
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
      if (formats[i][0] == a->code->letter) view->format = formats[i];
  }
  return 0;
}

static void array_releasebuffer(Thread *t, Value self, UNUSED_OK BufferView *view) {
  Array *a = v_array(self);
  CRITICAL_BEGIN(t, a);
  a->exports--;
  CRITICAL_END(t);
}

// --- The iterator -----------------------------------------------------------------------------------------------------------------

static Value array_iter(Thread *t, Value self) {
  Value v = type_generic_alloc(t, &type_arrayiterator, 0);
  if (!v_is_null(v)) ((ArrayIterator *)v_obj(v))->array = v_own(t, self);
  return v;
}

static Value iterator_next(Thread *t, Value self) {
  ArrayIterator *it = (ArrayIterator *)v_obj(self);
  Value array, finished = V_NULL;
  int64_t i;
  CRITICAL_BEGIN(t, it);
  array = v_own(t, it->array);
  i = it->index++;
  CRITICAL_END(t);
  if (v_is_null(array)) return V_NULL;
  Value item = item_at(t, v_array(array), i);
  if (v_is_null(item)) {
    CRITICAL_BEGIN(t, it);
    finished = it->array;
    it->array = V_NULL;
    CRITICAL_END(t);
  }
  v_drop(t, finished);
  v_drop(t, array);
  return item;
}

static NATIVE(iterator_reduce) {
  ArrayIterator *it = (ArrayIterator *)v_obj(self);
  Value array, maker = object_builtin(t, N(iter));
  int64_t i;
  if (v_is_null(maker)) return V_NULL;
  CRITICAL_BEGIN(t, it);
  array = v_own(t, it->array);
  i = it->index;
  CRITICAL_END(t);
  if (v_is_null(array)) return tuple_from_stolen(t, (Value[]){maker, tuple_pack(t, 1, tuple_empty)}, 2);
  return tuple_from_stolen(t, (Value[]){maker, tuple_from_stolen(t, &array, 1), v_from_smi(i)}, 3);
}

static NATIVE(iterator_setstate) {
  ArrayIterator *it = (ArrayIterator *)v_obj(self);
  if (!v_is_int(args[0])) return raise_type_error(t, "an integer is required");
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  Value array = locked_field(t, &it->ob, &it->array);
  int64_t length = v_is_null(array) ? 0 : length_of(t, v_array(array));
  v_drop(t, array);
  CRITICAL_BEGIN(t, it);
  it->index = i < 0 ? 0 : i > length ? length : i;
  CRITICAL_END(t);
  return V_NONE;
}

static void iterator_dealloc(Thread *t, Object *o) {
  v_drop(t, ((ArrayIterator *)o)->array);
  heap_free_object(t, o);
}
static void iterator_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((ArrayIterator *)o)->array, visit, arg); }

// --- The module -------------------------------------------------------------------------------------------------------------------

static const NativeDef array_methods[] = {
    {"append($self, v, /)", array_append, "Append v at the end.", 0},
    {"buffer_info($self, /)", array_buffer_info, "(address, length): where the items lie and how many there are.", 0},
    {"byteswap($self, /)", array_byteswap, "Reverse the bytes of every item.", 0},
    {"__copy__($self, /)", array_copy_method, "A copy.", 0},
    {"count($self, v, /)", array_count, "How often v is there.", 0},
    {"__deepcopy__($self, unused, /)", array_copy_method, "A copy.", 0},
    {"extend($self, bb, /)", array_extend, "Append the items of an array of the same kind, or of an iterable.", 0},
    {"fromfile($self, f, n, /)", array_fromfile, "Read n items from a binary file and append them.", 0},
    {"fromlist($self, list, /)", array_fromlist, "Append the items of a list: all or none.", 0},
    {"frombytes($self, buffer, /)", array_frombytes, "Append items given as they lie in memory.", 0},
    {"fromunicode($self, ustr, /)", array_fromunicode, "Append the characters of a str; for typecode 'u'.", 0},
    {"index($self, v, start=0, stop=sys.maxsize, /)", array_index, "Where v is first found; ValueError if it is not there.", 0},
    {"insert($self, i, v, /)", array_insert, "Put v before position i.", 0},
    {"pop($self, i=-1, /)", array_pop, "Remove the item at i and return it.", 0},
    {"__reduce_ex__($self, value, /)", array_reduce_ex, "What pickle needs.", 0},
    {"remove($self, v, /)", array_remove, "Remove the first v.", 0},
    {"reverse($self, /)", array_reverse, "Turns the order of the items round, in place.", 0},
    {"tofile($self, f, /)", array_tofile, "Write the items to a binary file as they lie in memory.", 0},
    {"tolist($self, /)", array_tolist, "A list of the items.", 0},
    {"tobytes($self, /)", array_tobytes, "The items as they lie in memory.", 0},
    {"tounicode($self, /)", array_tounicode, "The characters as a str; for typecode 'u'.", 0},
    {"__sizeof__($self, /)", array_sizeof, "Size in memory, in bytes.", 0},
    {0},
};
static const GetSetDef array_getset[] = {
    {"typecode", array_get_typecode, NULL, "The letter that says what the items are.", NULL},
    {"itemsize", array_get_itemsize, NULL, "Bytes of an item.", NULL},
    {0},
};
static const TypeSpec spec_array = {
    .name = "array.array",
    .size = sizeof(Array),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF | TYPE_SEQUENCE,
    .slots = {.repr = array_repr, .hash = object_hash_not_implemented, .richcompare = array_compare, .iter = array_iter, .new = array_new,
              .length = array_length, .getitem = array_getitem, .setitem = array_setitem, .seq_item = array_item, .contains = array_contains, .concat = array_concat,
              .iconcat = array_iconcat, .repeat = array_repeat, .irepeat = array_irepeat, .getbuffer = array_getbuffer,
              .releasebuffer = array_releasebuffer, .dealloc = array_dealloc},
    .methods = array_methods,
    .getset = array_getset,
    .doc = "array(typecode [, initializer]) -> array\n\nA sequence of numbers or characters of one machine type:\n"
           "b B 1-byte int, u character, h H 2-byte int, i I 4-byte int, l L q Q 8-byte int, f d float (capitals: unsigned).",
};

static const NativeDef iterator_methods[] = {
    {"__reduce__($self, /)", iterator_reduce, "What pickle needs.", 0},
    {"__setstate__($self, state, /)", iterator_setstate, "Go on from an index.", 0},
    {0},
};
static const TypeSpec spec_arrayiterator = {
    .name = "array.arrayiterator",
    .size = sizeof(ArrayIterator),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = iterator_next, .dealloc = iterator_dealloc, .traverse = iterator_traverse},
    .methods = iterator_methods,
};

static const NativeDef functions[] = {
    {"_array_reconstructor($module, arraytype, typecode, mformat_code, items, /)", array_reconstructor, "What pickles call.", 0},
    {0},
};

// An array is a MutableSequence.
static int register_abc(Thread *t) {
  Value name = str_from_cstr(t, "collections.abc"), module = v_is_null(name) ? V_NULL : sys_import_hook(t, name), done = V_NULL;
  Value key = N(MutableSequence);
  Value abc = v_is_null(module) || v_is_null(key) ? V_NULL : object_getattr(t, module, key);
  if (!v_is_null(abc)) done = call_method1(t, abc, "register", v_from_obj(&type_array));
  v_drop(t, name);
  v_drop(t, module);
  v_drop(t, abc);
  v_drop(t, done);
  return v_is_null(done) ? -1 : 0;
}

static int array_exec(Thread *t, Value m) {
  if (!type_ready(t, &type_array, &spec_array, 0) || !type_ready(t, &type_arrayiterator, &spec_arrayiterator, 0)) return -1;
  if (module_add_type(t, m, &type_array) < 0 || module_add(t, m, "ArrayType", v_own_obj(t, &type_array)) < 0) return -1;
  return register_abc(t) < 0 ? -1 : module_add_str(t, m, "typecodes", array_letters);
}

const ModuleDef module_array = {
    .name = "array",
    .doc = "Arrays of numbers or characters, packed as C would have them.",
    .functions = functions,
    .exec = array_exec,
};
