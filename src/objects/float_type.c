// The type float: arithmetic, comparison with ints of any size, rounding and methods.
#include "objects/float_type.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "objects/bytes.h"
#include "objects/complex.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_hex.h"
#include "objects/float_text.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// An operand of a float operator as a double: 1; 0: not a number for us; -1: error (an int too large).
static int operand(Thread *t, Value v, double *out) {
  if (v_is_flo(v)) {
    *out = v_flo(v);
    return 1;
  }
  if (v_is_smi(v)) {
    *out = (double)v_smi(v);
    return 1;
  }
  if (v_is_float(v)) {
    *out = float_value(v);
    return 1;
  }
  if (!v_is_int(v)) return 0;
  *out = int_as_double(t, v);
  return *out == -1.0 && error_pending(t) ? -1 : 1;
}

#define OPERANDS(a, b, x, y)                                  \
  double x, y;                                                \
  int ok_ = operand(t, a, &x);                                \
  if (ok_ > 0) ok_ = operand(t, b, &y);                       \
  if (ok_ <= 0) return ok_ < 0 ? V_NULL : V_NOT_IMPLEMENTED

static Value slot_add(Thread *t, Value a, Value b) { OPERANDS(a, b, x, y); return float_new(t, x + y); }
static Value slot_subtract(Thread *t, Value a, Value b) { OPERANDS(a, b, x, y); return float_new(t, x - y); }
static Value slot_multiply(Thread *t, Value a, Value b) { OPERANDS(a, b, x, y); return float_new(t, x * y); }
static Value slot_true_divide(Thread *t, Value a, Value b) {
  OPERANDS(a, b, x, y);
  if (y == 0.0) return raise_error(t, &exc_ZeroDivisionError, "float division by zero");
  return float_new(t, x / y);
}

// Floored quotient and the remainder with the divisor's sign; y != 0.
static double floor_mod(double x, double y, double *mod) {
  double m = fmod(x, y), div = (x - m) / y;
  if (m != 0.0) {
    if ((y < 0) != (m < 0)) {
      m += y;
      div -= 1.0;
    }
  } else {
    m = copysign(0.0, y);
  }
  *mod = m;
  if (div == 0.0) return copysign(0.0, x / y);
  double floored = floor(div);
  return div - floored > 0.5 ? floored + 1.0 : floored;
}

static Value float_floor_divide(Thread *t, Value a, Value b) {
  OPERANDS(a, b, x, y);
  if (y == 0.0) return raise_error(t, &exc_ZeroDivisionError, "float floor division by zero");
  double m;
  return float_new(t, floor_mod(x, y, &m));
}

static Value float_remainder(Thread *t, Value a, Value b) {
  OPERANDS(a, b, x, y);
  if (y == 0.0) return raise_error(t, &exc_ZeroDivisionError, "float modulo");
  double m;
  floor_mod(x, y, &m);
  return float_new(t, m);
}

static Value slot_divmod(Thread *t, Value a, Value b) {
  OPERANDS(a, b, x, y);
  if (y == 0.0) return raise_error(t, &exc_ZeroDivisionError, "float divmod()");
  double m, q = floor_mod(x, y, &m);
  return tuple_from_stolen(t, (Value[]){float_new(t, q), float_new(t, m)}, 2);
}

