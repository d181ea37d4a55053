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
// __class_getitem__ of builtin types: {"__class_getitem__($type, object, /)", generic_alias_class_getitem, doc, NATIVE_CLASS}.
Value generic_alias_class_getitem(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
// The type variables in a tuple of arguments, first appearance first: a tuple.
Value generic_parameters(Thread *t, Value args);
// args with the parameters replaced by item (a tuple or one value) as subscription does; self is named in errors.
Value generic_substitute(Thread *t, Value self, Value args, Value parameters, Value item);
bool generic_alias_init(Thread *t);

#endif
