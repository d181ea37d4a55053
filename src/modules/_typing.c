// _typing: what typing's NewType and friends call instead of a Python function.
#include "objects/module.h"
#include "objects/native.h"

static Value typing_idfunc(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  return v_own(t, args[0]);
}

static const NativeDef functions[] = {{"_idfunc($module, x, /)", typing_idfunc, NULL, 0}, {0}};

const ModuleDef module__typing = {.name = "_typing", .doc = "What the module typing needs in C.", .functions = functions};
