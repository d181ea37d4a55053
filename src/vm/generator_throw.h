// Throwing into generators and closing them, down the chain of those that they delegate to.
#ifndef WEFT_VM_GENERATOR_THROW_H
#define WEFT_VM_GENERATOR_THROW_H

#include "vm/frame.h"

// throw(): args = type[, value[, traceback]]. close_on_exit: a GeneratorExit closes what is delegated to.
Value generator_throw(Thread *t, Generator *g, const Value *args, size_t nargs, bool close_on_exit);
// close(): None, or V_NULL with an exception.
Value generator_close(Thread *t, Generator *g);
// Ends one that never ran; another thread may have begun it meanwhile, which then stays as it is.
void generator_end_fresh(Thread *t, Generator *g);

#endif
