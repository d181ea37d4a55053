// The global interpreter lock of the gil build, its policy, and what each wait cost.
//
// By default a waiter that has waited one switch interval asks the holder to let go (BREAK_GIL_DROP); the holder does so at its next
// safepoint and waits until another thread has taken the lock ("forced switch", as CPython 3.2 and later). Other policies: gil.c. In the
// free build taking and dropping are no-ops and the switch interval is only remembered.
#ifndef WEFT_THREADING_GIL_H
#define WEFT_THREADING_GIL_H

#include "threading/thread.h"

void gil_init(void);
void gil_take(Thread *t);
void gil_drop(Thread *t);
// Drops it on request, lets another thread have it if one waits, and takes it again.
void gil_give_way(Thread *t);
void gil_after_fork(Thread *t);
// "interval", "ticks" or "ticks:N", "fifo", "io-first"; before there is a second thread. False: no such policy. The free build has none
// and only looks whether the name is good.
bool gil_set_policy(const char *spec);
const char *gil_policy(void);
uint64_t gil_switch_interval_us(void);
void gil_set_switch_interval_us(uint64_t us);

#endif
