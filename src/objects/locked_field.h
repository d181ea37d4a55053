// Fields of objects that hold a value and change under the object's lock: reading and replacing one.
#ifndef WEFT_OBJECTS_LOCKED_FIELD_H
#define WEFT_OBJECTS_LOCKED_FIELD_H

#include "gc/refcount.h"
#include "threading/critical.h"

// An owned copy of such a field of o; V_NULL where there is none.
static inline Value locked_field(Thread *t, Object *o, const Value *field) {
  Value v;
  CRITICAL_BEGIN(t, o);
  v = v_own(t, *field);
  CRITICAL_END(t);
  return v;
}
// Puts a value (stolen, may be V_NULL) into it; the old one is dropped after the lock.
static inline void locked_field_set(Thread *t, Object *o, Value *field, Value stolen) {
  Value old;
  CRITICAL_BEGIN(t, o);
  old = *field;
  v_store_rel(field, stolen);
  CRITICAL_END(t);
  v_drop(t, old);
}

#endif
