// Operators and numeric conversions on any value.
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/declined.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/type_slots.h"

// ---- binary operators ------------------------------------------------------------------------------------------------------------

// By BinaryOp.
static const struct { uint32_t slot, inplace; const char *sign; } binary_ops[] = {
    [OP_ADD] = {offsetof(TypeSlots, add), offsetof(TypeSlots, iadd), "+"},
    [OP_AND] = {offsetof(TypeSlots, and_), offsetof(TypeSlots, iand), "&"},
    [OP_FLOOR_DIVIDE] = {offsetof(TypeSlots, floor_divide), offsetof(TypeSlots, ifloor_divide), "//"},
    [OP_LSHIFT] = {offsetof(TypeSlots, lshift), offsetof(TypeSlots, ilshift), "<<"},
    [OP_MATMUL] = {offsetof(TypeSlots, matmul), offsetof(TypeSlots, imatmul), "@"},
    [OP_MULTIPLY] = {offsetof(TypeSlots, multiply), offsetof(TypeSlots, imultiply), "*"},
    [OP_REMAINDER] = {offsetof(TypeSlots, remainder), offsetof(TypeSlots, iremainder), "%"},
    [OP_OR] = {offsetof(TypeSlots, or_), offsetof(TypeSlots, ior), "|"},
    [OP_POWER] = {offsetof(TypeSlots, power), offsetof(TypeSlots, ipower), "** or pow()"},
    [OP_RSHIFT] = {offsetof(TypeSlots, rshift), offsetof(TypeSlots, irshift), ">>"},
    [OP_SUBTRACT] = {offsetof(TypeSlots, subtract), offsetof(TypeSlots, isubtract), "-"},
    [OP_TRUE_DIVIDE] = {offsetof(TypeSlots, true_divide), offsetof(TypeSlots, itrue_divide), "/"},
    [OP_XOR] = {offsetof(TypeSlots, xor_), offsetof(TypeSlots, ixor), "^"},
};

static inline BinaryFn binary_slot(const Type *type, uint32_t slot) { return (BinaryFn)slot_function(&type->slots, slot); }

// NotImplemented when neither operand knows how.
static Value try_binary(Thread *t, Value a, Value b, uint32_t slot) {
  Type *ta = v_type(a), *tb = v_type(b);
  BinaryFn fa = binary_slot(ta, slot), fb = ta == tb ? NULL : binary_slot(tb, slot);
  if (fa == fb) fb = NULL;
  Value r;
  if (fa) {
    if (fb && type_is_subtype(tb, ta)) {
      r = fb(t, a, b);
      if (!v_is_not_implemented(r)) return r;
      fb = NULL;
    }
    r = fa(t, a, b);
    if (!v_is_not_implemented(r)) return r;
  }
  return fb ? fb(t, a, b) : V_NOT_IMPLEMENTED;
}

static bool is_print(Value v) {
  if (!v_is_exact(v, SHAPE_BUILTIN)) return false;
  const char *signature = ((const Native *)v_obj(v))->def->signature;
  return strncmp(signature, "print(", 6) == 0;
}

static Value raise_unsupported(Thread *t, Value a, Value b, const char *sign) {
  if (strcmp(sign, ">>") == 0 && is_print(a))
    return raise_type_error(t, "unsupported operand type(s) for %s: '%.100T' and '%.100T'. Did you mean \"print(<message>, file=<output_stream>)\"?",
                            sign, a, b);
  return raise_type_error(t, "unsupported operand type(s) for %.100s: '%.100T' and '%.100T'", sign, a, b);
}

// A repeat count: anything with __index__.
static Value repeat_sequence(Thread *t, Value (*repeat)(Thread *, Value, int64_t), Value sequence, Value count) {
  if (!number_is_index(count)) return raise_type_error(t, "can't multiply sequence by non-int of type '%.200T'", count);
  Value index = number_index(t, count);
  if (v_is_null(index)) return V_NULL;
  int64_t n;
  bool fits = int_as_i64(index, &n);
  v_drop(t, index);
  if (!fits) return raise_error(t, &exc_OverflowError, "cannot fit '%.200T' into an index-sized integer", count);
  return repeat(t, sequence, n);
}