// OverflowError with errno's number and text as its two arguments, as CPython raises it.
static Value out_of_range(Thread *t) {
  Value text = str_from_cstr(t, "Numerical result out of range");
  Value exc = v_is_null(text) ? V_NULL : exception_new(t, &exc_OverflowError, (Value[]){v_from_smi(ERANGE), text}, 2);
  v_drop(t, text);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

Value float_power(Thread *t, double x, double y) {
  if (y == 0.0 || x == 1.0) return float_new(t, 1.0);
  if (isnan(x) || isnan(y)) return float_new(t, isnan(x) ? x : y);
  if (isinf(x) || isinf(y)) return float_new(t, pow(x, y));
  if (x == 0.0 && y < 0.0) return raise_error(t, &exc_ZeroDivisionError, "0.0 cannot be raised to a negative power");
  if (x < 0.0 && y != floor(y)) return complex_power(t, x, 0.0, y, 0.0);
  double r = pow(x, y);
  return isinf(r) ? out_of_range(t) : float_new(t, r);
}

static Value slot_power(Thread *t, Value a, Value b, Value mod) {
  if (!v_is_none(mod)) return raise_type_error(t, "pow() 3rd argument not allowed unless all arguments are integers");
  OPERANDS(a, b, x, y);
  return float_power(t, x, y);
}

static Value slot_negative(Thread *t, Value v) { return float_new(t, -float_value(v)); }
static Value slot_positive(Thread *t, Value v) { return v_is_float_exact(v) ? v_own(t, v) : float_new(t, float_value(v)); }
static Value slot_absolute(Thread *t, Value v) { return float_new(t, fabs(float_value(v))); }
static Value slot_int(Thread *t, Value v) { return int_from_double(t, float_value(v)); }
static int slot_bool(Thread *t, Value v) { (void)t; return float_value(v) != 0.0; }

// A double against an int of any size, exactly: -1 0 1.
static int compare_with_int(double x, Value i) {
  if (v_is_smi(i) && v_smi(i) <= (int64_t)1 << 53 && v_smi(i) >= -((int64_t)1 << 53)) {
    double y = (double)v_smi(i);
    return x < y ? -1 : x > y;
  }
  int xs = x > 0 ? 1 : x < 0 ? -1 : 0, is = int_sign(i);
  if (xs != is) return xs < is ? -1 : 1;
  if (isinf(x)) return xs;
  int exponent;
  frexp(x, &exponent);
  int64_t bits = (int64_t)int_bit_length(i);
  if (exponent != bits) return (exponent < bits ? -1 : 1) * xs;
  // Same magnitude: the truncated double against the int, the fraction breaking ties. It has at most 1024 bits.
  mp_limb_t limbs[17] = {0};
  double whole, fraction = modf(fabs(x), &whole);
  int shift = exponent - 64;
  uint64_t top = (uint64_t)ldexp(whole, -shift);
  if (shift <= 0) {
    limbs[0] = (mp_limb_t)whole;
  } else {
    limbs[shift / 64] = top << shift % 64;
    if (shift % 64) limbs[shift / 64 + 1] = top >> (64 - shift % 64);
  }
  mpz_t a, b;
  int64_t u;
  int c;
  if (int_as_i64(i, &u)) {
    mp_limb_t m = u < 0 ? 0 - (mp_limb_t)u : (mp_limb_t)u;
    c = limbs[0] < m ? -1 : limbs[0] > m;
  } else {
    const Int *o = (const Int *)v_obj(i);
    c = mpz_cmpabs(mpz_roinit_n(a, limbs, 17), mpz_roinit_n(b, o->limbs, o->size < 0 ? -o->size : o->size));
  }
  if (c == 0 && fraction > 0) c = 1;
  return (c < 0 ? -1 : c > 0) * xs;
}

static Value slot_compare(Thread *t, Value a, Value b, int op) {
  (void)t;
  double x = float_value(a);
  if (v_is_float(b)) {
    double y = float_value(b);
    switch (op) {
      case CMP_LT: return v_from_bool(x < y);
      case CMP_LE: return v_from_bool(x <= y);
      case CMP_EQ: return v_from_bool(x == y);
      case CMP_NE: return v_from_bool(x != y);
      case CMP_GT: return v_from_bool(x > y);
      default: return v_from_bool(x >= y);
    }
  }
  if (!v_is_int(b)) return V_NOT_IMPLEMENTED;
  if (isnan(x)) return v_from_bool(op == CMP_NE);
  int c = compare_with_int(x, b);
  switch (op) {
    case CMP_LT: return v_from_bool(c < 0);
    case CMP_LE: return v_from_bool(c <= 0);
    case CMP_EQ: return v_from_bool(c == 0);
    case CMP_NE: return v_from_bool(c != 0);
    case CMP_GT: return v_from_bool(c > 0);
    default: return v_from_bool(c >= 0);
  }
}

static int64_t slot_hash(Thread *t, Value v) {
  (void)t;
  return double_hash(float_value(v), v_obj(v));
}

Value float_repr(Thread *t, Value v) {
  double d = float_value(v);
  if (!isfinite(d)) return str_from_cstr(t, isnan(d) ? "nan" : d < 0 ? "-inf" : "inf");
  char text[DOUBLE_REPR_MAX];
  int n = double_repr(d, text, DOUBLE_ADD_DOT_0);
  return str_from_ascii(t, text, (size_t)n);
}

// --- Construction -----------------------------------------------------------------------------------------------------------------------

static Value float_new_slot(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (type->slots.init == type_float.slots.init && native_no_keywords(t, "float", kwnames) < 0) return V_NULL;
  if (native_check_positional(t, "float", nargs, 0, 1) < 0) return V_NULL;
  Value v;
  if (nargs == 0) v = float_new(t, 0.0);
  else if (v_is_str_exact(args[0])) v = float_from_str(t, args[0]);
  else v = number_float(t, args[0]);
  if (v_is_null(v) || type == &type_float) return v;
  Value self = type->slots.alloc(t, type, 0);
  if (!v_is_null(self)) ((Float *)v_obj(self))->value = float_value(v);
  v_drop(t, v);
  return self;
}

// --- Methods --------------------------------------------------------------------------------------------------------------------------------

#define METHOD(name) static Value method_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

METHOD(conjugate) { UNUSED_ARGS; return slot_positive(t, self); }
METHOD(trunc) { UNUSED_ARGS; return int_from_double(t, float_value(self)); }
METHOD(floor) { UNUSED_ARGS; return int_from_double(t, floor(float_value(self))); }
METHOD(ceil) { UNUSED_ARGS; return int_from_double(t, ceil(float_value(self))); }
METHOD(is_integer) {
  UNUSED_ARGS;
  (void)t;
  double d = float_value(self);
  return v_from_bool(isfinite(d) && floor(d) == d);
}
METHOD(getnewargs) {
  UNUSED_ARGS;
  return tuple_from_stolen(t, (Value[]){float_new(t, float_value(self))}, 1);
}

METHOD(round) {
  (void)nargs, (void)kwnames;
  double d = float_value(self);
  if (v_is_absent_or_none(args[0])) return int_from_double(t, nearbyint(d));
  int64_t digits = number_as_i64_clip(t, args[0]);
  if (digits == -1 && error_pending(t)) return V_NULL;
  if (!isfinite(d) || digits > 323) return float_new(t, d);
  if (digits < -308) return float_new(t, copysign(0.0, d));
  // Correct rounding by way of decimal text, as the shortest-repr algorithms do it.
  char *s = digits >= 0 ? double_to_string(d, 'f', (int)digits, 0) : decimal_round_to_power(d, (int)-digits);
  if (!s) return raise_no_memory(t);
  double r = strtod(s, NULL);
  free(s);
  if (isinf(r)) return raise_overflow(t, "rounded value too large to represent");
  return float_new(t, r);
}

METHOD(ratio) {
  UNUSED_ARGS;
  double d = float_value(self);
  if (isinf(d)) return raise_overflow(t, "cannot convert Infinity to integer ratio");
  if (isnan(d)) return raise_value_error(t, "cannot convert NaN to integer ratio");
  int exponent;
  double m = frexp(d, &exponent);
  for (int i = 0; i < 300 && m != floor(m); i++) {
    m *= 2.0;
    exponent--;
  }
  Value numerator = int_from_double(t, m), denominator = v_from_smi(1);
  Value *scaled = exponent > 0 ? &numerator : &denominator;
  if (v_is_null(numerator)) return V_NULL;
  Value moved = int_lshift(t, *scaled, v_from_smi(exponent > 0 ? exponent : -exponent));
  if (v_is_null(moved)) {
    v_drop(t, numerator);
    return V_NULL;
  }
  v_drop(t, *scaled);
  *scaled = moved;
  return tuple_from_stolen(t, (Value[]){numerator, denominator}, 2);
}

METHOD(hex) {
  UNUSED_ARGS;
  double d = float_value(self);
  if (!isfinite(d)) return float_repr(t, self);
  if (d == 0.0) return str_from_cstr(t, signbit(d) ? "-0x0.0p+0" : "0x0.0p+0");
  int exponent;
  double m = frexp(fabs(d), &exponent);
  int shift = 1 - (DBL_MIN_EXP - exponent > 0 ? DBL_MIN_EXP - exponent : 0);
  m = ldexp(m, shift);
  exponent -= shift;
  char digits[20];
  int n = 0;
  digits[n++] = (char)('0' + (int)m);
  m -= (int)m;
  digits[n++] = '.';
  for (int i = 0; i < 13; i++) {
    m *= 16.0;
    digits[n++] = "0123456789abcdef"[(int)m];
    m -= (int)m;
  }
  digits[n] = '\0';
  return str_from_format(t, "%s0x%sp%c%d", d < 0 ? "-" : "", digits, exponent < 0 ? '-' : '+', abs(exponent));
}

METHOD(fromhex) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "bad argument type for built-in operation");
  size_t n;
  const char *text = str_utf8(t, args[0], &n);
  if (!text) return V_NULL;
  double d;
  switch (float_parse_hex(text, n, &d)) {
    case HEX_INVALID: return raise_value_error(t, "invalid hexadecimal floating-point string");
    case HEX_TOO_LARGE: return raise_overflow(t, "hexadecimal value too large to represent as a float");
    case HEX_OK: break;
  }
  Value r = float_new(t, d);
  if (v_is_null(r) || v_is(self, v_from_obj(&type_float))) return r;
  Value made = object_call1(t, self, r);
  v_drop(t, r);
  return made;
}

