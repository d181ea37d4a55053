// The list of audit hooks (PEP 578), shared by sys and the code that raises events.
#ifndef WEFT_SYSTEM_AUDIT_H
#define WEFT_SYSTEM_AUDIT_H

#include "objects/type.h"

extern Value audit_hooks;  // list or V_NULL; set once, under the GIL or by CAS-free publication at the first addaudithook
int audit_call_hooks(Thread *t, Value event, Value args);

#endif
