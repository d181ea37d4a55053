// Small things that several C-level modules need: exception classes of their own, ints and text as C has them, descriptors, times, comparing secrets.
#ifndef WEFT_MODULES_MODULE_HELP_H
#define WEFT_MODULES_MODULE_HELP_H

#include <wchar.h>

#include "objects/type.h"

// class name(base), with __module__ and __doc__ (NULL: none). Owned; V_NULL with an exception.
Value module_new_exception(Thread *t, const char *module, const char *name, Type *base, const char *doc);
// Adds the module's own exception class, which is made the first time and kept in *slot: a second import of the module finds the same class.
int module_add_exception(Thread *t, Value m, Value *slot, const char *module, const char *name, Type *base, const char *doc);
// Raises cls(message).
Value module_raise(Thread *t, Value cls, const char *format, ...);
// slots.new of types whose __init__ does everything: an empty instance.
Value module_empty_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames);
// An index, modulo 2**64. 0, or -1 with TypeError.
int module_u64_masked(Thread *t, Value v, uint64_t *out);
// A non-negative int (nothing else) below 2**64. 0, or -1 with TypeError, ValueError or OverflowError.
int module_unsigned(Thread *t, Value v, uint64_t *out);
// An index as a C integer; one that does not fit raises `overflow`. 0, or -1.
int module_index(Thread *t, Value v, Type *overflow, int64_t *out);
// Are two strs of ASCII, or two buffers, equal? In time that depends on the length of b only.
Value module_compare_digest(Thread *t, Value a, Value b);
// An int or float of seconds as nanoseconds, rounded away from zero. 0, or -1 with TypeError, ValueError (NaN) or OverflowError.
int module_seconds_as_ns(Thread *t, Value v, int64_t *ns);
// The same for other units; rounded away from zero.
int module_time_as_ns(Thread *t, Value v, int64_t unit_ns, int64_t *ns);
// The UTF-8 of a str without NUL characters, which lives as long as the str. NULL with ValueError.
const char *module_c_text(Thread *t, Value str);
// The same of any value: TypeError "WHAT must be str, not ..." too.
const char *module_text_argument(Thread *t, Value v, const char *what);
// The same where None, or an argument left out, is allowed: *out is NULL then. 0, or -1 with TypeError "WHAT must be str or None, not ..." or ValueError.
int module_optional_text(Thread *t, Value v, const char *what, const char **out);
// A str as wide characters with a zero behind, to be given to heap_free. NULL with MemoryError, or ValueError for a null character within.
wchar_t *module_wide_text(Thread *t, Value str);
// An index as a C long. 0, or -1 with TypeError or OverflowError.
int module_long(Thread *t, Value v, long *out);
// The descriptor that an int, or an object with fileno(), stands for; never negative. 0, or -1 with TypeError, ValueError or OverflowError.
int module_fileno(Thread *t, Value v, int *fd);

#endif
