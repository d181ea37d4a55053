// Descriptors that stand in class dicts for C data: members (struct fields, __slots__), getset pairs, and slot wrappers.
//
// A descriptor refers to its class without counting it (classes are freed by the collector alone).
#ifndef WEFT_OBJECTS_DESCRIPTOR_H
#define WEFT_OBJECTS_DESCRIPTOR_H

#include "objects/type.h"

typedef struct MemberDescriptor {
  Object ob;
  Type *type;              // __objclass__
  Value name;
  const MemberDef *def;    // NULL: a word made by __slots__
  int32_t offset;          // of the field; see instance_member. 0: computed
  const GetSetDef *computed;
} MemberDescriptor;

typedef struct GetSetDescriptor {
  Object ob;
  Type *type;
  Value name;
  const GetSetDef *def;
} GetSetDescriptor;

struct SlotEntry;
typedef struct WrapperDescriptor {
  Object ob;
  Type *type;
  const struct SlotEntry *entry;
  void *wrapped;           // the slot's C function when the class was readied
} WrapperDescriptor;

Value member_descriptor_new(Thread *t, Type *type, const MemberDef *def);
Value computed_member_new(Thread *t, Type *type, const GetSetDef *def);
Value slot_member_new(Thread *t, Type *type, Value name, int32_t offset);
Value getset_descriptor_new(Thread *t, Type *type, const GetSetDef *def);
Value wrapper_descriptor_new(Thread *t, Type *type, const struct SlotEntry *entry, void *wrapped);

static inline MemberDescriptor *v_member_descriptor(Value v) { return (MemberDescriptor *)v_obj(v); }
static inline WrapperDescriptor *v_wrapper_descriptor(Value v) { return (WrapperDescriptor *)v_obj(v); }
// The wrapper found for a dunder wraps exactly this C function.
static inline bool v_wraps(Value v, const void *fn) { return v_is_exact(v, SHAPE_WRAPPER_DESCRIPTOR) && v_wrapper_descriptor(v)->wrapped == fn; }

// For all kinds of builtin descriptors (also objects/native.c's): TypeError "descriptor '%s' for '%s' objects doesn't apply to a '%s' object".
int descriptor_check(Thread *t, Value name, const Type *type, Value obj);
// What a member or getset descriptor found on obj's class says for obj, as v_keep returns it. V_ABSENT: d is another thing, or of a class
// that obj is no instance of.
Value descriptor_read(Thread *t, Value d, Value obj);
// __reduce__ of descriptors: (getattr, (type, name)).
Value descriptor_reduce(Thread *t, Type *type, Value name);

bool descriptor_init(Thread *t);        // member_descriptor, getset_descriptor
bool slot_wrapper_init(Thread *t);      // wrapper_descriptor, method-wrapper

#endif
