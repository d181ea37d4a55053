// The parts of sys beside sys.c: the constants (versions, limits, flags, paths), what concerns coroutines.
#ifndef WEFT_MODULES_SYS_INFO_H
#define WEFT_MODULES_SYS_INFO_H

#include "objects/module.h"

// The platform as Debian's folders and extension modules name it.
#if defined(__x86_64__)
#define WEFT_MULTIARCH "x86_64-linux-gnu"
#elif defined(__aarch64__)
#define WEFT_MULTIARCH "aarch64-linux-gnu"
#endif

int sys_info_add(Thread *t, Value sys_module);
int sys_async_add(Thread *t, Value sys_module);

#endif
