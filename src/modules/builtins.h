// What the builtins module lets others fill in.
#ifndef WEFT_MODULES_BUILTINS_H
#define WEFT_MODULES_BUILTINS_H

#include "objects/module.h"

extern const ModuleDef module_builtins;
#endif
