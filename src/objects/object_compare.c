// Text, hash, truth and comparison of any value.
#include "objects/bytes.h"
#include "objects/declined.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"

// ---- text ------------------------------------------------------------------------------------------------------------------------

static Value checked_str(Thread *t, Value text, const char *dunder) {
  if (likely(v_is_null(text) || v_is_str(text))) return text;
  raise_type_error(t, "%s returned non-string (type %.200T)", dunder, text);
  v_drop(t, text);
  return V_NULL;
}

Value object_repr(Thread *t, Value v) {
  if (safepoint(t) < 0) return V_NULL;
  if (v_is_null(v)) return str_from_cstr(t, "<NULL>");
  if (recursion_enter(t, " while getting the repr of an object") < 0) return V_NULL;
  Value text = v_type(v)->slots.repr(t, v);
  recursion_leave(t);
  return checked_str(t, text, "__repr__");
}

Value object_str(Thread *t, Value v) {
  if (v_is_null(v)) return str_from_cstr(t, "<NULL>");
  if (v_is_str_exact(v)) return v_own(t, v);
  if (recursion_enter(t, " while getting the str of an object") < 0) return V_NULL;
  Value text = v_type(v)->slots.str(t, v);
  recursion_leave(t);
  return checked_str(t, text, "__str__");
}

static void append_escape(StrBuilder *b, uint32_t c) {
  static const char digits[] = "0123456789abcdef";
  int width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
  strb_char(b, '\\');
  strb_char(b, width == 2 ? 'x' : width == 4 ? 'u' : 'U');
  for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) strb_char(b, (uint8_t)digits[c >> shift & 15]);
}

Value object_ascii(Thread *t, Value v) {
  Value text = object_repr(t, v);
  if (v_is_null(text) || str_is_ascii(v_str(text))) return text;
  const Str *s = v_str(text);
  StrBuilder b;
  strb_init(&b, t);
  for (int64_t i = 0; i < str_length(s); i++) {
    uint32_t c = str_char(s, i);
    if (c < 128) strb_char(&b, c);
    else append_escape(&b, c);
  }
  v_drop(t, text);
  return strb_finish(&b);
}

Value object_bytes(Thread *t, Value v) {
  if (v_is_exact(v, SHAPE_BYTES)) return v_own(t, v);
  Value method;
  int r = object_lookup_special(t, v, N(__bytes__), &method);
  if (r < 0) return V_NULL;
  if (r == 0) return bytes_from_object(t, v);
  Value result = object_call0(t, method);
  v_drop(t, method);
  if (v_is_null(result) || v_is_bytes(result)) return result;
  raise_type_error(t, "__bytes__ returned non-bytes (type %.200T)", result);
  v_drop(t, result);
  return V_NULL;
}

Value object_format(Thread *t, Value v, Value spec) {
  if (!v_is_null(spec) && !v_is_str(spec)) return raise_type_error(t, "Format specifier must be a string, not %.200T", spec);
  if (v_is_null(spec)) spec = str_empty;
  if (str_length(v_str(spec)) == 0 && (v_is_str_exact(v) || v_is_smi(v))) return object_str(t, v);
  Value method, direct = format_exact(t, v, spec);
  if (!v_is_absent(direct)) return direct;
  int r = object_lookup_special(t, v, N(__format__), &method);
  if (r < 0) return V_NULL;
  if (r == 0) return raise_type_error(t, "Type %.100T doesn't define __format__", v);
  Value result = object_call1(t, method, spec);
  v_drop(t, method);
  if (v_is_null(result) || v_is_str(result)) return result;
  raise_type_error(t, "__format__ must return a str, not %.200T", result);
  v_drop(t, result);
  return V_NULL;
}

// ---- hash and truth --------------------------------------------------------------------------------------------------------------

int64_t object_hash_not_implemented(Thread *t, Value v) {
  raise_type_error(t, "unhashable type: '%.200T'", v);
  return -1;
}

int64_t object_hash(Thread *t, Value v) {
  if (v_is_smi(v)) return int_hash(v);
  if (v_is_flo(v)) return double_hash(v_flo(v), NULL);
  if (v_is_str_exact(v)) return str_hash(v_str(v));
  int64_t (*hash)(Thread *, Value) = v_type(v)->slots.hash;
  return hash ? hash(t, v) : object_hash_not_implemented(t, v);
}

