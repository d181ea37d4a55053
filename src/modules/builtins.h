// What the builtins module lets others fill in.
#ifndef WEFT_MODULES_BUILTINS_H
#define WEFT_MODULES_BUILTINS_H

#include "objects/module.h"

extern const ModuleDef module_builtins;
// compile() of or to an AST: _ast registers it. V_NULL without an exception: plain source, nothing for it to do.
extern Value (*builtins_ast_hook)(Thread *t, Value source, Value filename, int start, int flags, int optimize);

#endif
