// weakref.proxy objects: the referent in all but name.
#ifndef WEFT_OBJECTS_WEAKPROXY_H
#define WEFT_OBJECTS_WEAKPROXY_H

#include "objects/type.h"

// weakref.proxy(obj, callback); as weakref_new, with one plain proxy.
Value weakproxy_new(Thread *t, Value obj, Value callback);
bool weakproxy_init(Thread *t);

#endif
