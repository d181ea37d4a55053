// Generic slot functions: what a class's C slots do when a class statement defined the dunder: look it up and call it.
#include "objects/type_slots.h"

#include "objects/descriptor.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"

enum { SMALL_CALL = 8 };   // arguments that need no buffer from the heap

// ---- calling a dunder ------------------------------------------------------------------------------------------------------------

static inline bool binds_by_prepending(Value f, AttrKind kind) {
  return kind == ATTR_FUNCTION || kind == ATTR_NATIVE || v_has_flag(f, TYPE_METHOD_DESCRIPTOR);
}

// The method that a class has for one call without keywords. A function is kept as type_lookup_keep does: up to the frame that then holds it
// there is no safepoint. Anything else is owned, for Python code may run while it is being bound.
static Value find_method(Thread *t, Type *type, Value name, AttrKind *kind) {
  Value f = type_lookup_keep(t, type, name, kind);
  return *kind == ATTR_FUNCTION ? f : v_kept_own(t, f);
}

// Calls f, found on type(args[0]), with args; kwnames as object_call's.
static Value call_found(Thread *t, Value f, AttrKind kind, const Value *args, size_t nargs, Value kwnames) {
  if (likely(binds_by_prepending(f, kind))) return object_call(t, f, args, nargs, kwnames);
  Value (*get)(Thread *, Value, Value, Value) = v_type(f)->slots.descr_get;
  if (!get) return object_call(t, f, args + 1, nargs - 1, kwnames);
  Value bound = get(t, f, args[0], v_from_obj(v_type(args[0])));
  if (v_is_null(bound)) return V_NULL;
  Value result = object_call(t, bound, args + 1, nargs - 1, kwnames);
  v_drop(t, bound);
  return result;
}

Value slot_call_special(Thread *t, Value name, const Value *args, size_t nargs, bool *absent) {
  AttrKind kind;
  if (absent) *absent = false;
  Value f = find_method(t, v_type(args[0]), name, &kind);
  if (v_is_null(f)) {
    if (!absent) return raise_value(t, &exc_AttributeError, name);
    *absent = true;
    return V_NULL;
  }
  Value result = call_found(t, f, kind, args, nargs, V_NULL);
  v_drop(t, f);
  return result;
}

static inline Value call1(Thread *t, Value self, Value name) { return slot_call_special(t, name, &self, 1, NULL); }
static inline Value call2(Thread *t, Value self, Value name, Value a) { return slot_call_special(t, name, (Value[]){self, a}, 2, NULL); }

// NotImplemented where the type has no such dunder.
static Value call2_maybe(Thread *t, Value self, Value name, Value a) {
  bool absent;
  Value r = slot_call_special(t, name, (Value[]){self, a}, 2, &absent);
  return absent ? V_NOT_IMPLEMENTED : r;
}

// The dunder with self put in front of a full call's arguments.
static Value call_with_self(Thread *t, Value name, Value self, const Value *args, size_t nargs, Value kwnames) {
  size_t nkw = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length, total = nargs + nkw;
  AttrKind kind;
  Value f = type_lookup_keep(t, v_type(self), name, &kind);
  if (v_is_null(f)) return raise_value(t, &exc_AttributeError, name);
  if (kind != ATTR_FUNCTION || nkw) f = v_kept_own(t, f);
  Value small[SMALL_CALL], *buffer = small;
  Value result = V_NULL;
  if (total + 1 > SMALL_CALL) buffer = heap_alloc(t, (total + 1) * sizeof(Value));
  if (buffer) {
    buffer[0] = self;
    if (total) memcpy(buffer + 1, args, total * sizeof(Value));
    result = call_found(t, f, kind, buffer, nargs + 1, kwnames);
  } else {
    raise_no_memory(t);
  }
  if (buffer != small) heap_free(t, buffer);
  v_drop(t, f);
  return result;
}

// ---- one and two operands --------------------------------------------------------------------------------------------------------

#define DEFINE_UNARY(slot, name) \
  Value slot_generic_##slot(Thread *t, Value self) { return call1(t, self, N(name)); }
SLOT_GENERIC_UNARY(DEFINE_UNARY)

Value slot_generic_iter(Thread *t, Value self) {
  AttrKind kind;
  Value f = find_method(t, v_type(self), N(__iter__), &kind);
  if (v_is_none(f)) return raise_type_error(t, "'%.200T' object is not iterable", self);
  if (v_is_null(f)) return iterator_new(t, self);
  Value r = call_found(t, f, kind, &self, 1, V_NULL);
  v_drop(t, f);
  return r;
}

Value slot_generic_iternext(Thread *t, Value self) { return call1(t, self, N(__next__)); }

