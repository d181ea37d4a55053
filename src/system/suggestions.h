// "Did you mean: 'x'?" for NameError and AttributeError.
#ifndef WEFT_SYSTEM_SUGGESTIONS_H
#define WEFT_SYSTEM_SUGGESTIONS_H

#include "objects/type.h"

// The name that was probably meant, owned; V_NULL (no exception set) if none is near.
Value suggestion_for(Thread *t, Value exc);

#endif
