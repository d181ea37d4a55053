// weakref.proxy objects: every operation goes to the referent, or raises ReferenceError when it is gone.
#include "objects/weakproxy.h"

#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/weakref.h"

Type type_weakproxy, type_weakcallableproxy;

// The referent of a proxy, anything else itself; owned. V_NULL with ReferenceError.
static Value unwrap(Thread *t, Value v) {
  if (!v_is_weakproxy(v)) return v_own(t, v);
  Value o = weakref_get(t, v);
  return v_is_null(o) ? raise_error(t, &exc_ReferenceError, "weakly-referenced object no longer exists") : o;
}

// ---- operators -------------------------------------------------------------------------------------------------------------------

static Value with_two(Thread *t, Value a, Value b, int op) {
  Value x = unwrap(t, a), y = v_is_null(x) ? V_NULL : unwrap(t, b);
  Value r = v_is_null(y) ? V_NULL : number_binary(t, x, y, op);
  v_drop(t, x);
  v_drop(t, y);
  return r;
}

#define UNARY(slot, operation)                       \
  static Value proxy_##slot(Thread *t, Value self) { \
    Value o = unwrap(t, self);                       \
    if (v_is_null(o)) return V_NULL;                 \
    Value r = operation(t, o);                       \
    v_drop(t, o);                                    \
    return r;                                        \
  }
UNARY(str, object_str)
UNARY(negative, number_negative)
UNARY(positive, number_positive)
UNARY(absolute, number_absolute)
UNARY(invert, number_invert)
UNARY(int_, number_int)
UNARY(float_, number_float)
UNARY(index, number_index)
UNARY(iter, object_iter)

#define BINARY(slot, op) \
  static Value proxy_##slot(Thread *t, Value a, Value b) { return with_two(t, a, b, op); }
BINARY(add, OP_ADD)
BINARY(subtract, OP_SUBTRACT)
BINARY(multiply, OP_MULTIPLY)
BINARY(remainder, OP_REMAINDER)
BINARY(lshift, OP_LSHIFT)
BINARY(rshift, OP_RSHIFT)
BINARY(and_, OP_AND)
BINARY(xor_, OP_XOR)
BINARY(or_, OP_OR)
BINARY(floor_divide, OP_FLOOR_DIVIDE)
BINARY(true_divide, OP_TRUE_DIVIDE)
BINARY(matmul, OP_MATMUL)
BINARY(iadd, OP_ADD + OP_INPLACE)
BINARY(isubtract, OP_SUBTRACT + OP_INPLACE)
BINARY(imultiply, OP_MULTIPLY + OP_INPLACE)
BINARY(iremainder, OP_REMAINDER + OP_INPLACE)
BINARY(ilshift, OP_LSHIFT + OP_INPLACE)
BINARY(irshift, OP_RSHIFT + OP_INPLACE)
BINARY(iand, OP_AND + OP_INPLACE)
BINARY(ixor, OP_XOR + OP_INPLACE)
BINARY(ior, OP_OR + OP_INPLACE)
BINARY(ifloor_divide, OP_FLOOR_DIVIDE + OP_INPLACE)
BINARY(itrue_divide, OP_TRUE_DIVIDE + OP_INPLACE)
BINARY(imatmul, OP_MATMUL + OP_INPLACE)

static Value proxy_divmod(Thread *t, Value a, Value b) {
  Value x = unwrap(t, a), y = v_is_null(x) ? V_NULL : unwrap(t, b);
  Value r = v_is_null(y) ? V_NULL : number_divmod(t, x, y);
  v_drop(t, x);
  v_drop(t, y);
  return r;
}

static Value proxy_power(Thread *t, Value a, Value b, Value mod) {
  Value x = unwrap(t, a), y = v_is_null(x) ? V_NULL : unwrap(t, b), m = v_is_null(y) ? V_NULL : unwrap(t, mod);
  Value r = v_is_null(m) ? V_NULL : number_power(t, x, y, m);
  v_drop(t, x);
  v_drop(t, y);
  v_drop(t, m);
  return r;
}

static Value proxy_ipower(Thread *t, Value a, Value b, Value mod) {
  (void)mod;
  return with_two(t, a, b, OP_POWER + OP_INPLACE);
}

static Value proxy_compare(Thread *t, Value a, Value b, int op) {
  Value x = unwrap(t, a), y = v_is_null(x) ? V_NULL : unwrap(t, b);
  Value r = v_is_null(y) ? V_NULL : object_compare(t, x, y, op);
  v_drop(t, x);
  v_drop(t, y);
  return r;
}

static int proxy_bool(Thread *t, Value self) {
  Value o = unwrap(t, self);
  if (v_is_null(o)) return -1;
  int r = object_is_true(t, o);
  v_drop(t, o);
  return r;
}

// ---- containers and attributes ---------------------------------------------------------------------------------------------------

static int64_t proxy_length(Thread *t, Value self) {
  Value o = unwrap(t, self);
  if (v_is_null(o)) return -1;
  int64_t n = object_length(t, o);
  v_drop(t, o);
  return n;
}

static Value proxy_getitem(Thread *t, Value self, Value key) {
  Value o = unwrap(t, self), k = v_is_null(o) ? V_NULL : unwrap(t, key);
  Value r = v_is_null(k) ? V_NULL : object_getitem(t, o, k);
  v_drop(t, o);
  v_drop(t, k);
  return r;
}

