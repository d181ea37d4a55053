// The flag of the program's end.
#include "threading/last_thread.h"

a32 last_thread_flag;

void last_thread_begin(void) { a32_store_rel(&last_thread_flag, 1); }
