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

// Whether some thread is stopping the world or has stopped it.
bool stw_is_requested(void);
// Suspends the calling thread, attached, if a stop-the-world is requested; returns attached when the world runs again.
void stw_suspend(Thread *t);
// Tells a waiting stopper that a thread has left the ATTACHED state.
void stw_notify(void);
void stw_after_fork(Thread *t);

#endif
