// Context variables for C: what ContextVar(name), var.get(), var.set(value) and copy_context() do, without the import of a module.
#ifndef WEFT_MODULES_CONTEXTVARS_H
#define WEFT_MODULES_CONTEXTVARS_H

#include "objects/type.h"

Value contextvar_new(Thread *t, const char *name);              // owned
Value contextvar_get(Thread *t, Value var);                     // owned; V_NULL without an exception: it has no value here
int contextvar_set(Thread *t, Value var, Value value);          // 0, -1
Value context_copy_current(Thread *t);                          // owned

#endif
