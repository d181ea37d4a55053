// int: arithmetic on immediates and on GMP limbs, comparison, hashing and conversion to C numbers.
#include "objects/int.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "objects/error.h"
#include "objects/float.h"
#include "objects/int_gmp.h"
#include "objects/object.h"
#include "objects/tuple.h"

// --- Making -------------------------------------------------------------------------------------------------------------------------

static Value int_from_i128(Thread *t, __int128 x) {
  if (x >= SMI_MIN && x <= SMI_MAX) return v_from_smi((int64_t)x);
  unsigned __int128 m = x < 0 ? 0 - (unsigned __int128)x : (unsigned __int128)x;
  mp_limb_t limbs[2] = {(mp_limb_t)m, (mp_limb_t)(m >> 64)};
  return int_from_limbs(t, limbs, 2, x < 0);
}

Value int_from_double(Thread *t, double d) {
  if (isinf(d)) return raise_overflow(t, "cannot convert float infinity to integer");
  if (isnan(d)) return raise_value_error(t, "cannot convert float NaN to integer");
  if (d > -0x1p61 && d < 0x1p61) return v_from_smi((int64_t)d);
  int exponent;
  double m = frexp(fabs(d), &exponent);  // 0.5 <= m < 1, exponent > 61
  uint64_t bits = (uint64_t)ldexp(m, 64);
  int shift = exponent - 64;
  if (shift <= 0) {
    mp_limb_t limb = bits >> -shift;
    return int_from_limbs(t, &limb, 1, d < 0);
  }
  int64_t n = shift / 64 + 2;
  Int *o = int_alloc(t, n);
  if (!o) return V_NULL;
  memset(o->limbs, 0, (size_t)n * sizeof(mp_limb_t));
  o->limbs[shift / 64] = bits << shift % 64;
  if (shift % 64) o->limbs[shift / 64 + 1] = bits >> (64 - shift % 64);
  return int_finish(t, o, n, d < 0);
}

// --- As C numbers -------------------------------------------------------------------------------------------------------------------

int int_as_i64(Value v, int64_t *out) {
  if (v_is_smi(v)) {
    *out = v_smi(v);
    return 1;
  }
  IntView a;
  int_view(&a, v);
  mp_limb_t m = a.n ? a.limbs[0] : 0;
  if (a.n > 1 || m > (mp_limb_t)INT64_MAX + a.negative) return 0;
  *out = a.negative ? (int64_t)(0 - m) : (int64_t)m;
  return 1;
}

int int_as_u64(Value v, uint64_t *out) {
  IntView a;
  int_view(&a, v);
  if (a.n > 1 || (a.negative && a.n)) return 0;
  *out = a.n ? a.limbs[0] : 0;
  return 1;
}

int int_sign(Value v) {
  IntView a;
  int_view(&a, v);
  return a.n == 0 ? 0 : a.negative ? -1 : 1;
}

uint64_t int_bit_length(Value v) {
  IntView a;
  int_view(&a, v);
  return a.n ? (uint64_t)a.n * 64 - (uint64_t)__builtin_clzll(a.limbs[a.n - 1]) : 0;
}

// The magnitude's top 64 bits with everything below folded into the lowest one (sticky), and how far they were shifted right.
static uint64_t top_bits(const IntView *a, int64_t *shift) {
  int lead = __builtin_clzll(a->limbs[a->n - 1]);
  uint64_t top = a->limbs[a->n - 1] << lead;
  bool sticky = false;
  if (a->n > 1) {
    if (lead) top |= a->limbs[a->n - 2] >> (64 - lead);
    sticky = lead ? a->limbs[a->n - 2] << lead : a->limbs[a->n - 2];
    for (int64_t i = a->n - 3; i >= 0 && !sticky; i--) sticky = a->limbs[i];
  }
  *shift = (a->n - 1) * 64 - lead;
  return top | sticky;
}

// 64 bits, the lowest sticky, rounded half to even to 53: exact in a double.
static double round_top(uint64_t top) {
  uint64_t kept = top >> 11, rest = top & 0x7FF;
  if (rest > 0x400 || (rest == 0x400 && (kept & 1))) kept++;
  return ldexp((double)kept, 11 - 64);  // in [0.5, 1]
}