#define DEFINE_INPLACE(slot, name) \
  Value slot_generic_##slot(Thread *t, Value a, Value b) { return call2(t, a, N(name), b); }
SLOT_GENERIC_INPLACE(DEFINE_INPLACE)

// type(b) has a reflected method of its own, not the one that type(a) has.
static bool reflected_is_overloaded(Thread *t, Value a, Value b, Value rname) {
  Value right = type_lookup(t, v_type(b), rname);
  if (v_is_null(right)) return false;
  Value left = type_lookup(t, v_type(a), rname);
  bool overloaded = v_is_null(left) || !v_is(left, right);
  v_drop(t, left);
  v_drop(t, right);
  return overloaded;
}

// a OP b where at least one operand's slot is the generic function `own`. The right operand goes first when it is of a subclass that
// overloads the reflected method.
static Value binary_generic(Thread *t, Value a, Value b, uint32_t offset, void *own, Value name, Value rname) {
  Type *ta = v_type(a), *tb = v_type(b);
  bool try_b = ta != tb && slot_function(&tb->slots, offset) == own;
  if (slot_function(&ta->slots, offset) == own) {
    if (try_b && type_is_subtype(tb, ta) && reflected_is_overloaded(t, a, b, rname)) {
      Value r = call2_maybe(t, b, rname, a);
      if (!v_is_not_implemented(r)) return r;
      try_b = false;
    }
    Value r = call2_maybe(t, a, name, b);
    if (!v_is_not_implemented(r) || ta == tb) return r;
  }
  return try_b ? call2_maybe(t, b, rname, a) : V_NOT_IMPLEMENTED;
}

#define DEFINE_BINARY(slot, name, rname)                                                                                      \
  Value slot_generic_##slot(Thread *t, Value a, Value b) {                                                                    \
    return binary_generic(t, a, b, offsetof(TypeSlots, slot), (void *)slot_generic_##slot, N(name), N(rname));               \
  }
SLOT_GENERIC_BINARY(DEFINE_BINARY)

#define OPERATOR(op, slot, inplace, dunder)                                                                                              \
  [op] = {offsetof(TypeSlots, slot), offsetof(TypeSlots, inplace), (void *)slot_generic_##slot, (void *)slot_generic_##inplace,          \
          &name___##dunder##__, &name___r##dunder##__, &name___i##dunder##__}
static const SlotBinary slot_binaries[] = {
    OPERATOR(OP_ADD, add, iadd, add),
    OPERATOR(OP_AND, and_, iand, and),
    OPERATOR(OP_FLOOR_DIVIDE, floor_divide, ifloor_divide, floordiv),
    OPERATOR(OP_LSHIFT, lshift, ilshift, lshift),
    OPERATOR(OP_MATMUL, matmul, imatmul, matmul),
    OPERATOR(OP_MULTIPLY, multiply, imultiply, mul),
    OPERATOR(OP_REMAINDER, remainder, iremainder, mod),
    OPERATOR(OP_OR, or_, ior, or),
    OPERATOR(OP_RSHIFT, rshift, irshift, rshift),
    OPERATOR(OP_SUBTRACT, subtract, isubtract, sub),
    OPERATOR(OP_TRUE_DIVIDE, true_divide, itrue_divide, truediv),
    OPERATOR(OP_XOR, xor_, ixor, xor),
};

const SlotBinary *slot_binary_of(int op) { return op == OP_POWER ? NULL : &slot_binaries[op]; }

Value slot_call_reflected(Thread *t, Value a, Value b, int op) { return call2_maybe(t, b, *slot_binaries[op].reflected_name, a); }

Value slot_generic_power(Thread *t, Value a, Value b, Value mod) {
  if (v_is_none(mod)) return binary_generic(t, a, b, offsetof(TypeSlots, power), (void *)slot_generic_power, N(__pow__), N(__rpow__));
  // With a modulus only the left operand is asked.
  if (v_type(a)->slots.power != slot_generic_power) return V_NOT_IMPLEMENTED;
  return slot_call_special(t, N(__pow__), (Value[]){a, b, mod}, 3, NULL);
}

Value slot_generic_ipower(Thread *t, Value a, Value b, Value mod) {
  (void)mod;
  return call2(t, a, N(__ipow__), b);
}

// ---- hash, truth, length ---------------------------------------------------------------------------------------------------------

int64_t slot_generic_hash(Thread *t, Value self) {
  AttrKind kind;
  Value f = type_lookup_keep(t, v_type(self), N(__hash__), &kind);
  if (v_is_null(f) || v_is_none(f)) {
    v_drop(t, f);
    return object_hash_not_implemented(t, self);
  }
  v_drop(t, f);
  Value r = call1(t, self, N(__hash__));
  if (v_is_null(r)) return -1;
  if (!v_is_int(r)) {
    v_drop(t, r);
    raise_type_error(t, "__hash__ method should return an integer");
    return -1;
  }
  // A number too large for a hash is hashed as an int is.
  int64_t h;
  if (!int_as_i64(r, &h)) h = int_hash(r);
  v_drop(t, r);
  return h == -1 ? -2 : h;
}

int64_t slot_length_returned(Thread *t, Value r) {
  if (likely(v_is_smi(r) && v_smi(r) >= 0)) return v_smi(r);
  Value n = number_index(t, r);
  v_drop(t, r);
  if (v_is_null(n)) return -1;
  int64_t length = -1;
  if (int_sign(n) < 0) raise_value_error(t, "__len__() should return >= 0");
  else if (!int_as_i64(n, &length)) length = (raise_error(t, &exc_OverflowError, "cannot fit '%.200T' into an index-sized integer", n), -1);
  v_drop(t, n);
  return length;
}

int64_t slot_generic_length(Thread *t, Value self) {
  Value r = call1(t, self, N(__len__));
  return v_is_null(r) ? -1 : slot_length_returned(t, r);
}

int slot_bool_returned(Thread *t, Value r) {
  if (v_is(r, V_TRUE)) return 1;
  if (v_is(r, V_FALSE)) return 0;
  raise_type_error(t, "__bool__ should return bool, returned %T", r);
  v_drop(t, r);
  return -1;
}

int slot_generic_bool(Thread *t, Value self) {
  bool absent;
  Value r = slot_call_special(t, N(__bool__), &self, 1, &absent);
  if (absent) {
    Value len = type_lookup(t, v_type(self), N(__len__));
    if (v_is_null(len)) return 1;
    v_drop(t, len);
    int64_t n = slot_generic_length(t, self);
    return n < 0 ? -1 : n != 0;
  }
  return v_is_null(r) ? -1 : slot_bool_returned(t, r);
}

// ---- calls and creation ----------------------------------------------------------------------------------------------------------

Value slot_generic_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  // A __call__ that is itself such an object never reaches a Python frame.
  if (recursion_enter(t, " while calling a Python object") < 0) return V_NULL;
  Value r = call_with_self(t, N(__call__), self, args, nargs, kwnames);
  recursion_leave(t);
  return r;
}

