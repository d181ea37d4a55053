// What the container types share among themselves, and their start-up.
#ifndef WEFT_OBJECTS_CONTAINERS_H
#define WEFT_OBJECTS_CONTAINERS_H

#include "objects/type.h"
#include "threading/critical.h"

// a op b for two numbers that stand for an order or two lengths.
static inline bool container_compare_lengths(int64_t a, int64_t b, int op) {
  switch (op) {
    case CMP_LT: return a < b;
    case CMP_LE: return a <= b;
    case CMP_EQ: return a == b;
    case CMP_NE: return a != b;
    case CMP_GT: return a > b;
    default: return a >= b;
  }
}

// slots.iter of iterators: the object itself.
Value container_self(Thread *t, Value self);
// An owned copy of a field that changes under o's lock.
static inline Value container_field(Thread *t, Object *o, const Value *field) {
  Value v;
  CRITICAL_BEGIN(t, o);
  v = v_own(t, *field);
  CRITICAL_END(t);
  return v;
}
// Puts a value (stolen, may be V_NULL) into such a field; the old one is dropped after the lock.
static inline void container_set_field(Thread *t, Object *o, Value *field, Value stolen) {
  Value old;
  CRITICAL_BEGIN(t, o);
  old = *field;
  *field = stolen;
  CRITICAL_END(t);
  v_drop(t, old);
}
// The attribute `name` of the builtins module, owned: how iterators pickle themselves (iter, reversed).
Value container_builtin(Thread *t, const char *name);

// Readies the types of this part in order, those with an init of their own in the core (tuple_init, list_init, dict_init) excepted.
bool containers_init(Thread *t);

#endif
