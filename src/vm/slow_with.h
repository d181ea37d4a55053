// `with` and `async with`: entering and leaving context managers.
#ifndef WEFT_VM_SLOW_WITH_H
#define WEFT_VM_SLOW_WITH_H

#include "vm/dunder.h"
#include "vm/operands.h"

int slow_before_with(Thread *t, Frame *f, const Inst *ip, bool is_async);   // 1, 0, SLOW_PUSHED
// Calls what slow_before_with has left for the end of the block, with three arguments: a bound __exit__ or, for builtin managers, the
// manager itself.
Value slow_exit_with(Thread *t, Frame *f, Value exit, const Value *args);

#endif