int object_is_true(Thread *t, Value v) {
  if (v_is(v, V_TRUE)) return 1;
  if (v_is(v, V_FALSE) || v_is_none(v)) return 0;
  if (v_is_smi(v)) return v_smi(v) != 0;
  if (v_is_flo(v)) return v_flo(v) != 0;
  const TypeSlots *s = &v_type(v)->slots;
  if (s->bool_) return s->bool_(t, v);
  if (!s->length) return 1;
  int64_t n = s->length(t, v);
  return n < 0 ? -1 : n != 0;
}

// ---- comparison ------------------------------------------------------------------------------------------------------------------

static const char *const operators[] = {"<", "<=", "==", "!=", ">", ">="};
static const int swapped[] = {CMP_GT, CMP_GE, CMP_EQ, CMP_NE, CMP_LT, CMP_LE};

static inline bool compare_order(int order, int op) {
  switch (op) {
    case CMP_LT: return order < 0;
    case CMP_LE: return order <= 0;
    case CMP_EQ: return order == 0;
    case CMP_NE: return order != 0;
    case CMP_GT: return order > 0;
    default: return order >= 0;
  }
}

static inline bool compare_doubles(double a, double b, int op) {
  switch (op) {
    case CMP_LT: return a < b;
    case CMP_LE: return a <= b;
    case CMP_EQ: return a == b;
    case CMP_NE: return a != b;
    case CMP_GT: return a > b;
    default: return a >= b;
  }
}

// When the left operand has not answered.
static Value compare_rest(Thread *t, Value a, Value b, int op, bool asked_b) {
  const Type *tb = v_type(b);
  if (!asked_b && tb->slots.richcompare) {
    Value r = tb->slots.richcompare(t, b, a, swapped[op]);
    if (!v_is_not_implemented(r)) return r;
  }
  if (op == CMP_EQ) return v_from_bool(v_is(a, b));
  if (op == CMP_NE) return v_from_bool(!v_is(a, b));
  return raise_type_error(t, "'%s' not supported between instances of '%.100T' and '%.100T'", operators[op], a, b);
}

// The right operand is asked first when its class derives from the left one's; identity decides == and != that nobody answers.
static Value compare_slots(Thread *t, Value a, Value b, int op) {
  Type *ta = v_type(a), *tb = v_type(b);
  bool asked_b = false;
  Value r;
  if (ta != tb && tb->slots.richcompare && type_is_subtype(tb, ta)) {
    asked_b = true;
    r = tb->slots.richcompare(t, b, a, swapped[op]);
    if (!v_is_not_implemented(r)) return r;
  }
  if (ta->slots.richcompare) {
    r = ta->slots.richcompare(t, a, b, op);
    if (!v_is_not_implemented(r)) return r;
  }
  return compare_rest(t, a, b, op, asked_b);
}

Value object_compare_declined(Thread *t, Value a, Value b, int op) {
  if (recursion_enter(t, " in comparison") < 0) return V_NULL;
  Value r = compare_rest(t, a, b, op, false);
  recursion_leave(t);
  return r;
}

Value object_compare(Thread *t, Value a, Value b, int op) {
  if (v_are_smi(a, b)) {
    int64_t x = (int64_t)a.w, y = (int64_t)b.w;   // the tags are equal
    return v_from_bool(compare_order((x > y) - (x < y), op));
  }
  if (v_is_flo(a) && v_is_flo(b)) return v_from_bool(compare_doubles(v_flo(a), v_flo(b), op));
  if (v_is_str_exact(a) && v_is_str_exact(b)) {
    const Str *x = v_str(a), *y = v_str(b);
    if (op == CMP_EQ || op == CMP_NE) return v_from_bool(str_equal(x, y) == (op == CMP_EQ));
    return v_from_bool(compare_order(str_compare(x, y), op));
  }
  if (recursion_enter(t, " in comparison") < 0) return V_NULL;
  Value r = compare_slots(t, a, b, op);
  recursion_leave(t);
  return r;
}

static int truth_of(Thread *t, Value owned) {
  if (v_is_null(owned)) return -1;
  if (v_is(owned, V_TRUE)) return 1;
  if (v_is(owned, V_FALSE)) return 0;
  int r = object_is_true(t, owned);
  v_drop(t, owned);
  return r;
}

int object_compare_bool(Thread *t, Value a, Value b, int op) {
  if (v_is(a, b)) {
    if (op == CMP_EQ) return 1;
    if (op == CMP_NE) return 0;
  }
  return truth_of(t, object_compare(t, a, b, op));
}

int object_equal(Thread *t, Value a, Value b) {
  if (v_is(a, b)) return 1;
  if (v_are_smi(a, b)) return 0;
  if (v_is_str_exact(a) && v_is_str_exact(b)) return str_equal(v_str(a), v_str(b));
  return truth_of(t, object_compare(t, a, b, CMP_EQ));
}