// What sequences add to + and *: NotImplemented when they have no say.
static Value try_sequence(Thread *t, Value a, Value b, int op) {
  const TypeSlots *sa = &v_type(a)->slots, *sb = &v_type(b)->slots;
  if (op == OP_ADD && sa->concat) return sa->concat(t, a, b);
  if (op == OP_MULTIPLY && sa->repeat) return repeat_sequence(t, sa->repeat, a, b);
  if (op == OP_MULTIPLY && sb->repeat) return repeat_sequence(t, sb->repeat, b, a);
  return V_NOT_IMPLEMENTED;
}

static Value try_sequence_inplace(Thread *t, Value a, Value b, int op) {
  const TypeSlots *s = &v_type(a)->slots;
  if (op == OP_ADD && s->iconcat) return s->iconcat(t, a, b);
  if (op == OP_MULTIPLY && s->irepeat) return repeat_sequence(t, s->irepeat, a, b);
  return try_sequence(t, a, b, op);
}

// a ** b % mod: all three operands may answer.
static Value ternary(Thread *t, Value a, Value b, Value mod) {
  Type *ta = v_type(a), *tb = v_type(b), *tm = v_type(mod);
  TernaryFn fa = ta->slots.power, fb = ta == tb ? NULL : tb->slots.power, fm;
  if (fa == fb) fb = NULL;
  Value r;
  if (fa) {
    if (fb && type_is_subtype(tb, ta)) {
      r = fb(t, a, b, mod);
      if (!v_is_not_implemented(r)) return r;
      fb = NULL;
    }
    r = fa(t, a, b, mod);
    if (!v_is_not_implemented(r)) return r;
  }
  if (fb) {
    r = fb(t, a, b, mod);
    if (!v_is_not_implemented(r)) return r;
  }
  fm = tm->slots.power;
  if (!fm || fm == ta->slots.power || fm == tb->slots.power) return V_NOT_IMPLEMENTED;
  return fm(t, a, b, mod);
}

Value number_power(Thread *t, Value a, Value b, Value mod) {
  Value r = ternary(t, a, b, mod);
  if (!v_is_not_implemented(r)) return r;
  if (v_is_none(mod)) return raise_unsupported(t, a, b, "** or pow()");
  return raise_type_error(t, "unsupported operand type(s) for ** or pow(): '%.100T', '%.100T', '%.100T'", a, b, mod);
}

static Value inplace_power(Thread *t, Value a, Value b) {
  TernaryFn f = v_type(a)->slots.ipower;
  if (f) {
    Value r = f(t, a, b, V_NONE);
    if (!v_is_not_implemented(r)) return r;
  }
  Value r = ternary(t, a, b, V_NONE);
  return v_is_not_implemented(r) ? raise_unsupported(t, a, b, "**=") : r;
}

// Classes of class statements answer += by the __iadd__ of the sequence below them before anybody is asked for __add__; *= asks for __mul__ first.
static Value try_inherited_inplace(Thread *t, Value a, Value b, int op) {
  const Type *type = v_type(a);
  return op == OP_ADD && type->flags & TYPE_HEAP && type->slots.iconcat ? type->slots.iconcat(t, a, b) : V_NOT_IMPLEMENTED;
}

static const char *const inplace_signs[] = {"+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="};

static Value inplace(Thread *t, Value a, Value b, int op) {
  if (op == OP_POWER) return inplace_power(t, a, b);
  BinaryFn f = binary_slot(v_type(a), binary_ops[op].inplace);
  Value r = f ? f(t, a, b) : try_inherited_inplace(t, a, b, op);
  if (!v_is_not_implemented(r)) return r;
  r = try_binary(t, a, b, binary_ops[op].slot);
  if (v_is_not_implemented(r)) r = try_sequence_inplace(t, a, b, op);
  return v_is_not_implemented(r) ? raise_unsupported(t, a, b, inplace_signs[op]) : r;
}

// b's say in a OP b, after a's.
static Value try_right(Thread *t, Value a, Value b, int op) {
  Type *ta = v_type(a), *tb = v_type(b);
  BinaryFn fa = binary_slot(ta, binary_ops[op].slot), fb = ta == tb ? NULL : binary_slot(tb, binary_ops[op].slot);
  if (!fb) return V_NOT_IMPLEMENTED;
  return fa == fb ? slot_call_reflected(t, a, b, op) : fb(t, a, b);
}

