// Roots, exponentials, logarithms and powers of decimal numbers.
//
// exp, ln and log10 are rounded correctly, half to even: computed in binary fixed point to more digits than are wanted, and again to more if
// what is cut off lies too close to where rounding changes its mind. They are never exact but where that is tested first, so this ends.
// Powers have enough digits more than the precision that they are hardly ever a unit off.
#include <math.h>

#include "modules/decimal_operations.h"
#include "objects/int_gmp.h"

// --- Square root ---------------------------------------------------------------------------------------------------------------------

// The root of coefficient * 10**exp, exp even, where it is exact.
static bool root_exactly(Num *r, mpz_srcptr coefficient, int64_t exp) {
  if (!mpz_perfect_square_p(coefficient)) return false;
  mpz_t root;
  mpz_init(root);
  mpz_sqrt(root, coefficient);
  num_set_mpz(r, root);
  r->exp = exp / 2;
  return true;
}

// One digit more than the precision, sticky.
static void root_roughly(Num *r, const Num *a, int64_t exp, int64_t prec) {
  Num scaled;
  mpz_t view, root, rest;
  int64_t shift = 2 * (prec + 1) - a->digits;
  if (shift < 0) shift = 0;
  if (shift & 1) shift++;
  num_shift_left(&scaled, a, shift);
  mpz_init(root);
  mpz_init(rest);
  mpz_sqrtrem(root, rest, num_mpz(&scaled, view));
  if (mpz_sgn(rest) && mpz_tdiv_ui(root, 5) == 0) mpz_add_ui(root, root, 1);
  num_set_mpz(r, root);
  r->exp = (exp - shift) / 2;
}

void num_sqrt(Num *r, const Num *a, NumContext *c) {
  if (num_take_nan(r, a, NULL, c)) return;
  NumContext even = *c;
  even.rounding = ROUND_HALF_EVEN;
  if (num_is_zero(a)) {
    num_set(r, num_is_negative(a), 0, a->exp >> 1);
  } else if (num_is_negative(a)) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
    return;
  } else if (num_is_inf(a)) {
    *r = *a;
    return;
  } else {
    Num b = *a;
    mpz_t view;
    if (a->exp & 1) {
      num_shift_left(&b, a, 1);
      b.exp = a->exp - 1;
    }
    r->flags = 0;
    if (!root_exactly(r, num_mpz(&b, view), b.exp)) root_roughly(r, &b, b.exp, c->prec);
  }
  num_finalize(r, &even);
  c->status = even.status;
}

// --- Fixed point: the number x stands for x / 2**bits -----------------------------------------------------------------------------------

// atanh(1 / n)
static void fixed_atanh_inverse(mpz_t out, uint64_t n, int64_t bits) {
  mpz_t power, term;
  mpz_init(power);
  mpz_init(term);
  mpz_set_ui(power, 1);
  mpz_mul_2exp(power, power, (mp_bitcnt_t)bits);
  mpz_tdiv_q_ui(power, power, n);
  mpz_set(out, power);
  for (uint64_t k = 3; mpz_sgn(power); k += 2) {
    mpz_tdiv_q_ui(power, power, n * n);
    mpz_tdiv_q_ui(term, power, k);
    mpz_add(out, out, term);
  }
  mpz_clear(power);
  mpz_clear(term);
}

// ln(10) = 46 atanh(1/31) + 34 atanh(1/49) + 20 atanh(1/161)
static void compute_ln10(mpz_t out, int64_t bits) {
  mpz_t part;
  mpz_init(part);
  fixed_atanh_inverse(part, 31, bits + 16);
  mpz_mul_ui(out, part, 46);
  fixed_atanh_inverse(part, 49, bits + 16);
  mpz_addmul_ui(out, part, 34);
  fixed_atanh_inverse(part, 161, bits + 16);
  mpz_addmul_ui(out, part, 20);
  mpz_tdiv_q_2exp(out, out, 16);
  mpz_clear(part);
}

enum { KNOWN_BITS = 2048 };
static mpz_t ln10_known;   // constant once made

static void make_ln10(void *unused) {
  (void)unused;
  mpz_init(ln10_known);
  compute_ln10(ln10_known, KNOWN_BITS);
}
bool num_elementary_init(void) { return mpz_size(ln10_known) || gmp_run(make_ln10, NULL); }

