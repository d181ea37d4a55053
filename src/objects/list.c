// list, its core: the item array, reading without locks, growing, slicing, and the operations that C code calls.
//
// Writers hold the list's lock (free build). A reader loads length, then array, then the slot, each with acquire, and counts what it finds
// by v_load_ref, which looks at slot and array pointer once more. So writers store an item before the length that uncovers it, clear a slot
// before the length that covers it, and never reuse an array that was replaced. Slots at and above the length are zero.
// Values that leave the list are dropped after the lock is released: dropping may run Python code.
#include "objects/list.h"

#include "objects/error.h"
#include "objects/object.h"
#include "objects/slice_bounds.h"
#include "objects/tuple.h"

#define LIST_MAX_LENGTH ((int64_t)((INT64_MAX - sizeof(ListArray)) / sizeof(Value)))

static ListArray *list_array(const List *l) { return aptr_load_rlx(&l->array); }

// --- The array --------------------------------------------------------------------------------------------------------------------

static size_t array_bytes(int64_t capacity) { return sizeof(ListArray) + (size_t)capacity * sizeof(Value); }

static ListArray *array_alloc(Thread *t, int64_t capacity) {
  if (capacity > LIST_MAX_LENGTH) return NULL;
  ListArray *array = heap_alloc(t, array_bytes(capacity));
  if (array) array->capacity = capacity;
  return array;
}

ListArray *list_array_new(Thread *t, int64_t capacity) {
  ListArray *array = array_alloc(t, capacity);
  if (array) memset(array->items, 0, (size_t)capacity * sizeof(Value));
  return array;
}

// CPython's growth pattern: an eighth more than needed, in steps of four; a big jump is met exactly.
static int64_t capacity_for(int64_t length, int64_t n) {
  int64_t capacity = (n + (n >> 3) + 6) & ~(int64_t)3;
  if (n - length > capacity - n) capacity = (n + 3) & ~(int64_t)3;
  return capacity;
}

// Gives the list an array of `capacity` >= length, with the same items. 0, or -1 without an exception.
static int reallocate_locked(Thread *t, List *l, int64_t capacity) {
  ListArray *old = list_array(l), *array;
  int64_t n = list_length(l);
  if (old && object_is_private(t, &l->ob)) {
    if (capacity > LIST_MAX_LENGTH) return -1;
    array = heap_realloc(t, old, array_bytes(capacity));
    if (!array) return -1;
    array->capacity = capacity;
    old = NULL;
  } else {
    array = array_alloc(t, capacity);
    if (!array) return -1;
    if (n) memcpy(array->items, old->items, (size_t)n * sizeof(Value));
  }
  memset(array->items + n, 0, (size_t)(capacity - n) * sizeof(Value));
  aptr_store_rel(&l->array, array);  // pairs with readers' acquire load: the items are there first
  if (old) heap_retire(t, &l->ob, old);
  return 0;
}

static int reserve_locked(Thread *t, List *l, int64_t n) {
  ListArray *array = list_array(l);
  if (array && n <= array->capacity) return 0;
  if (n > LIST_MAX_LENGTH) return -1;
  return reallocate_locked(t, l, capacity_for(list_length(l), n));
}

// After the length has gone down: gives memory back once less than half is used. Failing to is no error.
static void trim_locked(Thread *t, List *l) {
  ListArray *array = list_array(l);
  int64_t n = list_length(l);
  if (!array || n >= array->capacity >> 1) return;
  if (n > 0) {
    reallocate_locked(t, l, capacity_for(n, n));
  } else {
    aptr_store_rel(&l->array, NULL);
    heap_retire(t, &l->ob, array);
  }
}

static void set_length(List *l, int64_t n) { a64_store_rel(&l->length, (uint64_t)n); }  // pairs with readers' acquire load

// --- Making -----------------------------------------------------------------------------------------------------------------------

Value list_new(Thread *t, int64_t capacity) {
  List *l = (List *)heap_new_object(t, SHAPE_LIST, sizeof(List));
  if (!l) return raise_no_memory(t);
  if (capacity > 0) {
    ListArray *array = list_array_new(t, capacity);
    if (!array) {
      decref(t, &l->ob);
      return raise_no_memory(t);
    }
    aptr_store_rlx(&l->array, array);
  }
  return v_from_obj(l);
}

Value list_from_array(Thread *t, ListArray *array, int64_t n) {
  Value v = list_new(t, 0);
  if (v_is_null(v)) {
    for (int64_t i = 0; i < n; i++) v_drop(t, array->items[i]);
    heap_free(t, array);
    return v;
  }
  aptr_store_rlx(&v_list(v)->array, array);
  a64_store_rlx(&v_list(v)->length, (uint64_t)n);
  return v;
}

