// float: the boxed form, and the hash of a double. Arithmetic and methods are in float_type.c.
#include "objects/float.h"

#include <math.h>

#include "objects/error_state.h"

Value float_box(Thread *t, double d) {
  Float *f = (Float *)heap_new_object(t, SHAPE_FLOAT, sizeof(Float));
  if (!f) return raise_no_memory(t);
  f->value = d;
  return v_from_obj(f);
}

int64_t double_hash(double d, const void *object) {
  const uint64_t modulus = ((uint64_t)1 << 61) - 1;
  if (isinf(d)) return d > 0 ? 314159 : -314159;
  if (isnan(d)) {
    uint64_t p = (uint64_t)(uintptr_t)object;
    int64_t h = (int64_t)(p >> 4 | p << 60);
    return h == -1 ? -2 : h;
  }
  int exponent;
  double m = frexp(fabs(d), &exponent);
  uint64_t h = 0;
  // 28 bits of the mantissa at a time, rotating in the ring modulo 2^61 - 1.
  while (m != 0.0) {
    h = (h << 28 & modulus) | h >> 33;
    m *= 268435456.0;
    exponent -= 28;
    uint64_t part = (uint64_t)m;
    m -= (double)part;
    h += part;
    if (h >= modulus) h -= modulus;
  }
  exponent = exponent >= 0 ? exponent % 61 : 60 - (-1 - exponent) % 61;
  h = (h << exponent & modulus) | h >> (61 - exponent);
  int64_t r = d < 0 ? -(int64_t)h : (int64_t)h;
  return r == -1 ? -2 : r;
}
