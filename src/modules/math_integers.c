// Integer functions of math, on GMP. Long computations run detached: they touch no objects.
#include <math.h>

#include "gc/heap.h"
#include "modules/math.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/int_gmp.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"

// Results beyond this many bits are refused before GMP, which would abort, finds that there is no memory.
static const double most_bits = 0x1p36;

// A computation for gmp_run: z := f(big, count).
typedef struct Work {
  mpz_t z;
  IntView big;
  uint64_t count;
} Work;

static Value run(Thread *t, void (*compute)(void *arg), Work *w, bool long_work) {
  if (long_work) thread_detach(t);
  bool done = gmp_run(compute, w);
  if (long_work) thread_attach(t);
  if (!done) return raise_no_memory(t);
  Value r = int_from_limbs(t, mpz_limbs_read(w->z), (int64_t)mpz_size(w->z), mpz_sgn(w->z) < 0);
  mpz_clear(w->z);
  return r;
}

static void compute_factorial(void *arg) {
  Work *w = arg;
  mpz_init(w->z);
  mpz_fac_ui(w->z, w->count);
}

static Value factorial(Thread *t, Value v) {
  if (int_sign(v) < 0) return raise_value_error(t, "factorial() not defined for negative values");
  int64_t n;
  if (!int_as_i64(v, &n)) return raise_overflow(t, "factorial() argument should not exceed %ld", INT64_MAX);
  if (n > 20 && lgamma((double)n) / M_LN2 > most_bits) return raise_no_memory(t);
  Work w = {.count = (uint64_t)n};
  return run(t, compute_factorial, &w, n >= 1000);
}

MATH(factorial) {
  MATH_UNUSED;
  Value n = number_index(t, args[0]);
  if (v_is_null(n)) return V_NULL;
  Value r = factorial(t, n);
  v_drop(t, n);
  return r;
}

// n and k of perm and comb as ints, checked. 0, -1.
static int two_counts(Thread *t, const Value *args, Value *n, Value *k) {
  *k = V_NULL;
  *n = number_index(t, args[0]);
  if (v_is_null(*n)) return -1;
  *k = number_index(t, args[1]);
  if (!v_is_null(*k)) {
    if (int_sign(*n) < 0) raise_value_error(t, "n must be a non-negative integer");
    else if (int_sign(*k) < 0) raise_value_error(t, "k must be a non-negative integer");
    else return 0;
  }
  v_drop(t, *n);
  v_drop(t, *k);
  return -1;
}

static double log2_of(Value n) {
  int64_t exponent;
  double m = int_frexp(n, &exponent);
  return m > 0 ? log2(m) + (double)exponent : 0;
}

// z := n (n-1) ... (n-count+1), by halves, so that factors stay of like size.
static void falling(mpz_t z, const mpz_t n, uint64_t skip, uint64_t count) {
  if (count <= 8) {
    mpz_t factor;
    mpz_init(factor);
    mpz_set_ui(z, 1);
    for (uint64_t i = 0; i < count; i++) {
      mpz_sub_ui(factor, n, skip + i);
      mpz_mul(z, z, factor);
    }
    mpz_clear(factor);
    return;
  }
  mpz_t right;
  mpz_init(right);
  falling(z, n, skip, count / 2);
  falling(right, n, skip + count / 2, count - count / 2);
  mpz_mul(z, z, right);
  mpz_clear(right);
}

static void compute_perm(void *arg) {
  Work *w = arg;
  mpz_t big;
  mpz_init(w->z);
  falling(w->z, mpz_roinit_n(big, w->big.limbs, w->big.n), 0, w->count);
}

static void compute_comb(void *arg) {
  Work *w = arg;
  mpz_t big;
  mpz_init(w->z);
  mpz_bin_ui(w->z, mpz_roinit_n(big, w->big.limbs, w->big.n), w->count);
}