double int_frexp(Value v, int64_t *exponent) {
  IntView a;
  int_view(&a, v);
  *exponent = 0;
  if (a.n == 0) return 0.0;
  int64_t shift;
  double m = round_top(top_bits(&a, &shift));
  *exponent = shift + 64;
  if (m == 1.0) {
    m = 0.5;
    ++*exponent;
  }
  return a.negative ? -m : m;
}

double int_as_double(Thread *t, Value v) {
  if (v_is_smi(v)) return (double)v_smi(v);
  int64_t exponent;
  double m = int_frexp(v, &exponent);
  if (exponent > 1024) {
    raise_overflow(t, "int too large to convert to float");
    return -1.0;
  }
  return ldexp(m, (int)exponent);
}

// --- Comparing and hashing ------------------------------------------------------------------------------------------------------------

int int_compare(Value x, Value y) {
  if (v_are_smi(x, y)) return v_smi(x) < v_smi(y) ? -1 : v_smi(x) > v_smi(y);
  IntView a, b;
  int_view(&a, x);
  int_view(&b, y);
  bool an = a.negative && a.n, bn = b.negative && b.n;
  if (an != bn) return an ? -1 : 1;
  int c = a.n != b.n ? (a.n < b.n ? -1 : 1) : a.n ? mpn_cmp(a.limbs, b.limbs, a.n) : 0;
  c = c < 0 ? -1 : c > 0;
  return an ? -c : c;
}

#define HASH_MODULUS (((uint64_t)1 << 61) - 1)

int64_t int_hash(Value v) {
  IntView a;
  int_view(&a, v);
  uint64_t h = 0;
  // Horner's rule from the top: 2^64 = 8 modulo 2^61 - 1.
  for (int64_t i = a.n - 1; i >= 0; i--) {
    unsigned __int128 x = (unsigned __int128)h * 8 + a.limbs[i];
    h = (uint64_t)(x % HASH_MODULUS);
  }
  int64_t r = a.negative ? -(int64_t)h : (int64_t)h;
  return r == -1 ? -2 : r;
}

// --- Addition and multiplication ------------------------------------------------------------------------------------------------------

static Value add_magnitudes(Thread *t, const IntView *a, const IntView *b, bool negative) {
  if (a->n < b->n) {
    const IntView *swap = a;
    a = b;
    b = swap;
  }
  Int *o = int_alloc(t, a->n + 1);
  if (!o) return V_NULL;
  if (b->n) {
    o->limbs[a->n] = mpn_add(o->limbs, a->limbs, a->n, b->limbs, b->n);
  } else {
    memcpy(o->limbs, a->limbs, (size_t)a->n * sizeof(mp_limb_t));
    o->limbs[a->n] = 0;
  }
  return int_finish(t, o, a->n + 1, negative);
}

static Value subtract_magnitudes(Thread *t, const IntView *a, const IntView *b, bool negative) {
  int c = a->n != b->n ? (a->n < b->n ? -1 : 1) : a->n ? mpn_cmp(a->limbs, b->limbs, a->n) : 0;
  if (c == 0) return v_from_smi(0);
  if (c < 0) {
    const IntView *swap = a;
    a = b;
    b = swap;
    negative = !negative;
  }
  Int *o = int_alloc(t, a->n);
  if (!o) return V_NULL;
  if (b->n) mpn_sub(o->limbs, a->limbs, a->n, b->limbs, b->n);
  else memcpy(o->limbs, a->limbs, (size_t)a->n * sizeof(mp_limb_t));
  return int_finish(t, o, a->n, negative);
}

static Value add_signed(Thread *t, Value x, Value y, bool negate_y) {
  IntView a, b;
  int_view(&a, x);
  int_view(&b, y);
  b.negative ^= negate_y;
  if (a.negative == b.negative) return add_magnitudes(t, &a, &b, a.negative);
  return subtract_magnitudes(t, &a, &b, a.negative);
}

Value int_add(Thread *t, Value a, Value b) {
  if (v_are_smi(a, b)) return int_from_i64(t, v_smi(a) + v_smi(b));
  return add_signed(t, a, b, false);
}

