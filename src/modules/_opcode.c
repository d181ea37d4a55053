// _opcode: what an instruction does to the depth of the value stack.
#include "code/opcode.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/object.h"

// -1 for None, 0 and 1 for False and True; -2 and ValueError for anything else.
static int jump_of(Thread *t, Value v) {
  if (v_is_absent_or_none(v)) return -1;
  if (v_is(v, V_TRUE)) return 1;
  if (v_is(v, V_FALSE)) return 0;
  raise_value_error(t, "stack_effect: jump must be False, True or None");
  return -2;
}

// CPython's compiler knows instructions that never stand in code, from -1 down: the three that set a handler up act where it is reached.
static int pseudo_effect(int op, int jump) {
  static const int effects[] = {1, 2, 1, 0, 0, 0, -1, -1, -1, -1};
  if (op < -(int)(sizeof effects / sizeof *effects)) return OPCODE_BAD_EFFECT;
  return op >= -3 && jump == 0 ? 0 : effects[-op - 1];
}

static Value stack_effect(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  int op = number_as_int(t, args[0]), arg = 0;
  if (op == -1 && error_pending(t)) return V_NULL;
  bool has_arg = !v_is_absent_or_none(args[1]);
  if (op >= OPCODE_HAVE_ARGUMENT) {
    if (!has_arg) return raise_value_error(t, "stack_effect: opcode requires oparg but oparg was not specified");
    arg = number_as_int(t, args[1]);
    if (arg == -1 && error_pending(t)) return V_NULL;
  } else if (has_arg) {
    return raise_value_error(t, "stack_effect: opcode does not permit oparg but oparg was specified");
  }
  int jump = jump_of(t, args[2]);
  if (jump == -2) return V_NULL;
  int effect = op > 255 ? OPCODE_BAD_EFFECT : op < 0 ? pseudo_effect(op, jump) : opcode_stack_effect(op, arg, jump);
  return effect == OPCODE_BAD_EFFECT ? raise_value_error(t, "invalid opcode or oparg") : v_from_smi(effect);
}

static Value get_specialization_stats(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)t, (void)self, (void)args, (void)nargs, (void)kwnames;
  return V_NONE;
}

static const NativeDef functions[] = {
    {"stack_effect($module, opcode, oparg=None, /, *, jump=None)", stack_effect,
     "By how many items the instruction changes the height of the stack.", 0},
    {"get_specialization_stats($module, /)", get_specialization_stats, "Counts of specializations, or None.", 0},
    {0},
};

const ModuleDef module__opcode = {.name = "_opcode", .doc = "Facts about instructions for the modules opcode and dis.", .functions = functions};
