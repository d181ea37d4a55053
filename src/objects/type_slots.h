// The correspondence between dunder methods and the C slots of types: one table, read in both directions.
//
// A builtin type's filled slots appear as slot wrappers (wrapper_descriptor) in its dict; a dunder defined by a class statement fills the
// slot with a generic function that looks the dunder up and calls it. Several dunders may share a slot (__add__ and __radd__), and a dunder
// may serve several slots (__getitem__: getitem and seq_item).
#ifndef WEFT_OBJECTS_TYPE_SLOTS_H
#define WEFT_OBJECTS_TYPE_SLOTS_H

#include "objects/type.h"

typedef enum {   // how a slot wrapper's arguments reach the C function
  WRAP_NONE, WRAP_UNARY, WRAP_BINARY, WRAP_BINARY_REFLECTED, WRAP_TERNARY, WRAP_TERNARY_REFLECTED, WRAP_BOOL, WRAP_LENGTH, WRAP_HASH, WRAP_CALL,
  WRAP_GETATTR, WRAP_SETATTR, WRAP_DELATTR, WRAP_LT, WRAP_LE, WRAP_EQ, WRAP_NE, WRAP_GT, WRAP_GE, WRAP_NEXT, WRAP_DESCR_GET, WRAP_DESCR_SET,
  WRAP_DESCR_DELETE, WRAP_INIT, WRAP_SETITEM, WRAP_DELITEM, WRAP_CONTAINS, WRAP_REPEAT, WRAP_SEQ_ITEM, WRAP_FINALIZE,
} WrapKind;

typedef struct SlotEntry {
  const Value *name;       // the dunder
  uint32_t offset;         // of the slot in TypeSlots
  WrapKind wrap;
  void *generic;           // for classes; NULL: a Python definition empties the slot
  const char *signature;   // __text_signature__
  const char *doc;
} SlotEntry;

extern const SlotEntry slot_entries[];   // entries of one slot stand together; ended by a null name

static inline void **slot_field(TypeSlots *slots, uint32_t offset) { return (void **)(void *)((char *)slots + offset); }
static inline void *slot_function(const TypeSlots *slots, uint32_t offset) { return *(void *const *)(const void *)((const char *)slots + offset); }

// Copies from base what a type does not fill itself: memory slots, buffer slots and every slot of the table.
void type_inherit_slots(Type *type, const Type *base);
// Recomputes the slots that `name` concerns (V_NULL: all) from the dunders along the MRO.
void type_refill_slots(Thread *t, Type *type, Value name);
// Puts slot wrappers for filled slots into a builtin type's dict. 0, -1.
int type_add_slot_wrappers(Thread *t, Type *type);
int type_slot_effect(Value name);
void type_slots_register(void);          // fills the hooks of type_lookup.h

// Calls a slot's C function as its dunder is called: args without self.
Value slot_wrapper_call(Thread *t, const SlotEntry *entry, void *wrapped, Value self, const Value *args, size_t nargs, Value kwnames);

// Calls type(args[0])'s dunder along the MRO with args (self first). *absent (if not NULL) set and V_NULL without an exception when there is
// none; with absent NULL that is AttributeError(name).
Value slot_call_special(Thread *t, Value name, const Value *args, size_t nargs, bool *absent);

// The generic functions, for those who must recognise them (the VM pushes a frame instead of calling C).
#define SLOT_GENERIC_UNARY(X)                                                                                                \
  X(repr, __repr__) X(str, __str__) X(await, __await__) X(aiter, __aiter__) X(anext, __anext__)            \
  X(negative, __neg__) X(positive, __pos__) X(absolute, __abs__) X(invert, __invert__) X(int_, __int__) X(float_, __float__) \
  X(index, __index__)