Value int_subtract(Thread *t, Value a, Value b) {
  if (v_are_smi(a, b)) return int_from_i64(t, v_smi(a) - v_smi(b));
  return add_signed(t, a, b, true);
}

// Work for gmp_run, on limbs.
typedef struct LimbWork {
  mp_limb_t *out, *rest;
  const IntView *a, *b;
} LimbWork;

static void multiply_limbs(void *arg) {
  const LimbWork *w = arg;
  const IntView *a = w->a, *b = w->b;
  if (a->limbs == b->limbs && a->n == b->n) mpn_sqr(w->out, a->limbs, a->n);
  else mpn_mul(w->out, a->limbs, a->n, b->limbs, b->n);
}

static void divide_limbs(void *arg) {
  const LimbWork *w = arg;
  mpn_tdiv_qr(w->out, w->rest, 0, w->a->limbs, w->a->n, w->b->limbs, w->b->n);
}

// False: no memory.
static bool run_limb_work(Thread *t, void (*work)(void *arg), LimbWork w, bool long_work) {
  if (long_work) thread_detach(t);
  bool done = gmp_run(work, &w);
  if (long_work) thread_attach(t);
  return done;
}

// GMP takes memory of its own only for operands that are longer than this.
enum { NO_SCRATCH = 16 };

Value int_multiply(Thread *t, Value x, Value y) {
  if (v_are_smi(x, y)) return int_from_i128(t, (__int128)v_smi(x) * v_smi(y));
  IntView a, b;
  int_view(&a, x);
  int_view(&b, y);
  if (a.n == 0 || b.n == 0) return v_from_smi(0);
  if (a.n < b.n) {  // mpn_mul wants the longer one first
    int_view(&a, y);
    int_view(&b, x);
  }
  Int *o = int_alloc(t, a.n + b.n);
  if (!o) return V_NULL;
  LimbWork work = {o->limbs, NULL, &a, &b};
  if (b.n <= NO_SCRATCH) {
    multiply_limbs(&work);
  } else if (!run_limb_work(t, multiply_limbs, work, b.n > 400)) {  // > 400: some hundred microseconds, let others run (operands are immutable)
    heap_free_object(t, &o->ob);
    return raise_no_memory(t);
  }
  return int_finish(t, o, a.n + b.n, a.negative != b.negative);
}

// --- Division -------------------------------------------------------------------------------------------------------------------------

static Value zero_division(Thread *t, const char *message) { return raise_error(t, &exc_ZeroDivisionError, "%s", message); }

// Floored division of big operands; either result may be NULL (not wanted).
static int divide(Thread *t, Value x, Value y, Value *quotient, Value *remainder) {
  IntView a, b;
  int_view(&a, x);
  int_view(&b, y);
  bool differ = a.negative != b.negative;
  if (a.n < b.n) {
    // |x| < |y|: quotient 0 or -1.
    bool round = a.n && differ;
    if (quotient) *quotient = v_from_smi(round ? -1 : 0);
    if (remainder) {
      *remainder = round ? int_add(t, x, y) : int_canonical(t, x);
      if (v_is_null(*remainder)) return -1;
    }
    return 0;
  }
  Int *q = int_alloc(t, a.n - b.n + 2), *r = q ? int_alloc(t, b.n + 1) : NULL;
  if (!r) {
    if (q) heap_free_object(t, &q->ob);
    return -1;
  }
  if (!run_limb_work(t, divide_limbs, (LimbWork){q->limbs, r->limbs, &a, &b}, a.n - b.n > 300 && b.n > 300)) {
    heap_free_object(t, &q->ob);
    heap_free_object(t, &r->ob);
    raise_no_memory(t);
    return -1;
  }
  q->limbs[a.n - b.n + 1] = 0;
  bool inexact = !mpn_zero_p(r->limbs, b.n);
  if (differ && inexact) {
    mpn_add_1(q->limbs, q->limbs, a.n - b.n + 2, 1);
    mpn_sub_n(r->limbs, b.limbs, r->limbs, b.n);
  }
  // The remainder takes the divisor's sign.
  if (quotient) *quotient = int_finish(t, q, a.n - b.n + 2, differ);
  else heap_free_object(t, &q->ob);
  if (remainder) *remainder = int_finish(t, r, b.n, b.negative);
  else heap_free_object(t, &r->ob);
  return 0;
}

