// range: an immutable arithmetic progression of ints of any size, and its iterators.
//
// Iterators keep machine integers when all values are small; such an iterator's fields are relaxed atomics, so that threads sharing one
// may see a value twice but never anything else.
#ifndef WEFT_OBJECTS_RANGE_H
#define WEFT_OBJECTS_RANGE_H

#include "objects/type.h"

typedef struct Range {
  Object ob;
  Value start, stop, step, length;   // exact ints, owned
} Range;

typedef struct RangeIterator {       // every value to come is a small int
  Object ob;
  a64 next;                          // int64_t: the value to give next
  a64 left;                          // values still to give
  int64_t start, step;               // constant
} RangeIterator;

static inline bool v_is_range(Value v) { return v_is_exact(v, SHAPE_RANGE); }
static inline Range *v_range(Value v) { return (Range *)v_obj(v); }
Value range_new(Thread *t, Value start, Value stop, Value step);  // ints; ValueError when step is 0
// iter(range(*args)) without the range, where n is 1 to 3, all are small ints and the step is not 0. V_NULL: not so, or MemoryError.
Value range_small_iterator(Thread *t, const Value *args, size_t n);
// The next value, or V_NULL without an exception.
static inline Value range_iterator_next(RangeIterator *r) {
  uint64_t left = a64_load_rlx(&r->left);
  if (left == 0) return V_NULL;
  int64_t value = (int64_t)a64_load_rlx(&r->next);
  a64_store_rlx(&r->left, left - 1);
  a64_store_rlx(&r->next, (uint64_t)(value + r->step));
  return v_from_smi(value);
}
bool range_init(Thread *t);

#endif
