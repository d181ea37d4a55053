// Decimal numbers: coefficients of one or many words, rounding, exponents out of range, comparison.
#include "modules/decimal_number.h"

#include <math.h>
#include <stddef.h>

#include "objects/int_gmp.h"

const NumContext num_max_context = {.prec = NUM_MAX_PREC, .emax = NUM_MAX_EMAX, .emin = NUM_MIN_EMIN, .rounding = ROUND_HALF_EVEN};

// Coefficients beyond this are refused as if there were no memory: GMP aborts at ten times as many digits.
#define MOST_DIGITS ((int64_t)4000000000)

#define E19 ((u128)10000000000000000000u)
#define TEN_POWERS(f)                                                                                                                   \
  f * 1u, f * 10u, f * 100u, f * 1000u, f * 10000u, f * 100000u, f * 1000000u, f * 10000000u, f * 100000000u, f * 1000000000u,          \
      f * 10000000000u, f * 100000000000u, f * 1000000000000u, f * 10000000000000u, f * 100000000000000u, f * 1000000000000000u,       \
      f * 10000000000000000u, f * 100000000000000000u, f * 1000000000000000000u
const u128 num_pow10[SMALL_DIGITS + 1] = {TEN_POWERS((u128)1), TEN_POWERS(E19), E19 * E19};

// --- Making ------------------------------------------------------------------------------------------------------------------------

int num_small_digits(u128 v) {
  uint64_t high = (uint64_t)(v >> 64);
  int bits = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll((uint64_t)v | 1);
  int least = bits * 1233 >> 12;   // 1233 / 4096 is log10(2), closely enough
  return least + (v >= num_pow10[least] || least == 0);
}

void num_set_small(Num *r, u128 coefficient) {
  r->small = coefficient;
  r->digits = num_small_digits(coefficient);
}

void num_set(Num *r, bool negative, uint64_t coefficient, int64_t exp) {
  r->flags = negative ? NUM_NEG : 0;
  r->exp = exp;
  num_set_small(r, coefficient);
}

void num_set_int(Num *r, int64_t i) { num_set(r, i < 0, i < 0 ? -(uint64_t)i : (uint64_t)i, 0); }

static void set_special(Num *r, uint32_t flags) { *r = (Num){.flags = flags, .digits = 0, .small = 0}; }
void num_set_inf(Num *r, bool negative) { set_special(r, NUM_INF | (negative ? NUM_NEG : 0)); }
void num_set_nan(Num *r) { set_special(r, NUM_NAN); }

void num_invalid(Num *r, NumContext *c, uint32_t condition) {
  num_set_nan(r);
  c->status |= condition;
}

// --- Coefficients --------------------------------------------------------------------------------------------------------------------

// A power of ten that a coefficient is to be shifted by.
static void check_size(int64_t digits) {
  if (digits > MOST_DIGITS) gmp_give_up();
}

void num_mpz_pow10(mpz_t out, int64_t n) {
  check_size(n);
  mpz_init(out);
  if (n <= 19) mpz_set_ui(out, (uint64_t)num_pow10[n]);
  else mpz_ui_pow_ui(out, 10, (uint64_t)n);
}

mpz_srcptr num_mpz(const Num *a, mpz_ptr view) {
  if (num_is_big(a)) return &a->big;
  return mpz_roinit_n(view, (const mp_limb_t *)(const void *)&a->small, 2);
}

// Digits of a number that has more than 126 bits: by its logarithm, unless that is too close to a whole one to tell.
static int64_t mpz_digits(mpz_srcptr z) {
  long binary;
  double fraction = mpz_get_d_2exp(&binary, z);
  double log = log10(fraction) + (double)binary * 0.30102999566398119521;
  double nearest = rint(log);
  if (fabs(log - nearest) > 1e-9 + fabs(log) * 1e-14) return (int64_t)floor(log) + 1;
  mpz_t power;
  num_mpz_pow10(power, (int64_t)nearest);
  int64_t digits = (int64_t)nearest + (mpz_cmp(z, power) >= 0);
  mpz_clear(power);
  return digits;
}

static u128 mpz_small(mpz_srcptr z) { return (u128)mpz_getlimbn(z, 1) << 64 | mpz_getlimbn(z, 0); }

void num_set_mpz(Num *r, mpz_t z) {
  size_t limbs = mpz_size(z);
  if (limbs < 2 || (limbs == 2 && mpz_small(z) < num_pow10[SMALL_DIGITS])) {
    num_set_small(r, mpz_small(z));
    return;
  }
  r->digits = mpz_digits(z);
  r->big = *z;
}

