// Where CPython 3.11 keeps a class: in a static struct or on its heap, which __flags__ and some error messages let programs see.
#ifndef WEFT_OBJECTS_TYPE_ORIGIN_H
#define WEFT_OBJECTS_TYPE_ORIGIN_H

#include "objects/type.h"

// Whether the class lies on the heap there: every class of a class statement, and the builtin types of most modules.
bool type_is_cpython_heap(const Type *type);

#endif
