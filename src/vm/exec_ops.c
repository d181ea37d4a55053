// The tables of the execution form's instructions.
#include "vm/exec_ops.h"

const uint8_t exec_op_words[X_COUNT] = {
#define X(name, words) words,
#include "vm/exec_ops.def"
};
const char *const exec_op_names[X_COUNT] = {
#define X(name, words) #name,
#include "vm/exec_ops.def"
};
