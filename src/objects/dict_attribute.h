// The __dict__ attribute of builtin types that have an ext word: a getter and a setter for their GetSetDef tables.
#ifndef WEFT_OBJECTS_DICT_ATTRIBUTE_H
#define WEFT_OBJECTS_DICT_ATTRIBUTE_H

#include "objects/type.h"

Value dict_attribute_get(Thread *t, Value self, void *closure);
int dict_attribute_set(Thread *t, Value self, Value value, void *closure);
#define DICT_ATTRIBUTE {"__dict__", dict_attribute_get, dict_attribute_set, NULL, NULL}

#endif
