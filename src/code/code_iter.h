// The iterators that code.co_lines() and code.co_positions() return.
#ifndef WEFT_CODE_CODE_ITER_H
#define WEFT_CODE_CODE_ITER_H

#include "objects/type.h"

Value code_iter_lines(Thread *t, Value code);       // of (start, end, line or None), one a table entry
Value code_iter_positions(Thread *t, Value code);   // of (line, end line, column, end column), each maybe None, one a code unit
bool code_iter_init(Thread *t);

#endif
