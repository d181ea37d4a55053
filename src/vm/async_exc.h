// Exceptions that a thread raises in another, which meets them at its eval loop's next safepoint: CPython's PyThreadState_SetAsyncExc.
#ifndef WEFT_VM_ASYNC_EXC_H
#define WEFT_VM_ASYNC_EXC_H

#include "gc/value.h"
#include "threading/thread.h"

// Has the thread that Python calls `ident` raise exc (a class, borrowed; SystemError if it is none) in place of what else is on its way to it.
// V_NULL: takes back what is. Who sleeps or waits meets it afterwards. False: there is no such thread.
bool async_exc_send(Thread *t, uint64_t ident, Value exc);
// From now on t, which is ending, takes none: for others there is no such thread any more.
void async_exc_refuse(Thread *t);
// What the eval loop does at a safepoint where the breaker is set: breaker_handle, and raises what was sent. 0, or -1 with an exception.
int async_exc_safepoint(Thread *t);

#endif
