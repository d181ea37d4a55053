// The types int and bool: slots, methods and constructors over the arithmetic of int.c.
#include <string.h>

#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_type.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/int_gmp.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Slots ----------------------------------------------------------------------------------------------------------------------------

#define BOTH_INTS(a, b) if (!v_is_int(a) || !v_is_int(b)) return V_NOT_IMPLEMENTED
#define BINARY_SLOT(op) \
  static Value slot_##op(Thread *t, Value a, Value b) { BOTH_INTS(a, b); return int_##op(t, a, b); }
BINARY_SLOT(add)
BINARY_SLOT(subtract)
BINARY_SLOT(multiply)
BINARY_SLOT(floor_divide)
BINARY_SLOT(true_divide)
BINARY_SLOT(remainder)
BINARY_SLOT(divmod)
BINARY_SLOT(lshift)
BINARY_SLOT(rshift)
BINARY_SLOT(and)
BINARY_SLOT(or)
BINARY_SLOT(xor)

static Value slot_power(Thread *t, Value a, Value b, Value mod) {
  BOTH_INTS(a, b);
  if (int_sign(b) >= 0 || !v_is_none(mod)) return int_power(t, a, b, mod);
  double x = int_as_double(t, a);
  if (x == -1.0 && error_pending(t)) return V_NULL;
  double y = int_as_double(t, b);
  if (y == -1.0 && error_pending(t)) return V_NULL;
  return float_power(t, x, y);
}

static int slot_bool(Thread *t, Value v) {
  (void)t;
  return int_sign(v) != 0;
}

static int64_t slot_hash(Thread *t, Value v) {
  (void)t;
  return int_hash(v);
}

static Value slot_compare(Thread *t, Value a, Value b, int op) {
  (void)t;
  BOTH_INTS(a, b);
  int c = int_compare(a, b);
  switch (op) {
    case CMP_LT: return v_from_bool(c < 0);
    case CMP_LE: return v_from_bool(c <= 0);
    case CMP_EQ: return v_from_bool(c == 0);
    case CMP_NE: return v_from_bool(c != 0);
    case CMP_GT: return v_from_bool(c > 0);
    default: return v_from_bool(c >= 0);
  }
}

static Value slot_float(Thread *t, Value v) {
  double d = int_as_double(t, v);
  return d == -1.0 && error_pending(t) ? V_NULL : float_new(t, d);
}

static Value slot_repr(Thread *t, Value v) { return int_to_text(t, v, 10, false); }

static void int_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

// --- Construction -----------------------------------------------------------------------------------------------------------------------

// The digits in a buffer; a message shows them as bytes.
static Value from_buffer(Thread *t, Value x, int base) {
  Value bytes = bytes_from_plain(t, x);
  if (v_is_null(bytes) && !error_pending(t)) return number_int(t, x);
  Value r = v_is_null(bytes) ? V_NULL : int_from_str(t, bytes, base);
  v_drop(t, bytes);
  return r;
}

static Value number_from(Thread *t, Value x) {
  const TypeSlots *s = &v_type(x)->slots;
  if (s->int_ || s->index) return number_int(t, x);     // a text may be a number, too
  if (v_is_str(x) || v_is_bytes(x)) return int_from_str(t, x, 10);
  return buffer_is_supported(x) ? from_buffer(t, x, 10) : number_int(t, x);
}

static Value new_value(Thread *t, Value x, Value base) {
  if (v_is_absent(x)) {
    if (!v_is_absent(base)) return raise_type_error(t, "int() missing string argument");
    return v_from_smi(0);
  }
  if (v_is_absent(base)) return number_from(t, x);
  int64_t b = number_as_i64_clip(t, base);
  if (b == -1 && error_pending(t)) return V_NULL;
  if ((b != 0 && b < 2) || b > 36) return raise_value_error(t, "int() base must be >= 2 and <= 36, or 0");
  if (!v_is_str(x) && !v_is_bytes(x) && !v_is_bytearray(x)) return raise_type_error(t, "int() can't convert non-string with explicit base");
  return v_is_bytearray(x) ? from_buffer(t, x, (int)b) : int_from_str(t, x, (int)b);
}

