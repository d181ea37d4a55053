// Where CPython 3.11 keeps a class: in a static struct or on its heap, which __flags__ and some error messages let programs see.
#ifndef WEFT_OBJECTS_TYPE_ORIGIN_H
#define WEFT_OBJECTS_TYPE_ORIGIN_H

#include "objects/type.h"

// Whether the class lies on the heap there: every class of a class statement, and the builtin types of most modules.
bool type_is_cpython_heap(const Type *type);

// Whether there is a __module__ in the class's own dict, so that instances have it too: of a class on CPython's heap, and of two that see to it themselves.
bool type_names_its_module(const Type *type);

// Whether instances of a static type have no more in CPython than a dict and weak references, though here they have fields of their own.
bool type_is_bare_struct(const Type *type);

// The class's name without its module, borrowed: what CPython's messages show where they cut a static type's dotted name.
static inline Value type_bare_name(const Type *type) { return type->flags & TYPE_HEAP ? type->name : type->qualname; }

#endif
