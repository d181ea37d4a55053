// list: an array of values that grows by replacement, read without locks in the free build.
//
// Locking: length, items and the array's contents change under the object's lock. Readers: load length and array (acquire), check
// index < min(length, capacity of that array), v_load_ref. A replaced array is retired. Shrinking clears slots before lowering length.
// A negative index and the bounds of a slice count from the length that the list has when the items are taken or changed.
#ifndef WEFT_OBJECTS_LIST_H
#define WEFT_OBJECTS_LIST_H

#include "objects/type.h"
#include "threading/critical.h"

typedef struct ListArray {
  int64_t capacity;
  Value items[];       // owned; release stores under the lock
} ListArray;

typedef struct List {
  Object ob;
  a64 length;
  aptr array;          // ListArray *; NULL while empty and never grown
} List;

static inline bool v_is_list(Value v) { return v_has_flag(v, TYPE_LIST); }
static inline bool v_is_list_exact(Value v) { return v_is_exact(v, SHAPE_LIST); }
static inline List *v_list(Value v) { return (List *)v_obj(v); }
static inline int64_t list_length(const List *l) { return (int64_t)a64_load_rlx(&l->length); }
Value list_new(Thread *t, int64_t capacity);                     // empty
Value list_from(Thread *t, const Value *borrowed, size_t n);
Value list_from_stolen(Thread *t, const Value *owned, size_t n); // steals also on failure
// The item, owned, or V_NULL without an exception when index is out of range (index already >= 0). Lock-free.
Value list_get(Thread *t, List *l, int64_t index);
Value list_get_from_end(Thread *t, List *l, int64_t index);      // the same for index < 0
int list_set(Thread *t, List *l, int64_t index, Value v);        // borrowed v, any index; -1: out of range, no exception set
int list_append(Thread *t, List *l, Value v);                    // borrowed; 0, -1 MemoryError
int list_append_steal(Thread *t, List *l, Value owned);   // V_NULL with an exception set: -1
int list_extend(Thread *t, List *l, Value iterable);
int list_insert(Thread *t, List *l, int64_t index, Value v);
Value list_pop(Thread *t, List *l, int64_t index);               // V_NULL + IndexError
int list_sort(Thread *t, List *l, Value key /* V_NULL: none */, bool reverse);
Value list_slice(Thread *t, List *l, int64_t start, int64_t end);  // of the items there are
Value list_slice_stepped(Thread *t, List *l, int64_t start, int64_t stop, int64_t step);  // bounds as slice_unpack gives them
int list_set_slice(Thread *t, List *l, int64_t start, int64_t end, Value iterable /* V_NULL: delete */);  // bounds as slice_unpack gives them
Value list_to_tuple(Thread *t, List *l);
void list_reverse(Thread *t, List *l);
void list_clear(Thread *t, List *l);
// Makes room for n items in all without changing the length. 0, -1 MemoryError.
int list_reserve(Thread *t, List *l, int64_t n);
// A list whose items live in a fresh array: owned values, array from list_array_new; both stolen.
ListArray *list_array_new(Thread *t, int64_t capacity);          // slots zero; NULL: no memory, nothing raised
Value list_from_array(Thread *t, ListArray *array, int64_t n);
bool list_take(Thread *t, List *l, int64_t index, Value *out);   // removes an item (owned), any index; false: out of range, nothing raised
int list_extend_array(Thread *t, List *l, const Value *borrowed, int64_t n);
int list_extend_list(Thread *t, List *l, List *other);           // the real items, whatever a subclass's __iter__ says
Value list_repeat(Thread *t, List *l, int64_t n);                // l * n
int list_multiply(Thread *t, List *l, int64_t n);                // l *= n
// A new list of an iterable's items; TypeError `error` if it is not iterable (subclasses of list are iterated).
Value list_copy_of(Thread *t, Value iterable, const char *error);
bool list_init(Thread *t);

// --- Short enough to stand in the caller: item read and append -------------------------------------------------------------------

// The locked way of list_get, when the lock-free read met a writer or the index is out of range.
Value list_get_slow(Thread *t, List *l, int64_t index);
// list_append_steal of whoever does not own the list, and where its array is full.
int list_append_common(Thread *t, List *l, Value owned);

// The item at an index that was below the length, as v_load_keep returns it; V_NULL: the lock is needed. No safepoint; the list is shared.
static inline __attribute__((always_inline)) Value list_try_keep(Thread *t, List *l, int64_t index) {
  ListArray *array = aptr_load_acq(&l->array);
  // The array may be older or newer than the length: its own capacity bounds the read.
  return likely(array && index < array->capacity) ? v_load_keep(t, &l->array, array, &array->items[index]) : V_NULL;
}

// As list_get, but as v_load_keep returns it.
static inline __attribute__((always_inline)) Value list_get_keep(Thread *t, List *l, int64_t index) {
  object_share(t, &l->ob);
  if (unlikely((uint64_t)index >= a64_load_acq(&l->length))) return V_NULL;
  Value v = list_try_keep(t, l, index);
  return likely(!v_is_null(v)) ? v : list_get_slow(t, l, index);
}

// As list_get.
static inline Value list_get_inline(Thread *t, List *l, int64_t index) { return v_kept_own(t, list_get_keep(t, l, index)); }

// As list_append_steal. The list's owner needs neither the lock's byte nor the list marked as shared.
static inline __attribute__((always_inline)) int list_append_inline(Thread *t, List *l, Value owned) {
  if (unlikely(!critical_enter_as_owner(t, CRITICAL_LOCK(l)))) return list_append_common(t, l, owned);
  int64_t n = list_length(l);
  ListArray *array = aptr_load_rlx(&l->array);
  bool room = array && n < array->capacity;
  if (likely(room)) {
    v_store_rel(&array->items[n], owned);            // pairs with the acquire load of the slot in list_get
    a64_store_rel(&l->length, (uint64_t)(n + 1));    // pairs with the acquire load of length
  }
  critical_leave_as_owner(t);
  return likely(room) ? 0 : list_append_common(t, l, owned);
}

#endif