Value number_binary_refused(Thread *t, Value a, Value b, int number) {
  bool in_place = number >= OP_INPLACE;
  int op = number % OP_INPLACE;
  Value r = in_place ? try_sequence_inplace(t, a, b, op) : try_sequence(t, a, b, op);
  return v_is_not_implemented(r) ? raise_unsupported(t, a, b, in_place ? inplace_signs[op] : binary_ops[op].sign) : r;
}

Value number_binary_declined(Thread *t, Value a, Value b, int number) {
  int op = number % OP_INPLACE;
  bool both = number >= OP_INPLACE && binary_slot(v_type(a), binary_ops[op].inplace);
  Value r = both ? try_binary(t, a, b, binary_ops[op].slot) : try_right(t, a, b, op);
  return v_is_not_implemented(r) ? number_binary_refused(t, a, b, number) : r;
}

Value number_binary(Thread *t, Value a, Value b, int op) {
  if (op >= OP_INPLACE) return inplace(t, a, b, op - OP_INPLACE);
  if (op == OP_POWER) return number_power(t, a, b, V_NONE);
  Value r = try_binary(t, a, b, binary_ops[op].slot);
  if (likely(!v_is_not_implemented(r))) return r;
  r = try_sequence(t, a, b, op);
  return v_is_not_implemented(r) ? raise_unsupported(t, a, b, binary_ops[op].sign) : r;
}

Value number_divmod(Thread *t, Value a, Value b) {
  Value r = try_binary(t, a, b, offsetof(TypeSlots, divmod));
  return v_is_not_implemented(r) ? raise_unsupported(t, a, b, "divmod()") : r;
}

// ---- unary operators -------------------------------------------------------------------------------------------------------------

static Value unary(Thread *t, Value v, UnaryFn f, const char *what) {
  return f ? f(t, v) : raise_type_error(t, "bad operand type for %s: '%.200T'", what, v);
}
Value number_negative(Thread *t, Value v) { return unary(t, v, v_type(v)->slots.negative, "unary -"); }
Value number_positive(Thread *t, Value v) { return unary(t, v, v_type(v)->slots.positive, "unary +"); }
Value number_invert(Thread *t, Value v) { return unary(t, v, v_type(v)->slots.invert, "unary ~"); }
Value number_absolute(Thread *t, Value v) { return unary(t, v, v_type(v)->slots.absolute, "abs()"); }

// ---- conversions -----------------------------------------------------------------------------------------------------------------

// A conversion's result must be an int; an instance of a subclass is deprecated. Steals r.
static Value checked_int(Thread *t, Value r, const char *dunder) {
  if (v_is_null(r) || v_is_int_exact(r)) return r;
  if (!v_is_int(r)) {
    raise_type_error(t, "%s returned non-int (type %.200T)", dunder, r);
    v_drop(t, r);
    return V_NULL;
  }
  if (warn(t, &exc_DeprecationWarning, 1,
           "%s returned non-int (type %.200T).  The ability to return an instance of a strict subclass of int is deprecated, and may be "
           "removed in a future version of Python.",
           dunder, r) < 0) {
    v_drop(t, r);
    return V_NULL;
  }
  return r;
}

bool number_is_index(Value v) { return v_is_smi(v) || v_type(v)->slots.index != NULL; }

static Value exact_int(Thread *t, Value stolen) {
  if (v_is_null(stolen) || v_is_int_exact(stolen)) return stolen;
  Value r = int_canonical(t, stolen);
  v_drop(t, stolen);
  return r;
}

// An int, never of a subclass.
Value number_index(Thread *t, Value v) {
  if (v_is_smi(v) || v_is_int_exact(v)) return v_own(t, v);
  if (v_is_int(v)) return int_canonical(t, v);
  UnaryFn f = v_type(v)->slots.index;
  if (!f) return raise_type_error(t, "'%.200T' object cannot be interpreted as an integer", v);
  return exact_int(t, checked_int(t, f(t, v), "__index__"));
}

static Value int_by_trunc(Thread *t, Value v, Value stolen_method) {
  Value r = V_NULL;
  if (warn(t, &exc_DeprecationWarning, 1, "The delegation of int() to __trunc__ is deprecated.") == 0) r = object_call0(t, stolen_method);
  v_drop(t, stolen_method);
  if (v_is_null(r) || v_is_int(r)) return exact_int(t, r);
  UnaryFn f = v_type(r)->slots.index;
  Value index = f ? exact_int(t, checked_int(t, f(t, r), "__index__")) : raise_type_error(t, "__trunc__ returned non-Integral (type %.200T)", r);
  (void)v;
  v_drop(t, r);
  return index;
}

