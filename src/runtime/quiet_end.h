// Whether a program's end can be noticed by what it leaves behind.
#ifndef WEFT_RUNTIME_QUIET_END_H
#define WEFT_RUNTIME_QUIET_END_H

#include "threading/thread.h"

// True: nothing that is left in the heap runs code, writes or warns when it dies, so that neither the collections at the end nor taking the
// modules apart can be told from simply stopping. False: something may. The standard streams have been flushed; no other thread runs Python
// code any more. Runs no Python code.
bool end_is_quiet(Thread *t);

#endif
