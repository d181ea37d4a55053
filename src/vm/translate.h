// The translator: from the stack form of a code object to the execution form that the eval loop runs.
//
// One linear pass over the basic blocks. Within a block, loads of locals and constants are not executed: they stay pending on an abstract
// stack until an instruction names them as operands. At block borders, and at a yield, every stack slot holds its value, owned; before a
// store to a local or its deletion, pending loads of that local are carried out. A load folds only if its local is surely bound (a small
// definite-assignment pass); else a checking instruction stays in its place. Folding off, one instruction is made for each of the stack
// form: the classical stack machine, for study, tracing and differential tests.
#ifndef WEFT_VM_TRANSLATE_H
#define WEFT_VM_TRANSLATE_H

#include "vm/frame.h"

typedef enum ExecOp {
#define X(name, words) X_##name,
#include "vm/exec_ops.def"
  X_COUNT
} ExecOp;

// Whether the word behind the instruction is an inline cache with a kind (not data).
static inline bool exec_op_has_cache(unsigned op) {
  return (op >= X_LOAD_ATTR && op <= X_STORE_ATTR_ADD) || (op >= X_LOAD_GLOBAL && op <= X_LOAD_GLOBAL_BUILTIN) ||
         (op >= X_CALL && op <= X_CALL_LIST_APPEND);
}

extern const uint8_t exec_op_words[X_COUNT];
extern const char *const exec_op_names[X_COUNT];

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
