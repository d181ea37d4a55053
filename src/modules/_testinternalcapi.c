// _testinternalcapi: what the library's own tests ask about the interpreter. Only what is true of this one.
#include "objects/dict.h"
#include "objects/module.h"
#include "system/config.h"

#define FN(name) static Value capi_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// The part of CPython's configuration that exists here too.
FN(get_config) {
  UNUSED;
  const struct { const char *name; int64_t value; } entries[] = {
      {"code_debug_ranges", 1}, {"optimization_level", sys_config.optimize}, {"write_bytecode", !sys_config.dont_write_bytecode},
      {"isolated", sys_config.isolated}, {"use_environment", !sys_config.ignore_environment}, {"verbose", sys_config.verbose}};
  Value dict = dict_new(t);
  for (size_t i = 0; i < sizeof entries / sizeof *entries && !v_is_null(dict); i++)
    if (dict_set_cstr(t, v_dict(dict), entries[i].name, v_from_smi(entries[i].value)) < 0) v_clear(t, &dict);
  return dict;
}

FN(get_recursion_depth) { UNUSED; return v_from_smi(t->py_depth); }

static const NativeDef functions[] = {
    {"get_config()", capi_get_config, NULL, 0},
    {"get_recursion_depth()", capi_get_recursion_depth, NULL, 0},
    {0},
};

const ModuleDef module__testinternalcapi = {.name = "_testinternalcapi", .functions = functions};
