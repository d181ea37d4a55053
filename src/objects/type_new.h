// Making classes: metaclass calculation, layout, namespaces, and the hooks that class creation calls.
#ifndef WEFT_OBJECTS_TYPE_NEW_H
#define WEFT_OBJECTS_TYPE_NEW_H

#include "objects/type.h"

// The most derived of metatype and the metaclasses of the bases (classes); borrowed. NULL with TypeError "metaclass conflict...".
Type *type_calculate_metaclass(Thread *t, Type *metatype, Value bases);
// type.__new__ (slots.new of type_type).
Value type_type_new(Thread *t, Type *metatype, const Value *args, size_t nargs, Value kwnames);
// The globals of the calling Python frame, borrowed, V_NULL if none: gives classes made by a plain call their __module__. Registered by vm/.
extern Value (*type_caller_globals_hook)(Thread *t);

// Frees a class (slots.dealloc of type_type) and what the collector asks of one.
void type_object_dealloc(Thread *t, Object *o);
void type_object_traverse(Object *o, GcVisit visit, void *arg);
void type_object_clear(Thread *t, Object *o);

// Instances vary in length by what CPython calls items, and what a class adds lies behind those. A str's text lies beside its object there.
static inline bool type_has_items(const Type *type) { return type->flags & TYPE_VARSIZE && !(type->flags & TYPE_STR); }

#endif