static Value int_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[2];
  if (native_bind(t, &binder, "int(x=0, /, base=10)", args, nargs, kwnames, a) < 0) return V_NULL;
  Value v = new_value(t, a[0], a[1]);
  if (v_is_null(v)) return V_NULL;
  if (type == &type_int) {
    if (v_is_int_exact(v)) return v;
    Value exact = int_canonical(t, v);
    v_drop(t, v);
    return exact;
  }
  IntView view;
  int_view(&view, v);
  Value self = type->slots.alloc(t, type, view.n);
  if (!v_is_null(self)) {
    Int *o = (Int *)v_obj(self);
    o->size = view.negative ? -view.n : view.n;
    memcpy(o->limbs, view.limbs, (size_t)view.n * sizeof(mp_limb_t));
  }
  v_drop(t, v);
  return self;
}

// --- Methods ------------------------------------------------------------------------------------------------------------------------------

static Value method_same(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return int_canonical(t, self);
}

static Value method_bit_length(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return int_from_u64(t, int_bit_length(self));
}

static Value method_bit_count(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  IntView a;
  int_view(&a, self);
  return int_from_u64(t, a.n ? mpn_popcount(a.limbs, a.n) : 0);
}

static int byte_order(Thread *t, const char *function, Value order, bool *little) {
  *little = false;
  if (v_is_absent(order)) return 0;
  if (v_is_str(order) && (str_equals_cstr(order, "little") || str_equals_cstr(order, "big"))) {
    *little = str_equals_cstr(order, "little");
    return 0;
  }
  if (!v_is_str(order)) raise_type_error(t, "%s() argument 'byteorder' must be str, not %K", function, order);
  else raise_value_error(t, "byteorder must be either 'little' or 'big'");
  return -1;
}

static Value method_to_bytes(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  int64_t length = v_is_absent(args[0]) ? 1 : number_as_i64(t, args[0]);
  if (length == -1 && error_pending(t)) return V_NULL;
  bool little;
  if (byte_order(t, "to_bytes", args[1], &little) < 0) return V_NULL;
  int is_signed = v_is_absent(args[2]) ? 0 : object_is_true(t, args[2]);
  if (is_signed < 0) return V_NULL;
  if (length < 0) return raise_value_error(t, "length argument must be non-negative");
  Value r = bytes_new(t, length);
  if (v_is_null(r)) return V_NULL;
  if (int_to_bytes(t, self, (uint8_t *)v_bytes(r)->data, (size_t)length, little, is_signed) < 0) {
    v_drop(t, r);
    return V_NULL;
  }
  return r;
}

static Value method_from_bytes(Thread *t, Value cls, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  bool little;
  if (byte_order(t, "from_bytes", args[1], &little) < 0) return V_NULL;
  int is_signed = v_is_absent(args[2]) ? 0 : object_is_true(t, args[2]);
  if (is_signed < 0) return V_NULL;
  Value bytes = object_bytes(t, args[0]);
  if (v_is_null(bytes)) return V_NULL;
  Value v = int_from_bytes(t, (const uint8_t *)v_bytes(bytes)->data, (size_t)v_bytes(bytes)->length, little, is_signed);
  v_drop(t, bytes);
  if (v_is_null(v) || v_is(cls, v_from_obj(&type_int))) return v;
  Value r = object_call1(t, cls, v);
  v_drop(t, v);
  return r;
}

static Value method_ratio(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value n = int_canonical(t, self);
  return v_is_null(n) ? V_NULL : tuple_from_stolen(t, (Value[]){n, v_from_smi(1)}, 2);
}

