// Decimal arithmetic: sum, product, quotient, remainders, fused multiply-add, signs, powers modulo a number.
//
// Products and quotients of numbers that lie in two words each are computed in four on the stack (Wide), and cut to one digit more than the
// precision at once, the last of them sticky: so the usual precision of 28 digits needs no allocation.
#include <string.h>

#include "modules/decimal_operations.h"
#include "objects/int_gmp.h"

// --- Signs ---------------------------------------------------------------------------------------------------------------------------

// The operand itself, rounded. A zero loses its sign unless rounding is towards the floor: for plus and minus.
static void round_signed(Num *r, const Num *a, uint32_t flip, bool plain, NumContext *c) {
  if (num_take_nan(r, a, NULL, c)) return;
  *r = *a;
  r->flags ^= flip;
  if (plain && num_is_zero(a)) r->flags = c->rounding == ROUND_FLOOR ? r->flags : 0;
  num_finalize(r, c);
}

void num_plus(Num *r, const Num *a, NumContext *c) { round_signed(r, a, 0, true, c); }
void num_minus(Num *r, const Num *a, NumContext *c) { round_signed(r, a, NUM_NEG, true, c); }
void num_abs(Num *r, const Num *a, NumContext *c) { round_signed(r, a, a->flags & NUM_NEG, false, c); }

// --- Sum -----------------------------------------------------------------------------------------------------------------------------

// Signed sum of coefficients of one exponent; a sum of nothing is negative only when rounding towards the floor.
static void add_aligned(Num *r, const Num *a, bool negative_a, const Num *b, bool negative_b, NumContext *c) {
  bool negative = negative_a;
  if (!num_is_big(a) && !num_is_big(b) && (negative_a != negative_b || (a->digits < SMALL_DIGITS && b->digits < SMALL_DIGITS))) {
    if (negative_a == negative_b) {
      num_set_small(r, a->small + b->small);
    } else if (a->small == b->small) {
      num_set_small(r, 0);
      negative = c->rounding == ROUND_FLOOR;
    } else {
      negative = a->small > b->small ? negative_a : negative_b;
      num_set_small(r, a->small > b->small ? a->small - b->small : b->small - a->small);
    }
  } else {
    mpz_t sum, view_a, view_b;
    mpz_init(sum);
    if (negative_a == negative_b) {
      mpz_add(sum, num_mpz(a, view_a), num_mpz(b, view_b));
    } else {
      mpz_sub(sum, num_mpz(a, view_a), num_mpz(b, view_b));
      int sign = mpz_sgn(sum);
      negative = sign == 0 ? c->rounding == ROUND_FLOOR : sign > 0 ? negative_a : negative_b;
      mpz_abs(sum, sum);
    }
    num_set_mpz(r, sum);
  }
  r->flags = negative ? NUM_NEG : 0;
}

// x + y, where x has the larger exponent and neither is zero. A y that lies beyond what rounding x could see is replaced by the smallest
// number that makes the same difference.
static void add_unaligned(Num *r, const Num *x, bool negative_x, const Num *y, bool negative_y, NumContext *c) {
  Num aligned, tiny;
  int64_t far = x->digits - c->prec - 2, limit = x->exp + (far < -1 ? far : -1);
  if (num_adjusted(y) < limit) {
    num_set(&tiny, false, 1, limit);
    y = &tiny;
  }
  num_shift_left(&aligned, x, x->exp - y->exp);
  add_aligned(r, &aligned, negative_x, y, negative_y, c);
  r->exp = y->exp;
}

// One of them is zero: the other, with zeros as the lesser exponent wants and the precision allows.
static void add_zero(Num *r, const Num *a, bool negative_a, const Num *b, bool negative_b, NumContext *c) {
  int64_t least = a->exp < b->exp ? a->exp : b->exp;
  bool zero_a = num_is_zero(a), zero_b = num_is_zero(b);
  if (zero_a && zero_b) {
    num_set(r, negative_a == negative_b ? negative_a : c->rounding == ROUND_FLOOR, 0, least);
    return;
  }
  const Num *x = zero_a ? b : a;
  int64_t most = x->exp - c->prec - 1;
  if (least < most) least = most;
  num_rescale(r, x, least, ROUND_DOWN);
  r->flags = (zero_a ? negative_b : negative_a) ? NUM_NEG : 0;
}

