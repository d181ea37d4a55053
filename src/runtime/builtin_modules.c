// The table of the modules that are built in, from modules/inittab.def.
#include "runtime/builtin_modules.h"

#define MODULE(name) extern const ModuleDef module_##name;
#include "modules/inittab.def"
#undef MODULE

const ModuleDef *const builtin_modules[] = {
#define MODULE(name) &module_##name,
#include "modules/inittab.def"
#undef MODULE
    NULL,
};
