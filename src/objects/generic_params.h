// The type variables of parameterised types, shared by GenericAlias and UnionType.
#ifndef WEFT_OBJECTS_GENERIC_PARAMS_H
#define WEFT_OBJECTS_GENERIC_PARAMS_H

#include "objects/type.h"

// The type variables in a tuple of arguments, first appearance first: a tuple.
Value generic_parameters(Thread *t, Value args);
// args with the parameters replaced by item (a tuple or one value) as subscription does; self is named in errors.
Value generic_substitute(Thread *t, Value self, Value args, Value parameters, Value item);

#endif
