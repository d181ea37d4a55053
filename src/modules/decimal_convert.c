// Decimals from ints, floats, tuples and back; how they compare to other numbers and hash as these do.
#include <math.h>
#include <string.h>

#include "modules/decimal_internal.h"
#include "objects/complex.h"
#include "objects/containers.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/hash_inline.h"
#include "objects/int.h"
#include "objects/int_gmp.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

Value decimal_tuple_class, decimal_rational, decimal_names[2];

// --- From ints and floats --------------------------------------------------------------------------------------------------------------

static void int_work(NumCall *call) {
  const IntView *view = call->data;
  mpz_t z, source;
  mpz_init_set(z, mpz_roinit_n(source, view->limbs, view->n));
  num_set_mpz(&call->out[0], z);
  call->out[0].flags = view->negative ? NUM_NEG : 0;
  call->out[0].exp = 0;
  num_finalize(&call->out[0], &call->context);
}

Value decimal_from_int(Thread *t, Type *type, Value v, Value context, bool exactly) {
  int64_t i;
  if (exactly && int_as_i64(v, &i)) {
    Num num;
    num_set_int(&num, i);
    return decimal_new(t, type, &num);
  }
  IntView view;
  int_view(&view, v);
  NumCall call = {.context = exactly ? num_max_context : context_rules(context), .data = &view};
  if (decimal_run(t, &call, NULL, NULL, NULL, int_work) < 0) return V_NULL;
  return decimal_result_as(t, type, &call, context);
}

// A double is an odd number times a power of two, and 1/2 is 5/10.
static void double_work(NumCall *call) {
  enum { BITS = 53 };
  const double *d = call->data;
  int exp;
  uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(*d), &exp), BITS);
  mpz_t z, power;
  exp -= BITS;
  while (!(mantissa & 1)) {
    mantissa >>= 1;
    exp++;
  }
  mpz_init_set_ui(z, mantissa);
  mpz_init(power);
  if (exp >= 0) {
    mpz_mul_2exp(z, z, (mp_bitcnt_t)exp);
  } else {
    mpz_ui_pow_ui(power, 5, (uint64_t)-exp);
    mpz_mul(z, z, power);
  }
  num_set_mpz(&call->out[0], z);
  call->out[0].flags = *d < 0 ? NUM_NEG : 0;
  call->out[0].exp = exp < 0 ? exp : 0;
  num_finalize(&call->out[0], &call->context);
}

Value decimal_from_double(Thread *t, Type *type, double d, Value context, bool exactly) {
  NumCall call = {.context = exactly ? num_max_context : context_rules(context), .data = &d};
  if (isnan(d)) {
    num_set_nan(&call.out[0]);
    if (signbit(d)) call.out[0].flags |= NUM_NEG;
  } else if (isinf(d)) {
    num_set_inf(&call.out[0], d < 0);
  } else if (d == 0) {
    num_set(&call.out[0], signbit(d), 0, 0);
  } else if (decimal_run(t, &call, NULL, NULL, NULL, double_work) < 0) {
    return V_NULL;
  }
  return decimal_result_as(t, type, &call, context);
}

// --- From anything ---------------------------------------------------------------------------------------------------------------------

static void finalize_work(NumCall *call) {
  Num *r = &call->out[0];
  NumContext *c = &call->context;
  *r = *call->a;
  if (num_is_nan(r) && r->digits > c->prec - c->clamp) num_invalid(r, c, SIG_CONVERSION_SYNTAX);
  else num_finalize(r, c);
}

Value decimal_from_decimal(Thread *t, Type *type, Value v, Value context) {
  NumCall call = {.a = &v_decimal(v)->num, .context = context_rules(context)};
  if (decimal_run(t, &call, NULL, NULL, NULL, finalize_work) < 0) return V_NULL;
  return decimal_result_as(t, type, &call, context);
}

static void copy_work(NumCall *call) { call->out[0] = *call->a; }

