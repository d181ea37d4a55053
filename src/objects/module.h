// Module objects, and how C-level modules are declared.
#ifndef WEFT_OBJECTS_MODULE_H
#define WEFT_OBJECTS_MODULE_H

#include "objects/module_layout.h"

// A C-level module: src/modules/NAME.c defines `const ModuleDef module_NAME` and lists it in modules/inittab.def.
typedef struct ModuleDef {
  const char *name;
  const char *doc;
  const NativeDef *functions;                 // ended by {0}; self = the module
  int (*exec)(Thread *t, Value module);       // adds constants and types; 0 or -1; NULL: nothing
  const char *functions_module;               // their __module__, where it is not the name
} ModuleDef;

Value module_new(Thread *t, Value name);      // with __name__, __doc__, __package__, __loader__, __spec__ as CPython's
Value module_from_def(Thread *t, const ModuleDef *def);  // functions added, exec not yet run
int module_exec_def(Thread *t, Value module, const ModuleDef *def);
int module_add(Thread *t, Value module, const char *name, Value stolen);   // steals, V_NULL -> -1 (error already set)
int module_add_int(Thread *t, Value module, const char *name, int64_t v);
int module_add_str(Thread *t, Value module, const char *name, const char *utf8);
int module_add_functions(Thread *t, Value module, const NativeDef *functions);  // ended by {0}; a module of several files has several tables
int module_add_type(Thread *t, Value module, Type *type);                  // under its last name part

// The bootstrap of importlib, which knows how a module's repr reads; borrowed. V_NULL until system/import.c has run it.
extern Value module_importlib;
// The sys.modules dict, owned; sys registers it.
extern Value (*module_sys_modules_hook)(Thread *t);
bool module_init(Thread *t);

#endif