METHOD(format) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "__format__() argument must be str, not %K", args[0]);
  return format_float(t, self, args[0]);
}

METHOD(getformat) {
  (void)self, (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "__getformat__() argument must be str, not %K", args[0]);
  size_t n;
  const char *kind = str_utf8(t, args[0], &n);
  if (!kind) return V_NULL;
  if (strlen(kind) != n) return raise_value_error(t, "embedded null character");
  if (!str_equals_cstr(args[0], "double") && !str_equals_cstr(args[0], "float"))
    return raise_value_error(t, "__getformat__() argument 1 must be 'double' or 'float'");
  return str_from_cstr(t, "IEEE, little-endian");
}

static Value get_real(Thread *t, Value self, void *closure) { (void)closure; return slot_positive(t, self); }
static Value get_imag(Thread *t, Value self, void *closure) { (void)self, (void)closure; return float_new(t, 0.0); }

static const NativeDef float_methods[] = {
    {"conjugate($self, /)", method_conjugate, "The float itself.", 0},
    {"__trunc__($self, /)", method_trunc, "The integer part.", 0},
    {"__floor__($self, /)", method_floor, "The largest integer not above it.", 0},
    {"__ceil__($self, /)", method_ceil, "The smallest integer not below it.", 0},
    {"__round__($self, ndigits=None, /)", method_round, "The number rounded, ties to even; an int if no digits are asked for.", 0},
    {"as_integer_ratio($self, /)", method_ratio, "Numerator and denominator of the fraction that equals the float.", 0},
    {"fromhex($type, string, /)", method_fromhex, "The float that hexadecimal text stands for.", NATIVE_CLASS},
    {"hex($self, /)", method_hex, "The number as hexadecimal text, exactly.", 0},
    {"is_integer($self, /)", method_is_integer, "Whether there is nothing behind the point.", 0},
    {"__getnewargs__($self, /)", method_getnewargs, NULL, 0},
    {"__getformat__($type, typestr, /)", method_getformat, "Tells how the platform stores 'double' or 'float'.", NATIVE_CLASS},
    {"__format__($self, format_spec, /)", method_format, "The number as text, formatted as the spec says.", 0},
    {0},
};
static const GetSetDef float_getset[] = {
    {"real", get_real, NULL, "The real part.", NULL},
    {"imag", get_imag, NULL, "The imaginary part.", NULL},
    {0},
};

static void float_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

Type type_float;
static const TypeSpec spec_float = {
    .name = "float",
    .size = sizeof(Float),
    .flags = TYPE_BASETYPE | TYPE_FLOAT | TYPE_MATCH_SELF,
    .slots = {.repr = float_repr, .hash = slot_hash, .richcompare = slot_compare, .new = float_new_slot, .dealloc = float_dealloc,
              .add = slot_add, .subtract = slot_subtract, .multiply = slot_multiply, .remainder = float_remainder, .divmod = slot_divmod,
              .power = slot_power, .negative = slot_negative, .positive = slot_positive, .absolute = slot_absolute, .bool_ = slot_bool,
              .int_ = slot_int, .float_ = slot_positive, .floor_divide = float_floor_divide, .true_divide = slot_true_divide},
    .methods = float_methods,
    .getset = float_getset,
    .doc = "A floating point number made of another number or of text.",
    .text_signature = "(x=0, /)",
};

bool float_init(Thread *t) { return type_ready(t, &type_float, &spec_float, SHAPE_FLOAT) && complex_init(t); }