static Value copy_exactly(Thread *t, Type *type, Value v) {
  if (type == &type_decimal && v_type(v) == &type_decimal) return v_own(t, v);
  NumCall call = {.a = &v_decimal(v)->num};
  return decimal_run(t, &call, NULL, NULL, NULL, copy_work) < 0 ? V_NULL : decimal_new(t, type, &call.out[0]);
}

// The third part of a tuple. 0, -1 with an exception. *word: "Inf", "NaN", "sNaN", or NULL for an exponent.
static int tuple_exponent(Thread *t, Value v, const char **word, int64_t *exp) {
  *word = NULL;
  if (v_is_str(v)) {
    if (str_equals_cstr(v, "F")) *word = "Inf";
    else if (str_equals_cstr(v, "n")) *word = "NaN";
    else if (str_equals_cstr(v, "N")) *word = "sNaN";
    else raise_value_error(t, "string argument in the third position must be 'F', 'n' or 'N'");
    return *word ? 0 : -1;
  }
  if (!v_is_int(v)) raise_value_error(t, "exponent must be an integer");
  else if (!int_as_i64(v, exp)) raise_overflow(t, "Python int too large to convert to C ssize_t");
  else return 0;
  return -1;
}

static Value as_tuple(Thread *t, Value v) {
  if (v_has_flag(v, TYPE_TUPLE)) return v_own(t, v);
  if (v_is_list(v)) return list_to_tuple(t, v_list(v));
  return V_ABSENT;
}

static bool put_digits(Thread *t, StrBuilder *b, Value digits) {
  const Tuple *all = v_tuple(digits);
  for (int64_t i = 0; i < all->length; i++) {
    int64_t digit;
    if (!v_is_int(all->items[i]) || !int_as_i64(all->items[i], &digit) || digit < 0 || digit > 9) {
      raise_value_error(t, "coefficient must be a tuple of digits");
      return false;
    }
    if (!strb_char(b, (uint32_t)('0' + digit))) return false;
  }
  return true;
}

// (sign, digits, exponent) as the text that says so.
static Value tuple_text(Thread *t, Value parts) {
  if (v_tuple(parts)->length != 3) return raise_value_error(t, "argument must be a sequence of length 3");
  const Value *items = v_tuple(parts)->items;
  int64_t sign = 2, exp = 0;
  if (!v_is_int(items[0]) || !int_as_i64(items[0], &sign) || (sign != 0 && sign != 1))
    return raise_value_error(t, "sign must be an integer with the value 0 or 1");
  const char *word;
  if (tuple_exponent(t, items[2], &word, &exp) < 0) return V_NULL;
  Value digits = as_tuple(t, items[1]);
  if (v_is_null(digits)) return V_NULL;
  if (v_is_absent(digits)) return raise_value_error(t, "coefficient must be a tuple of digits");
  StrBuilder b;
  strb_init(&b, t);
  bool infinite = word && word[0] == 'I';
  bool ok = (!sign || strb_char(&b, '-')) && (!word || strb_cstr(&b, word)) && (infinite || put_digits(t, &b, digits)) &&
            (word || v_tuple(digits)->length || strb_char(&b, '0'));
  v_drop(t, digits);
  if (ok && !word) {
    Value tail = str_from_format(t, "E%lld", (long long)exp);
    ok = strb_str(&b, tail);
    v_drop(t, tail);
  }
  if (ok) return strb_finish(&b);
  strb_discard(&b);
  return V_NULL;
}

static Value from_sequence(Thread *t, Type *type, Value v, Value context, bool exactly) {
  Value parts = as_tuple(t, v);
  Value text = v_is_null(parts) ? V_NULL : tuple_text(t, parts);
  Value result = v_is_null(text) ? V_NULL : decimal_from_str(t, type, text, context, exactly);
  v_drop(t, parts);
  v_drop(t, text);
  return result;
}

Value decimal_from_any(Thread *t, Type *type, Value v, Value context, bool exactly) {
  if (v_is_str(v)) return decimal_from_str(t, type, v, context, exactly);
  if (v_is_int(v)) return decimal_from_int(t, type, v, context, exactly);
  if (v_is_decimal(v)) return exactly ? copy_exactly(t, type, v) : decimal_from_decimal(t, type, v, context);
  if (v_has_flag(v, TYPE_TUPLE) || v_is_list(v)) return from_sequence(t, type, v, context, exactly);
  if (!v_is_float(v)) return decimal_not_convertible(t, v);
  if (context_signal(t, context, SIG_FLOAT_OPERATION) < 0) return V_NULL;
  return decimal_from_double(t, type, float_value(v), context, exactly);
}