static int64_t smi_floor_divide(int64_t a, int64_t b) {
  int64_t q = a / b;
  return q - (a % b != 0 && (a < 0) != (b < 0));
}

Value int_floor_divide(Thread *t, Value a, Value b) {
  if (int_sign(b) == 0) return zero_division(t, "integer division or modulo by zero");
  if (v_are_smi(a, b)) return int_from_i64(t, smi_floor_divide(v_smi(a), v_smi(b)));
  Value q;
  return divide(t, a, b, &q, NULL) < 0 ? V_NULL : q;
}

Value int_remainder(Thread *t, Value a, Value b) {
  if (int_sign(b) == 0) return zero_division(t, "integer modulo by zero");
  if (v_are_smi(a, b)) {
    int64_t r = v_smi(a) % v_smi(b);
    if (r && (r < 0) != (v_smi(b) < 0)) r += v_smi(b);
    return v_from_smi(r);
  }
  Value r;
  return divide(t, a, b, NULL, &r) < 0 ? V_NULL : r;
}

Value int_divmod(Thread *t, Value a, Value b) {
  if (int_sign(b) == 0) return zero_division(t, "integer division or modulo by zero");
  Value q, r;
  if (v_are_smi(a, b)) {
    int64_t quotient = smi_floor_divide(v_smi(a), v_smi(b));
    q = int_from_i64(t, quotient);
    r = v_from_smi(v_smi(a) - quotient * v_smi(b));
  } else if (divide(t, a, b, &q, &r) < 0) {
    return V_NULL;
  }
  return tuple_from_stolen(t, (Value[]){q, r}, 2);
}

// x / y correctly rounded, for operands that a double does not hold exactly: a quotient of at least 65 bits, its lowest bit sticky.
static Value true_divide_big(Thread *t, Value x, Value y) {
  if (int_sign(x) == 0) return float_new(t, int_sign(y) < 0 ? -0.0 : 0.0);
  int64_t shift = (int64_t)int_bit_length(y) - (int64_t)int_bit_length(x) + 66;
  bool negative = int_sign(x) * int_sign(y) < 0;
  Value a = int_absolute(t, x), b = int_absolute(t, y), result = V_NULL, q = V_NULL, r = V_NULL;
  if (!v_is_null(a) && !v_is_null(b)) {
    Value *scaled = shift >= 0 ? &a : &b;
    Value moved = int_lshift(t, *scaled, v_from_smi(shift >= 0 ? shift : -shift));
    v_drop(t, *scaled);
    *scaled = moved;
    if (!v_is_null(moved) && divide(t, a, b, &q, &r) == 0) {
      IntView view;
      int_view(&view, q);
      int64_t dropped;
      uint64_t top = top_bits(&view, &dropped) | (int_sign(r) != 0);
      int64_t exponent = dropped - shift + 64;
      if (exponent > 1024 + 1) {
        raise_overflow(t, "integer division result too large for a float");
      } else {
        double d;
        if (exponent < -1021) {
          // Subnormal: round once, to the bits that are left.
          int64_t lost = -1021 - exponent + 11;
          if (lost > 64) {
            d = 0.0;
          } else {
            uint64_t kept = lost == 64 ? 0 : top >> lost, half = (uint64_t)1 << (lost - 1), rest = lost == 64 ? top : top & ((half << 1) - 1);
            if (rest > half || (rest == half && (kept & 1))) kept++;
            d = ldexp((double)kept, (int)(exponent - 64 + lost));
          }
        } else {
          d = ldexp(round_top(top), (int)exponent);
        }
        if (isinf(d)) raise_overflow(t, "integer division result too large for a float");
        else result = float_new(t, negative ? -d : d);
      }
    }
  }
  v_drop(t, a);
  v_drop(t, b);
  v_drop(t, q);
  v_drop(t, r);
  return result;
}

Value int_true_divide(Thread *t, Value a, Value b) {
  if (int_sign(b) == 0) return zero_division(t, "division by zero");
  const int64_t exact = (int64_t)1 << 53;
  if (v_are_smi(a, b) && v_smi(a) <= exact && v_smi(a) >= -exact && v_smi(b) <= exact && v_smi(b) >= -exact)
    return float_new(t, (double)v_smi(a) / (double)v_smi(b));
  return true_divide_big(t, a, b);
}

