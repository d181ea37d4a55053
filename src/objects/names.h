// The interned identifiers that C code uses by name: N(append) is the str 'append', immortal.
#ifndef WEFT_OBJECTS_NAMES_H
#define WEFT_OBJECTS_NAMES_H

#include "gc/value.h"
#include "threading/thread.h"

#define NAME(x) extern Value name_##x;
#include "objects/names.def"
#undef NAME
#define N(x) (name_##x)

bool names_init(Thread *t);  // right after str is usable; false: no memory

#endif
