// Attributes: finding methods, getters and setters of properties, and filling members.
#ifndef WEFT_VM_SLOW_ATTRIBUTES_H
#define WEFT_VM_SLOW_ATTRIBUTES_H

#include "vm/operands.h"

// Looks a method up: 1 *method is a function to be called with obj as first argument, 0 *method is the attribute itself, -1.
int slow_load_method(Thread *t, Value obj, Value name, Value *method);
// The function that `super().name` stands for in a method whose class is in the cell, as v_keep returns it. V_NULL, without an exception: the
// generic way.
Value slow_super_method(Thread *t, Value cell, Value self, Value name);
enum { SUPER_METHOD_SKIPS = 4 };   // words: a CALL and a LOAD_METHOD
// The Python function to call for a property that `name` means on obj, as v_keep returns it: its getter, with obj, or its setter, with obj and
// the value. V_NULL, without an exception: the generic way.
Value slow_property_function(Thread *t, Value obj, Value name, bool setter);
// The first store to a __slots__ member, `offset` bytes into o: takes `owned` and true. False: the word at offset is no member, or not empty.
bool slow_fill_member(Thread *t, Object *o, uint32_t offset, Value owned);

#endif
