// What `await`, `async for` and `async with` do to get at an iterator. Owned results; V_NULL with an exception.
#ifndef WEFT_VM_AWAITABLE_H
#define WEFT_VM_AWAITABLE_H

#include "vm/frame.h"

// The iterator to await v by, as __await__ of its type says.
Value awaitable_iterator(Thread *t, Value v);
// The same for the instruction GET_AWAITABLE, which refuses a coroutine that somebody awaits already. where: 1, 2 = v is what __aenter__,
// __aexit__ returned; 0 = an await.
Value async_get_awaitable(Thread *t, Value v, unsigned where);
Value async_get_aiter(Thread *t, Value v);       // v.__aiter__(), checked
Value async_get_anext(Thread *t, Value aiter);   // the iterator to await the next item by

#endif
