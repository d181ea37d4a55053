// Forking from C, with the hooks of os.register_at_fork.
#ifndef WEFT_MODULES_PROCESS_HOOKS_H
#define WEFT_MODULES_PROCESS_HOOKS_H

#include "threading/thread.h"

// As fork(2): -1 with errno, 0 in the child (whose other threads are gone), the child's id in the parent.
int process_fork(Thread *t);

#endif
