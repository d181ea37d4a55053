// Tables over the stack form's opcodes, generated from opcodes.def.
#include "code/opcode.h"

#include <stddef.h>

#define END OPCODE_END
#define BACK OPCODE_BACK
#define JUMP OPCODE_JUMP
#define NAME OPCODE_NAME
#define FREE OPCODE_FREE
#define CONST OPCODE_CONST
#define LOCAL OPCODE_LOCAL
#define COMPARE OPCODE_COMPARE

const char *const opcode_names[256] = {
#define OP(name, number, caches, effect, jump_effect, flags) [number] = #name,
#include "code/opcodes.def"
};

const uint8_t opcode_caches[256] = {
#define OP(name, number, caches, effect, jump_effect, flags) [number] = caches,
#include "code/opcodes.def"
};

const uint8_t opcode_flags[256] = {
#define OP(name, number, caches, effect, jump_effect, flags) [number] = flags,
#include "code/opcodes.def"
};

const OpcodeSpecial opcode_specials[] = {
#define SPECIAL(base, name) {OP_##base, #name},
#include "code/opcodes.def"
};
const int opcode_special_count = (int)(sizeof opcode_specials / sizeof *opcode_specials);

const OpcodeCacheField opcode_cache_fields[] = {
#define CACHE_FIELD(base, field, units) {#base, #field, units},
#include "code/opcodes.def"
};
const int opcode_cache_field_count = (int)(sizeof opcode_cache_fields / sizeof *opcode_cache_fields);

const char *const opcode_compare_names[6] = {"<", "<=", "==", "!=", ">", ">="};

const char *const opcode_binary_names[OPCODE_BINARY_COUNT][2] = {
    {"NB_ADD", "+"}, {"NB_AND", "&"}, {"NB_FLOOR_DIVIDE", "//"}, {"NB_LSHIFT", "<<"}, {"NB_MATRIX_MULTIPLY", "@"},
    {"NB_MULTIPLY", "*"}, {"NB_REMAINDER", "%"}, {"NB_OR", "|"}, {"NB_POWER", "**"}, {"NB_RSHIFT", ">>"}, {"NB_SUBTRACT", "-"},
    {"NB_TRUE_DIVIDE", "/"}, {"NB_XOR", "^"}, {"NB_INPLACE_ADD", "+="}, {"NB_INPLACE_AND", "&="}, {"NB_INPLACE_FLOOR_DIVIDE", "//="},
    {"NB_INPLACE_LSHIFT", "<<="}, {"NB_INPLACE_MATRIX_MULTIPLY", "@="}, {"NB_INPLACE_MULTIPLY", "*="}, {"NB_INPLACE_REMAINDER", "%="},
    {"NB_INPLACE_OR", "|="}, {"NB_INPLACE_POWER", "**="}, {"NB_INPLACE_RSHIFT", ">>="}, {"NB_INPLACE_SUBTRACT", "-="},
    {"NB_INPLACE_TRUE_DIVIDE", "/="}, {"NB_INPLACE_XOR", "^="},
};

static int effect_falling(int op, int arg) {
  (void)arg;
  switch (op) {
#define OP(name, number, caches, effect, jump_effect, flags) case number: return effect;
#include "code/opcodes.def"
    default: return OPCODE_BAD_EFFECT;
  }
}

static int effect_jumping(int op, int arg) {
  (void)arg;
  switch (op) {
#define OP(name, number, caches, effect, jump_effect, flags) case number: return jump_effect;
#include "code/opcodes.def"
    default: return OPCODE_BAD_EFFECT;
  }
}

int opcode_stack_effect(int op, int arg, int jump) {
  if (jump > 0) return effect_jumping(op, arg);
  int falling = effect_falling(op, arg);
  if (jump == 0) return falling;
  int jumping = effect_jumping(op, arg);
  return falling > jumping ? falling : jumping;
}