static void add_signed(Num *r, const Num *a, const Num *b, uint32_t flip, NumContext *c) {
  bool negative_a = num_is_negative(a), negative_b = num_is_negative(b) != (flip != 0);
  if ((a->flags | b->flags) & NUM_SPECIAL) {
    if (num_take_nan(r, a, b, c)) return;
    if (num_is_inf(a) && num_is_inf(b) && negative_a != negative_b) num_invalid(r, c, SIG_INVALID_OPERATION);
    else num_set_inf(r, num_is_inf(a) ? negative_a : negative_b);
    return;
  }
  if (a->exp == b->exp) {
    add_aligned(r, a, negative_a, b, negative_b, c);
    if (num_is_zero(r) && num_is_zero(a) && num_is_zero(b) && negative_a == negative_b) r->flags = negative_a ? NUM_NEG : 0;
    r->exp = a->exp;
  } else if (num_is_zero(a) || num_is_zero(b)) {
    add_zero(r, a, negative_a, b, negative_b, c);
  } else if (a->exp > b->exp) {
    add_unaligned(r, a, negative_a, b, negative_b, c);
  } else {
    add_unaligned(r, b, negative_b, a, negative_a, c);
  }
  num_finalize(r, c);
}

void num_add(Num *r, const Num *a, const Num *b, NumContext *c) { add_signed(r, a, b, 0, c); }
void num_subtract(Num *r, const Num *a, const Num *b, NumContext *c) { add_signed(r, a, b, NUM_NEG, c); }

// --- Four words ----------------------------------------------------------------------------------------------------------------------

enum { WIDE = 4, WIDE_DIGITS = 77 };
typedef struct Wide { mp_limb_t limbs[WIDE + 2]; } Wide;   // two more as room for a product's upper end, which is zero

static int significant(const mp_limb_t *limbs, int n) {
  while (n > 0 && limbs[n - 1] == 0) n--;
  return n;
}

static void small_limbs(mp_limb_t out[2], u128 v) {
  out[0] = (mp_limb_t)v;
  out[1] = (mp_limb_t)(v >> 64);
}

// v * 10**n, known to fit.
static void wide_shift(Wide *r, u128 v, int n) {
  mp_limb_t factor[2];
  memset(r, 0, sizeof *r);
  small_limbs(r->limbs, v);
  while (n > 0) {
    int step = n < SMALL_DIGITS ? n : SMALL_DIGITS;
    small_limbs(factor, num_pow10[step]);
    mp_limb_t product[WIDE + 2];
    int size = significant(r->limbs, WIDE), by = significant(factor, 2);
    if (size >= by) mpn_mul(product, r->limbs, size, factor, by);
    else mpn_mul(product, factor, by, r->limbs, size);
    memcpy(r->limbs, product, (size_t)(size + by) * sizeof *product);
    n -= step;
  }
}

// *r = w / divisor, a quotient of at most 38 digits. Whether there was a rest.
static bool wide_divide(Num *r, const Wide *w, u128 divisor) {
  mp_limb_t by[2], quotient[WIDE + 2] = {0}, rest[2] = {0};
  small_limbs(by, divisor);
  int size = significant(w->limbs, WIDE), n = significant(by, 2);
  if (size < n) {
    num_set_small(r, 0);
    return size > 0;
  }
  mpn_tdiv_qr(quotient, rest, 0, w->limbs, size, by, n);
  num_set_small(r, (u128)quotient[1] << 64 | quotient[0]);
  return rest[0] | rest[1];
}

// The last digit, which rounding will cut off, tells of what came after it.
static void make_sticky(Num *r) {
  if (num_last_digit(r) % 5 == 0) num_increment(r);
}

// --- Product -------------------------------------------------------------------------------------------------------------------------

