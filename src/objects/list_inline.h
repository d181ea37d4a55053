// The list operations short enough to stand in the caller: item read and append.
#ifndef WEFT_OBJECTS_LIST_INLINE_H
#define WEFT_OBJECTS_LIST_INLINE_H

#include "objects/list.h"
#include "threading/critical.h"

// The locked way of list_get, when the lock-free read met a writer or the index is out of range.
Value list_get_slow(Thread *t, List *l, int64_t index);
// Appends (steals) when the array is full; the list's lock held.
int list_append_grow_locked(Thread *t, List *l, Value owned);

// As list_get.
static inline Value list_get_inline(Thread *t, List *l, int64_t index) {
  object_share(t, &l->ob);
  if (unlikely((uint64_t)index >= a64_load_acq(&l->length))) return V_NULL;
  ListArray *array = aptr_load_acq(&l->array);
  // The array may be older or newer than the length: its own capacity bounds the read.
  if (likely(array && index < array->capacity)) {
    Value v = v_load_ref(t, &l->array, array, &array->items[index]);
    if (likely(!v_is_null(v))) return v;
  }
  return list_get_slow(t, l, index);
}

// As list_append_steal.
static inline int list_append_inline(Thread *t, List *l, Value owned) {
  int rc = 0;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  int64_t n = list_length(l);
  ListArray *array = aptr_load_rlx(&l->array);
  if (likely(array && n < array->capacity)) {
    v_store_rel(&array->items[n], owned);            // pairs with the acquire load of the slot in list_get
    a64_store_rel(&l->length, (uint64_t)(n + 1));    // pairs with the acquire load of length
  } else {
    rc = list_append_grow_locked(t, l, owned);
  }
  CRITICAL_END(t);
  if (unlikely(rc < 0)) v_drop(t, owned);
  return rc;
}

#endif