void num_set_sized_mpz(Num *r, mpz_t z, int64_t digits) {
  if (digits <= SMALL_DIGITS) {
    r->small = mpz_small(z);
    r->digits = r->small ? digits : 1;
    return;
  }
  r->digits = digits;
  r->big = *z;
}

void num_shift_left(Num *r, const Num *a, int64_t n) {
  if (n == 0 || (a->digits <= 1 && a->small == 0)) {
    r->digits = a->digits;
    r->big = a->big;
    return;
  }
  check_size(n);
  int64_t digits = a->digits + n;
  if (digits <= SMALL_DIGITS) {
    r->small = a->small * num_pow10[n];
    r->digits = digits;
    return;
  }
  mpz_t view, power;
  num_mpz_pow10(power, n);
  mpz_mul(power, power, num_mpz(a, view));
  num_set_sized_mpz(r, power, digits);
}

static Rest compare_with_half(int order, bool is_zero) { return is_zero ? REST_NONE : order < 0 ? REST_LOW : order == 0 ? REST_HALF : REST_HIGH; }

// Ten times fewer digits is the commonest case, and 64 bits divide faster.
static u128 divide_small(u128 a, u128 b, u128 *rest) {
  if ((a | b) >> 64 == 0) {
    *rest = (uint64_t)a % (uint64_t)b;
    return (uint64_t)a / (uint64_t)b;
  }
  u128 q = a / b;
  *rest = a - q * b;
  return q;
}

Rest num_shift_right(Num *r, const Num *a, int64_t n) {
  if (n == 0 || (a->digits <= 1 && a->small == 0)) {
    r->digits = a->digits;
    r->big = a->big;
    return REST_NONE;
  }
  if (n > a->digits) {
    num_set_small(r, 0);
    return REST_LOW;
  }
  if (!num_is_big(a)) {
    u128 rest, half = num_pow10[n] / 2, quotient = divide_small(a->small, num_pow10[n], &rest);
    num_set_small(r, quotient);
    return compare_with_half(rest < half ? -1 : rest > half, rest == 0);
  }
  mpz_t power, quotient, rest;
  num_mpz_pow10(power, n);
  mpz_init(quotient);
  mpz_init(rest);
  mpz_tdiv_qr(quotient, rest, &a->big, power);
  bool is_zero = mpz_sgn(rest) == 0;
  mpz_mul_2exp(rest, rest, 1);
  int order = mpz_cmp(rest, power);
  mpz_clear(power);
  mpz_clear(rest);
  if (a->digits > n) num_set_sized_mpz(r, quotient, a->digits - n);
  else num_set_small(r, 0);
  return compare_with_half(order, is_zero);
}

void num_low_digits(Num *r, const Num *a, int64_t n) {
  if (a->digits <= n) {
    r->digits = a->digits;
    r->big = a->big;
  } else if (!num_is_big(a)) {
    num_set_small(r, a->small % num_pow10[n]);
  } else {
    mpz_t power;
    num_mpz_pow10(power, n);
    mpz_tdiv_r(power, &a->big, power);
    num_set_mpz(r, power);
  }
}

int num_last_digit(const Num *a) { return num_is_big(a) ? (int)mpz_tdiv_ui(&a->big, 10) : (int)(a->small % 10); }

void num_increment(Num *r) {
  if (r->digits < SMALL_DIGITS || (r->digits == SMALL_DIGITS && r->small + 1 < num_pow10[SMALL_DIGITS])) {
    num_set_small(r, r->small + 1);
    return;
  }
  mpz_t sum, view;
  mpz_init(sum);
  mpz_add_ui(sum, num_mpz(r, view), 1);
  num_set_mpz(r, sum);
}

int64_t num_trailing_zeros(const Num *a) {
  int64_t n = 0;
  if (num_is_big(a)) {
    mpz_t rest, ten;
    mpz_init(rest);
    mpz_init_set_ui(ten, 10);
    n = (int64_t)mpz_remove(rest, &a->big, ten);
    mpz_clear(rest);
    mpz_clear(ten);
    return n;
  }
  u128 v = a->small, rest, q;
  for (int step = 16; step; step >>= 1)
    while (v >= num_pow10[step] && (q = divide_small(v, num_pow10[step], &rest), rest == 0)) {
      v = q;
      n += step;
    }
  return n;
}

