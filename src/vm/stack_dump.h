// Python stacks of living threads, printed where no lock may be taken and nothing allocated: in signal handlers.
//
// The frames of other threads are looked at while those run, unless the caller has stopped the world: what is printed of a thread in the
// middle of a call may be out of date. No exceptions.
#ifndef WEFT_VM_STACK_DUMP_H
#define WEFT_VM_STACK_DUMP_H

#include <stdbool.h>

#include "threading/thread.h"

void stack_dump_text(int fd, const char *text);
void stack_dump_frames(int fd, Thread *t);   // file, line and function of each Python frame, innermost first
// All threads, `current` (NULL: none) marked as such. waits: with what each does or waits for.
void stack_dump_all(int fd, const Thread *current, bool waits);

#endif
