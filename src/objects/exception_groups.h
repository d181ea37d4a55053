// Splitting exception groups, for their methods and for `except*`.
#ifndef WEFT_OBJECTS_EXCEPTION_GROUPS_H
#define WEFT_OBJECTS_EXCEPTION_GROUPS_H

#include "objects/error.h"

// Splits exc by a class or tuple of classes. *match and *rest are owned, None where empty; a naked exception is one or the other. -1: error.
int exception_group_split(Thread *t, Value exc, Value classes, Value *match, Value *rest);
// The part of group `orig` whose leaves are leaves of the exceptions in the list `keep` (compared by identity); None when there are none.
Value exception_group_projection(Thread *t, Value orig, Value keep);
static inline bool v_is_exception_group(Value v) { return v_is_exception(v) && type_is_subtype(v_type(v), &exc_BaseExceptionGroup); }

#endif
