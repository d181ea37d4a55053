// Doubles from hexadecimal text, as float.fromhex takes it.
#ifndef WEFT_OBJECTS_FLOAT_HEX_H
#define WEFT_OBJECTS_FLOAT_HEX_H

#include <stddef.h>
#include <stdint.h>

typedef enum { HEX_OK, HEX_INVALID, HEX_TOO_LARGE } HexResult;

// The whole text, spaces around it left out. Never fails otherwise.
HexResult float_parse_hex(const char *s, size_t length, double *out);

#endif