#define SLOT_GENERIC_BINARY(X)                                                                                               \
  X(add, __add__, __radd__) X(subtract, __sub__, __rsub__) X(multiply, __mul__, __rmul__) X(remainder, __mod__, __rmod__)    \
  X(divmod, __divmod__, __rdivmod__) X(lshift, __lshift__, __rlshift__) X(rshift, __rshift__, __rrshift__)                   \
  X(and_, __and__, __rand__) X(xor_, __xor__, __rxor__) X(or_, __or__, __ror__)                                              \
  X(floor_divide, __floordiv__, __rfloordiv__) X(true_divide, __truediv__, __rtruediv__) X(matmul, __matmul__, __rmatmul__)
#define SLOT_GENERIC_INPLACE(X)                                                                                              \
  X(iadd, __iadd__) X(isubtract, __isub__) X(imultiply, __imul__) X(iremainder, __imod__) X(ilshift, __ilshift__)            \
  X(irshift, __irshift__) X(iand, __iand__) X(ixor, __ixor__) X(ior, __ior__) X(ifloor_divide, __ifloordiv__)                \
  X(itrue_divide, __itruediv__) X(imatmul, __imatmul__)
// A binary operator's slots, their generic functions and dunders.
typedef struct SlotBinary {
  uint32_t offset, inplace_offset;
  void *generic, *inplace_generic;
  const Value *name, *reflected_name, *inplace_name;
} SlotBinary;
const SlotBinary *slot_binary_of(int op);   // BinaryOp without OP_INPLACE; NULL for OP_POWER
// type(b)'s reflected method called with a; NotImplemented where there is none.
Value slot_call_reflected(Thread *t, Value a, Value b, int op);

#define DECLARE_UNARY(slot, name) Value slot_generic_##slot(Thread *t, Value self);
#define DECLARE_BINARY(slot, name, rname) Value slot_generic_##slot(Thread *t, Value a, Value b);
#define DECLARE_INPLACE(slot, name) Value slot_generic_##slot(Thread *t, Value a, Value b);
SLOT_GENERIC_UNARY(DECLARE_UNARY)
SLOT_GENERIC_BINARY(DECLARE_BINARY)
SLOT_GENERIC_INPLACE(DECLARE_INPLACE)
#undef DECLARE_UNARY
#undef DECLARE_BINARY
#undef DECLARE_INPLACE
Value slot_generic_iter(Thread *t, Value self);
Value slot_generic_iternext(Thread *t, Value self);   // leaves StopIteration pending; object_iternext swallows it
int64_t slot_generic_hash(Thread *t, Value self);
Value slot_generic_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
Value slot_generic_getattro(Thread *t, Value self, Value name);        // __getattribute__ only
Value slot_generic_getattr_hook(Thread *t, Value self, Value name);    // __getattr__ as well
int slot_generic_setattro(Thread *t, Value self, Value name, Value value);
Value slot_generic_richcompare(Thread *t, Value a, Value b, int op);
Value slot_generic_descr_get(Thread *t, Value self, Value obj, Value type);
int slot_generic_descr_set(Thread *t, Value self, Value obj, Value value);
Value slot_generic_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames);
int slot_generic_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
void slot_generic_finalize(Thread *t, Value self);
Value slot_generic_power(Thread *t, Value a, Value b, Value mod);
Value slot_generic_ipower(Thread *t, Value a, Value b, Value mod);
int slot_generic_bool(Thread *t, Value self);
int64_t slot_generic_length(Thread *t, Value self);
Value slot_generic_getitem(Thread *t, Value self, Value key);
int slot_generic_setitem(Thread *t, Value self, Value key, Value value);
int slot_generic_contains(Thread *t, Value self, Value item);
Value slot_generic_seq_item(Thread *t, Value self, int64_t i);

// What __len__ and __bool__ have returned, taken: the length, the truth; -1 with an exception.
int64_t slot_length_returned(Thread *t, Value result);
int slot_bool_returned(Thread *t, Value result);

// The dunder of a comparison operator (CMP_*), interned.
Value slot_compare_name(int op);

#endif
