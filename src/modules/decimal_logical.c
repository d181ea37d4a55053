// Operations on the form of numbers: comparing, choosing, classes, digits as truth values, shifting and scaling.
#include <stdlib.h>

#include "modules/decimal_operations.h"
#include "objects/int_gmp.h"

// --- Comparing -----------------------------------------------------------------------------------------------------------------------

void num_compare_numbers(Num *r, const Num *a, const Num *b, NumContext *c) {
  if (!num_take_nan(r, a, b, c)) num_set_int(r, num_compare(a, b));
}

void num_compare_signal(Num *r, const Num *a, const Num *b, NumContext *c) {
  if (num_is_nan(a) || num_is_nan(b)) c->status |= SIG_INVALID_OPERATION;
  num_compare_numbers(r, a, b, c);
}

// Where a number stands among others of its sign: finite and infinite, then signaling and quiet NaNs.
static int total_class(const Num *a) { return a->flags & NUM_NAN ? 2 : a->flags & NUM_SNAN ? 1 : 0; }

static int order_of_magnitude(const Num *a, const Num *b) {
  int x = total_class(a), y = total_class(b);
  if (x != y) return x < y ? -1 : 1;
  if (x) {
    if (a->digits == 0 || b->digits == 0) return (a->digits > 0) - (b->digits > 0);
    return num_compare_coefficients(a, b);
  }
  int order = num_compare_magnitude(a, b);
  return order || num_is_inf(a) ? order : a->exp < b->exp ? -1 : a->exp > b->exp;
}

int num_order_total(const Num *a, const Num *b) {
  bool negative = num_is_negative(a);
  if (negative != num_is_negative(b)) return negative ? -1 : 1;
  return negative ? -order_of_magnitude(a, b) : order_of_magnitude(a, b);
}

void num_compare_total(Num *r, const Num *a, const Num *b, NumContext *c) {
  (void)c;
  num_set_int(r, num_order_total(a, b));
}

void num_compare_total_mag(Num *r, const Num *a, const Num *b, NumContext *c) {
  (void)c;
  num_set_int(r, order_of_magnitude(a, b));
}

// --- Choosing ------------------------------------------------------------------------------------------------------------------------

// A quiet NaN loses against a number. by_magnitude: signs count only between equals.
static void choose(Num *r, const Num *a, const Num *b, bool larger, bool by_magnitude, NumContext *c) {
  const Num *chosen;
  if ((a->flags | b->flags) & NUM_NANS) {
    bool one = !((a->flags | b->flags) & NUM_SNAN) && num_is_nan(a) != num_is_nan(b);
    if (!one) {
      num_take_nan(r, a, b, c);
      return;
    }
    chosen = num_is_nan(a) ? b : a;
  } else {
    int order = by_magnitude ? num_compare_magnitude(a, b) : num_compare(a, b);
    if (order == 0) order = num_order_total(a, b);
    chosen = (order < 0) == larger ? b : a;
  }
  *r = *chosen;
  num_finalize(r, c);
}

void num_max(Num *r, const Num *a, const Num *b, NumContext *c) { choose(r, a, b, true, false, c); }
void num_min(Num *r, const Num *a, const Num *b, NumContext *c) { choose(r, a, b, false, false, c); }
void num_max_mag(Num *r, const Num *a, const Num *b, NumContext *c) { choose(r, a, b, true, true, c); }
void num_min_mag(Num *r, const Num *a, const Num *b, NumContext *c) { choose(r, a, b, false, true, c); }

void num_copy_sign(Num *r, const Num *a, const Num *b, NumContext *c) {
  (void)c;
  *r = *a;
  r->flags = (a->flags & ~(uint32_t)NUM_NEG) | (b->flags & NUM_NEG);
}

// --- Classes -------------------------------------------------------------------------------------------------------------------------

bool num_is_normal(const Num *a, const NumContext *c) { return !num_is_special(a) && !num_is_zero(a) && num_adjusted(a) >= c->emin; }
bool num_is_subnormal(const Num *a, const NumContext *c) { return !num_is_special(a) && !num_is_zero(a) && num_adjusted(a) < c->emin; }

const char *num_class(const Num *a, const NumContext *c) {
  bool negative = num_is_negative(a);
  if (a->flags & NUM_NAN) return "NaN";
  if (a->flags & NUM_SNAN) return "sNaN";
  if (num_is_inf(a)) return negative ? "-Infinity" : "+Infinity";
  if (num_is_zero(a)) return negative ? "-Zero" : "+Zero";
  if (num_is_subnormal(a, c)) return negative ? "-Subnormal" : "+Subnormal";
  return negative ? "-Normal" : "+Normal";
}

bool num_same_quantum(const Num *a, const Num *b) {
  if (num_is_special(a) || num_is_special(b)) return (num_is_nan(a) && num_is_nan(b)) || (num_is_inf(a) && num_is_inf(b));
  return a->exp == b->exp;
}

