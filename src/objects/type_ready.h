// Start-up of the type system: see type_ready.c. (type_ready itself is declared in objects/type.h.)
#ifndef WEFT_OBJECTS_TYPE_READY_H
#define WEFT_OBJECTS_TYPE_READY_H

#include "objects/type.h"

// First of all, when the shape table and the heap exist: makes it possible to allocate objects of the core types. Allocates nothing.
bool type_bootstrap(Thread *t);
// Completes object, type and the descriptor types; the interned names must exist. Before any other type_ready.
bool type_system_init(Thread *t);
// The rest of this part: None and friends, super, mappingproxy, SimpleNamespace, GenericAlias, UnionType, weak references.
bool type_extras_init(Thread *t);

#endif
