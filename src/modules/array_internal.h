// Arrays inside: their state, and what the files of the module array do for each other.
//
// Locking: length, capacity, data and exports change under the object's lock only, and items are read under it. Values are packed before the
// lock is taken, for that may run Python code. While a buffer is exported the data neither moves nor changes its length.
#ifndef WEFT_MODULES_ARRAY_INTERNAL_H
#define WEFT_MODULES_ARRAY_INTERNAL_H

#include "modules/array_items.h"
#include "objects/text_native.h"

typedef struct Array {
  Object ob;
  const ArrayCode *code;       // constant
  int64_t length, capacity;    // items
  char *data;                  // NULL while nothing was ever in it
  int64_t exports;
} Array;

extern Type type_array, type_arrayiterator;
static inline Array *v_array(Value v) { return (Array *)v_obj(v); }
static inline bool v_is_array(Value v) { return v_is_ptr(v) && type_is_subtype(v_type(v), &type_array); }

// --- Memory and items (array_core.c) ------------------------------------------------------------------------------------------------

// Why a change under the lock failed; the error is raised after the lock is released.
typedef enum { ARRAY_CHANGE_OK, ARRAY_CHANGE_NO_MEMORY, ARRAY_CHANGE_EXPORTED, ARRAY_CHANGE_RANGE, ARRAY_CHANGE_EMPTY } ArrayChange;
// Raises what has failed: 0 (nothing), or -1.
int array_change_raise(Thread *t, ArrayChange change, const char *range_message);
// Under the lock: another length; n items from p, which do not lie in the array itself, in the place of [start, end).
ArrayChange array_resize_locked(Thread *t, Array *a, int64_t length);
ArrayChange array_splice_locked(Thread *t, Array *a, int64_t start, int64_t end, const char *p, int64_t n);
// The same as the second, with the lock taken and the place clipped.
ArrayChange array_splice(Thread *t, Array *a, int64_t start, int64_t end, const char *p, int64_t n);
int64_t array_length_of(Thread *t, Array *a);

// A new array with n items copied from p (NULL: none yet, n is what there will be room for). Owned, as the others.
Value array_make(Thread *t, Type *type, const ArrayCode *code, const char *p, int64_t n);
// A new array of the base type with n items from start, by step; and with all items.
Value array_take(Thread *t, Array *a, int64_t start, int64_t step, int64_t n);
Value array_copy(Thread *t, Array *a);
void array_dealloc(Thread *t, Object *o);

// The item; V_NULL without an exception when there is none at i.
Value array_item_at(Thread *t, Array *a, int64_t i);
// The first index in [start, stop) whose item equals v; -1: none, -2: an exception.
int64_t array_find(Thread *t, Array *a, Value v, int64_t start, int64_t stop);

// At the end: n packed items, a value, what an iterable gives, the items of an array of the same code (perhaps a itself), bytes that are
// items, the characters of a str (code 'u'). 0, -1.
int array_append_items(Thread *t, Array *a, const char *p, int64_t n);
int array_append_value(Thread *t, Array *a, Value v);
int array_extend_by_iterating(Thread *t, Array *a, Value iterable);
int array_extend_by_array(Thread *t, Array *a, Value other);
int array_extend_by_buffer(Thread *t, Array *a, Value bytes);
int array_extend_by_text(Thread *t, Array *a, Value text);

// --- Slots (array_sequence.c, array_iterator.c, array_convert.c) --------------------------------------------------------------------

int64_t array_length(Thread *t, Value self);
Value array_item(Thread *t, Value self, int64_t i);
Value array_getitem(Thread *t, Value self, Value key);
int array_setitem(Thread *t, Value self, Value key, Value value);
int array_contains(Thread *t, Value self, Value item);
Value array_concat(Thread *t, Value self, Value other);
Value array_iconcat(Thread *t, Value self, Value other);
Value array_repeat(Thread *t, Value self, int64_t n);
Value array_irepeat(Thread *t, Value self, int64_t n);
Value array_compare(Thread *t, Value a, Value b, int op);
Value array_iter(Thread *t, Value self);
Value array_repr(Thread *t, Value self);

// --- Methods ------------------------------------------------------------------------------------------------------------------------

extern const NativeDef array_methods[];   // array_methods.c
// obj.name(arg)
Value array_call_method(Thread *t, Value obj, const char *name, Value arg);
// What array_convert.c has for them.
NATIVE(array_tolist);
NATIVE(array_fromlist);
NATIVE(array_tobytes);
NATIVE(array_frombytes);
NATIVE(array_tounicode);
NATIVE(array_fromunicode);
NATIVE(array_tofile);
NATIVE(array_fromfile);
NATIVE(array_reduce_ex);

bool array_iterator_init(Thread *t);

#endif