Value list_from_stolen(Thread *t, const Value *owned, size_t n) {
  Value v = list_new(t, (int64_t)n);
  if (v_is_null(v)) {
    for (size_t i = 0; i < n; i++) v_drop(t, owned[i]);
  } else if (n) {
    memcpy(list_array(v_list(v))->items, owned, n * sizeof(Value));
    a64_store_rlx(&v_list(v)->length, n);
  }
  return v;
}

Value list_from(Thread *t, const Value *borrowed, size_t n) {
  Value v = list_new(t, (int64_t)n);
  if (v_is_null(v) || n == 0) return v;
  Value *items = list_array(v_list(v))->items;
  for (size_t i = 0; i < n; i++) items[i] = v_own(t, borrowed[i]);
  a64_store_rlx(&v_list(v)->length, n);
  return v;
}

// --- Reading ----------------------------------------------------------------------------------------------------------------------

Value list_get(Thread *t, List *l, int64_t index) { return list_get_inline(t, l, index); }

Value list_get_slow(Thread *t, List *l, int64_t index) {
  Value v = V_NULL;
  CRITICAL_BEGIN(t, l);
  if (index < list_length(l)) v = v_new_ref_locked(t, list_array(l)->items[index]);
  CRITICAL_END(t);
  return v;
}

Value list_get_from_end(Thread *t, List *l, int64_t index) {
  int64_t i = index + list_length(l);
  Value v = i < 0 ? V_NULL : list_get_inline(t, l, i);
  if (likely(!v_is_null(v))) return v;
  // Out of range, or the list has changed its length between the two looks.
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  i = index + list_length(l);
  if (i >= 0) v = v_new_ref_locked(t, list_array(l)->items[i]);
  CRITICAL_END(t);
  return v;
}

// Copies items [start, end) of the list into `to`, owning each. The lock held, bounds within the list.
static void copy_owned_locked(Thread *t, List *l, int64_t start, int64_t end, Value *to) {
  ListArray *array = list_array(l);
  for (int64_t i = start; i < end; i++) *to++ = v_own(t, array->items[i]);
}

Value list_slice(Thread *t, List *l, int64_t start, int64_t end) {
  ListArray *array = NULL;
  int64_t n = 0;
  bool failed = false;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  if (end > list_length(l)) end = list_length(l);
  if (start < 0) start = 0;
  if (start < end) {
    n = end - start;
    array = array_alloc(t, n);
    if (array) copy_owned_locked(t, l, start, end, array->items);
    else failed = true;
  }
  CRITICAL_END(t);
  if (failed) return raise_no_memory(t);
  return array ? list_from_array(t, array, n) : list_new(t, 0);
}

Value list_slice_stepped(Thread *t, List *l, int64_t start, int64_t stop, int64_t step) {
  ListArray *array = NULL;
  int64_t n;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  n = slice_adjust(list_length(l), &start, &stop, step);
  if (n > 0) array = array_alloc(t, n);
  const Value *from = array ? list_array(l)->items : NULL;
  for (int64_t i = 0, at = start; array && i < n; i++, at += step) array->items[i] = v_own(t, from[at]);
  CRITICAL_END(t);
  if (n > 0 && !array) return raise_no_memory(t);
  return array ? list_from_array(t, array, n) : list_new(t, 0);
}

Value list_to_tuple(Thread *t, List *l) {
  object_share(t, &l->ob);
  for (;;) {
    int64_t n = list_length(l);
    Value v = tuple_new(t, n);
    if (v_is_null(v)) return v;
    bool same;
    CRITICAL_BEGIN(t, l);
    same = list_length(l) == n;  // allocating came first, as a tuple can't change its size
    if (same && n) copy_owned_locked(t, l, 0, n, v_tuple(v)->items);
    CRITICAL_END(t);
    if (same) return v;
    v_drop(t, v);
  }
}

// --- Changing one item --------------------------------------------------------------------------------------------------------------

int list_append_common(Thread *t, List *l, Value owned) {
  int rc;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  int64_t n = list_length(l);
  rc = reserve_locked(t, l, n + 1);
  if (likely(rc == 0)) {
    v_store_rel(&list_array(l)->items[n], owned);
    set_length(l, n + 1);
  }
  CRITICAL_END(t);
  if (likely(rc == 0)) return 0;
  v_drop(t, owned);
  raise_no_memory(t);
  return -1;
}

int list_append_steal(Thread *t, List *l, Value owned) { return unlikely(v_is_null(owned)) ? -1 : list_append_inline(t, l, owned); }
int list_append(Thread *t, List *l, Value v) { return list_append_inline(t, l, v_own(t, v)); }