// Rounds to a multiple of 10**-digits, half to even.
static Value method_round(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  if (v_is_absent(args[0])) return int_canonical(t, self);
  Value digits = number_index(t, args[0]);
  if (v_is_null(digits)) return V_NULL;
  if (int_sign(digits) >= 0) {
    v_drop(t, digits);
    return int_canonical(t, self);
  }
  Value places = int_negative(t, digits);
  v_drop(t, digits);
  Value unit = v_is_null(places) ? V_NULL : int_power(t, v_from_smi(10), places, V_NONE);
  v_drop(t, places);
  if (v_is_null(unit)) return V_NULL;
  Value result = V_NULL, r = int_remainder(t, self, unit);
  if (!v_is_null(r)) {
    Value down = int_subtract(t, self, r), twice = int_add(t, r, r);
    if (!v_is_null(down) && !v_is_null(twice)) {
      int c = int_compare(twice, unit);
      if (c == 0) {
        // Half way: to the even multiple.
        Value q = int_floor_divide(t, down, unit);
        IntView view;
        if (!v_is_null(q)) int_view(&view, q), c = view.n && (view.limbs[0] & 1) ? 1 : -1;
        v_drop(t, q);
      }
      if (!error_pending(t)) result = c > 0 ? int_add(t, down, unit) : v_own(t, down);
    }
    v_drop(t, down);
    v_drop(t, twice);
  }
  v_drop(t, r);
  v_drop(t, unit);
  return result;
}

static Value method_format(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "__format__() argument must be str, not %K", args[0]);
  return format_int(t, self, args[0]);
}

static Value method_getnewargs(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value n = int_canonical(t, self);
  return v_is_null(n) ? V_NULL : tuple_from_stolen(t, &n, 1);
}

static Value method_sizeof(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  IntView a;
  int_view(&a, self);
  return int_from_u64(t, sizeof(Int) + (size_t)a.n * sizeof(mp_limb_t));
}

static Value get_self(Thread *t, Value self, void *closure) { (void)closure; return int_canonical(t, self); }
static Value get_zero(Thread *t, Value self, void *closure) { (void)t, (void)self, (void)closure; return v_from_smi(0); }
static Value get_one(Thread *t, Value self, void *closure) { (void)t, (void)self, (void)closure; return v_from_smi(1); }

static const NativeDef int_methods[] = {
    {"conjugate($self, /)", method_same, "The int itself.", NATIVE_NO_SIGNATURE},
    {"bit_length($self, /)", method_bit_length, "How many bits the magnitude takes in base 2.", 0},
    {"bit_count($self, /)", method_bit_count, "How many bits of the magnitude are 1.", 0},
    {"to_bytes($self, /, length=1, byteorder='big', *, signed=False)", method_to_bytes,
     "The number as bytes, most significant first unless byteorder says otherwise.", 0},
    {"from_bytes($type, /, bytes, byteorder='big', *, signed=False)", method_from_bytes, "The number that bytes stand for.", NATIVE_CLASS},
    {"as_integer_ratio($self, /)", method_ratio, "The int itself and 1: the fraction that equals it.", 0},
    {"__trunc__($self, /)", method_same, "The int itself.", NATIVE_NO_SIGNATURE},
    {"__floor__($self, /)", method_same, "The int itself.", NATIVE_NO_SIGNATURE},
    {"__ceil__($self, /)", method_same, "The int itself.", NATIVE_NO_SIGNATURE},
    {"__round__($self, ndigits=<unrepresentable>, /)", method_round, "Rounding an Integral returns itself; with ndigits it rounds to a power of ten.", 0},
    {"__getnewargs__($self, /)", method_getnewargs, NULL, 0},
    {"__format__($self, format_spec, /)", method_format, NULL, 0},
    {"__sizeof__($self, /)", method_sizeof, "How many bytes of memory the object takes.", 0},
    {0},
};
static const GetSetDef int_getset[] = {
    {"real", get_self, NULL, "The real part.", NULL},
    {"imag", get_zero, NULL, "The imaginary part.", NULL},
    {"numerator", get_self, NULL, "What the number would have above the line as a fraction: itself.", NULL},
    {"denominator", get_one, NULL, "What the number would have below the line as a fraction: 1.", NULL},
    {0},
};