static void multiply_exactly(Num *r, const Num *a, const Num *b) {
  if (a->digits + b->digits <= SMALL_DIGITS) {
    num_set_small(r, (a->small | b->small) >> 64 ? a->small * b->small : (u128)(uint64_t)a->small * (uint64_t)b->small);
  } else {
    mpz_t product, view_a, view_b;
    mpz_init(product);
    mpz_mul(product, num_mpz(a, view_a), num_mpz(b, view_b));
    num_set_mpz(r, product);
  }
  r->exp = a->exp + b->exp;
  r->flags = (a->flags ^ b->flags) & NUM_NEG;
}

// A product in four words, cut to prec + 1 digits; prec < 38. False: it is left to the general way.
static bool multiply_wide(Num *r, const Num *a, const Num *b, int prec) {
  int drop = (int)(a->digits + b->digits) - 1 - (prec + 1);   // or one digit more is left
  if (drop <= 0 || drop > SMALL_DIGITS || prec + 2 > SMALL_DIGITS) return false;
  mp_limb_t x[2], y[2];
  Wide w = {{0}};
  small_limbs(x, a->small);
  small_limbs(y, b->small);
  mpn_mul_n(w.limbs, x, y, 2);
  r->exp = a->exp + b->exp + drop;
  if (wide_divide(r, &w, num_pow10[drop])) make_sticky(r);
  r->flags = (a->flags ^ b->flags) & NUM_NEG;
  return true;
}

static bool multiply_special(Num *r, const Num *a, const Num *b, NumContext *c) {
  if (!((a->flags | b->flags) & NUM_SPECIAL)) return false;
  if (num_take_nan(r, a, b, c)) return true;
  if (num_is_zero(a) || num_is_zero(b)) num_invalid(r, c, SIG_INVALID_OPERATION);
  else num_set_inf(r, num_is_negative(a) != num_is_negative(b));
  return true;
}

void num_multiply(Num *r, const Num *a, const Num *b, NumContext *c) {
  if (multiply_special(r, a, b, c)) return;
  bool done = c->prec < SMALL_DIGITS && !num_is_big(a) && !num_is_big(b) && a->small && b->small && a->digits + b->digits > SMALL_DIGITS &&
              multiply_wide(r, a, b, (int)c->prec);
  if (!done) multiply_exactly(r, a, b);
  num_finalize(r, c);
}

void num_fma(Num *r, const Num *a, const Num *b, const Num *d, NumContext *c) {
  Num product;
  uint32_t before = c->status;
  c->status = 0;
  if (!multiply_special(&product, a, b, c)) multiply_exactly(&product, a, b);
  if (c->status) *r = product;
  else num_add(r, &product, d, c);
  c->status |= before;
}

// --- Quotient ------------------------------------------------------------------------------------------------------------------------

// An exact quotient gets the exponent that it would have if it were computed with as few digits as possible.
static void strip_towards(Num *r, int64_t ideal) {
  if (r->exp >= ideal) return;
  int64_t zeros = num_trailing_zeros(r), most = ideal - r->exp;
  if (zeros > most) zeros = most;
  num_shift_right(r, r, zeros);
  r->exp += zeros;
}

// A quotient that ends is found without computing to the precision, which may be larger than any memory. False: it does not end.
static bool divide_ending(Num *r, const Num *a, const Num *b) {
  mpz_t view_a, view_b, x, y, factor;
  mpz_init(x);
  mpz_init(y);
  mpz_gcd(x, num_mpz(a, view_a), num_mpz(b, view_b));
  mpz_divexact(y, num_mpz(b, view_b), x);
  mpz_divexact(x, num_mpz(a, view_a), x);
  mpz_init_set_ui(factor, 5);
  int64_t twos = (int64_t)mpz_scan1(y, 0);
  mpz_tdiv_q_2exp(y, y, (mp_bitcnt_t)twos);
  int64_t fives = (int64_t)mpz_remove(y, y, factor);
  if (mpz_cmp_ui(y, 1) != 0) return false;
  int64_t places = twos > fives ? twos : fives;
  mpz_ui_pow_ui(factor, 5, (uint64_t)(places - fives));
  mpz_mul(x, x, factor);
  mpz_mul_2exp(x, x, (mp_bitcnt_t)(places - twos));
  num_set_mpz(r, x);
  r->exp = a->exp - b->exp - places;
  return true;
}

