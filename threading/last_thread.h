// Whether the program is at its end, where the other threads have been stopped for good.
#ifndef WEFT_THREADING_LAST_THREAD_H
#define WEFT_THREADING_LAST_THREAD_H

#include <stdbool.h>

#include "threading/atomic.h"

extern a32 last_thread_flag;
static inline bool last_thread_is_left(void) { return a32_load_acq(&last_thread_flag); }   // true: the caller is it
void last_thread_begin(void);   // after thread_begin_shutdown

#endif
