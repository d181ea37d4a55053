// Assigning __bases__ of a class: cycles are refused, and the MROs, slots and caches of the class and all its subclasses follow.
#ifndef WEFT_OBJECTS_TYPE_BASES_H
#define WEFT_OBJECTS_TYPE_BASES_H

#include "objects/type.h"

// type.__bases__ = bases. 0, -1 with an exception, after which everything is as it was. Runs Python code only if a metaclass in the hierarchy
// has an mro() of its own; what such code, or another thread, assigns meanwhile wins. Takes the type lock.
int type_set_bases(Thread *t, Type *type, Value bases);

#endif
