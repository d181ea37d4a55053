// `raise` and `except`.
#ifndef WEFT_VM_SLOW_RAISE_H
#define WEFT_VM_SLOW_RAISE_H

#include "vm/operands.h"

bool slow_check_exc_match(Thread *t, Value exc, Value type, bool *match);
bool slow_raise(Thread *t, Value exc, Value cause);           // always raises; V_NULL: absent

#endif