int num_compare_coefficients(const Num *a, const Num *b) {
  if (a->digits != b->digits) return a->digits < b->digits ? -1 : 1;
  if (num_is_big(a)) return mpz_cmp(&a->big, &b->big);
  return a->small < b->small ? -1 : a->small > b->small;
}

// --- Rounding ------------------------------------------------------------------------------------------------------------------------

bool num_rounds_up(Rest rest, Rounding rounding, bool negative, int last_digit) {
  if (rest == REST_NONE) return false;
  switch (rounding) {
    case ROUND_UP: return true;
    case ROUND_DOWN: return false;
    case ROUND_CEILING: return !negative;
    case ROUND_FLOOR: return negative;
    case ROUND_HALF_UP: return rest >= REST_HALF;
    case ROUND_HALF_DOWN: return rest > REST_HALF;
    case ROUND_HALF_EVEN: return rest > REST_HALF || (rest == REST_HALF && last_digit & 1);
    default: return last_digit % 5 == 0;
  }
}

Rest num_rescale(Num *r, const Num *a, int64_t exp, Rounding rounding) {
  uint32_t flags = a->flags;
  Rest rest = REST_NONE;
  if (num_is_zero(a)) {
    *r = *a;
  } else if (a->exp >= exp) {
    num_shift_left(r, a, a->exp - exp);
  } else {
    rest = num_shift_right(r, a, exp - a->exp);
    if (num_rounds_up(rest, rounding, flags & NUM_NEG, num_last_digit(r))) num_increment(r);
  }
  r->flags = flags;
  r->exp = exp;
  return rest;
}

// The largest finite number, or an infinity, as the rounding says.
static void overflow(Num *r, NumContext *c) {
  bool negative = num_is_negative(r);
  c->status |= SIG_OVERFLOW | SIG_INEXACT | SIG_ROUNDED;
  bool stays = c->rounding == ROUND_DOWN || c->rounding == ROUND_05UP || c->rounding == (negative ? ROUND_CEILING : ROUND_FLOOR);
  if (!stays) {
    num_set_inf(r, negative);
    return;
  }
  if (c->prec <= SMALL_DIGITS) {
    num_set_small(r, num_pow10[c->prec] - 1);
  } else {
    mpz_t nines;
    num_mpz_pow10(nines, c->prec);
    mpz_sub_ui(nines, nines, 1);
    num_set_sized_mpz(r, nines, c->prec);
  }
  r->exp = num_etop(c);
}

static void finalize_zero(Num *r, NumContext *c) {
  int64_t most = c->clamp ? num_etop(c) : c->emax, least = num_etiny(c);
  int64_t exp = r->exp < least ? least : r->exp > most ? most : r->exp;
  if (exp != r->exp) c->status |= SIG_CLAMPED;
  r->exp = exp;
}

// Cuts r to the exponent `least`, which belongs to full precision or is the smallest there is.
static void round_to(Num *r, int64_t least, bool subnormal, NumContext *c) {
  Rest rest = num_shift_right(r, r, least - r->exp);
  if (num_rounds_up(rest, c->rounding, num_is_negative(r), num_last_digit(r))) {
    num_increment(r);
    if (r->digits > c->prec) {
      num_shift_right(r, r, 1);
      least++;
    }
  }
  r->exp = least;
  if (least > num_etop(c)) {
    overflow(r, c);
    return;
  }
  c->status |= SIG_ROUNDED;
  if (rest != REST_NONE) c->status |= SIG_INEXACT;
  if (!subnormal) return;
  c->status |= SIG_SUBNORMAL;
  if (rest != REST_NONE) c->status |= SIG_UNDERFLOW;
  if (num_is_zero(r)) c->status |= SIG_CLAMPED;
}

// A payload too long for the context loses its first digits.
static void fit_payload(Num *r, const NumContext *c) {
  int64_t most = c->prec - c->clamp;
  if (r->digits <= most) return;
  num_low_digits(r, r, most);
  if (r->digits == 1 && r->small == 0) r->digits = 0;
}

void num_finalize(Num *r, NumContext *c) {
  if (num_is_special(r)) {
    if (num_is_nan(r)) fit_payload(r, c);
    return;
  }
  if (num_is_zero(r)) {
    finalize_zero(r, c);
    return;
  }
  int64_t least = r->exp + r->digits - c->prec, top = num_etop(c), etiny = num_etiny(c);
  if (least > top) {
    overflow(r, c);
    return;
  }
  bool subnormal = least < etiny;
  if (subnormal) least = etiny;
  if (r->exp < least) {
    round_to(r, least, subnormal, c);
    return;
  }
  if (subnormal) c->status |= SIG_SUBNORMAL;
  if (c->clamp && r->exp > top) {
    c->status |= SIG_CLAMPED;
    num_shift_left(r, r, r->exp - top);
    r->exp = top;
  }
}