void num_logb(Num *r, const Num *a, NumContext *c) {
  if (num_take_nan(r, a, NULL, c)) return;
  if (num_is_inf(a)) {
    num_set_inf(r, false);
  } else if (num_is_zero(a)) {
    num_set_inf(r, true);
    c->status |= SIG_DIVISION_BY_ZERO;
  } else {
    num_set_int(r, num_adjusted(a));
    num_finalize(r, c);
  }
}

// --- Digits as truth values ----------------------------------------------------------------------------------------------------------

// The digits of a coefficient as text, at least n of them, with zeros in front.
static char *digit_text(const Num *a, int64_t n) {
  mpz_t view;
  int64_t length = a->digits > n ? a->digits : n;
  char *text = gmp_scratch((size_t)length + 2);
  for (int64_t i = 0; i < length - a->digits; i++) text[i] = '0';
  mpz_get_str(text + (length - a->digits), 10, num_mpz(a, view));
  return text + (length - n);
}

static void set_digits(Num *r, char *text) {
  mpz_t z;
  mpz_init(z);
  mpz_set_str(z, text, 10);
  num_set_mpz(r, z);
  r->flags = 0;
  r->exp = 0;
}

// The last `prec` digits of a logical operand; NULL if it is none.
static char *logical_text(const Num *a, int64_t n) {
  if (a->flags || a->exp) return NULL;
  char *all = digit_text(a, a->digits);
  for (int64_t i = 0; i < a->digits; i++)
    if (all[i] > '1') return NULL;
  return digit_text(a, n);
}

static void combine(Num *r, const Num *a, const Num *b, char operation, NumContext *c) {
  int64_t n = a->digits > b->digits ? a->digits : b->digits;
  if (n > c->prec) n = c->prec;
  char *x = logical_text(a, n), *y = logical_text(b, n);
  if (!x || !y) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
    return;
  }
  for (int64_t i = 0; i < n; i++) {
    int p = x[i] - '0', q = y[i] - '0';
    x[i] = (char)('0' + (operation == '&' ? p & q : operation == '|' ? p | q : p ^ q));
  }
  set_digits(r, x);
}

void num_logical_and(Num *r, const Num *a, const Num *b, NumContext *c) { combine(r, a, b, '&', c); }
void num_logical_or(Num *r, const Num *a, const Num *b, NumContext *c) { combine(r, a, b, '|', c); }
void num_logical_xor(Num *r, const Num *a, const Num *b, NumContext *c) { combine(r, a, b, '^', c); }

void num_invert(Num *r, const Num *a, NumContext *c) {
  if (a->flags || a->exp || !logical_text(a, 1)) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
    return;
  }
  if (c->prec > 4000000000) gmp_give_up();
  char *x = logical_text(a, c->prec);
  for (int64_t i = 0; i < c->prec; i++) x[i] = x[i] == '0' ? '1' : '0';
  set_digits(r, x);
}

// --- Shifting and scaling --------------------------------------------------------------------------------------------------------------

// The second operand of these: a whole number with exponent 0, not beyond `limit`.
static bool places_of(const Num *b, int64_t limit, int64_t *places) {
  if (num_is_special(b) || b->exp || b->digits > 19 || b->small > (u128)limit) return false;
  *places = num_is_negative(b) ? -(int64_t)b->small : (int64_t)b->small;
  return true;
}

// What they begin with: *r is a. False: *r is the result, for a NaN, an infinity or a second operand that will not do.
static bool take_places(Num *r, const Num *a, const Num *b, int64_t limit, NumContext *c, int64_t *places) {
  if (num_take_nan(r, a, b, c)) return false;
  if (!places_of(b, limit, places)) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
    return false;
  }
  *r = *a;
  return !num_is_inf(a);
}

void num_scaleb(Num *r, const Num *a, const Num *b, NumContext *c) {
  int64_t places;
  if (!take_places(r, a, b, 2 * (c->emax + c->prec), c, &places)) return;
  r->exp += places;
  num_finalize(r, c);
}

void num_shift(Num *r, const Num *a, const Num *b, NumContext *c) {
  int64_t places;
  if (!take_places(r, a, b, c->prec, c, &places)) return;
  num_low_digits(r, a, c->prec);
  if (places >= 0) {
    num_low_digits(r, r, c->prec - places);
    num_shift_left(r, r, places);
  } else {
    num_shift_right(r, r, -places);
  }
}

void num_rotate(Num *r, const Num *a, const Num *b, NumContext *c) {
  int64_t places;
  if (!take_places(r, a, b, c->prec, c, &places)) return;
  if (places < 0) places += c->prec;
  Num low, high;
  mpz_t sum, view_low, view_high;
  num_low_digits(&high, a, c->prec);
  num_shift_right(&low, &high, c->prec - places);
  num_low_digits(&high, &high, c->prec - places);
  num_shift_left(&high, &high, places);
  mpz_init(sum);
  mpz_add(sum, num_mpz(&low, view_low), num_mpz(&high, view_high));
  num_set_mpz(r, sum);
}
