// Operations that round or step: quantize, to_integral, reduce, the neighbours of a number.
#include "modules/decimal_operations.h"

// --- To a given exponent -------------------------------------------------------------------------------------------------------------

void num_quantize(Num *r, const Num *a, const Num *b, NumContext *c) {
  if ((a->flags | b->flags) & NUM_SPECIAL) {
    if (num_take_nan(r, a, b, c)) return;
    if (num_is_inf(a) && num_is_inf(b)) *r = *a;
    else num_invalid(r, c, SIG_INVALID_OPERATION);
    return;
  }
  int64_t exp = b->exp;
  if (exp > c->emax || exp < num_etiny(c) || (!num_is_zero(a) && (num_adjusted(a) > c->emax || num_adjusted(a) - exp + 1 > c->prec))) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
    return;
  }
  Rest rest = num_rescale(r, a, exp, c->rounding);
  if (!num_is_zero(r) && (num_adjusted(r) > c->emax || r->digits > c->prec)) {
    num_invalid(r, c, SIG_INVALID_OPERATION);
    return;
  }
  if (exp > a->exp && !num_is_zero(a)) c->status |= SIG_ROUNDED;
  if (rest != REST_NONE) c->status |= SIG_INEXACT;
  num_finalize(r, c);
}

// To a whole number; the signals are for the caller to take or leave.
static void to_integral(Num *r, const Num *a, NumContext *c, uint32_t *signals) {
  *signals = 0;
  if (num_take_nan(r, a, NULL, c)) return;
  if (num_is_inf(a) || a->exp >= 0) {
    *r = *a;
    return;
  }
  Rest rest = num_rescale(r, a, 0, c->rounding);
  if (!num_is_zero(a)) *signals = rest == REST_NONE ? SIG_ROUNDED : SIG_ROUNDED | SIG_INEXACT;
}

void num_to_integral_exact(Num *r, const Num *a, NumContext *c) {
  uint32_t signals;
  to_integral(r, a, c, &signals);
  c->status |= signals;
}

void num_to_integral_value(Num *r, const Num *a, NumContext *c) {
  uint32_t signals;
  to_integral(r, a, c, &signals);
}

void num_reduce(Num *r, const Num *a, NumContext *c) {
  if (num_take_nan(r, a, NULL, c)) return;
  *r = *a;
  num_finalize(r, c);
  if (num_is_inf(r)) return;
  if (num_is_zero(r)) {
    r->exp = 0;
    return;
  }
  int64_t most = (c->clamp ? num_etop(c) : c->emax) - r->exp, zeros = num_trailing_zeros(r);
  if (zeros > most) zeros = most;
  if (zeros <= 0) return;
  num_shift_right(r, r, zeros);
  r->exp += zeros;
}

// --- Neighbours ----------------------------------------------------------------------------------------------------------------------

// The next number towards an infinity, without signals: `towards` is the rounding that leads there.
static void step(Num *r, const Num *a, Rounding towards, NumContext *c) {
  bool down = towards == ROUND_FLOOR;
  NumContext quiet = *c;
  quiet.rounding = towards;
  if (num_is_inf(a)) {
    *r = *a;
    if (num_is_negative(a) == down) return;
    // The largest finite number: what is beyond all of them, rounded away from infinity.
    num_set(r, num_is_negative(a), 1, c->emax + 1);
    num_finalize(r, &quiet);
    return;
  }
  *r = *a;
  num_finalize(r, &quiet);
  if (num_compare(r, a) != 0) return;
  Num tiny;
  num_set(&tiny, down, 1, num_etiny(c) - 1);
  num_add(r, a, &tiny, &quiet);
}

void num_next_plus(Num *r, const Num *a, NumContext *c) {
  if (!num_take_nan(r, a, NULL, c)) step(r, a, ROUND_CEILING, c);
}

void num_next_minus(Num *r, const Num *a, NumContext *c) {
  if (!num_take_nan(r, a, NULL, c)) step(r, a, ROUND_FLOOR, c);
}

void num_next_toward(Num *r, const Num *a, const Num *b, NumContext *c) {
  if (num_take_nan(r, a, b, c)) return;
  int order = num_compare(a, b);
  if (order == 0) {
    *r = *a;
    r->flags = (r->flags & ~(uint32_t)NUM_NEG) | (b->flags & NUM_NEG);
    return;
  }
  step(r, a, order < 0 ? ROUND_CEILING : ROUND_FLOOR, c);
  if (num_is_inf(r)) {
    c->status |= SIG_OVERFLOW | SIG_ROUNDED | SIG_INEXACT;
  } else if (num_adjusted(r) < c->emin) {
    c->status |= SIG_UNDERFLOW | SIG_SUBNORMAL | SIG_ROUNDED | SIG_INEXACT;
    if (num_is_zero(r)) c->status |= SIG_CLAMPED;
  }
}
