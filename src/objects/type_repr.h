// How classes are written inside generic aliases and unions.
#ifndef WEFT_OBJECTS_TYPE_REPR_H
#define WEFT_OBJECTS_TYPE_REPR_H

#include "objects/str.h"

// Appends v as list[...] shows its arguments: "int", "module.Class", "..." or v's repr. 0, -1.
int type_repr_append(Thread *t, StrBuilder *b, Value v);

#endif
