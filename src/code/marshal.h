// marshal: the wire format of .pyc files, and of marshal.dumps().
//
// Plain values are written as CPython 3.11 writes them; code objects have a type code and a layout of weft's own, and CPython's are refused.
#ifndef WEFT_CODE_MARSHAL_H
#define WEFT_CODE_MARSHAL_H

#include "objects/type.h"

#define MARSHAL_VERSION 4

// The value as bytes in the given version (0-4), owned; V_NULL with ValueError for what can't be marshalled.
Value marshal_write(Thread *t, Value v, int version);
static inline Value marshal_dumps(Thread *t, Value v) { return marshal_write(t, v, MARSHAL_VERSION); }
// The first value in data[0..size), owned; what follows it is ignored. V_NULL with EOFError, ValueError or TypeError for data that is cut off
// or corrupt. Code objects are marked unverified: bytecode that would leave its bounds is refused (SystemError) when it is to run.
Value marshal_loads(Thread *t, const char *data, size_t size);
// The same from a file, by file.read(n): no byte more than needed.
Value marshal_read_file(Thread *t, Value file);

#endif