// a / b with one digit or two more than the precision; what rounding may cut off is sticky.
static void divide_finite(Num *r, const Num *a, const Num *b, NumContext *c) {
  int64_t shift = b->digits - a->digits + c->prec + 1, ideal = a->exp - b->exp;
  bool inexact;
  if (!num_is_big(a) && !num_is_big(b) && shift >= 0 && c->prec + 2 <= SMALL_DIGITS) {
    Wide w;
    wide_shift(&w, a->small, (int)shift);
    inexact = wide_divide(r, &w, b->small);
  } else {
    Num scaled;
    mpz_t view_a, view_b, quotient, rest;
    num_shift_left(&scaled, shift >= 0 ? a : b, shift >= 0 ? shift : -shift);
    mpz_init(quotient);
    mpz_init(rest);
    mpz_tdiv_qr(quotient, rest, num_mpz(shift >= 0 ? &scaled : a, view_a), num_mpz(shift >= 0 ? b : &scaled, view_b));
    inexact = mpz_sgn(rest) != 0;
    num_set_mpz(r, quotient);
  }
  r->exp = ideal - shift;
  if (inexact) make_sticky(r);
  else strip_towards(r, ideal);
}

// Whether a / b was settled without computing.
static bool divide_special(Num *r, const Num *a, const Num *b, NumContext *c) {
  bool negative = num_is_negative(a) != num_is_negative(b);
  if ((a->flags | b->flags) & NUM_SPECIAL) {
    if (num_take_nan(r, a, b, c)) return true;
    if (num_is_inf(a) && num_is_inf(b)) {
      num_invalid(r, c, SIG_INVALID_OPERATION);
    } else if (num_is_inf(a)) {
      num_set_inf(r, negative);
    } else {
      num_set(r, negative, 0, num_etiny(c));
      c->status |= SIG_CLAMPED;
    }
    return true;
  }
  if (!num_is_zero(b)) return false;
  if (num_is_zero(a)) {
    num_invalid(r, c, SIG_DIVISION_UNDEFINED);
  } else {
    num_set_inf(r, negative);
    c->status |= SIG_DIVISION_BY_ZERO;
  }
  return true;
}

enum { HUGE_PRECISION = 1000000 };

void num_divide(Num *r, const Num *a, const Num *b, NumContext *c) {
  if (divide_special(r, a, b, c)) return;
  if (num_is_zero(a)) num_set(r, false, 0, a->exp - b->exp);
  else if (c->prec <= HUGE_PRECISION || !divide_ending(r, a, b)) divide_finite(r, a, b, c);
  r->flags = (a->flags ^ b->flags) & NUM_NEG;
  num_finalize(r, c);
}

// Sums whose operands, brought to one exponent, are short; products and quotients in four words. Rounding never makes a number longer.
bool num_is_light(NumBinary f, const Num *a, const Num *b, const NumContext *c) {
  enum { LIGHT = SMALL_DIGITS - 2 };
  if (a->digits > LIGHT || b->digits > LIGHT || c->prec > LIGHT || (a->flags | b->flags) & NUM_SPECIAL) return false;
  if (f == num_multiply) return a->digits + b->digits <= c->prec + SMALL_DIGITS;
  if (f == num_divide) return b->digits + c->prec + 1 >= a->digits;
  if (f != num_add && f != num_subtract) return false;
  int64_t distance = a->exp - b->exp;
  return distance >= 0 ? distance <= LIGHT && a->digits + distance <= LIGHT : distance >= -LIGHT && b->digits - distance <= LIGHT;
}

// --- Whole quotient and remainder -----------------------------------------------------------------------------------------------------

static void divide_coefficients(Num *quotient, Num *remainder, const Num *a, const Num *b) {
  if (!num_is_big(a) && !num_is_big(b)) {
    u128 q = (a->small | b->small) >> 64 ? a->small / b->small : (uint64_t)a->small / (uint64_t)b->small;
    num_set_small(remainder, a->small - q * b->small);
    num_set_small(quotient, q);
    return;
  }
  mpz_t view_a, view_b, q, r;
  mpz_init(q);
  mpz_init(r);
  mpz_tdiv_qr(q, r, num_mpz(a, view_a), num_mpz(b, view_b));
  num_set_mpz(quotient, q);
  num_set_mpz(remainder, r);
}

