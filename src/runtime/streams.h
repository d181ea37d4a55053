// sys.stdin, sys.stdout and sys.stderr.
#ifndef WEFT_RUNTIME_STREAMS_H
#define WEFT_RUNTIME_STREAMS_H

#include "threading/thread.h"

bool streams_init(Thread *t);    // also builtins.open
bool streams_flush(Thread *t, bool report);   // at shut-down; false: stdout could not be flushed (report: as unraisable)

#endif
