// marshal's C entry points: values to bytes and back, for cached code.
#ifndef WEFT_MODULES_MARSHAL_H
#define WEFT_MODULES_MARSHAL_H

#include "objects/type.h"

// Owned; V_NULL with EOFError, ValueError "bad marshal data (...)" or TypeError. Never trusts the bytes.
Value marshal_loads(Thread *t, const char *data, size_t n);
// Owned bytes; V_NULL with ValueError "unmarshallable object".
Value marshal_dumps(Thread *t, Value v);

#endif
