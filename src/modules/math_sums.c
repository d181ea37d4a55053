// Sums, products and norms that lose no precision.
//
// fsum keeps the running sum as floats that do not overlap (Shewchuk 1997), so nothing is lost before the one rounding at the end. Norms add
// the squares in quadruple precision and correct the square root once.
#include <math.h>

#include "gc/heap.h"
#include "modules/math.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"

// --- fsum -----------------------------------------------------------------------------------------------------------------------------------

typedef struct Partials {
  double *items;      // increasing magnitude, no two overlapping
  int64_t count, capacity;
  double specials, infinities;   // sums of the NaNs and infinities
  double small[32];
} Partials;

static bool partials_add(Thread *t, Partials *p, double x) {
  double original = x;
  int64_t kept = 0;
  for (int64_t i = 0; i < p->count; i++) {
    double y = p->items[i];
    if (fabs(x) < fabs(y)) {
      double swap = x;
      x = y;
      y = swap;
    }
    // The error of hi = x + y is exactly lo.
    volatile double hi = x + y, back = hi - x;
    double lo = y - back;
    if (lo != 0) p->items[kept++] = lo;
    x = hi;
  }
  p->count = kept;
  if (x == 0) return true;
  if (!isfinite(x)) {
    if (isfinite(original)) {
      raise_overflow(t, "intermediate overflow in fsum");
      return false;
    }
    if (isinf(original)) p->infinities += original;
    p->specials += original;
    p->count = 0;
    return true;
  }
  if (kept == p->capacity) {
    double *items = p->items == p->small ? heap_alloc(t, sizeof(double) * 2 * (size_t)p->capacity) : heap_realloc(t, p->items, sizeof(double) * 2 * (size_t)p->capacity);
    if (!items) {
      raise_no_memory(t);
      return false;
    }
    if (p->items == p->small) memcpy(items, p->small, sizeof p->small);
    p->items = items;
    p->capacity *= 2;
  }
  p->items[p->count++] = x;
  return true;
}

// The partials' sum, rounded once, half to even.
static double partials_round(const Partials *p) {
  int64_t n = p->count;
  if (n == 0) return 0;
  volatile double hi = p->items[--n], lo = 0;
  while (n > 0) {
    double x = hi, y = p->items[--n];
    hi = x + y;
    volatile double back = hi - x;
    lo = y - back;
    if (lo != 0) break;
  }
  // Exactly half way: the remaining partials decide, by their sign.
  if (n > 0 && ((lo < 0 && p->items[n - 1] < 0) || (lo > 0 && p->items[n - 1] > 0))) {
    double y = lo * 2;
    volatile double x = hi + y, back = x - hi;
    if (y == back) hi = x;
  }
  return hi;
}

MATH(fsum) {
  MATH_UNUSED;
  Value it = object_iter(t, args[0]), item;
  if (v_is_null(it)) return V_NULL;
  Partials p = {.capacity = sizeof p.small / sizeof *p.small};
  p.items = p.small;
  bool ok = true;
  while (ok && !v_is_null(item = object_iternext(t, it))) {
    double x;
    ok = math_as_double(t, item, &x) && partials_add(t, &p, x);
    v_drop(t, item);
  }
  v_drop(t, it);
  Value r = V_NULL;
  if (!ok || error_pending(t)) r = V_NULL;
  else if (p.specials == 0) r = float_new(t, partials_round(&p));
  else if (isnan(p.infinities)) raise_value_error(t, "-inf + inf in fsum");
  else r = float_new(t, p.specials);
  if (p.items != p.small) heap_free(t, p.items);
  return r;
}

MATH(prod) {
  MATH_UNUSED;
  Value it = object_iter(t, args[0]), item;
  if (v_is_null(it)) return V_NULL;
  Value r = v_is_absent(args[1]) ? v_from_smi(1) : v_own(t, args[1]);
  while (!v_is_null(r) && !v_is_null(item = object_iternext(t, it))) {
    Value next = number_binary(t, r, item, OP_MULTIPLY);
    v_drop(t, item);
    v_drop(t, r);
    r = next;
  }
  v_drop(t, it);
  if (!v_is_null(r) && error_pending(t)) {
    v_drop(t, r);
    return V_NULL;
  }
  return r;
}

// --- Norms ------------------------------------------------------------------------------------------------------------------------------------

// The root of the sum of squares; the items are magnitudes.
static double norm(const double *x, int64_t n, double largest, bool has_nan) {
  if (isinf(largest)) return largest;
  if (has_nan) return NAN;
  if (largest == 0 || n <= 1) return largest;
  int exponent;
  frexp(largest, &exponent);
  __float128 sum = 0;
  for (int64_t i = 0; i < n; i++) {
    __float128 y = ldexp(x[i], -exponent < 1000 ? -exponent : 1000);
    if (-exponent > 1000) y *= (__float128)ldexp(1, -exponent - 1000);
    sum += y * y;
  }
  double root = sqrt((double)sum);
  __float128 rest = sum - (__float128)root * root;
  double scaled = (double)((__float128)root + rest / (2 * (__float128)root));
  return ldexp(scaled, exponent);
}

typedef struct Vector { double *items, small[16]; double largest; bool has_nan; } Vector;
static bool vector_init(Thread *t, Vector *v, int64_t n) {
  v->items = n <= 16 ? v->small : heap_alloc(t, (size_t)n * sizeof(double));
  v->largest = 0;
  v->has_nan = false;
  if (!v->items) raise_no_memory(t);
  return v->items;
}
static void vector_free(Thread *t, Vector *v) {
  if (v->items != v->small) heap_free(t, v->items);
}
static void vector_set(Vector *v, int64_t i, double x) {
  x = fabs(x);
  v->items[i] = x;
  if (isnan(x)) v->has_nan = true;
  else if (x > v->largest) v->largest = x;
}

MATH(hypot) {
  MATH_UNUSED;
  Tuple *a = v_tuple(args[0]);
  Vector v;
  if (!vector_init(t, &v, a->length)) return V_NULL;
  bool ok = true;
  for (int64_t i = 0; ok && i < a->length; i++) {
    double x;
    ok = math_as_double(t, a->items[i], &x);
    if (ok) vector_set(&v, i, x);
  }
  Value r = ok ? float_new(t, norm(v.items, a->length, v.largest, v.has_nan)) : V_NULL;
  vector_free(t, &v);
  return r;
}

static Value as_tuple(Thread *t, Value v) { return v_is_tuple(v) ? v_own(t, v) : object_to_tuple(t, v); }

MATH(dist) {
  MATH_UNUSED;
  Value p = as_tuple(t, args[0]), q = v_is_null(p) ? V_NULL : as_tuple(t, args[1]), r = V_NULL;
  Vector v;
  if (!v_is_null(q)) {
    int64_t n = v_tuple(p)->length;
    if (n != v_tuple(q)->length) {
      raise_value_error(t, "both points must have the same number of dimensions");
    } else if (vector_init(t, &v, n)) {
      bool ok = true;
      for (int64_t i = 0; ok && i < n; i++) {
        double x, y;
        ok = math_as_double(t, v_tuple(p)->items[i], &x) && math_as_double(t, v_tuple(q)->items[i], &y);
        if (ok) vector_set(&v, i, x - y);
      }
      if (ok) r = float_new(t, norm(v.items, n, v.largest, v.has_nan));
      vector_free(t, &v);
    }
  }
  v_drop(t, p);
  v_drop(t, q);
  return r;
}