Value number_int(Thread *t, Value v) {
  if (v_is_int_exact(v)) return v_own(t, v);
  const TypeSlots *s = &v_type(v)->slots;
  if (s->int_) return exact_int(t, checked_int(t, s->int_(t, v), "__int__"));
  if (s->index) return exact_int(t, checked_int(t, s->index(t, v), "__index__"));
  Value method;
  int r = object_lookup_special(t, v, N(__trunc__), &method);
  if (r < 0) return V_NULL;
  if (r > 0) return int_by_trunc(t, v, method);
  return raise_type_error(t, "int() argument must be a string, a bytes-like object or a real number, not '%.200T'", v);
}

// The double of a number; -1.0 with an exception. convert: as float() does it, where a subclass of float may have a __float__ of its own.
static double as_double(Thread *t, Value v, bool convert, bool *is_number) {
  const TypeSlots *s = &v_type(v)->slots;
  *is_number = true;
  if (v_is_float(v) && !(convert && s->float_ && s->float_ != type_float.slots.float_)) return float_value(v);
  if (s->float_) {
    Value r = s->float_(t, v);
    if (v_is_null(r)) return -1.0;
    if (!v_is_float(r)) {
      raise_type_error(t, "%.50T.__float__ returned non-float (type %.50T)", v, r);
      v_drop(t, r);
      return -1.0;
    }
    double d = float_value(r);
    if (!v_is_float_exact(r) &&
        warn(t, &exc_DeprecationWarning, 1,
             "%.50T.__float__ returned non-float (type %.50T).  The ability to return an instance of a strict subclass of float is deprecated, "
             "and may be removed in a future version of Python.",
             v, r) < 0)
      d = -1.0;
    v_drop(t, r);
    return d;
  }
  if (s->index) {
    Value i = number_index(t, v);
    if (v_is_null(i)) return -1.0;
    double d = int_as_double(t, i);
    v_drop(t, i);
    return d;
  }
  *is_number = false;
  return -1.0;
}

double number_as_double(Thread *t, Value v) {
  bool is_number;
  double d = as_double(t, v, false, &is_number);
  if (!is_number) raise_type_error(t, "must be real number, not %.50T", v);
  return d;
}

Value number_float(Thread *t, Value v) {
  if (v_is_float_exact(v)) return v_own(t, v);
  bool is_number;
  double d = as_double(t, v, true, &is_number);
  if (is_number) return d == -1.0 && error_pending(t) ? V_NULL : float_new(t, d);
  if (v_is_str(v) || v_is_bytes(v)) return float_from_str(t, v);
  Value bytes = bytes_from_plain(t, v), r = v_is_null(bytes) ? V_NULL : float_from_str(t, bytes);
  if (v_is_null(bytes) && !error_pending(t)) return raise_type_error(t, "float() argument must be a string or a real number, not '%.200T'", v);
  v_drop(t, bytes);
  if (!v_is_null(r) || !error_matches(t, &exc_ValueError)) return r;
  error_clear(t);
  return raise_value_error(t, "could not convert string to float: %R", v);
}

static int64_t to_i64(Thread *t, Value v, bool clip) {
  if (v_is_smi(v)) return v_smi(v);
  Value index = number_index(t, v);
  if (v_is_null(index)) return -1;
  int64_t i;
  if (!int_as_i64(index, &i)) {
    i = clip ? (int_sign(index) < 0 ? INT64_MIN : INT64_MAX) : -1;
    if (!clip) raise_error(t, &exc_OverflowError, "Python int too large to convert to C ssize_t");
  }
  v_drop(t, index);
  return i;
}

int64_t number_as_i64(Thread *t, Value v) { return to_i64(t, v, false); }
int64_t number_as_i64_clip(Thread *t, Value v) { return to_i64(t, v, true); }

int number_as_int(Thread *t, Value v) {
  Value index = number_index(t, v);
  if (v_is_null(index)) return -1;
  int64_t i;
  bool fits = int_as_i64(index, &i) && i >= INT32_MIN && i <= INT32_MAX;
  v_drop(t, index);
  if (fits) return (int)i;
  raise_error(t, &exc_OverflowError, "Python int too large to convert to C int");
  return -1;
}
