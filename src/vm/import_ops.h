// import statements: calling __import__, taking names out of modules, and `import *`.
#ifndef WEFT_VM_IMPORT_OPS_H
#define WEFT_VM_IMPORT_OPS_H

#include "vm/operands.h"

// Owned results; V_NULL, or false, with an exception.
Value import_name(Thread *t, Frame *f, Value name, Value fromlist, Value level);
Value import_from(Thread *t, Value module, Value name);
bool import_star(Thread *t, Frame *f, Value module);

#endif
