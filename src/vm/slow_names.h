// Names: locals, cells, globals, builtins and the namespaces of class bodies and modules.
#ifndef WEFT_VM_SLOW_NAMES_H
#define WEFT_VM_SLOW_NAMES_H

#include "vm/operands.h"

Value slow_load_global(Thread *t, Frame *f, Value name);
bool slow_load_name(Thread *t, Frame *f, Value name, Value *out);
bool slow_store_name(Thread *t, Frame *f, Value name, Value value);
bool slow_delete_name(Thread *t, Frame *f, Value name);
bool slow_delete_global(Thread *t, Frame *f, Value name);
bool slow_store_global(Thread *t, Frame *f, Value name, Value value);
void raise_unbound_local(Thread *t, Frame *f, unsigned local);
void raise_unbound_deref(Thread *t, Frame *f, unsigned local);
void raise_name_error(Thread *t, Type *type, const char *format, Value name);
Value slow_load_classderef(Thread *t, Frame *f, unsigned local);
bool slow_setup_annotations(Thread *t, Frame *f);
Value slow_load_build_class(Thread *t, Frame *f);
bool slow_print_expr(Thread *t, Value v);   // sys.displayhook(v)

#endif
