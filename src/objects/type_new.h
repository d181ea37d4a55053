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

// Fits a class with new bases into its place: layout check, MRO of it and its subclasses, slots, caches. 0, -1.
int type_set_bases(Thread *t, Type *type, Value bases);
// Whether instances of a may become instances of b (__class__ assignment): false with TypeError.
bool type_check_same_layout(Thread *t, Type *from, Type *to, const char *attribute);

#endif