// --- To ints and floats ----------------------------------------------------------------------------------------------------------------

static Value int_of(Thread *t, const Num *num) {
  if (num_is_big(num)) return int_from_limbs(t, num->big._mp_d, (int64_t)mpz_size(&num->big), num_is_negative(num));
  mp_limb_t limbs[2] = {(mp_limb_t)num->small, (mp_limb_t)(num->small >> 64)};
  return int_from_limbs(t, limbs, 2, num_is_negative(num));
}

static void integral_work(NumCall *call) { num_rescale(&call->out[0], call->a, 0, call->context.rounding); }

Value decimal_to_int(Thread *t, Value v, Rounding rounding) {
  const Num *num = &v_decimal(v)->num;
  if (num_is_nan(num)) return raise_value_error(t, "cannot convert NaN to integer");
  if (num_is_inf(num)) return raise_overflow(t, "cannot convert Infinity to integer");
  NumCall call = {.a = num, .context = {.rounding = rounding}};
  if (decimal_run(t, &call, NULL, NULL, NULL, integral_work) < 0) return V_NULL;
  Value result = int_of(t, &call.out[0]);
  num_clear(&call.out[0]);
  return result;
}

// In lowest terms.
static void ratio_work(NumCall *call) {
  mpz_t view, numerator, denominator, divisor;
  const Num *a = call->a;
  mpz_init_set(numerator, num_mpz(a, view));
  num_mpz_pow10(denominator, a->exp < 0 ? -a->exp : 0);
  mpz_init(divisor);
  if (a->exp > 0) {
    num_mpz_pow10(divisor, a->exp);
    mpz_mul(numerator, numerator, divisor);
  }
  mpz_gcd(divisor, numerator, denominator);
  mpz_divexact(numerator, numerator, divisor);
  mpz_divexact(denominator, denominator, divisor);
  num_set_mpz(&call->out[0], numerator);
  num_set_mpz(&call->out[1], denominator);
  call->out[0].flags = a->flags;
  call->out[1].flags = 0;
}

Value decimal_ratio(Thread *t, Value v) {
  const Num *num = &v_decimal(v)->num;
  if (num_is_nan(num)) return raise_value_error(t, "cannot convert NaN to integer ratio");
  if (num_is_inf(num)) return raise_overflow(t, "cannot convert Infinity to integer ratio");
  NumCall call = {.a = num};
  if (num_is_zero(num)) return tuple_pack(t, 2, v_from_smi(0), v_from_smi(1));
  if (decimal_run(t, &call, NULL, NULL, NULL, ratio_work) < 0) return V_NULL;
  Value result = tuple_from_stolen(t, (Value[]){int_of(t, &call.out[0]), int_of(t, &call.out[1])}, 2);
  num_clear(&call.out[0]);
  num_clear(&call.out[1]);
  return result;
}

double decimal_to_double(Thread *t, Value v) {
  static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
                                  1e21, 1e22};
  enum { EXACT_POWERS = 22, EXACT_DIGITS = 15 };
  const Num *num = &v_decimal(v)->num;
  double sign = num_is_negative(num) ? -1.0 : 1.0;
  if (num->flags & NUM_SNAN) {
    raise_value_error(t, "cannot convert signaling NaN to float");
    return -1.0;
  }
  if (num_is_nan(num)) return copysign(NAN, sign);
  if (num_is_inf(num)) return copysign(INFINITY, sign);
  // Both numbers are exact, so that one operation rounds once.
  if (num->digits <= EXACT_DIGITS && num->exp >= -EXACT_POWERS && num->exp <= EXACT_POWERS) {
    double c = (double)(uint64_t)num->small;
    return sign * (num->exp < 0 ? c / powers[-num->exp] : c * powers[num->exp]);
  }
  Value text = decimal_text(t, num, false, true);
  if (v_is_null(text)) return -1.0;
  const char *end;
  double d = double_from_string(v_str(text)->data, (size_t)v_str(text)->length, &end);
  v_drop(t, text);
  return d;
}