int list_set(Thread *t, List *l, int64_t index, Value v) {
  Value old = V_NULL;
  int rc = -1;
  object_share(t, &l->ob);
  v = v_own(t, v);
  CRITICAL_BEGIN(t, l);
  if (index < 0) index += list_length(l);
  if ((uint64_t)index < (uint64_t)list_length(l)) {
    Value *slot = &list_array(l)->items[index];
    old = *slot;
    v_store_rel(slot, v);
    rc = 0;
  }
  CRITICAL_END(t);
  v_drop(t, rc == 0 ? old : v);
  return rc;
}

int list_insert(Thread *t, List *l, int64_t index, Value v) {
  int rc = 0;
  object_share(t, &l->ob);
  v = v_own(t, v);
  CRITICAL_BEGIN(t, l);
  int64_t n = list_length(l);
  if (reserve_locked(t, l, n + 1) < 0) {
    rc = -1;
  } else {
    if (index < 0 && (index += n) < 0) index = 0;
    if (index > n) index = n;
    Value *items = list_array(l)->items;
    v_move(items + index + 1, items + index, (size_t)(n - index));
    v_store_rel(&items[index], v);
    set_length(l, n + 1);
  }
  CRITICAL_END(t);
  if (rc < 0) {
    v_drop(t, v);
    raise_no_memory(t);
  }
  return rc;
}

// Takes item `index` out; the lock held, index in range.
static Value take_locked(Thread *t, List *l, int64_t index) {
  int64_t n = list_length(l) - 1;
  Value *items = list_array(l)->items;
  Value v = items[index];
  v_move(items + index, items + index + 1, (size_t)(n - index));
  v_store_rel(&items[n], V_NULL);
  set_length(l, n);
  trim_locked(t, l);
  return v;
}

bool list_take(Thread *t, List *l, int64_t index, Value *out) {
  bool taken;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  if (index < 0) index += list_length(l);
  taken = (uint64_t)index < (uint64_t)list_length(l);
  if (taken) *out = take_locked(t, l, index);
  CRITICAL_END(t);
  return taken;
}

Value list_pop(Thread *t, List *l, int64_t index) {
  Value v = V_NULL;
  object_share(t, &l->ob);
  bool empty;
  CRITICAL_BEGIN(t, l);
  int64_t n = list_length(l);
  empty = n == 0;
  if (index < 0) index += n;
  if ((uint64_t)index < (uint64_t)n) v = take_locked(t, l, index);
  CRITICAL_END(t);
  if (v_is_null(v)) raise_error(t, &exc_IndexError, empty ? "pop from empty list" : "pop index out of range");
  return v;
}

// --- Changing many ------------------------------------------------------------------------------------------------------------------

int list_reserve(Thread *t, List *l, int64_t n) {
  int rc = 0;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  ListArray *array = list_array(l);
  if (n > 0 && (!array || n > array->capacity)) rc = n > LIST_MAX_LENGTH ? -1 : reallocate_locked(t, l, n);
  CRITICAL_END(t);
  if (rc < 0) raise_no_memory(t);
  return rc;
}

// Leaves the list empty: its array with n items, the caller's to give up. The lock held.
static inline ListArray *take_array_locked(List *l, int64_t *n) {
  ListArray *array = list_array(l);
  *n = list_length(l);
  set_length(l, 0);
  aptr_store_rel(&l->array, NULL);
  return array;
}

void list_clear(Thread *t, List *l) {
  ListArray *array;
  int64_t n;
  if (likely(critical_enter_as_owner(t, CRITICAL_LOCK(l)))) {
    array = take_array_locked(l, &n);
    critical_leave_as_owner(t);
  } else {
    object_share(t, &l->ob);
    CRITICAL_BEGIN(t, l);
    array = take_array_locked(l, &n);
    CRITICAL_END(t);
  }
  if (!array) return;
  // A reader that still has the array finds it replaced when it looks again, and does not keep what it counted.
  for (int64_t i = n; i-- > 0;) v_drop(t, array->items[i]);
  heap_retire(t, &l->ob, array);
}

// Appends `n` values from `from`, owning each. The lock held.
static int extend_array_locked(Thread *t, List *l, const Value *from, int64_t n) {
  int64_t length = list_length(l);
  if (n == 0) return 0;
  if (n > LIST_MAX_LENGTH - length || reserve_locked(t, l, length + n) < 0) return -1;
  Value *to = list_array(l)->items + length;
  for (int64_t i = 0; i < n; i++) v_store_rel(&to[i], v_own(t, from[i]));
  set_length(l, length + n);
  return 0;
}

// Extends by an exact list (maybe l itself) or by l.
static int extend_list(Thread *t, List *l, List *other) {
  int rc;
  object_share(t, &other->ob);
  CRITICAL_BEGIN2(t, l, other);
  int64_t n = list_length(other);
  if (n && n <= LIST_MAX_LENGTH - list_length(l) && reserve_locked(t, l, list_length(l) + n) < 0) rc = -1;
  else rc = extend_array_locked(t, l, n ? list_array(other)->items : NULL, n);  // its array is loaded after l's may have moved
  CRITICAL_END2(t);
  return rc;
}