int slot_generic_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Value r = call_with_self(t, N(__init__), self, args, nargs, kwnames);
  if (v_is_null(r)) return -1;
  if (!v_is_none(r)) {
    raise_type_error(t, "__init__() should return None, not '%.200T'", r);
    v_drop(t, r);
    return -1;
  }
  return 0;
}

Value slot_generic_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  Value f = object_getattr(t, v_from_obj(type), N(__new__));
  if (v_is_null(f)) return V_NULL;
  size_t total = nargs + (v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length);
  Value small[SMALL_CALL], *buffer = small, result = V_NULL;
  if (total + 1 > SMALL_CALL) buffer = heap_alloc(t, (total + 1) * sizeof(Value));
  if (buffer) {
    buffer[0] = v_from_obj(type);
    if (total) memcpy(buffer + 1, args, total * sizeof(Value));
    result = object_call(t, f, buffer, nargs + 1, kwnames);
  } else {
    raise_no_memory(t);
  }
  if (buffer != small) heap_free(t, buffer);
  v_drop(t, f);
  return result;
}

void slot_generic_finalize(Thread *t, Value self) {
  Value pending = error_fetch(t);
  AttrKind kind;
  Value f = type_lookup_kind(t, v_type(self), N(__del__), &kind);
  if (!v_is_null(f)) {
    Value r = call_found(t, f, kind, &self, 1, V_NULL);
    if (v_is_null(r)) error_write_unraisable(t, NULL, f);
    else v_drop(t, r);
    v_drop(t, f);
  }
  if (!v_is_null(pending)) error_restore(t, pending);
}

// ---- attributes ------------------------------------------------------------------------------------------------------------------

Value slot_generic_getattro(Thread *t, Value self, Value name) { return call2(t, self, N(__getattribute__), name); }

// 1 *out owned; 0: AttributeError, swallowed; -1.
static int getattribute(Thread *t, Value self, Value name, Value *out) {
  AttrKind kind;
  Value f = find_method(t, v_type(self), N(__getattribute__), &kind);
  int r;
  if (v_is_null(f) || v_wraps(f, (void *)object_generic_getattr)) {
    r = object_generic_lookup(t, self, name, out);
  } else {
    *out = call_found(t, f, kind, (Value[]){self, name}, 2, V_NULL);
    r = v_is_null(*out) ? -1 : 1;
  }
  v_drop(t, f);
  if (r < 0 && error_matches(t, &exc_AttributeError)) {
    error_clear(t);
    return 0;
  }
  return r;
}