static void fixed_ln10(mpz_t out, int64_t bits) {
  mpz_init(out);
  if (bits <= KNOWN_BITS) mpz_tdiv_q_2exp(out, ln10_known, (mp_bitcnt_t)(KNOWN_BITS - bits));
  else compute_ln10(out, bits);
}

// e**x for |x| < 8: by a Taylor series after x has been halved so often that it is short, then squared as often.
static void fixed_exp(mpz_t out, const mpz_t x, int64_t bits) {
  int64_t halvings = (int64_t)sqrt((double)bits) / 2 + 4, work = bits + 2 * halvings + 16;
  mpz_t small, term;
  mpz_init(small);
  mpz_init(term);
  mpz_mul_2exp(small, x, (mp_bitcnt_t)(work - bits));
  mpz_tdiv_q_2exp(small, small, (mp_bitcnt_t)halvings);
  mpz_set_ui(term, 1);
  mpz_mul_2exp(term, term, (mp_bitcnt_t)work);
  mpz_set(out, term);
  for (uint64_t k = 1; mpz_sgn(term); k++) {
    mpz_mul(term, term, small);
    mpz_tdiv_q_2exp(term, term, (mp_bitcnt_t)work);
    mpz_tdiv_q_ui(term, term, k);
    mpz_add(out, out, term);
  }
  for (int64_t i = 0; i < halvings; i++) {
    mpz_mul(out, out, out);
    mpz_tdiv_q_2exp(out, out, (mp_bitcnt_t)work);
  }
  mpz_tdiv_q_2exp(out, out, (mp_bitcnt_t)(work - bits));
  mpz_clear(small);
  mpz_clear(term);
}

static double fixed_as_double(const mpz_t x, int64_t bits) {
  long binary;
  double fraction = mpz_get_d_2exp(&binary, x);
  return ldexp(fraction, (int)(binary - bits));
}

// ln(x) for x between 1/4 and 4: one Newton step from half as many bits, down to what a double knows.
static void fixed_ln(mpz_t out, const mpz_t x, int64_t bits) {
  int64_t half = bits / 2 + 8;
  mpz_t square, rest;
  if (half <= 46) {
    half = 46;
    mpz_set_d(out, ldexp(log(fixed_as_double(x, bits)), (int)half));
  } else {
    mpz_init(square);
    mpz_tdiv_q_2exp(square, x, (mp_bitcnt_t)(bits - half));
    fixed_ln(out, square, half);
    mpz_clear(square);
  }
  if (half <= bits) mpz_mul_2exp(out, out, (mp_bitcnt_t)(bits - half));
  else mpz_tdiv_q_2exp(out, out, (mp_bitcnt_t)(half - bits));
  // x * e**-out is 1 + rest; ln(1 + rest) = rest - rest**2 / 2, the next term being too small.
  mpz_init(square);
  mpz_init(rest);
  mpz_neg(square, out);
  fixed_exp(rest, square, bits);
  mpz_mul(rest, rest, x);
  mpz_tdiv_q_2exp(rest, rest, (mp_bitcnt_t)bits);
  mpz_set_ui(square, 1);
  mpz_mul_2exp(square, square, (mp_bitcnt_t)bits);
  mpz_sub(rest, rest, square);
  mpz_mul(square, rest, rest);
  mpz_tdiv_q_2exp(square, square, (mp_bitcnt_t)(bits + 1));
  mpz_sub(rest, rest, square);
  mpz_add(out, out, rest);
  mpz_clear(square);
  mpz_clear(rest);
}

// |a|, as coefficient * 10**exp.
static void fixed_from(mpz_t out, const Num *a, int64_t exp, int64_t bits) {
  mpz_t view, power;
  mpz_init(out);
  if (exp >= 0) {
    num_mpz_pow10(power, exp);
    mpz_mul(out, num_mpz(a, view), power);
    mpz_mul_2exp(out, out, (mp_bitcnt_t)bits);
  } else {
    num_mpz_pow10(power, -exp);
    mpz_mul_2exp(out, num_mpz(a, view), (mp_bitcnt_t)bits);
    mpz_tdiv_q(out, out, power);
  }
}

// Bits for so many decimal digits, and some to spare.
static int64_t bits_for(int64_t digits) {
  if (digits > 2000000000) gmp_give_up();
  return (int64_t)((double)digits * 3.3219280948873626) + 48;
}

