// Decimal: construction, operators, methods.
#include "modules/decimal_internal.h"
#include "objects/complex.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_decimal;

// --- Construction and text -----------------------------------------------------------------------------------------------------------------

static Value decimal_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2] = {V_ABSENT, V_ABSENT};
  if (nargs == 1 && v_is_null(kwnames)) bound[0] = args[0];
  else if (native_bind(t, &binder, "(value='0', context=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Num zero;
  num_set(&zero, false, 0, 0);
  Value context = context_argument(t, bound[1]);
  if (v_is_null(context)) return V_NULL;
  Value v = v_is_absent(bound[0]) ? decimal_new(t, type, &zero) : decimal_from_any(t, type, bound[0], context, true);
  v_drop(t, context);
  return v;
}

static void decimal_dealloc(Thread *t, Object *o) {
  num_clear(&((Decimal *)o)->num);
  heap_free_object(t, o);
}

static Value to_text(Thread *t, Value self, bool engineering, Value context_given) {
  Value context = context_argument(t, context_given);
  if (v_is_null(context)) return V_NULL;
  Value text = decimal_text(t, &v_decimal(self)->num, engineering, a32_load_rlx(&v_dec_context(context)->capitals));
  v_drop(t, context);
  return text;
}

static Value decimal_str(Thread *t, Value self) { return to_text(t, self, false, V_ABSENT); }
static Value decimal_repr(Thread *t, Value self) {
  Value text = decimal_str(t, self), result = v_is_null(text) ? V_NULL : str_from_format(t, "Decimal('%U')", text);
  v_drop(t, text);
  return result;
}

// --- Operators -------------------------------------------------------------------------------------------------------------------------------

static Value apply_current(Thread *t, const Num *a, const Num *b, NumUnary unary, NumBinary binary) {
  Value context = context_current(t);
  if (v_is_null(context)) return V_NULL;
  Value result = decimal_apply(t, a, b, unary, binary, context);
  v_drop(t, context);
  return result;
}

// Both operands of an operator: 1, 0: NotImplemented, -1.
static int operands(Thread *t, Value a, Value b, Operand *x, Operand *y) {
  int got = operand_get(t, a, x);
  if (got <= 0) return got;
  got = operand_get(t, b, y);
  if (got <= 0) operand_drop(t, x);
  return got;
}

static Value operator(Thread *t, Value a, Value b, NumBinary f) {
  Operand x, y;
  int got = operands(t, a, b, &x, &y);
  if (got <= 0) return got ? V_NULL : V_NOT_IMPLEMENTED;
  Value result = apply_current(t, x.num, y.num, NULL, f);
  operand_drop(t, &x);
  operand_drop(t, &y);
  return result;
}
#define OPERATOR(name, f) static Value decimal_##name(Thread *t, Value a, Value b) { return operator(t, a, b, f); }
OPERATOR(add, num_add)
OPERATOR(subtract, num_subtract)
OPERATOR(multiply, num_multiply)
OPERATOR(true_divide, num_divide)
OPERATOR(floor_divide, num_divide_int)
OPERATOR(remainder, num_remainder)

static Value decimal_divmod_operator(Thread *t, Value a, Value b) {
  Operand x, y;
  int got = operands(t, a, b, &x, &y);
  if (got <= 0) return got ? V_NULL : V_NOT_IMPLEMENTED;
  Value context = context_current(t), result = v_is_null(context) ? V_NULL : decimal_divmod(t, x.num, y.num, context);
  v_drop(t, context);
  operand_drop(t, &x);
  operand_drop(t, &y);
  return result;
}

static Value decimal_power(Thread *t, Value a, Value b, Value modulus) {
  Operand x, y, z;
  if (v_is_none(modulus)) return operator(t, a, b, num_power);
  int got = operands(t, a, b, &x, &y);
  if (got > 0) {
    got = operand_get(t, modulus, &z);
    if (got <= 0) {
      operand_drop(t, &x);
      operand_drop(t, &y);
    }
  }
  if (got <= 0) return got ? V_NULL : V_NOT_IMPLEMENTED;
  Value context = context_current(t), result = V_NULL;
  if (!v_is_null(context)) result = decimal_ternary(t, a, b, modulus, num_power_modulo, context);
  v_drop(t, context);
  operand_drop(t, &x);
  operand_drop(t, &y);
  operand_drop(t, &z);
  return result;
}

static Value decimal_negative(Thread *t, Value self) { return apply_current(t, &v_decimal(self)->num, NULL, num_minus, NULL); }
static Value decimal_positive(Thread *t, Value self) { return apply_current(t, &v_decimal(self)->num, NULL, num_plus, NULL); }
static Value decimal_absolute(Thread *t, Value self) { return apply_current(t, &v_decimal(self)->num, NULL, num_abs, NULL); }
static int decimal_bool(UNUSED_OK Thread *t, Value self) { return !num_is_zero(&v_decimal(self)->num); }
static Value decimal_int(Thread *t, Value self) { return decimal_to_int(t, self, ROUND_DOWN); }
static Value decimal_float(Thread *t, Value self) {
  double d = decimal_to_double(t, self);
  return d == -1.0 && error_pending(t) ? V_NULL : float_new(t, d);
}

// --- Methods that take a context -----------------------------------------------------------------------------------------------------------------

// method(context=None)
static Value method_unary(Thread *t, Value self, NumUnary f, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[1] = {V_ABSENT};
  if ((nargs || !v_is_null(kwnames)) && native_bind(t, &binder, "(context=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Value context = context_argument(t, bound[0]);
  if (v_is_null(context)) return V_NULL;
  Value result = decimal_apply(t, &v_decimal(self)->num, NULL, f, NULL, context);
  v_drop(t, context);
  return result;
}

// method(other, context=None): the other operand and the context, to be dropped both. 0, -1.
static int bind_other(Thread *t, const Value *args, size_t nargs, Value kwnames, Operand *other, Value *context) {
  static aptr binder;
  Value bound[2] = {V_ABSENT, V_ABSENT};
  if (nargs == 1 && v_is_null(kwnames)) bound[0] = args[0];
  else if (native_bind(t, &binder, "(other, context=None)", args, nargs, kwnames, bound) < 0) return -1;
  *context = context_argument(t, bound[1]);
  if (v_is_null(*context)) return -1;
  if (operand_require(t, bound[0], other) == 0) return 0;
  v_drop(t, *context);
  return -1;
}

static Value method_binary(Thread *t, Value self, NumBinary f, const Value *args, size_t nargs, Value kwnames) {
  Operand other;
  Value context;
  if (bind_other(t, args, nargs, kwnames, &other, &context) < 0) return V_NULL;
  Value result = decimal_apply(t, &v_decimal(self)->num, other.num, NULL, f, context);
  operand_drop(t, &other);
  v_drop(t, context);
  return result;
}

#define UNARY(name, f) static NATIVE(dec_##name) { return method_unary(t, self, f, args, nargs, kwnames); }
#define BINARY(name, f) static NATIVE(dec_##name) { return method_binary(t, self, f, args, nargs, kwnames); }
UNARY(exp, num_exp)
UNARY(ln, num_ln)
UNARY(log10, num_log10)
UNARY(next_minus, num_next_minus)
UNARY(next_plus, num_next_plus)
UNARY(normalize, num_reduce)
UNARY(sqrt, num_sqrt)
UNARY(logb, num_logb)
UNARY(logical_invert, num_invert)
BINARY(compare, num_compare_numbers)
BINARY(compare_signal, num_compare_signal)
BINARY(compare_total, num_compare_total)
BINARY(compare_total_mag, num_compare_total_mag)
BINARY(copy_sign, num_copy_sign)
BINARY(logical_and, num_logical_and)
BINARY(logical_or, num_logical_or)
BINARY(logical_xor, num_logical_xor)
BINARY(max, num_max)
BINARY(max_mag, num_max_mag)
BINARY(min, num_min)
BINARY(min_mag, num_min_mag)
BINARY(next_toward, num_next_toward)
BINARY(remainder_near, num_remainder_near)
BINARY(rotate, num_rotate)
BINARY(scaleb, num_scaleb)
BINARY(shift, num_shift)

static NATIVE(dec_same_quantum) {
  Operand other;
  Value context;
  if (bind_other(t, args, nargs, kwnames, &other, &context) < 0) return V_NULL;
  bool same = num_same_quantum(&v_decimal(self)->num, other.num);
  operand_drop(t, &other);
  v_drop(t, context);
  return v_from_bool(same);
}

static NATIVE(dec_fma) {
  static aptr binder;
  Value bound[3];
  if (native_bind(t, &binder, "(other, third, context=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Value context = context_argument(t, bound[2]);
  Value result = v_is_null(context) ? V_NULL : decimal_ternary(t, self, bound[0], bound[1], num_fma, context);
  v_drop(t, context);
  return result;
}

// Runs f under the context's rules but for the rounding, if one is given.
static Value apply_rounding(Thread *t, const Num *a, const Num *b, NumUnary unary, NumBinary binary, Value rounding, Value context) {
  NumCall call = {.a = a, .b = b, .context = context_rules(context)};
  if (!v_is_absent_or_none(rounding) && context_rounding(t, rounding, &call.context.rounding) < 0) return V_NULL;
  return decimal_run(t, &call, unary, binary, NULL, NULL) < 0 ? V_NULL : decimal_result(t, &call, context);
}

static NATIVE(dec_quantize) {
  static aptr binder;
  Value bound[3] = {V_ABSENT, V_ABSENT, V_ABSENT};
  if (nargs == 1 && v_is_null(kwnames)) bound[0] = args[0];
  else if (native_bind(t, &binder, "(exp, rounding=None, context=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Operand exp;
  Value context = context_argument(t, bound[2]), result = V_NULL;
  if (v_is_null(context)) return V_NULL;
  Rounding ignored;
  if (!v_is_absent_or_none(bound[1]) && context_rounding(t, bound[1], &ignored) < 0) {     // refused before the operand is looked at
    v_drop(t, context);
    return V_NULL;
  }
  if (operand_require(t, bound[0], &exp) == 0) {
    result = apply_rounding(t, &v_decimal(self)->num, exp.num, NULL, num_quantize, bound[1], context);
    operand_drop(t, &exp);
  }
  v_drop(t, context);
  return result;
}

static Value to_integral(Thread *t, Value self, NumUnary f, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "(rounding=None, context=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Value context = context_argument(t, bound[1]);
  if (v_is_null(context)) return V_NULL;
  Value result = apply_rounding(t, &v_decimal(self)->num, NULL, f, NULL, bound[0], context);
  v_drop(t, context);
  return result;
}
static NATIVE(dec_to_integral_value) { return to_integral(t, self, num_to_integral_value, args, nargs, kwnames); }
static NATIVE(dec_to_integral_exact) { return to_integral(t, self, num_to_integral_exact, args, nargs, kwnames); }

// The context argument of a method that has no other: its rules. 0, -1.
static int bind_rules(Thread *t, const Value *args, size_t nargs, Value kwnames, NumContext *c) {
  static aptr binder;
  Value bound[1];
  if (native_bind(t, &binder, "(context=None)", args, nargs, kwnames, bound) < 0) return -1;
  Value context = context_argument(t, bound[0]);
  if (v_is_null(context)) return -1;
  *c = context_rules(context);
  v_drop(t, context);
  return 0;
}
static NATIVE(dec_is_normal) {
  NumContext c;
  return bind_rules(t, args, nargs, kwnames, &c) < 0 ? V_NULL : v_from_bool(num_is_normal(&v_decimal(self)->num, &c));
}
static NATIVE(dec_is_subnormal) {
  NumContext c;
  return bind_rules(t, args, nargs, kwnames, &c) < 0 ? V_NULL : v_from_bool(num_is_subnormal(&v_decimal(self)->num, &c));
}
static NATIVE(dec_number_class) {
  NumContext c;
  return bind_rules(t, args, nargs, kwnames, &c) < 0 ? V_NULL : str_from_cstr(t, num_class(&v_decimal(self)->num, &c));
}
static NATIVE(dec_to_eng_string) {
  static aptr binder;
  Value bound[1];
  return native_bind(t, &binder, "(context=None)", args, nargs, kwnames, bound) < 0 ? V_NULL : to_text(t, self, true, bound[0]);
}

// --- Other methods ---------------------------------------------------------------------------------------------------------------------------------

#define QUESTION(name, expression)               \
  static NATIVE(dec_##name) {                \
    const Num *num = &v_decimal(self)->num;      \
    return v_from_bool(expression);              \
  }
QUESTION(is_finite, !num_is_special(num))
QUESTION(is_infinite, num_is_inf(num))
QUESTION(is_nan, num_is_nan(num))
QUESTION(is_qnan, num->flags & NUM_NAN)
QUESTION(is_signed, num_is_negative(num))
QUESTION(is_snan, num->flags & NUM_SNAN)
QUESTION(is_zero, num_is_zero(num))
static NATIVE(dec_is_canonical) { return V_TRUE; }
static NATIVE(dec_same) { return v_own(t, self); }
static NATIVE(dec_radix) { return decimal_from_i64(t, 10); }
static NATIVE(dec_adjusted) {
  const Num *num = &v_decimal(self)->num;
  return int_from_i64(t, num_is_special(num) ? 0 : num_adjusted(num));
}
static NATIVE(dec_as_tuple) { return decimal_tuple(t, self); }
static NATIVE(dec_as_integer_ratio) { return decimal_ratio(t, self); }

// The same coefficient with another sign.
static void signed_work(NumCall *call) {
  call->out[0] = *call->a;
  call->out[0].flags ^= *(const uint32_t *)call->data;
}
static Value with_sign(Thread *t, Value self, uint32_t flip) {
  NumCall call = {.a = &v_decimal(self)->num, .data = &flip};
  return decimal_run(t, &call, NULL, NULL, NULL, signed_work) < 0 ? V_NULL : decimal_new(t, &type_decimal, &call.out[0]);
}
static NATIVE(dec_copy_abs) { return with_sign(t, self, v_decimal(self)->num.flags & NUM_NEG); }
static NATIVE(dec_copy_negate) { return with_sign(t, self, NUM_NEG); }

static NATIVE(dec_from_float) {
  Value context = context_current(t), v = V_NULL;
  if (v_is_null(context)) return V_NULL;
  if (v_is_int(args[0])) v = decimal_from_int(t, &type_decimal, args[0], context, true);
  else if (v_is_float(args[0])) v = decimal_from_double(t, &type_decimal, float_value(args[0]), context, true);
  else raise_type_error(t, "argument must be int or float");
  v_drop(t, context);
  if (v_is_null(v) || v_as_type(self) == &type_decimal) return v;
  Value of_class = object_call1(t, self, v);
  v_drop(t, v);
  return of_class;
}

static NATIVE(dec_format_method) {
  if (native_no_keywords(t, "__format__", kwnames) < 0) return V_NULL;
  if (nargs < 1) return raise_type_error(t, "function takes at least 1 argument (0 given)");
  if (nargs > 2) return raise_type_error(t, "function takes at most 2 arguments (%zu given)", nargs);
  return decimal_format(t, self, args[0], nargs > 1 ? args[1] : V_ABSENT);
}

static NATIVE(dec_reduce) {
  Value text = decimal_str(t, self), arguments = v_is_null(text) ? V_NULL : tuple_pack(t, 1, text);
  Value result = v_is_null(arguments) ? V_NULL : tuple_pack(t, 2, v_from_obj(v_type(self)), arguments);
  v_drop(t, text);
  v_drop(t, arguments);
  return result;
}

static NATIVE(dec_round) {
  int64_t places;
  if (native_no_keywords(t, "__round__", kwnames) < 0) return V_NULL;
  if (nargs > 1) return raise_type_error(t, "function takes at most 1 argument (%zu given)", nargs);
  if (nargs == 0) return decimal_to_int(t, self, ROUND_HALF_EVEN);
  if (!v_is_int(args[0])) return raise_type_error(t, "optional arg must be an integer");
  if (!int_as_i64(args[0], &places)) return raise_overflow(t, "Python int too large to convert to C ssize_t");
  Num exp;
  num_set(&exp, false, 1, places == INT64_MIN ? INT64_MAX : -places);
  return apply_current(t, &v_decimal(self)->num, &exp, NULL, num_quantize);
}
static NATIVE(dec_ceil) { return decimal_to_int(t, self, ROUND_CEILING); }
static NATIVE(dec_floor) { return decimal_to_int(t, self, ROUND_FLOOR); }
static NATIVE(dec_trunc) { return decimal_to_int(t, self, ROUND_DOWN); }

static NATIVE(dec_complex) {
  double d = decimal_to_double(t, self);
  return d == -1.0 && error_pending(t) ? V_NULL : complex_new(t, d, 0);
}

static NATIVE(dec_sizeof) {
  const Num *num = &v_decimal(self)->num;
  size_t limbs = num_is_big(num) ? (size_t)num->big._mp_alloc * sizeof(mp_limb_t) : 0;
  return int_from_i64(t, (int64_t)(v_type(self)->size + limbs));
}

static Value decimal_real(Thread *t, Value self, UNUSED_OK void *closure) { return v_own(t, self); }
static Value decimal_imag(Thread *t, UNUSED_OK Value self, UNUSED_OK void *closure) { return decimal_from_i64(t, 0); }

#define METHOD0(name, doc) {#name "($self, /)", dec_##name, doc, 0}
#define METHOD_C(name, doc) {#name "($self, /, context=None)", dec_##name, doc, NATIVE_RAW}
#define METHOD_OC(name, doc) {#name "($self, /, other, context=None)", dec_##name, doc, NATIVE_RAW}
#define HIDDEN(name, function) {name, dec_##function, NULL, NATIVE_NO_SIGNATURE}
static const NativeDef decimal_methods[] = {
    METHOD_C(exp, "e to the power of this number, correctly rounded."),
    METHOD_C(ln, "The natural logarithm, correctly rounded."),
    METHOD_C(log10, "The logarithm to the base ten, correctly rounded."),
    METHOD_C(next_minus, "The largest number that is less than this one."),
    METHOD_C(next_plus, "The smallest number that is greater than this one."),
    METHOD_C(normalize, "The same number without trailing zeros; all zeros become 0."),
    {"to_integral($self, /, rounding=None, context=None)", dec_to_integral_value, "The nearest whole number; signals nothing.", NATIVE_RAW},
    {"to_integral_exact($self, /, rounding=None, context=None)", dec_to_integral_exact, "The nearest whole number; signals that it was rounded.",
     NATIVE_RAW},
    {"to_integral_value($self, /, rounding=None, context=None)", dec_to_integral_value, "The nearest whole number; signals nothing.", NATIVE_RAW},
    METHOD_C(sqrt, "The square root, correctly rounded."),
    METHOD_OC(compare, "-1, 0 or 1 as this number is less than the other, equal or greater; NaN if one of them is."),
    METHOD_OC(compare_signal, "As compare; NaNs are signaled."),
    METHOD_OC(max, "The greater of two numbers; a number rather than a quiet NaN."),
    METHOD_OC(max_mag, "The one that is greater without its sign."),
    METHOD_OC(min, "The lesser of two numbers; a number rather than a quiet NaN."),
    METHOD_OC(min_mag, "The one that is less without its sign."),
    METHOD_OC(next_toward, "The next number on the way to the other."),
    {"quantize($self, /, exp, rounding=None, context=None)", dec_quantize, "This number, rounded to the exponent of another.", NATIVE_RAW},
    METHOD_OC(remainder_near, "What the whole number next to the quotient leaves over."),
    {"fma($self, /, other, third, context=None)", dec_fma, "self * other + third, rounded once.", NATIVE_RAW},
    METHOD0(is_canonical, "True: all Decimals are."),
    METHOD0(is_finite, "Whether this is neither an infinity nor a NaN."),
    METHOD0(is_infinite, "Whether this is an infinity."),
    METHOD0(is_nan, "Whether this is a NaN of either kind."),
    METHOD0(is_qnan, "Whether this is a quiet NaN."),
    METHOD0(is_snan, "Whether this is a signaling NaN."),
    METHOD0(is_signed, "Whether this has the minus sign, which zeros and NaNs can have."),
    METHOD0(is_zero, "Whether this is a zero."),
    METHOD_C(is_normal, "Whether this is finite, not zero and not subnormal."),
    METHOD_C(is_subnormal, "Whether this is so small that it cannot have all digits."),
    METHOD0(adjusted, "The exponent of the first digit; 0 for infinities and NaNs."),
    {"canonical($self, /)", dec_same, "The number itself.", 0},
    {"conjugate($self, /)", dec_same, "The number itself: it has no imaginary part.", 0},
    METHOD0(radix, "Ten."),
    METHOD0(copy_abs, "This number without its sign; signals nothing."),
    METHOD0(copy_negate, "This number with its sign turned; signals nothing."),
    METHOD_C(logb, "The exponent of the first digit, as a Decimal."),
    METHOD_C(logical_invert, "Each digit, 0 or 1, turned into the other."),
    METHOD_C(number_class, "The name of the kind of number that this is, such as '+Normal'."),
    METHOD_C(to_eng_string, "As text whose exponent is a multiple of three."),
    METHOD_OC(compare_total, "-1, 0 or 1 in an order that knows all forms of a number and NaNs."),
    METHOD_OC(compare_total_mag, "As compare_total, without the signs."),
    METHOD_OC(copy_sign, "This number with the sign of the other."),
    METHOD_OC(same_quantum, "Whether the exponents are the same; two infinities or two NaNs count as that."),
    METHOD_OC(logical_and, "The digits, 0 or 1, that are 1 in both."),
    METHOD_OC(logical_or, "The digits, 0 or 1, that are 1 in one or both."),
    METHOD_OC(logical_xor, "The digits, 0 or 1, that differ."),
    METHOD_OC(rotate, "The digits, turned left by the other number of places, or right if that is negative."),
    METHOD_OC(scaleb, "This number with the other added to its exponent."),
    METHOD_OC(shift, "The digits, moved left by the other number of places, or right if that is negative."),
    {"from_float($type, f, /)", dec_from_float, "Exactly the number that a float stands for.", NATIVE_CLASS},
    METHOD0(as_tuple, "Sign, digits and exponent as a named tuple."),
    METHOD0(as_integer_ratio, "Numerator and denominator, in lowest terms, as ints."),
    HIDDEN("__copy__($self, /)", same),
    HIDDEN("__deepcopy__($self, memo, /)", same),
    {"__format__($self, spec, override=<unrepresentable>, /)", dec_format_method, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    HIDDEN("__reduce__($self, /)", reduce),
    {"__round__($self, ndigits=<unrepresentable>, /)", dec_round, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    HIDDEN("__ceil__($self, /)", ceil),
    HIDDEN("__floor__($self, /)", floor),
    HIDDEN("__trunc__($self, /)", trunc),
    HIDDEN("__complex__($self, /)", complex),
    HIDDEN("__sizeof__($self, /)", sizeof),
    {0},
};
static const GetSetDef decimal_getset[] = {{"real", decimal_real, NULL, NULL, NULL}, {"imag", decimal_imag, NULL, NULL, NULL}, {0}};
static const TypeSpec spec_decimal = {
    .name = "decimal.Decimal",
    .size = sizeof(Decimal),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.new = decimal_type_new, .dealloc = decimal_dealloc, .getattro = object_generic_getattr, .repr = decimal_repr, .str = decimal_str,
              .hash = decimal_hash, .richcompare = decimal_compare, .add = decimal_add, .subtract = decimal_subtract,
              .multiply = decimal_multiply, .true_divide = decimal_true_divide, .floor_divide = decimal_floor_divide,
              .remainder = decimal_remainder, .divmod = decimal_divmod_operator, .power = decimal_power, .negative = decimal_negative,
              .positive = decimal_positive, .absolute = decimal_absolute, .bool_ = decimal_bool, .int_ = decimal_int, .float_ = decimal_float},
    .methods = decimal_methods,
    .getset = decimal_getset,
    .doc = "A decimal number. value: an int, a float, a str, another Decimal, or a tuple of sign, digits and exponent; it is taken exactly.",
    .text_signature = "(value='0', context=None)",
};

int decimal_type_init(Thread *t, Value module) {
  if (!(type_decimal.flags & TYPE_READY) && !type_ready(t, &type_decimal, &spec_decimal, 0)) return -1;
  return module_add_type(t, module, &type_decimal);
}
