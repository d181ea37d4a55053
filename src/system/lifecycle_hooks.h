// What modules have to do at the runtime's start and end: functions that they register, and that runtime/lifecycle.c calls.
#ifndef WEFT_SYSTEM_LIFECYCLE_HOOKS_H
#define WEFT_SYSTEM_LIFECYCLE_HOOKS_H

#include "threading/thread.h"

// Set when the module that registers is made, or before main(); constant from then on. NULL: nothing to do.
extern int (*runtime_signals_hook)(Thread *t);         // at the end of start-up: installs SIGINT's handler. 0, -1
extern void (*runtime_wait_threads_hook)(Thread *t);   // at shut-down, in this order: waits for threads
extern void (*runtime_atexit_hook)(Thread *t);         // calls what atexit knows
// Whether the program asked to be told of collections, those at its end included.
extern bool (*runtime_collections_watched_hook)(Thread *t);
// Modules are being taken apart: collections are not announced any more. Written once, by the only thread left.
extern bool runtime_modules_end;

#endif
