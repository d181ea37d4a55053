// The module _warnings, for modules whose objects warn when they were left open.
#ifndef WEFT_MODULES_WARNINGS_H
#define WEFT_MODULES_WARNINGS_H

#include "gc/value.h"
#include "threading/thread.h"

// Gives a ResourceWarning about `source`, whose repr fills the one %R of the format; what shows the warning may tell where tracemalloc saw it
// allocated. A filter that makes an error of it: the error is reported as unraisable, in `where`. No exception is pending, before or after.
void warnings_unclosed(Thread *t, Value source, const char *format, Value where);

#endif