bool num_take_nan(Num *r, const Num *a, const Num *b, NumContext *c) {
  uint32_t flags = a->flags | (b ? b->flags : 0);
  if (!(flags & NUM_NANS)) return false;
  if (flags & NUM_SNAN) c->status |= SIG_INVALID_OPERATION;
  uint32_t wanted = flags & NUM_SNAN ? NUM_SNAN : NUM_NAN;
  *r = a->flags & wanted ? *a : *b;
  r->flags = (r->flags & NUM_NEG) | NUM_NAN;
  fit_payload(r, c);
  return true;
}

// --- Comparison ----------------------------------------------------------------------------------------------------------------------

int num_compare_magnitude(const Num *a, const Num *b) {
  if (num_is_inf(a) || num_is_inf(b)) return num_is_inf(a) - num_is_inf(b);
  bool zero_a = num_is_zero(a), zero_b = num_is_zero(b);
  if (zero_a || zero_b) return zero_b - zero_a;
  int64_t x = num_adjusted(a), y = num_adjusted(b);
  if (x != y) return x < y ? -1 : 1;
  Num aligned;
  if (a->exp > b->exp) {
    num_shift_left(&aligned, a, a->exp - b->exp);
    return num_compare_coefficients(&aligned, b);
  }
  num_shift_left(&aligned, b, b->exp - a->exp);
  return num_compare_coefficients(a, &aligned);
}

int num_compare(const Num *a, const Num *b) {
  bool zero_a = num_is_zero(a), zero_b = num_is_zero(b);
  int sign_a = zero_a ? 0 : num_is_negative(a) ? -1 : 1, sign_b = zero_b ? 0 : num_is_negative(b) ? -1 : 1;
  if (sign_a != sign_b || sign_a == 0) return sign_a < sign_b ? -1 : sign_a > sign_b;
  return sign_a * num_compare_magnitude(a, b);
}

bool num_is_integer(const Num *a) {
  if (num_is_special(a)) return false;
  return a->exp >= 0 || num_is_zero(a) || (-a->exp < a->digits && num_trailing_zeros(a) >= -a->exp);
}

bool num_is_odd(const Num *a) {
  if (a->exp > 0 || num_is_zero(a)) return false;
  Num whole;
  num_shift_right(&whole, a, -a->exp);
  return num_last_digit(&whole) & 1;
}

// --- Calling -------------------------------------------------------------------------------------------------------------------------

typedef struct Run {
  NumCall *call;
  NumUnary unary;
  NumBinary binary;
  NumTernary ternary;
  NumWork work;
} Run;

// A result that shares its limbs with an operand gets some of its own.
static void keep(Num *r) {
  if (!num_is_big(r) || gmp_keep(r->big._mp_d)) return;
  mpz_t copy;
  mpz_init_set(copy, &r->big);
  r->big = *copy;
  gmp_keep(r->big._mp_d);
}

static void run(void *arg) {
  const Run *w = arg;
  NumCall *call = w->call;
  if (w->binary) w->binary(&call->out[0], call->a, call->b, &call->context);
  else if (w->unary) w->unary(&call->out[0], call->a, &call->context);
  else if (w->ternary) w->ternary(&call->out[0], call->a, call->b, call->d, &call->context);
  else w->work(call);
  keep(&call->out[0]);
  keep(&call->out[1]);
}

static bool start(NumCall *call, Run w) {
  call->out[0].digits = call->out[1].digits = 0;
  call->context.status = 0;
  w.call = call;
  return gmp_run_scratch(run, &w);
}

bool num_call_unary(NumCall *call, NumUnary f) { return start(call, (Run){.unary = f}); }
bool num_call_binary(NumCall *call, NumBinary f) { return start(call, (Run){.binary = f}); }
bool num_call_ternary(NumCall *call, NumTernary f) { return start(call, (Run){.ternary = f}); }
bool num_call_work(NumCall *call, NumWork f) { return start(call, (Run){.work = f}); }

void num_clear(Num *a) {
  if (num_is_big(a)) mpz_clear(&a->big);
}
