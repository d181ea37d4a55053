// The method resolution order: C3, and classes whose metaclass overrides mro().
#ifndef WEFT_OBJECTS_MRO_H
#define WEFT_OBJECTS_MRO_H

#include "objects/type.h"

// C3 over type->bases: a tuple, owned; V_NULL with TypeError.
Value mro_compute(Thread *t, Type *type);
// What type.__mro__ shall be: the metaclass's mro() if it has one of its own (checked), else C3. May run Python code.
Value mro_resolve(Thread *t, Type *type);

// What the MRO follows from, the bases and their MROs: a tuple, owned; V_NULL with MemoryError. An mro() in Python takes its time, and what
// it returns is good for storing only if they are still the same.
Value mro_inputs(Thread *t, const Type *type);
bool mro_inputs_hold(const Type *type, Value inputs);   // type lock held

// The class among type's bases (itself included) that last added fields of its own to the instance: two bases agree in layout if one's
// solid base derives from the other's.
Type *type_solid_base(Type *type);
// The base whose layout instances of a class with these bases have; borrowed. NULL with TypeError.
Type *type_best_base(Thread *t, Value bases);

#endif
