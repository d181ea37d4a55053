// Walks over the classes that derive from a class, and over those it derives from. Type lock held.
//
// Each gives every class once, the start first, as a chain through Type.walk_next that is good until the next walk. While an assignment of
// __bases__ is under way the lists of subclasses hold both its old and its new bases.
//   for (Type *c = type_family_locked(type); c; c = c->walk_next) ...
#ifndef WEFT_OBJECTS_TYPE_FAMILY_H
#define WEFT_OBJECTS_TYPE_FAMILY_H

#include "objects/type.h"

Type *type_family_locked(Type *type);      // by the lists of subclasses
// By __bases__ and by MROs, which follow later when an mro() in Python gives them; and by pending(c, 0), pending(c, 1)... up to V_NULL: tuples of
// classes that c may come to derive from again.
Type *type_ancestors_locked(Type *type, Value (*pending)(const Type *c, uint32_t i));

#endif
