// The table of the modules that are built in.
#ifndef WEFT_RUNTIME_BUILTIN_MODULES_H
#define WEFT_RUNTIME_BUILTIN_MODULES_H

#include "objects/module.h"

extern const ModuleDef *const builtin_modules[];   // NULL-terminated, sorted by name

#endif
