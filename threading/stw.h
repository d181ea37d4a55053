// Stop-the-world: one thread runs, all others are detached or suspended at a safepoint.
//
// Between the two calls the caller neither detaches nor takes object locks (critical sections are no-ops for it). One stopper at a time; a
// second one suspends itself until the first has finished. Nests for the stopper itself. gil: holding the GIL is stopping the world.
#ifndef WEFT_THREADING_STW_H
#define WEFT_THREADING_STW_H

#include "threading/thread.h"

void stop_the_world(Thread *t);
void start_the_world(Thread *t);
bool world_is_stopped_by(const Thread *t);

#endif
