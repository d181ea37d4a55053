// Constants of code as the compiler and code objects compare them: 0, 0.0, -0.0 and False are four different ones.
#ifndef WEFT_CODE_CONSTANTS_H
#define WEFT_CODE_CONSTANTS_H

#include "objects/type.h"

// The same constant: same type, same value, item by item in tuples and frozensets; objects of other types only if identical.
// Runs no Python code and raises nothing.
bool const_same(Thread *t, Value a, Value b);
// A hash that agrees with const_same.
uint64_t const_hash(Thread *t, Value v);

#endif