// value * 10**places as a coefficient, off by less than three units. Whether the precision's rounding is certain; if so, *r is the result,
// unrounded.
static bool settle(Num *r, mpz_t value, int64_t bits, int64_t places, int64_t exp, int64_t prec) {
  enum { OFF = 3 };
  mpz_t power, cut, half, rest;
  r->flags = mpz_sgn(value) < 0 ? NUM_NEG : 0;
  num_mpz_pow10(power, places);
  mpz_mul(power, power, value);
  mpz_abs(power, power);
  mpz_tdiv_q_2exp(power, power, (mp_bitcnt_t)bits);
  num_set_mpz(r, power);
  r->exp = exp - places;
  int64_t drop = r->digits - prec;
  if (drop < 3) return false;
  Num low;
  mpz_t view;
  num_low_digits(&low, r, drop);
  num_mpz_pow10(half, drop);
  mpz_init_set(cut, num_mpz(&low, view));
  if (mpz_cmp_ui(cut, OFF) <= 0) return false;
  mpz_init(rest);
  mpz_sub(rest, half, cut);
  if (mpz_cmp_ui(rest, OFF) <= 0) return false;
  mpz_tdiv_q_ui(half, half, 2);
  mpz_sub(cut, cut, half);
  return mpz_cmpabs_ui(cut, OFF) > 0;
}

// What these functions have in common: half-even rounding, and results that are not exact.
static void finish(Num *r, NumContext *c) {
  NumContext even = *c;
  even.rounding = ROUND_HALF_EVEN;
  even.status |= SIG_INEXACT | SIG_ROUNDED;
  num_finalize(r, &even);
  c->status = even.status;
}

// 1 with so many zeros behind the point.
static void padded_one(Num *r, bool negative, int64_t zeros) {
  num_set(r, false, 1, 0);
  num_shift_left(r, r, zeros);
  r->flags = negative ? NUM_NEG : 0;
  r->exp = -zeros;
}

// --- Exponential ---------------------------------------------------------------------------------------------------------------------

// e**a = 10**k * e**(a - k ln 10), with the second factor between 1 and 10. False: not certain with so many digits more.
static bool exp_digits(Num *r, const Num *a, int64_t prec, int64_t extra) {
  enum { WHOLE = 64 };   // bits of k
  int64_t places = prec + extra, bits = bits_for(places);
  mpz_t x, ln10, k;
  fixed_from(x, a, a->exp, bits + WHOLE);
  if (num_is_negative(a)) mpz_neg(x, x);
  fixed_ln10(ln10, bits + WHOLE);
  mpz_init(k);
  mpz_fdiv_qr(k, x, x, ln10);
  mpz_tdiv_q_2exp(x, x, WHOLE);
  fixed_exp(ln10, x, bits);
  return settle(r, ln10, bits, places, mpz_get_si(k), prec);
}

void num_exp(Num *r, const Num *a, NumContext *c) {
  enum { HIGHEST = 18 };   // e**(10**19) is beyond every context
  if (num_take_nan(r, a, NULL, c)) return;
  bool negative = num_is_negative(a);
  if (num_is_inf(a)) {
    if (negative) num_set(r, false, 0, 0);
    else num_set_inf(r, false);
    return;
  }
  if (num_is_zero(a)) {
    num_set(r, false, 1, 0);
    return;
  }
  if (num_adjusted(a) > HIGHEST) num_set(r, false, 1, negative ? num_etiny(c) - 2 : c->emax + 1);
  else if (num_adjusted(a) <= -c->prec - 4) padded_one(r, false, c->prec - 1);
  else for (int64_t extra = 12; !exp_digits(r, a, c->prec, extra); extra *= 2) continue;
  finish(r, c);
}

// --- Logarithms ----------------------------------------------------------------------------------------------------------------------

// Zeros between the point and the first digit of a logarithm: many when the number is close to one.
static int64_t leading_zeros(const Num *a) {
  Num one, difference;
  NumContext exact = num_max_context;
  num_set(&one, false, 1, 0);
  int64_t adjusted = num_adjusted(a);
  if (adjusted != 0 && adjusted != -1) return 0;
  num_subtract(&difference, a, &one, &exact);
  return num_adjusted(&difference) < 0 ? -num_adjusted(&difference) : 0;
}

