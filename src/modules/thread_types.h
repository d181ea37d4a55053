// The types of _thread: lock, RLock and local, shared by its files.
#ifndef WEFT_MODULES_THREAD_TYPES_H
#define WEFT_MODULES_THREAD_TYPES_H

#include "objects/type.h"

extern Type type_lock, type_rlock, type_thread_local;
bool thread_types_init(Thread *t);
bool thread_local_init(Thread *t);
Value thread_allocate_lock(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
Value thread_set_sentinel(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
void thread_release_sentinel(Thread *t);      // at the end of a thread, which others take for ended from then on
void thread_local_clear(Thread *t);           // drops the thread's data of every local
// A signal as if it had arrived: _signal registers it.
extern void (*thread_interrupt_hook)(Thread *t, int signum);

// A timeout argument in seconds as nanoseconds: -1: for ever. 0, or -1 with ValueError / OverflowError. blocking as in Lock.acquire.
int thread_timeout(Thread *t, bool blocking, Value timeout, int64_t *ns);

#endif