// --- To a tuple ------------------------------------------------------------------------------------------------------------------------

static Value digit_tuple(Thread *t, const Num *num) {
  if (num_is_inf(num)) return tuple_pack(t, 1, v_from_smi(0));
  char *text = heap_alloc(t, (size_t)num->digits + 1);
  if (!text) return raise_no_memory(t);
  Value result = decimal_digits(t, num, text) < 0 ? V_NULL : tuple_new(t, num->digits);
  for (int64_t i = 0; !v_is_null(result) && i < num->digits; i++) v_tuple(result)->items[i] = v_from_smi(text[i] - '0');
  heap_free(t, text);
  return result;
}

Value decimal_tuple(Thread *t, Value v) {
  const Num *num = &v_decimal(v)->num;
  Value digits = digit_tuple(t, num);
  if (v_is_null(digits)) return V_NULL;
  Value exp = num_is_special(num) ? str_from_cstr(t, num_is_inf(num) ? "F" : num->flags & NUM_SNAN ? "N" : "n") : int_from_i64(t, num->exp);
  Value result = v_is_null(exp) ? V_NULL : object_call3(t, decimal_tuple_class, v_from_smi(num_is_negative(num)), digits, exp);
  v_drop(t, digits);
  v_drop(t, exp);
  return result;
}

// --- Hash: the value modulo 2**61 - 1, as that of an equal int or Fraction ---------------------------------------------------------------

static uint64_t power_modulo(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent; exponent >>= 1) {
    if (exponent & 1) result = (uint64_t)((u128)result * base % HASH_MODULUS);
    base = (uint64_t)((u128)base * base % HASH_MODULUS);
  }
  return result;
}

static int64_t hash_of(const Num *num) {
  const uint64_t tenth = 2075258708292324556;   // times 10 is 1 modulo 2**61 - 1
  uint64_t c = num_is_big(num) ? mpz_tdiv_ui(&num->big, HASH_MODULUS) : (uint64_t)(num->small % (u128)HASH_MODULUS);
  uint64_t scale = num->exp < 0 ? power_modulo(tenth, (uint64_t)-num->exp) : power_modulo(10, (uint64_t)num->exp);
  int64_t hash = (int64_t)((u128)c * scale % HASH_MODULUS);
  if (num_is_negative(num)) hash = -hash;
  return hash == -1 ? -2 : hash;
}

int64_t decimal_hash(Thread *t, Value v) {
  const int64_t infinite = 314159;
  Decimal *d = v_decimal(v);
  int64_t hash = (int64_t)a64_load_rlx(&d->hash);
  if (hash) return hash;
  if (d->num.flags & NUM_SNAN) {
    raise_type_error(t, "Cannot hash a signaling NaN value");
    return -1;
  }
  if (num_is_nan(&d->num)) return double_hash(NAN, d);
  if (num_is_inf(&d->num)) return num_is_negative(&d->num) ? -infinite : infinite;
  hash = hash_of(&d->num);
  a64_store_rlx(&d->hash, (uint64_t)hash);
  return hash;
}

// --- Comparison ------------------------------------------------------------------------------------------------------------------------

