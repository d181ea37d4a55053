// The buffer protocol from C: borrowing the bytes of any object that exports them.
#ifndef WEFT_OBJECTS_BUFFER_H
#define WEFT_OBJECTS_BUFFER_H

#include "objects/type.h"

// 0, or -1 with TypeError "a bytes-like object is required, not '%T'" / BufferError. The view owns a reference to its object.
int buffer_get(Thread *t, Value v, BufferView *view, int flags);
// As buffer_get of plain bytes, but without an exception other than MemoryError: for callers with their own words for what has none, a view with
// gaps among it.
bool buffer_try(Thread *t, Value v, BufferView *view);
void buffer_release(Thread *t, BufferView *view);
bool buffer_is_supported(Value v);
// Fills a view of simple contiguous bytes (for getbuffer slots).
int buffer_fill(Thread *t, BufferView *view, Value obj, void *data, int64_t len, bool readonly, int flags);
Value memoryview_from(Thread *t, Value v);

#endif