MATH(perm) {
  MATH_UNUSED;
  if (v_is_absent_or_none(args[1])) return math_factorial(t, self, args, 1, V_NULL);
  Value n, k, r = V_NULL;
  if (two_counts(t, args, &n, &k) < 0) return V_NULL;
  int64_t count;
  if (int_compare(n, k) < 0) {
    r = v_from_smi(0);
  } else if (!int_as_i64(k, &count)) {
    raise_overflow(t, "k must not exceed %ld", INT64_MAX);
  } else if ((double)count * log2_of(n) > 2 * most_bits) {
    raise_no_memory(t);
  } else {
    Work w = {.count = (uint64_t)count};
    int_view(&w.big, n);
    r = run(t, compute_perm, &w, count >= 64);
  }
  v_drop(t, n);
  v_drop(t, k);
  return r;
}

MATH(comb) {
  MATH_UNUSED;
  Value n, k, r = V_NULL;
  if (two_counts(t, args, &n, &k) < 0) return V_NULL;
  Value rest = int_subtract(t, n, k);
  int64_t count;
  if (v_is_null(rest)) {
    r = V_NULL;
  } else if (int_sign(rest) < 0) {
    r = v_from_smi(0);
  } else if (!int_as_i64(int_compare(rest, k) < 0 ? rest : k, &count)) {
    raise_overflow(t, "min(n - k, k) must not exceed %ld", INT64_MAX);
  } else if ((double)count * (log2_of(n) - log2((double)count + 1) + 2) > 2 * most_bits) {
    raise_no_memory(t);
  } else {
    Work w = {.count = (uint64_t)count};
    int_view(&w.big, n);
    r = run(t, compute_comb, &w, count >= 64);
  }
  v_drop(t, rest);
  v_drop(t, n);
  v_drop(t, k);
  return r;
}

typedef struct RootWork {
  mp_limb_t *root;
  const IntView *n;
} RootWork;

static void compute_root(void *arg) {
  const RootWork *w = arg;
  mpn_sqrtrem(w->root, NULL, w->n->limbs, w->n->n);
}

MATH(isqrt) {
  MATH_UNUSED;
  Value n = number_index(t, args[0]);
  if (v_is_null(n)) return V_NULL;
  if (int_sign(n) < 0) {
    v_drop(t, n);
    return raise_value_error(t, "isqrt() argument must be nonnegative");
  }
  IntView view;
  int_view(&view, n);
  if (view.n == 0) {
    v_drop(t, n);
    return v_from_smi(0);
  }
  int64_t limbs = (view.n + 1) / 2;
  mp_limb_t *root = heap_alloc(t, (size_t)limbs * sizeof *root);
  Value r;
  if (!root) {
    r = raise_no_memory(t);
  } else {
    bool done = gmp_run(compute_root, &(RootWork){root, &view});
    r = done ? int_from_limbs(t, root, limbs, false) : raise_no_memory(t);
    heap_free(t, root);
  }
  v_drop(t, n);
  return r;
}

// Least common multiple of two ints.
static Value lcm2(Thread *t, Value a, Value b) {
  if (int_sign(a) == 0 || int_sign(b) == 0) return v_from_smi(0);
  Value divisor = int_gcd(t, a, b);
  Value part = v_is_null(divisor) ? V_NULL : int_floor_divide(t, a, divisor);
  Value product = v_is_null(part) ? V_NULL : int_multiply(t, part, b);
  Value r = v_is_null(product) ? V_NULL : int_absolute(t, product);
  v_drop(t, divisor);
  v_drop(t, part);
  v_drop(t, product);
  return r;
}

// Folds the arguments, beginning with what changes nothing.
static Value fold(Thread *t, Value integers, int64_t start, Value (*f)(Thread *t, Value a, Value b)) {
  Value r = v_from_smi(start);
  for (int64_t i = 0; i < v_tuple(integers)->length; i++) {
    Value n = number_index(t, v_tuple(integers)->items[i]);
    Value next = v_is_null(n) ? V_NULL : f(t, r, n);
    v_drop(t, n);
    v_drop(t, r);
    if (v_is_null(next)) return V_NULL;
    r = next;
  }
  return r;
}
MATH(gcd) { MATH_UNUSED; return fold(t, args[0], 0, int_gcd); }
MATH(lcm) { MATH_UNUSED; return fold(t, args[0], 1, lcm2); }