// Of finite numbers, b not zero: the quotient rounded towards zero and what is left, unrounded. `divisor`: b's coefficient as the remainder
// is to be compared with it. False: the quotient has too many digits.
static bool divide_whole(Num *quotient, Num *remainder, Num *divisor, const Num *a, const Num *b, NumContext *c) {
  int64_t ideal = a->exp < b->exp ? a->exp : b->exp, distance = num_adjusted(a) - num_adjusted(b);
  num_set(quotient, false, 0, 0);
  if (num_is_zero(a) || distance < -1) {
    num_rescale(remainder, a, ideal, ROUND_DOWN);
    *divisor = *b;
    divisor->digits = 0;   // so far above the remainder that it need not be known
  } else {
    if (distance > c->prec) return false;
    Num dividend;
    num_shift_left(&dividend, a, a->exp - ideal);
    num_shift_left(divisor, b, b->exp - ideal);
    divide_coefficients(quotient, remainder, &dividend, divisor);
  }
  quotient->flags = (a->flags ^ b->flags) & NUM_NEG;
  remainder->flags = a->flags & NUM_NEG;
  remainder->exp = ideal;
  return quotient->digits <= c->prec;
}

void num_divide_int(Num *r, const Num *a, const Num *b, NumContext *c) {
  Num remainder, divisor;
  if ((a->flags | b->flags) & NUM_SPECIAL && !num_is_nan(a) && !num_is_nan(b) && num_is_inf(b) && !num_is_inf(a)) {
    num_set(r, num_is_negative(a) != num_is_negative(b), 0, 0);
    return;
  }
  if (divide_special(r, a, b, c)) return;
  if (!divide_whole(r, &remainder, &divisor, a, b, c)) num_invalid(r, c, SIG_DIVISION_IMPOSSIBLE);
  else num_finalize(r, c);
}

// Whether a remainder was settled without dividing.
static bool remainder_special(Num *r, const Num *a, const Num *b, NumContext *c) {
  if (num_take_nan(r, a, b, c)) return true;
  if (num_is_inf(a)) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
  } else if (num_is_inf(b)) {
    *r = *a;
    num_finalize(r, c);
  } else if (num_is_zero(b)) {
    num_invalid(r, c, num_is_zero(a) ? SIG_DIVISION_UNDEFINED : SIG_INVALID_OPERATION);
  } else {
    return false;
  }
  return true;
}

void num_remainder(Num *r, const Num *a, const Num *b, NumContext *c) {
  Num quotient, divisor;
  if (remainder_special(r, a, b, c)) return;
  if (!divide_whole(&quotient, r, &divisor, a, b, c)) num_invalid(r, c, SIG_DIVISION_IMPOSSIBLE);
  else num_finalize(r, c);
}

void num_divmod(Num *quotient, Num *remainder, const Num *a, const Num *b, NumContext *c) {
  Num divisor;
  if (num_take_nan(quotient, a, b, c)) {
    *remainder = *quotient;
    return;
  }
  bool negative = num_is_negative(a) != num_is_negative(b);
  num_set_nan(remainder);
  if (num_is_inf(a)) {
    if (num_is_inf(b)) num_set_nan(quotient);
    else num_set_inf(quotient, negative);
    c->status |= SIG_INVALID_OPERATION;
  } else if (num_is_inf(b)) {
    num_set(quotient, negative, 0, 0);
    *remainder = *a;
    num_finalize(remainder, c);
  } else if (num_is_zero(b)) {
    if (num_is_zero(a)) {
      num_invalid(quotient, c, SIG_DIVISION_UNDEFINED);
    } else {
      num_set_inf(quotient, negative);
      c->status |= SIG_DIVISION_BY_ZERO | SIG_INVALID_OPERATION;
    }
  } else if (!divide_whole(quotient, remainder, &divisor, a, b, c)) {
    num_invalid(quotient, c, SIG_DIVISION_IMPOSSIBLE);
    num_set_nan(remainder);
  } else {
    num_finalize(quotient, c);
    num_finalize(remainder, c);
  }
}

