// The operations as methods of contexts: context.add(x, y) and so on, on Decimals and ints.
#include <stdlib.h>

#include "modules/decimal_internal.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"

// --- Operations --------------------------------------------------------------------------------------------------------------------------

// 0, -1 with the TypeError of a function that CPython does not name there.
static int exactly(Thread *t, const char *name, size_t nargs, size_t n, Value kwnames) {
  if (native_no_keywords(t, name, kwnames) < 0) return -1;
  if (nargs == n) return 0;
  raise_type_error(t, "function takes exactly %zu arguments (%zu given)", n, nargs);
  return -1;
}

#define UNARY(name, f) static NATIVE(context_##name) { return decimal_unary(t, args[0], f, self); }
#define BINARY(name, f) \
  static NATIVE(context_##name) { return exactly(t, #name, nargs, 2, kwnames) < 0 ? V_NULL : decimal_binary(t, args[0], args[1], f, self); }

UNARY(abs, num_abs)
UNARY(exp, num_exp)
UNARY(ln, num_ln)
UNARY(log10, num_log10)
UNARY(minus, num_minus)
UNARY(next_minus, num_next_minus)
UNARY(next_plus, num_next_plus)
UNARY(normalize, num_reduce)
UNARY(plus, num_plus)
UNARY(to_integral_exact, num_to_integral_exact)
UNARY(to_integral_value, num_to_integral_value)
UNARY(sqrt, num_sqrt)
UNARY(logb, num_logb)
UNARY(logical_invert, num_invert)
BINARY(add, num_add)
BINARY(compare, num_compare_numbers)
BINARY(compare_signal, num_compare_signal)
BINARY(compare_total, num_compare_total)
BINARY(compare_total_mag, num_compare_total_mag)
BINARY(copy_sign, num_copy_sign)
BINARY(divide, num_divide)
BINARY(divide_int, num_divide_int)
BINARY(logical_and, num_logical_and)
BINARY(logical_or, num_logical_or)
BINARY(logical_xor, num_logical_xor)
BINARY(max, num_max)
BINARY(max_mag, num_max_mag)
BINARY(min, num_min)
BINARY(min_mag, num_min_mag)
BINARY(multiply, num_multiply)
BINARY(next_toward, num_next_toward)
BINARY(quantize, num_quantize)
BINARY(remainder, num_remainder)
BINARY(remainder_near, num_remainder_near)
BINARY(rotate, num_rotate)
BINARY(scaleb, num_scaleb)
BINARY(shift, num_shift)
BINARY(subtract, num_subtract)

static NATIVE(context_fma) {
  return exactly(t, "fma", nargs, 3, kwnames) < 0 ? V_NULL : decimal_ternary(t, args[0], args[1], args[2], num_fma, self);
}

static NATIVE(context_power) {
  static aptr binder;
  Value bound[3];
  if (native_bind(t, &binder, "(a, b, modulo=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  if (v_is_absent_or_none(bound[2])) return decimal_binary(t, bound[0], bound[1], num_power, self);
  return decimal_ternary(t, bound[0], bound[1], bound[2], num_power_modulo, self);
}

static NATIVE(context_divmod) {
  Operand x, y;
  Value result = V_NULL;
  if (exactly(t, "divmod", nargs, 2, kwnames) < 0 || operand_require(t, args[0], &x) < 0) return V_NULL;
  if (operand_require(t, args[1], &y) == 0) {
    result = decimal_divmod(t, x.num, y.num, self);
    operand_drop(t, &y);
  }
  operand_drop(t, &x);
  return result;
}

static NATIVE(context_same_quantum) {
  Operand x, y;
  Value result = V_NULL;
  if (exactly(t, "same_quantum", nargs, 2, kwnames) < 0 || operand_require(t, args[0], &x) < 0) return V_NULL;
  if (operand_require(t, args[1], &y) == 0) {
    result = v_from_bool(num_same_quantum(x.num, y.num));
    operand_drop(t, &y);
  }
  operand_drop(t, &x);
  return result;
}

// --- Questions -----------------------------------------------------------------------------------------------------------------------------

static Value ask(Thread *t, Value v, bool (*f)(const Num *num, const NumContext *c), Value context) {
  Operand x;
  if (operand_require(t, v, &x) < 0) return V_NULL;
  NumContext c = context_rules(context);
  Value result = v_from_bool(f(x.num, &c));
  operand_drop(t, &x);
  return result;
}
#define QUESTION(name, expression)                                                             \
  static bool ask_##name(const Num *num, const NumContext *c) { (void)c; return expression; } \
  static NATIVE(context_##name) { return ask(t, args[0], ask_##name, self); }
QUESTION(is_finite, !num_is_special(num))
QUESTION(is_infinite, num_is_inf(num))
QUESTION(is_nan, num_is_nan(num))
QUESTION(is_normal, num_is_normal(num, c))
QUESTION(is_qnan, num->flags & NUM_NAN)
QUESTION(is_signed, num_is_negative(num))
QUESTION(is_snan, num->flags & NUM_SNAN)
QUESTION(is_subnormal, num_is_subnormal(num, c))
QUESTION(is_zero, num_is_zero(num))

static Value not_decimal(Thread *t) { return raise_type_error(t, "argument must be a Decimal"); }
static NATIVE(context_is_canonical) { return v_is_decimal(args[0]) ? V_TRUE : not_decimal(t); }
static NATIVE(context_canonical) { return v_is_decimal(args[0]) ? v_own(t, args[0]) : not_decimal(t); }
static NATIVE(context_radix) { return decimal_from_i64(t, 10); }

static NATIVE(context_number_class) {
  Operand x;
  if (operand_require(t, args[0], &x) < 0) return V_NULL;
  NumContext c = context_rules(self);
  Value result = str_from_cstr(t, num_class(x.num, &c));
  operand_drop(t, &x);
  return result;
}

static Value as_text(Thread *t, Value v, bool engineering, Value context) {
  Operand x;
  if (operand_require(t, v, &x) < 0) return V_NULL;
  Value result = decimal_text(t, x.num, engineering, a32_load_rlx(&v_dec_context(context)->capitals));
  operand_drop(t, &x);
  return result;
}
static NATIVE(context_to_sci_string) { return as_text(t, args[0], false, self); }
static NATIVE(context_to_eng_string) { return as_text(t, args[0], true, self); }

// --- Copies ----------------------------------------------------------------------------------------------------------------------------------

static Value as_decimal(Thread *t, Value v) {
  if (v_is_int(v)) return decimal_from_int(t, &type_decimal, v, V_NULL, true);
  return v_is_decimal(v) ? v_own(t, v) : decimal_not_convertible(t, v);
}
static NATIVE(context_copy_decimal) { return as_decimal(t, args[0]); }

static void abs_work(Num *r, const Num *a, NumContext *c) {
  (void)c;
  *r = *a;
  r->flags &= ~(uint32_t)NUM_NEG;
}
static void negate_work(Num *r, const Num *a, NumContext *c) {
  (void)c;
  *r = *a;
  r->flags ^= NUM_NEG;
}
UNARY(copy_abs, abs_work)
UNARY(copy_negate, negate_work)

static void apply_work(Num *r, const Num *a, NumContext *c) {
  *r = *a;
  num_finalize(r, c);
}
UNARY(apply, apply_work)

static NATIVE(context_create_decimal) {
  if (native_no_keywords(t, "create_decimal", kwnames) < 0) return V_NULL;
  if (nargs > 1) return raise_type_error(t, "function takes at most 1 argument (%zu given)", nargs);
  return nargs ? decimal_from_any(t, &type_decimal, args[0], self, false) : decimal_from_i64(t, 0);
}

static NATIVE(context_create_decimal_from_float) {
  if (v_is_int(args[0])) return decimal_from_int(t, &type_decimal, args[0], self, false);
  if (v_is_float(args[0])) return decimal_from_double(t, &type_decimal, float_value(args[0]), self, false);
  return raise_type_error(t, "argument must be int or float");
}

#define METHOD1(name, doc) {#name "($self, x, /)", context_##name, doc, 0}
#define METHOD2(name, doc) {#name "($self, x, y, /)", context_##name, doc, NATIVE_RAW}
const NativeDef decimal_context_methods[] = {
    METHOD1(abs, "The number without its sign."),
    METHOD1(exp, "The number e to the power of x."),
    METHOD1(ln, "The natural logarithm."),
    METHOD1(log10, "The logarithm to the base ten."),
    METHOD1(minus, "The number with its sign turned, as the prefix operator gives it."),
    METHOD1(next_minus, "The largest number that is less than x."),
    METHOD1(next_plus, "The smallest number that is greater than x."),
    METHOD1(normalize, "The same number without trailing zeros."),
    METHOD1(plus, "The number as the prefix operator gives it: rounded to this context."),
    {"to_integral($self, x, /)", context_to_integral_value, "The nearest whole number; signals nothing.", 0},
    METHOD1(to_integral_exact, "The nearest whole number; signals that it was rounded."),
    METHOD1(to_integral_value, "The nearest whole number; signals nothing."),
    METHOD1(sqrt, "The square root."),
    METHOD2(add, "The sum."),
    METHOD2(compare, "-1, 0 or 1 as x is less than y, equal or greater."),
    METHOD2(compare_signal, "As compare; NaNs are signaled."),
    METHOD2(divide, "The quotient."),
    METHOD2(divide_int, "The whole part of the quotient."),
    METHOD2(divmod, "The whole part of the quotient, and the remainder."),
    METHOD2(max, "The greater of two numbers."),
    METHOD2(max_mag, "The one that is greater without its sign."),
    METHOD2(min, "The lesser of two numbers."),
    METHOD2(min_mag, "The one that is less without its sign."),
    METHOD2(multiply, "The product."),
    METHOD2(next_toward, "The next number to x on the way to y."),
    METHOD2(quantize, "The number x, rounded to the exponent of y."),
    METHOD2(remainder, "What the whole part of the quotient leaves over; it has the sign of x."),
    METHOD2(remainder_near, "What the whole number next to the quotient leaves over."),
    METHOD2(subtract, "The difference."),
    {"power($self, /, a, b, modulo=None)", context_power, "The number a to the power of b, modulo a number if one is given.", NATIVE_RAW},
    {"fma($self, x, y, z, /)", context_fma, "x * y + z, rounded once.", NATIVE_RAW},
    {"Etiny($self, /)", context_etiny, "The least exponent: that of the smallest subnormal number.", 0},
    {"Etop($self, /)", context_etop, "The exponent of the largest number that has all digits.", 0},
    {"radix($self, /)", context_radix, "Ten.", 0},
    METHOD1(is_canonical, "True: all Decimals are."),
    METHOD1(is_finite, "Whether x is neither infinite nor a NaN."),
    METHOD1(is_infinite, "Whether x is an infinity."),
    METHOD1(is_nan, "Whether x is a NaN of either kind."),
    METHOD1(is_normal, "Whether x is finite, not zero and not subnormal."),
    METHOD1(is_qnan, "Whether x is a quiet NaN."),
    METHOD1(is_signed, "Whether x has the minus sign, which zeros and NaNs can have."),
    METHOD1(is_snan, "Whether x is a signaling NaN."),
    METHOD1(is_subnormal, "Whether x is so small that it cannot have all digits."),
    METHOD1(is_zero, "Whether x is a zero."),
    {"_apply($self, x, /)", context_apply, NULL, NATIVE_NO_SIGNATURE},
    METHOD1(canonical, "The number itself."),
    METHOD1(copy_abs, "The number without its sign; signals nothing."),
    METHOD1(copy_decimal, "The number itself; an int as a Decimal."),
    METHOD1(copy_negate, "The number with its sign turned; signals nothing."),
    METHOD1(logb, "The exponent of the first digit, as a Decimal."),
    METHOD1(logical_invert, "Each digit, 0 or 1, turned into the other."),
    METHOD1(number_class, "The name of the kind of number that x is here, such as '+Normal'."),
    METHOD1(to_sci_string, "The number as text in scientific notation."),
    METHOD1(to_eng_string, "The number as text whose exponent is a multiple of three."),
    METHOD2(compare_total, "-1, 0 or 1 in an order that knows all forms of a number and NaNs."),
    METHOD2(compare_total_mag, "As compare_total, without the signs."),
    METHOD2(copy_sign, "x with the sign of y."),
    METHOD2(logical_and, "The digits, 0 or 1, that are 1 in both."),
    METHOD2(logical_or, "The digits, 0 or 1, that are 1 in one or both."),
    METHOD2(logical_xor, "The digits, 0 or 1, that differ."),
    METHOD2(rotate, "The digits of x, turned left by y places, or right if that is negative."),
    METHOD2(same_quantum, "Whether the exponents are the same."),
    METHOD2(scaleb, "x with y added to its exponent."),
    METHOD2(shift, "The digits of x, moved left by y places, or right if that is negative."),
    {"clear_flags($self, /)", context_clear_flags, "Sets no flag.", 0},
    {"clear_traps($self, /)", context_clear_traps, "Traps nothing.", 0},
    {"__copy__($self, /)", context_method_copy, NULL, NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", context_reduce, NULL, NATIVE_NO_SIGNATURE},
    {"copy($self, /)", context_method_copy, "Another context with the same rules, flags and traps.", 0},
    {"create_decimal($self, num=\"0\", /)", context_create_decimal, "A Decimal as the constructor makes it, rounded to this context.", NATIVE_RAW},
    {"create_decimal_from_float($self, f, /)", context_create_decimal_from_float, "A float or int as a Decimal, rounded to this context.", 0},
    {0},
};