// ln a, or its quotient by ln 10. a = m * 10**n with m close to 1.
static bool logarithm_digits(Num *r, const Num *a, int64_t zeros, bool common, int64_t prec, int64_t extra) {
  enum { WHOLE = 64 };   // bits of n
  int64_t places = prec + extra + zeros, bits = bits_for(places + 1), n = num_adjusted(a);
  mpz_t m, ln10, value, part;
  fixed_from(m, a, a->exp - n, bits);
  if (fixed_as_double(m, bits) > 3.16) {
    mpz_tdiv_q_ui(m, m, 10);
    n++;
  }
  mpz_init(value);
  fixed_ln(value, m, bits);
  fixed_ln10(ln10, bits + WHOLE);
  mpz_init(part);
  if (common) {
    mpz_mul_2exp(value, value, (mp_bitcnt_t)(bits + WHOLE));
    mpz_tdiv_q(value, value, ln10);
    mpz_set_si(part, n);
    mpz_mul_2exp(part, part, (mp_bitcnt_t)bits);
  } else {
    mpz_mul_si(part, ln10, n);
    mpz_tdiv_q_2exp(part, part, WHOLE);
  }
  mpz_add(value, value, part);
  return settle(r, value, bits, places, 0, prec);
}

// Whether a logarithm was settled without computing.
static bool logarithm_special(Num *r, const Num *a, NumContext *c) {
  if (num_take_nan(r, a, NULL, c)) return true;
  if (num_is_zero(a)) num_set_inf(r, true);
  else if (num_is_negative(a)) num_invalid(r, c, SIG_INVALID_OPERATION);
  else if (num_is_inf(a)) num_set_inf(r, false);
  else return false;
  return true;
}

// A power of ten?
static bool is_power_of_ten(const Num *a) {
  if (!num_is_big(a)) return a->small == num_pow10[a->digits - 1];
  Num first;
  return num_trailing_zeros(a) == a->digits - 1 && (num_shift_right(&first, a, a->digits - 1), first.small == 1);
}

static void logarithm(Num *r, const Num *a, bool common, NumContext *c) {
  int64_t zeros = leading_zeros(a);
  for (int64_t extra = 12; !logarithm_digits(r, a, zeros, common, c->prec, extra); extra *= 2) continue;
  finish(r, c);
}

void num_ln(Num *r, const Num *a, NumContext *c) {
  if (logarithm_special(r, a, c)) return;
  if (is_power_of_ten(a) && num_adjusted(a) == 0) num_set(r, false, 0, 0);
  else logarithm(r, a, false, c);
}

void num_log10(Num *r, const Num *a, NumContext *c) {
  if (logarithm_special(r, a, c)) return;
  if (is_power_of_ten(a)) {
    NumContext even = *c;
    even.rounding = ROUND_HALF_EVEN;
    num_set_int(r, num_adjusted(a));
    num_finalize(r, &even);
    c->status = even.status;
  } else {
    logarithm(r, a, true, c);
  }
}

// --- Powers --------------------------------------------------------------------------------------------------------------------------

// The power of a number that equals one keeps as many zeros as multiplying would have made.
static void power_of_one(Num *r, const Num *a, const Num *b, bool negative, NumContext *c) {
  if (!num_is_integer(b)) {
    c->status |= SIG_INEXACT | SIG_ROUNDED;
    padded_one(r, negative, c->prec - 1);
    return;
  }
  Num limit, whole;
  num_set_int(&limit, c->prec);
  int64_t times = 0;
  if (!num_is_negative(b)) {
    times = c->prec;
    if (num_compare(b, &limit) <= 0) {
      num_rescale(&whole, b, 0, ROUND_DOWN);
      times = (int64_t)whole.small;
    }
  }
  __int128 exp = (__int128)a->exp * times;
  if (exp < 1 - (__int128)c->prec) {
    c->status |= SIG_ROUNDED;
    exp = 1 - c->prec;
  }
  padded_one(r, negative, (int64_t)-exp);
}

// A number n such that |log10(a)| is at least 10**n, for a other than 1.
static int64_t log10_bound(const Num *a) {
  int64_t adjusted = num_adjusted(a);
  Num one, difference;
  if (adjusted >= 1) return num_small_digits((u128)adjusted) - 1;
  if (adjusted <= -2) return num_small_digits((u128)(-1 - adjusted)) - 1;
  NumContext exact = num_max_context;
  num_set(&one, false, 1, 0);
  num_subtract(&difference, a, &one, &exact);
  return num_adjusted(&difference) - 2;
}