static int proxy_setitem(Thread *t, Value self, Value key, Value value) {
  Value o = unwrap(t, self);
  if (v_is_null(o)) return -1;
  int r = object_setitem(t, o, key, value);
  v_drop(t, o);
  return r;
}

static int proxy_contains(Thread *t, Value self, Value item) {
  Value o = unwrap(t, self);
  if (v_is_null(o)) return -1;
  int r = object_contains(t, o, item);
  v_drop(t, o);
  return r;
}

static Value proxy_iternext(Thread *t, Value self) {
  Value o = unwrap(t, self);
  if (v_is_null(o)) return V_NULL;
  UnaryFn next = v_type(o)->slots.iternext;
  Value r = next ? next(t, o) : raise_type_error(t, "Weakref proxy referenced a non-iterator '%.200T' object", o);
  v_drop(t, o);
  return r;
}

static Value proxy_getattro(Thread *t, Value self, Value name) {
  Value o = unwrap(t, self);
  if (v_is_null(o)) return V_NULL;
  Value r = object_getattr(t, o, name);
  v_drop(t, o);
  return r;
}

static int proxy_setattro(Thread *t, Value self, Value name, Value value) {
  Value o = unwrap(t, self);
  if (v_is_null(o)) return -1;
  int r = object_setattr(t, o, name, value);
  v_drop(t, o);
  return r;
}

static Value proxy_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Value o = unwrap(t, self);
  if (v_is_null(o)) return V_NULL;
  Value r = object_call(t, o, args, nargs, kwnames);
  v_drop(t, o);
  return r;
}

static Value proxy_repr(Thread *t, Value self) {
  Value o = weakref_get(t, self);
  if (v_is_null(o)) o = V_NONE;
  Value r = str_from_format(t, "<weakproxy at %p to %T at %p>", (void *)v_obj(self), o, (void *)v_obj(o));
  v_drop(t, o);
  return r;
}

#define METHOD(fn, name)                                                                                   \
  static Value fn(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {                 \
    (void)args, (void)nargs, (void)kwnames;                                                                \
    Value o = unwrap(t, self);                                                                             \
    if (v_is_null(o)) return V_NULL;                                                                       \
    Value r = object_call_method0(t, o, N(name));                                                          \
    v_drop(t, o);                                                                                          \
    return r;                                                                                              \
  }
METHOD(proxy_bytes, __bytes__)
METHOD(proxy_reversed, __reversed__)

static const NativeDef proxy_methods[] = {
    {"__bytes__($self, /)", proxy_bytes, NULL, NATIVE_NO_SIGNATURE},
    {"__reversed__($self, /)", proxy_reversed, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

#define PROXY_SLOTS                                                                                                                     \
  .repr = proxy_repr, .str = proxy_str, .hash = object_hash_not_implemented, .richcompare = proxy_compare, .getattro = proxy_getattro,  \
  .setattro = proxy_setattro, .iter = proxy_iter, .add = proxy_add, .subtract = proxy_subtract, .multiply = proxy_multiply,             \
  .remainder = proxy_remainder, .divmod = proxy_divmod, .power = proxy_power, .lshift = proxy_lshift, .rshift = proxy_rshift,           \
  .and_ = proxy_and_, .xor_ = proxy_xor_, .or_ = proxy_or_, .floor_divide = proxy_floor_divide, .true_divide = proxy_true_divide,       \
  .matmul = proxy_matmul, .iadd = proxy_iadd, .isubtract = proxy_isubtract, .imultiply = proxy_imultiply,                               \
  .iremainder = proxy_iremainder, .ilshift = proxy_ilshift, .irshift = proxy_irshift, .iand = proxy_iand, .ixor = proxy_ixor,           \
  .ior = proxy_ior, .ifloor_divide = proxy_ifloor_divide, .itrue_divide = proxy_itrue_divide, .imatmul = proxy_imatmul,                 \
  .ipower = proxy_ipower, .negative = proxy_negative, .positive = proxy_positive, .absolute = proxy_absolute, .invert = proxy_invert,   \
  .int_ = proxy_int_, .float_ = proxy_float_, .index = proxy_index, .bool_ = proxy_bool, .length = proxy_length,                        \
  .getitem = proxy_getitem, .setitem = proxy_setitem, .contains = proxy_contains, .dealloc = weakref_dealloc,                           \
  .traverse = weakref_traverse, .clear = weakref_clear

const TypeSpec spec_weakproxy = {
    .name = "weakref.ProxyType",
    .size = sizeof(WeakRef),
    .slots = {PROXY_SLOTS, .iternext = proxy_iternext},
    .methods = proxy_methods,
};
const TypeSpec spec_weakcallableproxy = {
    .name = "weakref.CallableProxyType",
    .size = sizeof(WeakRef),
    .slots = {PROXY_SLOTS, .iternext = proxy_iternext, .call = proxy_call},
};

Value weakproxy_new(Thread *t, Value obj, Value callback) {
  return weakref_new_of(t, object_is_callable(obj) ? &type_weakcallableproxy : &type_weakproxy, obj, callback);
}

bool weakproxy_init(Thread *t) {
  return type_ready(t, &type_weakproxy, &spec_weakproxy, SHAPE_WEAKPROXY) &&
         type_ready(t, &type_weakcallableproxy, &spec_weakcallableproxy, SHAPE_WEAKCALLABLEPROXY);
}