// --- Powers ---------------------------------------------------------------------------------------------------------------------------

Value int_negative(Thread *t, Value a) {
  if (v_is_smi(a)) return int_from_i64(t, -v_smi(a));
  IntView v;
  int_view(&v, a);
  return int_from_limbs(t, v.limbs, v.n, !v.negative);
}

Value int_absolute(Thread *t, Value a) { return int_sign(a) < 0 ? int_negative(t, a) : int_canonical(t, a); }

static bool bit_at(const IntView *v, uint64_t i) { return v->limbs[i / 64] >> i % 64 & 1; }

// base ** exponent, exponent >= 0, left to right.
static Value power_plain(Thread *t, Value base, Value exponent) {
  IntView e;
  int_view(&e, exponent);
  if (e.n == 0) return v_from_smi(1);
  if (v_is_smi(base) && (v_smi(base) == 0 || v_smi(base) == 1)) return base;
  if (v_is_smi(base) && v_smi(base) == 2 && e.n == 1) return int_lshift(t, v_from_smi(1), exponent);
  Value acc = int_canonical(t, base);
  for (uint64_t i = int_bit_length(exponent) - 1; i-- > 0 && !v_is_null(acc);) {
    Value square = int_multiply(t, acc, acc);
    v_drop(t, acc);
    acc = square;
    if (!v_is_null(acc) && bit_at(&e, i)) {
      Value product = int_multiply(t, acc, base);
      v_drop(t, acc);
      acc = product;
    }
    if (!v_is_null(acc) && !v_is_smi(acc) && safepoint(t) < 0) {
      v_drop(t, acc);
      return V_NULL;
    }
  }
  return acc;
}

typedef struct PowerWork {
  mpz_t result;
  IntView base, exponent, mod;
  bool possible;   // a negative exponent needs an inverse
} PowerWork;

static void compute_power(void *arg) {
  PowerWork *w = arg;
  mpz_t b, e, m, inverse;
  mpz_roinit_n(b, w->base.limbs, w->base.negative ? -w->base.n : w->base.n);
  mpz_roinit_n(e, w->exponent.limbs, w->exponent.n);
  mpz_roinit_n(m, w->mod.limbs, w->mod.n);
  mpz_init(w->result);
  mpz_init(inverse);
  w->possible = !w->exponent.negative || mpz_invert(inverse, b, m) != 0;
  if (w->possible) mpz_powm(w->result, w->exponent.negative ? inverse : b, e, m);
  mpz_clear(inverse);
}

// base ** exponent % mod through mpz_powm; exponent >= 0 or base invertible.
static Value power_mod(Thread *t, Value base, Value exponent, Value mod) {
  PowerWork w;
  int_view(&w.base, base);
  int_view(&w.exponent, exponent);
  int_view(&w.mod, mod);
  bool long_work = w.mod.n > 16;
  if (long_work) thread_detach(t);
  bool done = gmp_run(compute_power, &w);
  if (long_work) thread_attach(t);
  if (!done) return raise_no_memory(t);
  Value result = V_NULL;
  if (w.possible) result = int_from_limbs(t, mpz_limbs_read(w.result), (int64_t)mpz_size(w.result), false);
  else raise_value_error(t, "base is not invertible for the given modulus");
  mpz_clear(w.result);
  if (!v_is_null(result) && w.mod.negative && int_sign(result)) {
    Value moved = int_add(t, result, mod);
    v_drop(t, result);
    result = moved;
  }
  return result;
}

Value int_power(Thread *t, Value a, Value b, Value mod) {
  if (!v_is_none(mod)) {
    if (!v_is_int(mod)) return V_NOT_IMPLEMENTED;
    int sign = int_sign(mod);
    if (sign == 0) return raise_value_error(t, "pow() 3rd argument cannot be 0");
    return power_mod(t, a, b, mod);
  }
  assert(int_sign(b) >= 0);
  return power_plain(t, a, b);
}

