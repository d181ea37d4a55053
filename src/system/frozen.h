// The library modules that CPython compiles into itself, which importlib finds before it looks at sys.path.
//
// Their code comes from the library's files (through the bytecode cache), under the file names that tracebacks show: "<frozen os>". They are
// served to importlib's FrozenImporter by the module _imp, so that __spec__, __loader__ and __file__ come out as CPython's.
#ifndef WEFT_SYSTEM_FROZEN_H
#define WEFT_SYSTEM_FROZEN_H

#include <stdbool.h>

#include "objects/type.h"

typedef struct FrozenModule {
  const char *name;
  bool is_package;
  const char *origin;   // the module whose file it is, "<" before it for a package's own file; NULL: it has no file in the library
  const char *source;   // its text where the library has no file; else NULL
} FrozenModule;

// The module of that name; NULL if there is none, its file is missing, or frozen modules are switched off.
const FrozenModule *frozen_find(Value name);
// Its code object, owned.
Value frozen_code(Thread *t, const FrozenModule *module);
// The names of all of them as a list, also of those that are switched off.
Value frozen_names(Thread *t);
// What -X frozen_modules says, overridden for tests: > 0 on, < 0 off, 0 as the command line has it.
void frozen_override(int wish);

#endif