// By squaring, each product rounded.
static void power_squaring(Num *r, const Num *a, const Num *exponent, NumContext *c) {
  Num whole;
  mpz_t view, n;
  num_rescale(&whole, exponent, 0, ROUND_DOWN);
  mpz_init_set(n, num_mpz(&whole, view));
  *r = *a;
  for (mp_bitcnt_t bit = mpz_sizeinbase(n, 2) - 1; bit-- > 0;) {
    Num product;
    num_multiply(&product, r, r, c);
    *r = product;
    if (mpz_tstbit(n, bit)) {
      num_multiply(&product, r, a, c);
      *r = product;
    }
    if (num_is_special(r) || (num_is_zero(r) && c->status & SIG_CLAMPED)) break;
  }
}

// |a| to an integral power.
static void power_whole(Num *r, const Num *a, const Num *b, NumContext *c) {
  Num base = *a, one;
  NumContext work = *c;
  work.prec += b->digits + b->exp + 2;
  work.rounding = ROUND_HALF_EVEN;
  work.clamp = false;
  if (num_is_negative(b)) {
    work.prec++;
    num_set(&one, false, 1, 0);
    num_divide(&base, &one, a, &work);
  }
  if (work.prec > NUM_MAX_PREC) work.prec = NUM_MAX_PREC;
  power_squaring(r, &base, b, &work);
  c->status = work.status;
}

// |a| to any other power.
static void power_real(Num *r, const Num *a, const Num *b, NumContext *c) {
  NumContext work = *c;
  Num logarithm, product;
  work.prec = (a->digits > c->prec ? a->digits : c->prec) + 4 + 19;
  work.rounding = ROUND_HALF_EVEN;
  work.clamp = false;
  work.emax = NUM_MAX_EMAX;
  work.emin = NUM_MIN_EMIN;
  work.status = 0;
  num_ln(&logarithm, a, &work);
  num_multiply(&product, &logarithm, b, &work);
  num_exp(r, &product, &work);
  c->status |= (work.status & SIG_ERRORS) | SIG_INEXACT | SIG_ROUNDED;
}

// Whether a power was settled without computing.
static bool power_special(Num *r, const Num *a, const Num *b, bool negative, NumContext *c) {
  if (num_take_nan(r, a, b, c)) return true;
  if (num_is_zero(b)) {
    if (num_is_zero(a)) num_invalid(r, c, SIG_INVALID_OPERATION);
    else num_set(r, false, 1, 0);
  } else if (num_is_negative(a) && !num_is_zero(a) && !num_is_integer(b)) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
  } else if (num_is_zero(a)) {
    if (num_is_negative(b)) num_set_inf(r, negative);
    else num_set(r, negative, 0, 0);
  } else if (num_is_inf(a)) {
    if (num_is_negative(b)) num_set(r, negative, 0, 0);
    else num_set_inf(r, negative);
  } else {
    return false;
  }
  return true;
}

void num_power(Num *r, const Num *a, const Num *b, NumContext *c) {
  bool negative = num_is_negative(a) && num_is_integer(b) && num_is_odd(b);
  if (power_special(r, a, b, negative, c)) return;
  Num base = *a, one;
  base.flags &= ~(uint32_t)NUM_NEG;
  num_set(&one, false, 1, 0);
  int order = num_compare(&base, &one);
  if (order == 0) {
    power_of_one(r, &base, b, negative, c);
    return;
  }
  bool grows = (order > 0) != num_is_negative(b);
  if (num_is_inf(b)) {
    if (grows) num_set_inf(r, false);
    else num_set(r, false, 0, 0);
    return;
  }
  int64_t bound = log10_bound(&base) + num_adjusted(b), range = grows ? c->emax : -num_etiny(c);
  if (bound > num_small_digits((u128)range)) {
    num_set(r, negative, 1, grows ? c->emax + 1 : num_etiny(c) - 1);
    num_finalize(r, c);
    c->status |= SIG_INEXACT | SIG_ROUNDED;
    return;
  }
  if (num_is_integer(b)) power_whole(r, &base, b, c);
  else power_real(r, &base, b, c);
  if (negative) r->flags |= NUM_NEG;
  if (num_is_inf(r)) num_set(r, negative, 1, c->emax + 1);   // so that rounding decides between infinity and the largest number
  if (!num_is_integer(b)) {
    Num magnitude = *r;
    magnitude.flags &= ~(uint32_t)NUM_NEG;
    if (num_compare(&magnitude, &one) == 0) padded_one(r, negative, c->prec - 1);
  }
  num_finalize(r, c);
}
