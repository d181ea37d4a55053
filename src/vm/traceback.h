// Traceback objects: where an exception went through.
#ifndef WEFT_VM_TRACEBACK_H
#define WEFT_VM_TRACEBACK_H

#include "vm/frame.h"

typedef struct Traceback {
  Object ob;
  Value next;        // Traceback or null; owned
  Value frame;       // FrameObject; owned
  int lasti, lineno; // lineno -1: computed when asked for
} Traceback;

// Adds an entry for where f stands to the pending exception. Keeps the exception if memory is short.
void traceback_here(Thread *t, Frame *f);
bool traceback_init(Thread *t);

#endif
