// The translations of code objects: made at first use, published, listed, freed.
//
// A code object has two at the most: the one that runs and, once something traces it, the one for tracing. Each is published with a release
// store in the code object and is then never changed but for its opcodes and inline caches (specialise.h); it lives as long as the code.
#ifndef WEFT_VM_EXEC_H
#define WEFT_VM_EXEC_H

#include "vm/exec_ops.h"
#include "vm/frame.h"

extern bool exec_fold;   // false (-X fold=0): nothing folds; set before the first code runs

// The code's translation, made and published at first use; NULL with SystemError (bad bytecode) or MemoryError.
Exec *exec_get_slow(Thread *t, Code *code);
static inline Exec *exec_get(Thread *t, Code *code) {
  Exec *e = aptr_load_acq(&code->exec);
  return likely(e != NULL) ? e : exec_get_slow(t, code);
}
// The unfolded one, for tracing.
Exec *exec_get_traced(Thread *t, Code *code);
// Moves a frame that has just done the instruction `after` to the traced form: carries out what is still pending there. Where it goes on, or
// NULL when that fails (no exception): it stays in the form it has.
const Inst *exec_enter_traced(Thread *t, Frame *f, const Inst *after);
// Word index of the first instruction made from the unit `unit` (or the next one that has any).
uint32_t exec_find_unit(const Exec *e, uint32_t unit);
// Frees a code object's translations (code_dealloc_hook).
void exec_free_code(Thread *t, Code *code);
// Calls fn for each translation, the world being stopped.
void exec_each(void (*fn)(Exec *e, void *arg), void *arg);

#endif
