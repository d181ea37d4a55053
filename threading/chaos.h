// Seeded disturbance (-X chaos=SEED): random yields and short sleeps at safepoints, locks and attach points, to make rare schedules common.
//
// Each thread draws from its own random sequence, seeded by (seed, order of its creation), so a run's disturbance can be repeated as far as
// the operating system's scheduler allows. While on, BREAK_YIELD stays set in every breaker, so that every safepoint test is taken.
#ifndef WEFT_THREADING_CHAOS_H
#define WEFT_THREADING_CHAOS_H

#include "threading/thread.h"

// Turns it on for the threads that exist and those to come; 0 turns it off for those to come.
void chaos_init(uint64_t seed);
uint64_t chaos_seed(void);
void chaos_thread_init(Thread *t);
void chaos_yield(Thread *t);
// One time in n, while on; moves the sequence on.
bool chaos_chance(Thread *t, uint32_t n);

// A place where the schedule may be disturbed. t may be NULL.
static inline void chaos_point(Thread *t) {
  if (t && unlikely(t->chaos_state != 0)) chaos_yield(t);
}

#endif
