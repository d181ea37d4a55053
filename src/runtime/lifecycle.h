// The life of the runtime: start-up in order, running the program, shut-down.
#ifndef WEFT_RUNTIME_LIFECYCLE_H
#define WEFT_RUNTIME_LIFECYCLE_H

#include "threading/thread.h"

// Makes the runtime ready to run Python code: types, modules, importlib, standard streams, site. NULL: it could not; the reason was printed.
Thread *runtime_start(void);
// Runs what the command line asked for (config.h). The exit status.
int runtime_run_main(Thread *t);
// Joins non-daemon threads, runs atexit functions, flushes the standard streams, destroys modules. Returns the exit status to use.
int runtime_finish(Thread *t, int status);

#endif