typedef struct GcdWork {
  mpz_t result;
  IntView a, b;
} GcdWork;

static void compute_gcd(void *arg) {
  GcdWork *w = arg;
  mpz_t a, b;
  mpz_init(w->result);
  mpz_gcd(w->result, mpz_roinit_n(a, w->a.limbs, w->a.n), mpz_roinit_n(b, w->b.limbs, w->b.n));
}

Value int_gcd(Thread *t, Value x, Value y) {
  if (v_are_smi(x, y)) {
    uint64_t a = (uint64_t)(v_smi(x) < 0 ? -v_smi(x) : v_smi(x)), b = (uint64_t)(v_smi(y) < 0 ? -v_smi(y) : v_smi(y));
    while (b) {
      uint64_t r = a % b;
      a = b;
      b = r;
    }
    return int_from_u64(t, a);
  }
  GcdWork w;
  int_view(&w.a, x);
  int_view(&w.b, y);
  if (!gmp_run(compute_gcd, &w)) return raise_no_memory(t);
  Value result = int_from_limbs(t, mpz_limbs_read(w.result), (int64_t)mpz_size(w.result), false);
  mpz_clear(w.result);
  return result;
}

// --- Bits -----------------------------------------------------------------------------------------------------------------------------

Value int_lshift(Thread *t, Value x, Value y) {
  if (int_sign(y) < 0) return raise_value_error(t, "negative shift count");
  if (int_sign(x) == 0) return v_from_smi(0);
  int64_t count;
  if (!int_as_i64(y, &count)) return raise_overflow(t, "too many digits in integer");
  if (v_is_smi(x) && count < 62) {
    int64_t shifted = (int64_t)((uint64_t)v_smi(x) << count);
    if (shifted >> count == v_smi(x) && smi_fits(shifted)) return v_from_smi(shifted);
  }
  IntView a;
  int_view(&a, x);
  int64_t words = count / 64;
  unsigned bits = (unsigned)(count % 64);
  Int *o = int_alloc(t, a.n + words + 1);
  if (!o) return V_NULL;
  memset(o->limbs, 0, (size_t)words * sizeof(mp_limb_t));
  if (bits) {
    o->limbs[a.n + words] = mpn_lshift(o->limbs + words, a.limbs, a.n, bits);
  } else {
    memcpy(o->limbs + words, a.limbs, (size_t)a.n * sizeof(mp_limb_t));
    o->limbs[a.n + words] = 0;
  }
  return int_finish(t, o, a.n + words + 1, a.negative);
}

Value int_rshift(Thread *t, Value x, Value y) {
  if (int_sign(y) < 0) return raise_value_error(t, "negative shift count");
  int64_t count;
  if (!int_as_i64(y, &count)) return v_from_smi(int_sign(x) < 0 ? -1 : 0);
  if (v_is_smi(x)) return v_from_smi(v_smi(x) >> (count > 63 ? 63 : count));
  IntView a;
  int_view(&a, x);
  int64_t words = count / 64;
  unsigned bits = (unsigned)(count % 64);
  if (words >= a.n) return v_from_smi(a.negative && a.n ? -1 : 0);
  int64_t n = a.n - words;
  bool lost = false;  // a negative number rounds down
  for (int64_t i = 0; i < words && !lost; i++) lost = a.limbs[i];
  Int *o = int_alloc(t, n + 1);
  if (!o) return V_NULL;
  if (bits) lost |= mpn_rshift(o->limbs, a.limbs + words, n, bits) != 0;
  else memcpy(o->limbs, a.limbs + words, (size_t)n * sizeof(mp_limb_t));
  o->limbs[n] = 0;
  if (a.negative && lost) mpn_add_1(o->limbs, o->limbs, n + 1, 1);
  return int_finish(t, o, n + 1, a.negative);
}

// Two's complement of a view, sign-extended to n limbs.
static void to_twos_complement(const IntView *a, mp_limb_t *out, int64_t n) {
  memcpy(out, a->limbs, (size_t)a->n * sizeof *out);
  memset(out + a->n, 0, (size_t)(n - a->n) * sizeof *out);
  if (a->negative) mpn_neg(out, out, n);
}