// How twice the coefficient a compares to b.
static int compare_twice(const Num *a, const Num *b) {
  if (a->digits < SMALL_DIGITS && !num_is_big(b)) return 2 * a->small < b->small ? -1 : 2 * a->small > b->small;
  mpz_t twice, view_a, view_b;
  mpz_init(twice);
  mpz_mul_2exp(twice, num_mpz(a, view_a), 1);
  return mpz_cmp(twice, num_mpz(b, view_b));
}

void num_remainder_near(Num *r, const Num *a, const Num *b, NumContext *c) {
  Num quotient, divisor;
  if (remainder_special(r, a, b, c)) return;
  // The last digit of a quotient that is one too long may be rounded away from what is possible, so precision is looked at below.
  NumContext wider = *c;
  wider.prec = c->prec + 1;
  if (!divide_whole(&quotient, r, &divisor, a, b, &wider)) {
    num_invalid(r, c, SIG_DIVISION_IMPOSSIBLE);
    return;
  }
  if (divisor.digits) {
    int order = compare_twice(r, &divisor);
    if (order > 0 || (order == 0 && num_last_digit(&quotient) & 1)) {
      mpz_t rest, view_b, view_r;
      mpz_init(rest);
      mpz_sub(rest, num_mpz(&divisor, view_b), num_mpz(r, view_r));
      num_set_mpz(r, rest);
      r->flags ^= NUM_NEG;
      num_increment(&quotient);
    }
  }
  if (quotient.digits > c->prec) num_invalid(r, c, SIG_DIVISION_IMPOSSIBLE);
  else num_finalize(r, c);
}

// --- Powers modulo a number ----------------------------------------------------------------------------------------------------------

// The value of an integer.
static void whole_mpz(mpz_t out, const Num *a) {
  Num whole;
  mpz_t view;
  num_rescale(&whole, a, 0, ROUND_DOWN);
  mpz_init_set(out, num_mpz(&whole, view));
}

// base**exponent modulo m, where the exponent is coefficient * 10**exp, which may be far too long to be written out.
static void power_by_digits(mpz_t result, const mpz_t base, const Num *exponent, const mpz_t m) {
  mpz_t view;
  if (exponent->exp < 0) {
    mpz_t whole;
    whole_mpz(whole, exponent);
    mpz_powm(result, base, whole, m);
    return;
  }
  mpz_powm(result, base, num_mpz(exponent, view), m);
  for (int64_t i = 0; i < exponent->exp && mpz_cmp_ui(result, 1) > 0; i++) mpz_powm_ui(result, result, 10, m);
}

void num_power_modulo(Num *r, const Num *a, const Num *b, const Num *modulus, NumContext *c) {
  if ((a->flags | b->flags | modulus->flags) & NUM_SPECIAL) {
    const Num *signaling = modulus->flags & NUM_SNAN && !((a->flags | b->flags) & NUM_SNAN) ? modulus : NULL;
    if (signaling ? num_take_nan(r, modulus, NULL, c) : num_take_nan(r, a, b, c) || num_take_nan(r, modulus, NULL, c)) return;
    num_invalid(r, c, SIG_INVALID_OPERATION);
    return;
  }
  if (!num_is_integer(a) || !num_is_integer(b) || !num_is_integer(modulus) || (num_is_negative(b) && !num_is_zero(b)) || num_is_zero(modulus) ||
      num_adjusted(modulus) >= c->prec || (num_is_zero(a) && num_is_zero(b))) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
    return;
  }
  bool negative = num_is_negative(a) && num_is_odd(b);
  mpz_t m, base, power, ten;
  whole_mpz(m, modulus);
  if (a->exp > 0) {
    mpz_t view;
    mpz_init(base);
    mpz_init_set_ui(ten, 10);
    mpz_init_set_ui(power, (uint64_t)a->exp);
    mpz_powm(base, ten, power, m);
    mpz_mul(base, base, num_mpz(a, view));
  } else {
    whole_mpz(base, a);
  }
  mpz_init(power);
  power_by_digits(power, base, b, m);
  num_set_mpz(r, power);
  r->flags = negative ? NUM_NEG : 0;
  r->exp = 0;
}
