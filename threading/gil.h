// The global interpreter lock of the gil build, its policy, and what each wait cost.
//
// By default a waiter that has waited one switch interval asks the holder to let go (BREAK_GIL_DROP); the holder does so at its next
// safepoint and waits until another thread has taken the lock ("forced switch", as CPython 3.2 and later). Other policies: gil.c. In the
// free build taking and dropping are no-ops and the switch interval is only remembered.
#ifndef WEFT_THREADING_GIL_H
#define WEFT_THREADING_GIL_H

#include <semaphore.h>

#include "threading/thread.h"

// A thread that waits for the GIL. Belongs to the waiter, and stays where it is until `sleep` has been posted; the rest is gil.c's.
typedef struct GilWaiter {
  struct GilWaiter *next;
  Thread *t;
  sem_t *sleep;
  bool chosen, forced;
  a8 adopted;
  uint32_t number;
  uint64_t since_ns;
} GilWaiter;

void gil_take(Thread *t);
void gil_drop(Thread *t);
// Drops it on request, lets another thread have it if one waits, and takes it again.
void gil_give_way(Thread *t);
void gil_after_fork(Thread *t);
// The calling thread wakes w->t, which sleeps on w->sleep and needs the GIL as soon as it is awake. If the caller holds the GIL, waking the other
// now only sends it to sleep once more; so it is left asleep among those who wait for the GIL, and whoever drops it posts. False: the caller
// has to post. Once the sleeper is awake it calls gil_adopted, and then attaches, or renounces when it is never to run again.
bool gil_adopt(GilWaiter *w);
void gil_adopted(const GilWaiter *w);
void gil_renounce(void);
// "interval", "ticks" or "ticks:N", "fifo", "io-first"; before there is a second thread. False: no such policy. The free build has none
// and only looks whether the name is good.
bool gil_set_policy(const char *spec);
const char *gil_policy(void);
uint64_t gil_switch_interval_us(void);
void gil_set_switch_interval_us(uint64_t us);

#endif