static Value bitwise(Thread *t, Value x, Value y, char op) {
  IntView a, b;
  int_view(&a, x);
  int_view(&b, y);
  int64_t n = (a.n > b.n ? a.n : b.n) + 1;
  Int *o = int_alloc(t, n), *other = o ? int_alloc(t, n) : NULL;
  if (!other) {
    if (o) heap_free_object(t, &o->ob);
    return V_NULL;
  }
  to_twos_complement(&a, o->limbs, n);
  to_twos_complement(&b, other->limbs, n);
  for (int64_t i = 0; i < n; i++) {
    mp_limb_t p = o->limbs[i], q = other->limbs[i];
    o->limbs[i] = op == '&' ? p & q : op == '|' ? p | q : p ^ q;
  }
  heap_free_object(t, &other->ob);
  bool negative = o->limbs[n - 1] >> 63;
  if (negative) mpn_neg(o->limbs, o->limbs, n);
  return int_finish(t, o, n, negative);
}

Value int_and(Thread *t, Value a, Value b) { return v_are_smi(a, b) ? v_from_smi(v_smi(a) & v_smi(b)) : bitwise(t, a, b, '&'); }
Value int_or(Thread *t, Value a, Value b) { return v_are_smi(a, b) ? v_from_smi(v_smi(a) | v_smi(b)) : bitwise(t, a, b, '|'); }
Value int_xor(Thread *t, Value a, Value b) { return v_are_smi(a, b) ? v_from_smi(v_smi(a) ^ v_smi(b)) : bitwise(t, a, b, '^'); }

Value int_invert(Thread *t, Value a) {
  if (v_is_smi(a)) return v_from_smi(~v_smi(a));
  Value plus = int_add(t, a, v_from_smi(1));
  if (v_is_null(plus)) return V_NULL;
  Value r = int_negative(t, plus);
  v_drop(t, plus);
  return r;
}

// --- Bytes ----------------------------------------------------------------------------------------------------------------------------

Value int_from_bytes(Thread *t, const uint8_t *p, size_t n, bool little_endian, bool is_signed) {
  if (n == 0) return v_from_smi(0);
  int64_t words = (int64_t)((n + 7) / 8) + 1;
  Int *o = int_alloc(t, words);
  if (!o) return V_NULL;
  bool negative = is_signed && (little_endian ? p[n - 1] : p[0]) & 0x80;
  memset(o->limbs, negative ? 0xFF : 0, (size_t)words * sizeof(mp_limb_t));
  uint8_t *out = (uint8_t *)o->limbs;
  for (size_t i = 0; i < n; i++) out[i] = little_endian ? p[i] : p[n - 1 - i];
  if (negative) mpn_neg(o->limbs, o->limbs, words);
  return int_finish(t, o, words, negative);
}

int int_to_bytes(Thread *t, Value v, uint8_t *p, size_t n, bool little_endian, bool is_signed) {
  IntView a;
  int_view(&a, v);
  bool negative = a.negative && a.n;
  if (negative && !is_signed) {
    raise_overflow(t, "can't convert negative int to unsigned");
    return -1;
  }
  uint64_t bits = int_bit_length(v);
  if (negative) {
    // -2^k needs k+1 bits, like 2^k - 1.
    bool power = a.limbs[a.n - 1] == (mp_limb_t)1 << 63 >> __builtin_clzll(a.limbs[a.n - 1]) && (a.n == 1 || mpn_zero_p(a.limbs, a.n - 1));
    if (power) bits--;
  }
  if (bits + is_signed > n * 8 && (bits || negative)) {
    raise_overflow(t, "int too big to convert");
    return -1;
  }
  mp_limb_t borrow = 1;  // for the two's complement of a negative number, limb by limb
  for (size_t i = 0; i < n; i += 8) {
    mp_limb_t limb = (int64_t)(i / 8) < a.n ? a.limbs[i / 8] : 0;
    if (negative) {
      limb = ~limb + borrow;
      borrow = borrow && limb == 0;
    }
    for (size_t k = 0; k < 8 && i + k < n; k++) {
      uint8_t byte = (uint8_t)(limb >> 8 * k);
      if (little_endian) p[i + k] = byte;
      else p[n - 1 - i - k] = byte;
    }
  }
  return 0;
}
