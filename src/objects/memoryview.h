// memoryview from C: its start-up, and a flat view. Making an ordinary one: memoryview_from in objects/buffer.h.
#ifndef WEFT_OBJECTS_MEMORYVIEW_H
#define WEFT_OBJECTS_MEMORYVIEW_H

#include "gc/value.h"
#include "threading/thread.h"

bool memoryview_init(Thread *t);  // memoryview, its iterator, and the buffer that views share
// A view of a contiguous exporter's bytes in the order of memory, whatever its dimensions and its format. BufferError if it has gaps.
Value memoryview_flat(Thread *t, Value exporter);

#endif
