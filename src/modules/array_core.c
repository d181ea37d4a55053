// Arrays: their memory, and reading and adding items.
#include "gc/heap.h"
#include "modules/array_internal.h"
#include "objects/buffer.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"
#include "threading/critical.h"

// --- Memory -----------------------------------------------------------------------------------------------------------------------

int array_change_raise(Thread *t, ArrayChange change, const char *range_message) {
  switch (change) {
    case ARRAY_CHANGE_OK: return 0;
    case ARRAY_CHANGE_NO_MEMORY: raise_no_memory(t); break;
    case ARRAY_CHANGE_EXPORTED: raise_error(t, &exc_BufferError, "cannot resize an array that is exporting buffers"); break;
    case ARRAY_CHANGE_RANGE: raise_error(t, &exc_IndexError, "%s", range_message); break;
    case ARRAY_CHANGE_EMPTY: raise_error(t, &exc_IndexError, "pop from empty array"); break;
  }
  return -1;
}

ArrayChange array_resize_locked(Thread *t, Array *a, int64_t length) {
  if (length == a->length) return ARRAY_CHANGE_OK;
  if (a->exports > 0) return ARRAY_CHANGE_EXPORTED;
  if (length > a->capacity || length < a->capacity / 2) {
    if (length > INT64_MAX / 2 / a->code->size) return ARRAY_CHANGE_NO_MEMORY;
    int64_t capacity = length ? length + (length >> 4) + (length < 8 ? 3 : 7) : 0;
    if (capacity == 0) {
      if (a->data) heap_free(t, a->data);
      a->data = NULL;
    } else {
      size_t size = (size_t)capacity * a->code->size;
      char *data = heap_realloc(t, a->data, size);
      if (!data) return ARRAY_CHANGE_NO_MEMORY;
      a->data = data;
    }
    a->capacity = capacity;
  }
  a->length = length;
  return ARRAY_CHANGE_OK;
}

ArrayChange array_splice_locked(Thread *t, Array *a, int64_t start, int64_t end, const char *p, int64_t n) {
  int64_t size = a->code->size, length = a->length, grown = n - (end - start);
  if (grown > INT64_MAX / 16 - length) return ARRAY_CHANGE_NO_MEMORY;
  if (grown != 0 && a->exports > 0) return ARRAY_CHANGE_EXPORTED;
  if (grown < 0) memmove(a->data + (start + n) * size, a->data + end * size, (size_t)((length - end) * size));
  ArrayChange change = array_resize_locked(t, a, length + grown);
  if (change != ARRAY_CHANGE_OK) {
    if (grown >= 0) return change;
    a->length = length + grown;   // a smaller block was not to be had: the old one stays
  }
  if (grown > 0 && length > end) memmove(a->data + (start + n) * size, a->data + end * size, (size_t)((length - end) * size));
  if (n) memcpy(a->data + start * size, p, (size_t)(n * size));
  return ARRAY_CHANGE_OK;
}

ArrayChange array_splice(Thread *t, Array *a, int64_t start, int64_t end, const char *p, int64_t n) {
  ArrayChange change;
  CRITICAL_BEGIN(t, a);
  if (end > a->length) end = a->length;
  if (start > end) start = end;
  change = array_splice_locked(t, a, start, end, p, n);
  CRITICAL_END(t);
  return change;
}

int array_append_items(Thread *t, Array *a, const char *p, int64_t n) { return array_change_raise(t, array_splice(t, a, INT64_MAX, INT64_MAX, p, n), NULL); }

int64_t array_length_of(Thread *t, Array *a) {
  int64_t n;
  CRITICAL_BEGIN(t, a);
  n = a->length;
  CRITICAL_END(t);
  return n;
}

Value array_make(Thread *t, Type *type, const ArrayCode *code, const char *p, int64_t n) {
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

Value array_take(Thread *t, Array *a, int64_t start, int64_t step, int64_t n) {
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
Value array_copy(Thread *t, Array *a) { return array_take(t, a, 0, 1, array_length_of(t, a)); }

void array_dealloc(Thread *t, Object *o) {
  Array *a = (Array *)o;
  if (a->data) heap_free(t, a->data);
  heap_free_object(t, o);
}

// --- Items ------------------------------------------------------------------------------------------------------------------------

Value array_item_at(Thread *t, Array *a, int64_t i) {
  char bytes[ARRAY_ITEM_MAX];
  bool there;
  CRITICAL_BEGIN(t, a);
  there = i >= 0 && i < a->length;
  if (there) memcpy(bytes, a->data + i * a->code->size, a->code->size);
  CRITICAL_END(t);
  return there ? a->code->unpack(t, a->code, bytes) : V_NULL;
}

int array_append_value(Thread *t, Array *a, Value v) {
  char bytes[ARRAY_ITEM_MAX];
  return a->code->pack(t, a->code, v, bytes) < 0 ? -1 : array_append_items(t, a, bytes, 1);
}

int array_extend_by_iterating(Thread *t, Array *a, Value iterable) {
  Value it = object_iter(t, iterable), item;
  if (v_is_null(it)) return -1;
  int status = 0;
  while (status == 0 && !v_is_null(item = object_iternext(t, it))) {
    status = array_append_value(t, a, item);
    v_drop(t, item);
  }
  v_drop(t, it);
  return status < 0 || error_pending(t) ? -1 : 0;
}

int array_extend_by_array(Thread *t, Array *a, Value other) {
  Value copy = array_copy(t, v_array(other));
  if (v_is_null(copy)) return -1;
  int status = array_append_items(t, a, v_array(copy)->data, v_array(copy)->length);
  v_drop(t, copy);
  return status;
}

int array_extend_by_buffer(Thread *t, Array *a, Value bytes) {
  BufferView view;
  if (buffer_get(t, bytes, &view, BUFFER_SIMPLE) < 0) return -1;
  int status = -1;
  if (view.itemsize != 1) raise_type_error(t, "a bytes-like object is required");
  else if (view.len % a->code->size) raise_value_error(t, "bytes length not a multiple of item size");
  else status = array_append_items(t, a, view.data, view.len / a->code->size);
  buffer_release(t, &view);
  return status;
}

int array_extend_by_text(Thread *t, Array *a, Value text) {
  const Str *s = v_str(text);
  int status = 0;
  for (int64_t i = 0; status == 0 && i < s->length; i++) {
    uint32_t c = str_char(s, i);
    status = array_append_items(t, a, (const char *)&c, 1);
  }
  return status;
}

int64_t array_find(Thread *t, Array *a, Value v, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop; i++) {
    Value item = array_item_at(t, a, i);
    if (v_is_null(item)) return error_pending(t) ? -2 : -1;
    int equal = object_equal(t, item, v);
    v_drop(t, item);
    if (equal) return equal < 0 ? -2 : i;
    if (i % 1024 == 1023 && safepoint(t) < 0) return -2;
  }
  return -1;
}
