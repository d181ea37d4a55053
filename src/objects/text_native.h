// How the text types are written: NATIVE(name) { ... } has t, self, args, nargs, kwnames in scope, used or not.
#ifndef WEFT_OBJECTS_TEXT_NATIVE_H
#define WEFT_OBJECTS_TEXT_NATIVE_H

#include "objects/type.h"

// Simple loops over characters that are worth the vector unit, which -O2 does not use for them.
#if defined(__GNUC__) && !defined(__clang__)
#define VECTORISED __attribute__((optimize("O3")))
#else
#define VECTORISED
#endif

#define UNUSED_OK __attribute__((unused))
#define NATIVE(name)                                                                                                        \
  Value name(UNUSED_OK Thread *t, UNUSED_OK Value self, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames)

#endif