// a * b's denominator, and b's numerator, exactly: for comparing with a Fraction and its like. 0, -1.
static int rational_operands(Thread *t, Value a, Value b, Value *scaled, Operand *numerator) {
  Value top = object_getattr(t, b, decimal_names[0]), bottom = v_is_null(top) ? V_NULL : object_getattr(t, b, decimal_names[1]);
  Operand denominator = {.owned = V_NULL};
  numerator->owned = V_NULL;
  *scaled = V_NULL;
  if (!v_is_null(bottom) && operand_require(t, top, numerator) == 0 && operand_require(t, bottom, &denominator) == 0) {
    NumCall call = {.a = &v_decimal(a)->num, .b = denominator.num, .context = num_max_context};
    if (num_is_special(call.a)) *scaled = v_own(t, a);
    else if (decimal_run(t, &call, NULL, num_multiply, NULL, NULL) == 0) *scaled = decimal_new(t, &type_decimal, &call.out[0]);
    // An int keeps its digits after its object is gone only if they are the operand's own.
    if (numerator->num != &numerator->local && v_is_null(numerator->owned)) numerator->owned = v_own(t, top);
  }
  operand_drop(t, &denominator);
  v_drop(t, top);
  v_drop(t, bottom);
  return v_is_null(*scaled) ? -1 : 0;
}

static void compare_work(NumCall *call) { *(int *)call->data = num_compare(call->a, call->b); }

static Value compare_numbers(Thread *t, const Num *a, const Num *b, int op, Value context) {
  int order = 0;
  if (num_is_nan(a) || num_is_nan(b)) {
    bool signals = (a->flags | b->flags) & NUM_SNAN || (op != CMP_EQ && op != CMP_NE);
    if (signals && context_signal(t, context, SIG_INVALID_OPERATION) < 0) return V_NULL;
    return v_from_bool(op == CMP_NE);
  }
  if (!num_is_big(a) && !num_is_big(b)) {
    order = num_compare(a, b);
  } else {
    NumCall call = {.a = a, .b = b, .data = &order};
    if (decimal_run(t, &call, NULL, NULL, NULL, compare_work) < 0) return V_NULL;
  }
  return v_from_bool(container_compare_lengths(order, 0, op));
}

static Value compare_double(Thread *t, Value a, double d, int op, Value context) {
  Value b = decimal_from_double(t, &type_decimal, d, context, true);
  if (v_is_null(b)) return V_NULL;
  Value result = compare_numbers(t, &v_decimal(a)->num, &v_decimal(b)->num, op, context);
  v_drop(t, b);
  return result;
}

// An equality of numbers is no use of floats that a program may want to hear of; an order is.
static int note_float(Thread *t, int op, Value context) {
  if (op != CMP_EQ && op != CMP_NE) return context_signal(t, context, SIG_FLOAT_OPERATION);
  Signals *flags = v_signals(v_dec_context(context)->flags);
  a32_fetch_or_acqrel(&flags->bits, SIG_FLOAT_OPERATION);
  return 0;
}

static Value compare_other(Thread *t, Value a, Value b, int op, Value context) {
  if (v_is_float(b)) return note_float(t, op, context) < 0 ? V_NULL : compare_double(t, a, float_value(b), op, context);
  if (type_is_subtype(v_type(b), &type_complex) && (op == CMP_EQ || op == CMP_NE)) {
    const Complex *z = (const Complex *)v_obj(b);
    return z->imag != 0 ? V_NOT_IMPLEMENTED : compare_double(t, a, z->real, op, context);
  }
  int rational = object_isinstance(t, b, decimal_rational);
  if (rational <= 0) return rational < 0 ? V_NULL : V_NOT_IMPLEMENTED;
  Value scaled;
  Operand numerator;
  Value result = V_NULL;
  if (rational_operands(t, a, b, &scaled, &numerator) == 0) result = compare_numbers(t, &v_decimal(scaled)->num, numerator.num, op, context);
  operand_drop(t, &numerator);
  v_drop(t, scaled);
  return result;
}

Value decimal_compare(Thread *t, Value a, Value b, int op) {
  Operand other;
  int got = operand_get(t, b, &other);
  if (got < 0) return V_NULL;
  if (got && !((other.num->flags | v_decimal(a)->num.flags) & NUM_NANS)) {
    Value result = compare_numbers(t, &v_decimal(a)->num, other.num, op, V_NULL);
    operand_drop(t, &other);
    return result;
  }
  Value context = context_current(t), result = V_NULL;
  if (!v_is_null(context)) result = got ? compare_numbers(t, &v_decimal(a)->num, other.num, op, context) : compare_other(t, a, b, op, context);
  operand_drop(t, &other);
  v_drop(t, context);
  return result;
}
