// tuple: an immutable array of values. Making them; what a program sees of them is in tuple_type.c.
//
// Items are filled in before anybody else sees the tuple and never change afterwards, so reading needs no lock in either build.
#include "objects/tuple.h"

#include <stdarg.h>

#include "objects/error_state.h"

static _Alignas(16) Tuple empty_tuple = {.ob = OBJECT_IMMORTAL_INIT(SHAPE_TUPLE)};
Value tuple_empty = {(uint64_t)(uintptr_t)&empty_tuple + 1};

Value tuple_new(Thread *t, int64_t length) {
  if (length == 0) return tuple_empty;
  if (length > TUPLE_MAX_LENGTH) return raise_no_memory(t);
  Tuple *u = (Tuple *)heap_new_object(t, SHAPE_TUPLE, sizeof(Tuple) + (size_t)length * sizeof(Value));
  if (!u) return raise_no_memory(t);
  u->length = length;
  return v_from_obj(u);
}

Value tuple_from(Thread *t, const Value *borrowed, size_t n) {
  Value v = tuple_new(t, (int64_t)n);
  if (v_is_null(v) || n == 0) return v;
  Value *items = v_tuple(v)->items;
  for (size_t i = 0; i < n; i++) items[i] = v_own(t, borrowed[i]);
  return v;
}

Value tuple_from_stolen(Thread *t, const Value *owned, size_t n) {
  Value v = tuple_new(t, (int64_t)n);
  if (n == 0) return v;
  bool whole = !v_is_null(v);
  for (size_t i = 0; i < n; i++) whole &= !v_is_null(owned[i]);
  if (unlikely(!whole)) {
    for (size_t i = 0; i < n; i++) v_drop(t, owned[i]);
    v_drop(t, v);
    return V_NULL;
  }
  memcpy(v_tuple(v)->items, owned, n * sizeof(Value));
  return v;
}

Value tuple_pack(Thread *t, size_t n, ...) {
  Value v = tuple_new(t, (int64_t)n);
  if (v_is_null(v) || n == 0) return v;
  va_list ap;
  va_start(ap, n);
  bool whole = true;
  for (size_t i = 0; i < n; i++) {
    Value item = va_arg(ap, Value);
    if (v_is_null(item)) whole = false;
    else v_tuple(v)->items[i] = v_own(t, item);
  }
  va_end(ap);
  if (!whole) v_clear(t, &v);
  return v;
}

Value tuple_slice(Thread *t, Value v, int64_t start, int64_t end) {
  Tuple *u = v_tuple(v);
  if (start < 0) start = 0;
  if (end > u->length) end = u->length;
  if (end <= start) return tuple_empty;
  if (start == 0 && end == u->length && v_is_tuple_exact(v)) return v_own(t, v);
  return tuple_from(t, u->items + start, (size_t)(end - start));
}
