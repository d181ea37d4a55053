// float: doubles, immediate for everyday magnitudes, boxed otherwise (NaN always: its identity matters).
#ifndef WEFT_OBJECTS_FLOAT_H
#define WEFT_OBJECTS_FLOAT_H

#include "objects/type.h"

typedef struct Float { Object ob; double value; } Float;

Value float_box(Thread *t, double d);           // the boxed form
static inline Value float_new(Thread *t, double d) {
  Value v;
  return likely(v_try_flo(d, &v)) ? v : float_box(t, d);
}
static inline bool v_is_float(Value v) { return v_is_flo(v) || (v_is_ptr(v) && object_type(v_obj(v))->flags & TYPE_FLOAT); }
static inline bool v_is_float_exact(Value v) { return v_is_flo(v) || v_is_exact(v, SHAPE_FLOAT); }
static inline double float_value(Value v) { return v_is_flo(v) ? v_flo(v) : ((Float *)v_obj(v))->value; }
int64_t double_hash(double d, const void *object /* NaN hashes by identity */);

#endif
