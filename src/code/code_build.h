// Making code objects from Python: the code(...) constructor and code.replace(...).
#ifndef WEFT_CODE_CODE_BUILD_H
#define WEFT_CODE_CODE_BUILD_H

#include "objects/type.h"

Value code_construct(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames);
Value code_replace(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);

#endif
