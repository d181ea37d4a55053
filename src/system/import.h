// The import system's C half: __import__ and the built-in modules.
#ifndef WEFT_SYSTEM_IMPORT_H
#define WEFT_SYSTEM_IMPORT_H

#include "objects/module.h"

// __import__(name, globals, fromlist, level); globals V_NULL: none. The result as the import statement wants it.
Value import_module_level(Thread *t, Value name, Value globals, Value fromlist, int level);
// import a.b; returns a.b (importlib.import_module without relative names).
Value import_module(Thread *t, const char *name);
Value import_module_named(Thread *t, Value name);            // the same for a str, which is not empty
const ModuleDef *import_find_builtin(Value name);            // NULL: no such built-in module
extern const ModuleDef *const *import_builtin_table;         // NULL-terminated, sorted; runtime/ sets it at start-up
// The module of a table entry: made, put into sys.modules and executed on first use. Owned.
Value import_builtin(Thread *t, const ModuleDef *def, Value spec /* V_NULL: none */);
// Runs the library's importlib bootstrap; the import statement works from then on. false: exception set.
bool import_bootstrap(Thread *t);

#endif
