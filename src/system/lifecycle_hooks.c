// The hooks of the runtime's start and end.
#include "system/lifecycle_hooks.h"

int (*runtime_signals_hook)(Thread *t);
void (*runtime_wait_threads_hook)(Thread *t);
void (*runtime_atexit_hook)(Thread *t);
bool (*runtime_collections_watched_hook)(Thread *t);
bool runtime_modules_end;
