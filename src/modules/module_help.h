// Small things that several C-level modules need: exception classes of their own, times given in seconds.
#ifndef WEFT_MODULES_MODULE_HELP_H
#define WEFT_MODULES_MODULE_HELP_H

#include "objects/type.h"

// class name(base), with __module__ and __doc__ (NULL: none). Owned; V_NULL with an exception.
Value module_new_exception(Thread *t, const char *module, const char *name, Type *base, const char *doc);
// Raises cls(message).
Value module_raise(Thread *t, Value cls, const char *format, ...);
// An int or float of seconds as nanoseconds, rounded up. 0, or -1 with TypeError, ValueError (NaN) or OverflowError.
int module_seconds_as_ns(Thread *t, Value v, int64_t *ns);

#endif