Value slot_generic_getattr_hook(Thread *t, Value self, Value name) {
  AttrKind kind;
  Value hook = type_lookup_kind(t, v_type(self), N(__getattr__), &kind);
  if (v_is_null(hook)) return slot_generic_getattro(t, self, name);
  Value result;
  if (getattribute(t, self, name, &result) == 0) result = call_found(t, hook, kind, (Value[]){self, name}, 2, V_NULL);
  v_drop(t, hook);
  return result;
}

int slot_generic_setattro(Thread *t, Value self, Value name, Value value) {
  Value r = v_is_null(value) ? call2(t, self, N(__delattr__), name) : slot_call_special(t, N(__setattr__), (Value[]){self, name, value}, 3, NULL);
  if (v_is_null(r)) return -1;
  v_drop(t, r);
  return 0;
}

Value slot_generic_descr_get(Thread *t, Value self, Value obj, Value type) {
  AttrKind kind;
  Value f = find_method(t, v_type(self), N(__get__), &kind);
  if (v_is_null(f)) return v_own(t, self);
  Value args[] = {self, v_is_null(obj) ? V_NONE : obj, v_is_null(type) ? V_NONE : type};
  Value result = call_found(t, f, kind, args, 3, V_NULL);
  v_drop(t, f);
  return result;
}

int slot_generic_descr_set(Thread *t, Value self, Value obj, Value value) {
  Value r = v_is_null(value) ? call2(t, self, N(__delete__), obj) : slot_call_special(t, N(__set__), (Value[]){self, obj, value}, 3, NULL);
  if (v_is_null(r)) return -1;
  v_drop(t, r);
  return 0;
}

// ---- comparison ------------------------------------------------------------------------------------------------------------------

Value slot_compare_name(int op) {
  switch (op) {
    case CMP_LT: return N(__lt__);
    case CMP_LE: return N(__le__);
    case CMP_EQ: return N(__eq__);
    case CMP_NE: return N(__ne__);
    case CMP_GT: return N(__gt__);
    default: return N(__ge__);
  }
}

// A comparison dunder that cannot even be had counts as missing.
Value slot_generic_richcompare(Thread *t, Value a, Value b, int op) {
  AttrKind kind;
  Value f = find_method(t, v_type(a), slot_compare_name(op), &kind);
  if (v_is_null(f)) return V_NOT_IMPLEMENTED;
  Value r;
  Value (*get)(Thread *, Value, Value, Value) = binds_by_prepending(f, kind) ? NULL : v_type(f)->slots.descr_get;
  if (get) {
    Value bound = get(t, f, a, v_from_obj(v_type(a)));
    if (v_is_null(bound)) error_clear(t);
    r = v_is_null(bound) ? V_NOT_IMPLEMENTED : object_call1(t, bound, b);
    v_drop(t, bound);
  } else {
    r = call_found(t, f, kind, (Value[]){a, b}, 2, V_NULL);
  }
  v_drop(t, f);
  return r;
}

// ---- containers ------------------------------------------------------------------------------------------------------------------

Value slot_generic_getitem(Thread *t, Value self, Value key) { return call2(t, self, N(__getitem__), key); }

int slot_generic_setitem(Thread *t, Value self, Value key, Value value) {
  Value r = v_is_null(value) ? call2(t, self, N(__delitem__), key) : slot_call_special(t, N(__setitem__), (Value[]){self, key, value}, 3, NULL);
  if (v_is_null(r)) return -1;
  v_drop(t, r);
  return 0;
}

Value slot_generic_seq_item(Thread *t, Value self, int64_t i) {
  Value index = int_from_i64(t, i);
  if (v_is_null(index)) return V_NULL;
  Value r = call2(t, self, N(__getitem__), index);
  v_drop(t, index);
  return r;
}

int slot_generic_contains(Thread *t, Value self, Value item) {
  AttrKind kind;
  Value f = find_method(t, v_type(self), N(__contains__), &kind);
  if (v_is_none(f)) return (int)(raise_type_error(t, "'%.200T' object is not a container", self), -1);
  if (v_is_null(f)) return object_search_iterable(t, self, item);
  Value r = call_found(t, f, kind, (Value[]){self, item}, 2, V_NULL);
  v_drop(t, f);
  if (v_is_null(r)) return -1;
  int truth = object_is_true(t, r);
  v_drop(t, r);
  return truth;
}
