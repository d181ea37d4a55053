// memoryview from C: its start-up. Making one: memoryview_from in objects/buffer.h.
#ifndef WEFT_OBJECTS_MEMORYVIEW_H
#define WEFT_OBJECTS_MEMORYVIEW_H

#include "threading/thread.h"

bool memoryview_init(Thread *t);  // memoryview, its iterator, and the buffer that views share

#endif
