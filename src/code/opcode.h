// The stack form's opcodes as C sees them: numbers, names, cache units, stack effects. All of it is generated from opcodes.def.
//
//   switch (op) { case OP_LOAD_FAST: ... }
//   for (unit += 1 + opcode_caches[op]; ...)            the next instruction
#ifndef WEFT_CODE_OPCODE_H
#define WEFT_CODE_OPCODE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum Opcode {
#define OP(name, number, caches, effect, jump_effect, flags) OP_##name = number,
#include "code/opcodes.def"
} Opcode;

#define OPCODE_HAVE_ARGUMENT 90  // opcodes from here on have an argument

enum {  // opcode_flags
  OPCODE_CONST = 1, OPCODE_NAME = 2, OPCODE_LOCAL = 4, OPCODE_FREE = 8, OPCODE_JUMP = 16, OPCODE_BACK = 32, OPCODE_COMPARE = 64,
  OPCODE_END = 128,
};

extern const char *const opcode_names[256];  // NULL: no such opcode
extern const uint8_t opcode_caches[256];     // CACHE units behind the instruction
extern const uint8_t opcode_flags[256];

typedef struct OpcodeSpecial { uint8_t base; const char *name; } OpcodeSpecial;
extern const OpcodeSpecial opcode_specials[];  // in the order of opcodes.def
extern const int opcode_special_count;

typedef struct OpcodeCacheField { const char *base, *field; int units; } OpcodeCacheField;
extern const OpcodeCacheField opcode_cache_fields[];   // in the order of opcodes.def
extern const int opcode_cache_field_count;

extern const char *const opcode_compare_names[6];      // "<"... as COMPARE_OP counts them
#define OPCODE_BINARY_COUNT 26
extern const char *const opcode_binary_names[OPCODE_BINARY_COUNT][2];  // {"NB_ADD", "+"}... as BINARY_OP counts them

#define OPCODE_BAD_EFFECT INT_MIN
// How an instruction changes the depth of the value stack; jump: 1 when it jumps, 0 when it does not, -1 the larger of both.
// OPCODE_BAD_EFFECT for a number that is no opcode.
int opcode_stack_effect(int op, int arg, int jump);

#endif
