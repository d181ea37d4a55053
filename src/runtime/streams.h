// sys.stdin, sys.stdout and sys.stderr.
#ifndef WEFT_RUNTIME_STREAMS_H
#define WEFT_RUNTIME_STREAMS_H

#include "modules/io_types.h"

typedef struct StreamsHeld { IoHold out, err; } StreamsHeld;

bool streams_init(Thread *t);    // also builtins.open
bool streams_flush(Thread *t, bool report);   // at shut-down; false: stdout could not be flushed (report: as unraisable)
// Around the end of the other threads: none is stopped in the midst of writing to sys.stdout or sys.stderr, which would stay locked.
StreamsHeld streams_hold(Thread *t);
void streams_release(Thread *t, StreamsHeld *h);

#endif
