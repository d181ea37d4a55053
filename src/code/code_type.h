// The type of code objects, as far as C code asks for it; the objects themselves are in code.h.
#ifndef WEFT_CODE_CODE_TYPE_H
#define WEFT_CODE_CODE_TYPE_H

#include "code/code.h"

extern void (*code_dealloc_hook)(Thread *t, Code *code);  // vm/ frees its translations
bool code_init(Thread *t);

#endif
