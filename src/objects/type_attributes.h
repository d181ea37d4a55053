// The getset pairs that class creation puts into class dicts: __dict__ and __weakref__ of instances.
#ifndef WEFT_OBJECTS_TYPE_ATTRIBUTES_H
#define WEFT_OBJECTS_TYPE_ATTRIBUTES_H

#include "objects/type.h"

// What class.name gives, without an exception when there is no such attribute: 1 *out owned, 0, -1.
int type_find_attr(Thread *t, Type *type, Value name, Value *out);
extern const GetSetDef type_instance_dict_getset, type_instance_weakref_getset;
// Adds the attribute names of a class and its bases to a dict (keys count). 0, -1.
int type_merge_class_names(Thread *t, Value names_dict, Value class);
// What __weakref__ shows: the first weak reference to v (owned) or None. objects/weakref.c registers it.
extern Value (*type_first_weakref_hook)(Thread *t, Value v);

#endif
