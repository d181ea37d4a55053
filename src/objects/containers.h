// What the container types share among themselves.
#ifndef WEFT_OBJECTS_CONTAINERS_H
#define WEFT_OBJECTS_CONTAINERS_H

#include "objects/type.h"

// a op b for two numbers that stand for an order or two lengths.
static inline bool container_compare_lengths(int64_t a, int64_t b, int op) {
  switch (op) {
    case CMP_LT: return a < b;
    case CMP_LE: return a <= b;
    case CMP_EQ: return a == b;
    case CMP_NE: return a != b;
    case CMP_GT: return a > b;
    default: return a >= b;
  }
}

// What __reduce__ of an iterator gives: (iter, (what is left of it,)). maker: the builtin iter, which the caller has looked up first, for that may
// run Python code; copy: a copy of the iterator, which is read to its end; None: nothing is left; V_NULL: an exception is pending.
Value container_iterator_reduced(Thread *t, Value maker_stolen, Value copy_stolen);
// slots.iter of iterators: the object itself.
Value container_self(Thread *t, Value self);

#endif
