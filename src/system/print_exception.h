// Printing uncaught and unraisable exceptions as python3.11 does: chained, grouped, with source lines and carets.
#ifndef WEFT_SYSTEM_PRINT_EXCEPTION_H
#define WEFT_SYSTEM_PRINT_EXCEPTION_H

#include "objects/type.h"

// Writes to sys.stderr; tb replaces the exception's own traceback (None: keep). Errors on the way are swallowed.
void print_exception(Thread *t, Value exc, Value tb);
// The same as text, owned; V_NULL with MemoryError.
Value exception_text(Thread *t, Value exc, Value tb);
// sys.excepthook for the pending exception, with its fallbacks; clears it, unless the hook raised SystemExit: that is then pending.
void print_pending(Thread *t);
// What sys.unraisablehook shows: an object with exc_type, exc_value, exc_traceback, err_msg, object.
void print_unraisable(Thread *t, Value unraisable);
// Whether it is what the runtime itself makes for sys.unraisablehook.
bool is_unraisable_args(Value v);
// error_unraisable_hook: makes the object and calls sys.unraisablehook.
void report_unraisable(Thread *t, Value exc, const char *message, Value where);

#endif
