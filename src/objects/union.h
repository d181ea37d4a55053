// UnionType: what `int | str` makes of two types.
#ifndef WEFT_OBJECTS_UNION_H
#define WEFT_OBJECTS_UNION_H

#include "objects/type.h"

// `a | b` for classes, None, generic aliases and unions: NotImplemented for anything else. type.__or__.
Value union_or_operator(Thread *t, Value a, Value b);
// A union of the members, nested unions flattened and duplicates left out; a single member stands for itself.
Value union_from(Thread *t, Value args_tuple);
// The members of a union (a UnionType object), a borrowed tuple.
Value union_args(Value v);
bool union_init(Thread *t);

#endif
