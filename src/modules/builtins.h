// The builtins module: its definition, and the functions of it that have files of their own.
#ifndef WEFT_MODULES_BUILTINS_H
#define WEFT_MODULES_BUILTINS_H

#include "objects/module.h"

extern const ModuleDef module_builtins;
Value builtins_input(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);   // builtins_input.c
// builtins_compile.c
Value builtins_compile(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
Value builtins_eval(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
Value builtins_exec(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);

#endif
