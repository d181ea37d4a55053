// Equality that can run no Python code and raise no error, for use under an object's lock.
#ifndef WEFT_OBJECTS_PURE_EQUAL_H
#define WEFT_OBJECTS_PURE_EQUAL_H

#include "objects/str.h"

enum { PURE_NO, PURE_STR, PURE_NUMBER, PURE_BYTES, PURE_TUPLE };
enum { PURE_UNKNOWN = -4 };

// What kind of equality v's exact type has; PURE_NO: one of its own.
static inline int pure_class(Value v) {
  if (!v_is_ptr(v)) return PURE_NUMBER;
  switch (object_shape(v_obj(v))) {
    case SHAPE_STR: return PURE_STR;
    case SHAPE_INT:
    case SHAPE_BOOL:
    case SHAPE_FLOAT: return PURE_NUMBER;
    case SHAPE_BYTES: return PURE_BYTES;
    case SHAPE_TUPLE: return PURE_TUPLE;
    default: return PURE_NO;
  }
}

// 1 equal or identical, 0 not, PURE_UNKNOWN: only object_compare_bool can tell. Both are alive (counted, or their container's lock is held).
int pure_equal_slow(Thread *t, Value a, Value b, int depth);
static inline int pure_equal(Thread *t, Value a, Value b) {
  if (v_is(a, b)) return 1;
  if (v_is_str_exact(a) && v_is_str_exact(b)) return str_equal(v_str(a), v_str(b));
  return pure_equal_slow(t, a, b, 4);
}

#endif
