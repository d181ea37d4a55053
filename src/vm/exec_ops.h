// The instructions of the execution form: their opcodes, how many words each takes, and their names. The list is vm/exec_ops.def.
#ifndef WEFT_VM_EXEC_OPS_H
#define WEFT_VM_EXEC_OPS_H

#include <stdbool.h>
#include <stdint.h>

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

#endif
