// What the bytes_*.c and bytearray_*.c files share.
#ifndef WEFT_OBJECTS_BYTES_IMPL_H
#define WEFT_OBJECTS_BYTES_IMPL_H

#include "objects/bytes.h"

// prefix'...'suffix with bytes' escapes: the repr of bytes and of bytearray.
Value bytes_quote(Thread *t, const char *prefix, const uint8_t *p, int64_t n, const char *suffix);

#endif
