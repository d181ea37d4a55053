// Weak references: weakref.ref, what weakref.proxy shares with it, and the tables that know who refers weakly to an object.
//
// Objects have no field for weak references. A table of 64 stripes, chosen by the object's address, maps an object to the list of its weak
// references; a stripe's raw mutex guards its part of the table, those lists, and the referent field of every reference in them. Upgrading
// is object_try_incref under that mutex; a dying object is taken out of the table under it, after its count can no longer rise.
#ifndef WEFT_OBJECTS_WEAKREF_H
#define WEFT_OBJECTS_WEAKREF_H

#include "objects/type.h"

typedef struct WeakRef {
  Object ob;
  aptr referent;                 // Object *, not counted; NULL: dead. Written under the stripe's mutex
  Value callback;                // V_NULL: none; taken out by whoever calls or clears it
  a64 hash;                      // -1: not computed
  struct WeakRef *prev, *next;   // of the same referent; under the stripe's mutex
} WeakRef;

static inline bool v_is_weakref(Value v) { return type_is_subtype(v_type(v), &type_weakref); }
static inline bool v_is_weakproxy(Value v) { return v_is_exact(v, SHAPE_WEAKPROXY) || v_is_exact(v, SHAPE_WEAKCALLABLEPROXY); }

// weakref.ref(obj, callback); callback V_NULL or None: the object's one plain reference is shared. V_NULL with TypeError "cannot create weak
// reference to '%T' object".
Value weakref_new(Thread *t, Value obj, Value callback);
// The same for a type whose instances are WeakRefs: a subclass of weakref.ref, or a proxy (weakproxy.h).
Value weakref_new_of(Thread *t, Type *type, Value obj, Value callback);
// The referent, owned; V_NULL without an exception when it is gone. ref: a weakref or proxy.
Value weakref_get(Thread *t, Value ref);
int64_t weakref_count(Value obj);
Value weakref_list(Thread *t, Value obj);   // a list of them, as weakref.getweakrefs
bool weakref_init(Thread *t);
// Slots of all types whose instances are WeakRefs.
void weakref_dealloc(Thread *t, Object *o);
void weakref_traverse(Object *o, GcVisit visit, void *arg);
void weakref_clear(Thread *t, Object *o);

#endif
