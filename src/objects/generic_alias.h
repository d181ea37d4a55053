// GenericAlias: what list[int] gives.
#ifndef WEFT_OBJECTS_GENERIC_ALIAS_H
#define WEFT_OBJECTS_GENERIC_ALIAS_H

#include "objects/type.h"

typedef struct GenericAlias {
  Object ob;
  Value origin, args;      // class (or any object); tuple
  Value parameters;        // tuple; V_NULL until asked for; under the object's lock
  bool starred;            // *tuple[int]
} GenericAlias;

// args: a tuple is taken as it is, anything else is put into one.
Value generic_alias_new(Thread *t, Value origin, Value args);
// __class_getitem__ of builtin types, and its row in their methods.
Value generic_alias_class_getitem(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
#define CLASS_GETITEM_DEF {"__class_getitem__($type, object, /)", generic_alias_class_getitem, "See PEP 585", NATIVE_CLASS | NATIVE_NO_SIGNATURE}
bool generic_alias_init(Thread *t);

#endif
