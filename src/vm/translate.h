// The translator: from the stack form of a code object to the execution form that the eval loop runs.
//
// One linear pass over the basic blocks. Within a block, loads of locals and constants are not executed: they stay pending on an abstract
// stack until an instruction names them as operands. At block borders, and at a yield, every stack slot holds its value, owned; before a
// store to a local or its deletion, pending loads of that local are carried out. A load folds only if its local is surely bound
// (surely_bound.h); else a checking instruction stays in its place. Folding off, one instruction is made for each of the stack
// form: the classical stack machine, for study, tracing and differential tests.
#ifndef WEFT_VM_TRANSLATE_H
#define WEFT_VM_TRANSLATE_H

#include "vm/frame.h"

// A translation, which the caller owns (exec.h publishes it); NULL with SystemError (bad bytecode) or MemoryError. `trace`: for tracing.
Exec *translate_code(Thread *t, Code *code, bool fold, bool trace);
// Carries out, in a frame that has just done the instruction at word `at` of its translation, what is still pending behind it: then every
// item of its value stack is in its slot. The unit of the stack form that comes next, or -1: nothing was done, an exception may be set.
int64_t translate_settle_frame(Thread *t, Frame *f, uint32_t at);

#endif
