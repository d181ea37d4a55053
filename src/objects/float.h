// float: doubles, immediate for everyday magnitudes, boxed otherwise (NaN always: its identity matters).
#ifndef WEFT_OBJECTS_FLOAT_H
#define WEFT_OBJECTS_FLOAT_H

#include "objects/type.h"

typedef struct Float { Object ob; double value; } Float;
typedef struct Complex { Object ob; double real, imag; } Complex;

Value float_box(Thread *t, double d);           // the boxed form
static inline Value float_new(Thread *t, double d) {
  Value v;
  return likely(v_try_flo(d, &v)) ? v : float_box(t, d);
}
static inline bool v_is_float(Value v) { return v_is_flo(v) || (v_is_ptr(v) && object_type(v_obj(v))->flags & TYPE_FLOAT); }
static inline bool v_is_float_exact(Value v) { return v_is_flo(v) || v_is_exact(v, SHAPE_FLOAT); }
static inline double float_value(Value v) { return v_is_flo(v) ? v_flo(v) : ((Float *)v_obj(v))->value; }
Value float_from_str(Thread *t, Value str_or_bytes);      // ValueError "could not convert string to float: %R"
Value float_repr(Thread *t, Value v);
// Shortest digits that round-trip (code 'r'), or as printf's e f g with precision; flags as CPython's Py_DTSF_*: 1 sign, 2 add ".0", 4 alt.
char *double_to_string(double d, char code, int precision, int flags);  // malloc'd; NULL: no memory
double double_from_string(const char *s, size_t n, const char **end);   // correctly rounded, no locale; end == s: nothing parsed
int64_t double_hash(double d, const void *object /* NaN hashes by identity */);
Value float_floor_divide(Thread *t, Value a, Value b);    // operands int or float, as the operators take them (or NotImplemented)
Value float_remainder(Thread *t, Value a, Value b);
Value float_power(Thread *t, double a, double b);         // ZeroDivisionError, complex result for negative base
Value complex_power(Thread *t, double xr, double xi, double yr, double yi);
bool complex_init(Thread *t);
Value complex_new(Thread *t, double real, double imag);
bool float_init(Thread *t);

#endif
