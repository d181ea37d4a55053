// The iterators of str, bytes and bytearray.
#ifndef WEFT_OBJECTS_TEXT_ITER_H
#define WEFT_OBJECTS_TEXT_ITER_H

#include "objects/type.h"

Value str_iter(Thread *t, Value self);
Value bytes_iter(Thread *t, Value self);
Value bytearray_iter(Thread *t, Value self);
bool text_iter_init(Thread *t);

#endif
