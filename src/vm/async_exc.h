// Exceptions that a thread raises in another, which meets them at its next safepoint: CPython's PyThreadState_SetAsyncExc.
#ifndef WEFT_VM_ASYNC_EXC_H
#define WEFT_VM_ASYNC_EXC_H

#include "gc/value.h"
#include "threading/thread.h"

// Has the thread that Python calls `ident` raise exc (a class, borrowed; SystemError if it is none) in place of what else is on its way to it.
// V_NULL: takes back what is. Who sleeps or waits meets it afterwards. False: there is no such thread.
bool async_exc_send(Thread *t, uint64_t ident, Value exc);
// Registers what the breaker does.
void async_exc_init(void);

#endif
