// weakref.proxy objects: the referent in all but name.
#ifndef WEFT_OBJECTS_WEAKPROXY_H
#define WEFT_OBJECTS_WEAKPROXY_H

#include "objects/type.h"

bool weakproxy_init(Thread *t);
// Shared by references and proxies (weakref.c).
void weakref_dealloc(Thread *t, Object *o);
void weakref_traverse(Object *o, GcVisit visit, void *arg);
void weakref_clear(Thread *t, Object *o);

#endif