int list_extend_list(Thread *t, List *l, List *other) {
  object_share(t, &l->ob);
  int rc = extend_list(t, l, other);
  if (rc < 0) raise_no_memory(t);
  return rc;
}

Value list_repeat(Thread *t, List *l, int64_t n) {
  ListArray *array = NULL;
  int64_t total = 0;
  bool failed = false;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  int64_t length = list_length(l);
  if (length && n > 0) {
    failed = n > LIST_MAX_LENGTH / length || !(array = array_alloc(t, total = length * n));
    const Value *from = failed ? NULL : list_array(l)->items;
    for (Value *to = failed ? NULL : array->items, *end = to + total; to && to < end; to += length) {
      for (int64_t i = 0; i < length; i++) to[i] = v_own(t, from[i]);
    }
  }
  CRITICAL_END(t);
  if (failed) return raise_no_memory(t);
  return array ? list_from_array(t, array, total) : list_new(t, 0);
}

int list_multiply(Thread *t, List *l, int64_t n) {
  if (n <= 0) {
    list_clear(t, l);
    return 0;
  }
  int rc = 0;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  int64_t length = list_length(l);
  if (length && n > 1) {
    if (n > LIST_MAX_LENGTH / length || reserve_locked(t, l, length * n) < 0) rc = -1;
    for (int64_t k = 1; rc == 0 && k < n; k++) extend_array_locked(t, l, list_array(l)->items, length);
  }
  CRITICAL_END(t);
  if (rc < 0) raise_no_memory(t);
  return rc;
}

int list_extend_array(Thread *t, List *l, const Value *from, int64_t n) {
  int rc;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  rc = extend_array_locked(t, l, from, n);
  CRITICAL_END(t);
  if (rc < 0) raise_no_memory(t);
  return rc;
}

// Puts n owned values in the place of items [start, end); what was there goes to `victims`, which has room for it. The lock held, bounds
// within the list. 0, -1 no memory.
static int replace_locked(Thread *t, List *l, int64_t start, int64_t end, const Value *from, int64_t n, Value *victims) {
  int64_t length = list_length(l), removed = end - start, change = n - removed;
  if (change > 0 && reserve_locked(t, l, length + change) < 0) return -1;
  ListArray *array = list_array(l);
  if (!array) return 0;
  Value *items = array->items;
  if (removed) memcpy(victims, items + start, (size_t)removed * sizeof(Value));
  if (change) v_move(items + end + change, items + end, (size_t)(length - end));
  for (int64_t i = 0; i < n; i++) v_store_rel(&items[start + i], from[i]);
  for (int64_t i = length + change; i < length; i++) v_store_rel(&items[i], V_NULL);
  if (change) set_length(l, length + change);
  if (change < 0) trim_locked(t, l);
  return 0;
}

int list_set_slice(Thread *t, List *l, int64_t start, int64_t end, Value iterable) {
  Value source = V_NULL;
  const Value *from = NULL;
  int64_t n = 0;
  if (!v_is_null(iterable)) {
    source = list_copy_of(t, iterable, "can only assign an iterable");  // our own: iterable may be l, or change meanwhile
    if (v_is_null(source)) return -1;
    n = list_length(v_list(source));
    from = n ? list_array(v_list(source))->items : NULL;
  }
  object_share(t, &l->ob);
  int rc = 0;
  Value small[8], *victims = small;
  int64_t removed = 0;
  CRITICAL_BEGIN(t, l);
  slice_adjust(list_length(l), &start, &end, 1);
  if (end < start) end = start;
  removed = end - start;
  if (removed > 8 && !(victims = heap_alloc(t, (size_t)removed * sizeof(Value)))) rc = -1;
  else rc = replace_locked(t, l, start, end, from, n, victims);
  CRITICAL_END(t);
  if (rc < 0) {
    raise_no_memory(t);
  } else {
    if (!v_is_null(source)) a64_store_rlx(&v_list(source)->length, 0);  // its items have moved
    for (int64_t i = removed; i-- > 0;) v_drop(t, victims[i]);
  }
  if (victims && victims != small) heap_free(t, victims);
  v_drop(t, source);
  return rc;
}

void list_reverse(Thread *t, List *l) {
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  int64_t i = 0, k = list_length(l) - 1;
  for (Value *items = k > 0 ? list_array(l)->items : NULL; i < k; i++, k--) {
    Value v = items[i];
    v_store_rel(&items[i], items[k]);
    v_store_rel(&items[k], v);
  }
  CRITICAL_END(t);
}
