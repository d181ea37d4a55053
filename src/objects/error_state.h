// The thread's pending exception, and the one failure that needs no message: no memory.
//
// The floor on which every other object stands: what only allocates (the cores of tuple, str, dict) fails with raise_no_memory and
// includes this; raising with a message (objects/error.h) makes strs and tuples and so lies above them.
#ifndef WEFT_OBJECTS_ERROR_STATE_H
#define WEFT_OBJECTS_ERROR_STATE_H

#include "objects/type.h"

static inline bool error_pending(const Thread *t) { return t->exc != NULL; }
Value error_fetch(Thread *t);                  // takes the pending exception (owned), V_NULL if none; clears it
void error_restore(Thread *t, Value exc);      // steals; replaces a pending one; V_NULL clears
void error_clear(Thread *t);

Value raise_no_memory(Thread *t);              // returns V_NULL; never fails: a preallocated MemoryError when need be
// Gives the MemoryError to raise, owned; must neither raise nor return V_NULL. exceptions.c registers it when that type is ready; until
// then start-up is the only caller, and a static stand-in is pending while it fails.
extern Value (*error_no_memory_hook)(Thread *t);

#endif