Type type_int;
static const TypeSpec spec_int = {
    .name = "int",
    .size = sizeof(Int),
    .item_size = sizeof(mp_limb_t),
    .flags = TYPE_BASETYPE | TYPE_INT | TYPE_VARSIZE | TYPE_MATCH_SELF,
    .slots = {.repr = slot_repr, .hash = slot_hash, .richcompare = slot_compare, .new = int_new, .dealloc = int_dealloc,
              .add = slot_add, .subtract = slot_subtract, .multiply = slot_multiply, .remainder = slot_remainder, .divmod = slot_divmod,
              .power = slot_power, .negative = int_negative, .positive = int_canonical, .absolute = int_absolute, .bool_ = slot_bool,
              .invert = int_invert, .lshift = slot_lshift, .rshift = slot_rshift, .and_ = slot_and, .xor_ = slot_xor, .or_ = slot_or,
              .int_ = int_canonical, .float_ = slot_float, .floor_divide = slot_floor_divide, .true_divide = slot_true_divide,
              .index = int_canonical},
    .methods = int_methods,
    .getset = int_getset,
    .doc = "An integer made of another number or of text in the given base.",
};

// --- bool -----------------------------------------------------------------------------------------------------------------------------------
// Two immortal objects of the same layout as int, with room for the one limb of True.

_Static_assert(sizeof(BoolObject) >= sizeof(Int) + sizeof(mp_limb_t), "bool objects hold an int");
BoolObject bool_false_object = {.ob = OBJECT_IMMORTAL_INIT(SHAPE_BOOL), .size = 0, .limb = 0};
BoolObject bool_true_object = {.ob = OBJECT_IMMORTAL_INIT(SHAPE_BOOL), .size = 1, .limb = 1};

static Value bool_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  if (native_no_keywords(t, "bool", kwnames) < 0 || native_check_positional(t, "bool", nargs, 0, 1) < 0) return V_NULL;
  int truth = nargs ? object_is_true(t, args[0]) : 0;
  return truth < 0 ? V_NULL : v_from_bool(truth);
}

static Value bool_repr(Thread *t, Value v) { return str_intern_cstr(t, v_is(v, V_TRUE) ? "True" : "False"); }

static bool is_bool(Value v) { return v_is(v, V_TRUE) || v_is(v, V_FALSE); }
#define BOOL_SLOT(op, sign)                                                                      \
  static Value bool_##op(Thread *t, Value a, Value b) {                                          \
    if (!is_bool(a) || !is_bool(b)) return slot_##op(t, a, b);                                   \
    return v_from_bool(v_is(a, V_TRUE) sign v_is(b, V_TRUE));                                    \
  }
BOOL_SLOT(and, &&)
BOOL_SLOT(or, ||)
BOOL_SLOT(xor, !=)

Type type_bool;
static const TypeSpec spec_bool = {
    .name = "bool",
    .base = &type_int,
    .size = sizeof(Int),
    .item_size = sizeof(mp_limb_t),
    .flags = TYPE_INT | TYPE_VARSIZE | TYPE_MATCH_SELF,
    .slots = {.new = bool_new, .repr = bool_repr, .and_ = bool_and, .or_ = bool_or, .xor_ = bool_xor},
    .doc = "Whether x counts as true: True or False.",
};

bool int_init(Thread *t) {
  gmp_init();
  return type_ready(t, &type_int, &spec_int, SHAPE_INT) && type_ready(t, &type_bool, &spec_bool, SHAPE_BOOL);
}
